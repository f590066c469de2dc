/* replay: give a fuzz target the inputs of files, without libFuzzer.
 *
 *     replay-NAME FOLDER|FILE…     each file of each folder, in order of name; TAP
 *     replay-NAME -- FILE          one input, no output: what AFL++ runs (@@)
 *     replay-NAME --               the same from standard input
 * An input fails by a crash, or by taking more than SECONDS_LIMIT of CPU time.
 */
#include "fuzz.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "base/files.h"
#include "base/vec.h"

#define SECONDS_LIMIT 10 /* issue 11: no input takes longer; sanitizers included */

struct inputs {
    struct arena arena;
    VEC(const char *) paths;
};

static int compare(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void add_folder(struct inputs *inputs, const char *path)
{
    size_t first = inputs->paths.length;
    struct dirent **entries;
    int count = scandir(path, &entries, NULL, alphasort);

    for (int i = 0; i < count; i++) {
        if (entries[i]->d_name[0] != '.')
            vec_push(&inputs->paths, path_join(&inputs->arena, path, entries[i]->d_name));
        free(entries[i]);
    }
    if (count >= 0)
        free(entries);
    if (inputs->paths.length > first)
        qsort(inputs->paths.data + first, inputs->paths.length - first,
            sizeof inputs->paths.data[0], compare);
}

static void read_stream(FILE *stream, struct str *bytes)
{
    char buffer[4096];
    size_t count;

    while ((count = fread(buffer, 1, sizeof buffer, stream)) > 0)
        str_append(bytes, buffer, count);
}

static void run(const struct str *bytes)
{
    /* A block of exactly this size: a read behind its end is seen. */
    uint8_t *copy = malloc(bytes->length > 0 ? bytes->length : 1);

    fuzz_require(copy != NULL);
    if (bytes->length > 0)
        memcpy(copy, bytes->data, bytes->length);
    LLVMFuzzerTestOneInput(copy, bytes->length);
    free(copy);
}

static bool run_file(const char *path)
{
    FILE *stream = path == NULL ? stdin : fopen(path, "rb");
    clock_t start = clock();
    struct str bytes;

    fuzz_require(stream != NULL);
    str_init(&bytes);
    read_stream(stream, &bytes);
    if (path != NULL)
        fclose(stream);
    run(&bytes);
    str_done(&bytes);
    return (clock() - start) / CLOCKS_PER_SEC < SECONDS_LIMIT;
}

static int run_all(const struct inputs *inputs)
{
    int failed = 0;

    printf("1..%zu\n", inputs->paths.length);
    for (size_t i = 0; i < inputs->paths.length; i++) {
        const char *path = inputs->paths.data[i];
        bool good;

        fprintf(stderr, "%s\n", path); /* whose input it was, after a crash */
        good = run_file(path);
        failed += !good;
        printf("%s %zu - %s%s\n", good ? "ok" : "not ok", i + 1, path,
            good ? "" : ": too slow");
        fflush(stdout);
    }
    return failed > 0;
}

int main(int argc, char **argv)
{
    struct inputs inputs = {0};
    int status = 0;

    if (argc > 1 && strcmp(argv[1], "--") == 0) {
        run_file(argc > 2 ? argv[2] : NULL);
        return 0;
    }
    for (int i = 1; i < argc; i++) {
        if (path_is_folder(argv[i]))
            add_folder(&inputs, argv[i]);
        else
            vec_push(&inputs.paths, argv[i]);
    }
    status = run_all(&inputs);
    vec_done(&inputs.paths);
    arena_done(&inputs.arena);
    return status;
}
