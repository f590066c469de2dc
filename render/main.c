/* main: arguments → the table of commands (cmd/command.c), nothing else.
 *
 * Only the classes of characters and the messages follow the user's locale; numbers are
 * read and printed without it.
 */
#include <libintl.h>
#include <locale.h>

#include "cmd/command.h"
#include "paiban_config.h"

int main(int argc, char **argv)
{
    setlocale(LC_CTYPE, "");
    setlocale(LC_MESSAGES, "");
    bindtextdomain("paiban", PAIBAN_LOCALEDIR);
    bind_textdomain_codeset("paiban", "UTF-8");
    textdomain("paiban");
    return command_main(argc, argv);
}
