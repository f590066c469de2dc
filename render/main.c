/* main: arguments → the table of commands (cmd/command.c), nothing else. */
#include "cmd/command.h"
#include "cmd/language.h"

int main(int argc, char **argv)
{
    language_start();
    return command_main(argc, argv);
}
