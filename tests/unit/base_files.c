/* Tests of the inputs of base/files.h: what is read, every refusal, places, paths. */
#include "unit_test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/files.h"

struct fixture {
    struct files files;
    struct diagnostics sink;
    struct arena arena;
    char folder[64]; /* of this test alone */
};

static int set_up(void **state)
{
    struct fixture *f = memory_alloc(sizeof *f);

    files_init(&f->files);
    diagnostics_init(&f->sink);
    arena_init(&f->arena);
    strcpy(f->folder, "/tmp/paiban-files-XXXXXX");
    *state = f;
    return mkdtemp(f->folder) == NULL;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    int failed = system(arena_print(&f->arena, "rm -rf '%s'", f->folder));

    files_done(&f->files);
    diagnostics_done(&f->sink);
    arena_done(&f->arena);
    memory_free(f);
    return failed;
}

static const char *write_file(struct fixture *f, const char *name, struct text bytes)
{
    char *path = path_join(&f->arena, f->folder, name);
    FILE *stream = fopen(path, "wb");

    assert_non_null(stream);
    assert_int_equal(fwrite(bytes.data, 1, bytes.length, stream), bytes.length);
    assert_int_equal(fclose(stream), 0);
    return path;
}

static const struct diagnostic *check_refused(
    struct fixture *f, const char *path, enum diag_id id)
{
    diagnostics_clear(&f->sink);
    assert_int_equal(files_read_text(&f->files, path, 100000, SPAN_NONE, &f->sink), -1);
    assert_int_equal(f->sink.list.length, 1);
    assert_int_equal(f->sink.list.data[0].id, id);
    return &f->sink.list.data[0];
}

static void a_text_is_read_whole(void **state)
{
    struct fixture *f = *state;
    const char *path = write_file(f, "a.md", TEXT("汉字\r\n第二行\n"));
    int index = files_read_text(&f->files, path, 100, SPAN_NONE, &f->sink);
    const struct file *file;

    assert_int_equal(index, 0);
    file = files_get(&f->files, 0);
    assert_string_equal(file->path, path);
    assert_true(text_is(file->bytes, "汉字\r\n第二行\n"));
    assert_int_equal(file->bytes.data[file->bytes.length], '\0');
    assert_true(text_is(files_line(&f->files, 0, 1), "汉字"));
    assert_true(text_is(files_line(&f->files, 0, 2), "第二行"));
    assert_true(text_is(files_line(&f->files, 0, 3), ""));
    assert_true(text_is(files_line(&f->files, 0, 99), ""));
    assert_null(files_get(&f->files, 1));
}

static void what_is_no_file_is_refused(void **state)
{
    struct fixture *f = *state;
    const char *fifo = path_join(&f->arena, f->folder, "fifo");
    struct span from = {3, 14, 15};

    check_refused(f, path_join(&f->arena, f->folder, "none.md"), DIAG_NO_SUCH_FILE);
    check_refused(f, "", DIAG_NO_SUCH_FILE);
    check_refused(f, "/dev/null/x", DIAG_NO_SUCH_FILE);
    assert_non_null(check_refused(f, f->folder, DIAG_NOT_A_FILE)->hint);
    assert_int_equal(mkfifo(fifo, 0600), 0);
    check_refused(f, fifo, DIAG_NOT_A_FILE); /* and does not wait for a writer */
    check_refused(f, "/dev/zero", DIAG_NOT_A_FILE);
    /* The finding stands where the file was named. */
    assert_int_equal(files_read_bytes(&f->files, f->folder, 10, from, &f->sink), -1);
    assert_memory_equal(&vec_last(&f->sink.list)->span, &from, sizeof from);
}

static void an_unreadable_file_is_refused(void **state)
{
    struct fixture *f = *state;
    const char *path = write_file(f, "a.md", TEXT("x"));
    int status = 0;
    pid_t child;

    assert_int_equal(chmod(path, 0), 0);
    assert_int_equal(chmod(f->folder, 0755), 0);
    child = fork();
    if (child == 0) {
        /* Root reads everything: become somebody else. */
        if (geteuid() == 0 && setuid(65534) != 0)
            _exit(77);
        _exit(files_read_text(&f->files, path, 100, SPAN_NONE, &f->sink) == -1 &&
                      f->sink.list.data[0].id == DIAG_FILE_UNREADABLE
                  ? 0
                  : 1);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    if (WIFEXITED(status) && WEXITSTATUS(status) == 77) {
        print_message("# root cannot become another user here\n");
        skip();
    }
    assert_int_equal(status, 0);
}

/* Read "-" from a pipe that holds bytes. */
static int read_standard_input(struct fixture *f, const char *bytes, size_t limit)
{
    int ends[2], before = dup(STDIN_FILENO), index;

    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], bytes, strlen(bytes)), strlen(bytes));
    close(ends[1]);
    assert_int_equal(dup2(ends[0], STDIN_FILENO), STDIN_FILENO);
    close(ends[0]);
    index = files_read_text(&f->files, "-", limit, SPAN_NONE, &f->sink);
    if (before >= 0) {
        dup2(before, STDIN_FILENO);
        close(before);
    }
    return index;
}

static void standard_input_is_read(void **state)
{
    struct fixture *f = *state;

    assert_int_equal(read_standard_input(f, "汉字", 6), 0);
    assert_true(text_is(files_get(&f->files, 0)->bytes, "汉字"));
    assert_string_equal(files_get(&f->files, 0)->path, "<stdin>");
    assert_int_equal(f->sink.list.length, 0);
    assert_int_equal(read_standard_input(f, "汉字", 5), -1);
    assert_int_equal(f->sink.list.data[0].id, DIAG_FILE_TOO_LARGE);
}

static void size_is_limited(void **state)
{
    struct fixture *f = *state;
    const char *path = write_file(f, "a.md", TEXT("0123456789"));

    assert_true(files_read_text(&f->files, path, 10, SPAN_NONE, &f->sink) >= 0);
    assert_int_equal(files_read_text(&f->files, path, 9, SPAN_NONE, &f->sink), -1);
    assert_int_equal(f->sink.list.data[0].id, DIAG_FILE_TOO_LARGE);
}

static void ill_formed_text_is_refused_with_its_place(void **state)
{
    struct fixture *f = *state;
    uint32_t line, column;
    const struct diagnostic *d;

    d = check_refused(f, write_file(f, "u", TEXT("汉\n字\xE6\xB1\n")), DIAG_INVALID_UTF8);
    files_position(&f->files, d->span, &line, &column);
    assert_int_equal(line, 2);
    assert_int_equal(column, 2);
    assert_string_equal(d->message, "invalid UTF-8 at byte 7");

    d = check_refused(f, write_file(f, "n", TEXT("汉\0字")), DIAG_NUL_BYTE);
    assert_int_equal(d->span.offset, 3);
    assert_null(d->hint);
    /* The first of the two is told. */
    check_refused(f, write_file(f, "b", TEXT("\xFF\0")), DIAG_INVALID_UTF8);
    check_refused(f, write_file(f, "c", TEXT("\0\xFF")), DIAG_NUL_BYTE);
    /* The same bytes are no mistake where no text is asked for. */
    assert_true(files_read_bytes(&f->files, path_join(&f->arena, f->folder, "b"), 10,
                    SPAN_NONE, &f->sink) >= 0);
}

static void another_encoding_is_recognised(void **state)
{
    struct fixture *f = *state;
    /* 互联网月报 in GB 18030 */
    const char *gb =
        write_file(f, "gb", TEXT("\xBB\xA5\xC1\xAA\xCD\xF8\xD4\xC2\xB1\xA8\n"));
    const char *utf16 = write_file(f, "utf16", TEXT("\xFF\xFE\x92\x4E"));

    assert_non_null(strstr(check_refused(f, gb, DIAG_INVALID_UTF8)->hint, "GB18030"));
    assert_non_null(strstr(check_refused(f, utf16, DIAG_INVALID_UTF8)->hint, "UTF-16"));
    assert_null(
        check_refused(f, write_file(f, "x", TEXT("abc\xFF")), DIAG_INVALID_UTF8)->hint);
}

static void check_position(
    struct fixture *f, uint32_t file, uint32_t offset, uint32_t line, uint32_t column)
{
    uint32_t found_line = 0, found_column = 0;

    files_position(&f->files, (struct span){file, offset, 0}, &found_line, &found_column);
    assert_int_equal(found_line, line);
    assert_int_equal(found_column, column);
}

static void places_count_lines_and_code_points(void **state)
{
    struct fixture *f = *state;
    uint32_t file =
        (uint32_t)files_add_text(&f->files, "m", TEXT("a汉b\r\n\r汉\n\xEF\xBB\xBFx"));
    uint32_t marked = (uint32_t)files_add_text(&f->files, "b", TEXT("\xEF\xBB\xBF汉x"));

    check_position(f, file, 0, 1, 1);
    check_position(f, file, 4, 1, 3);
    check_position(f, file, 7, 2, 1);
    check_position(f, file, 8, 3, 1);
    check_position(f, file, 11, 3, 2);
    check_position(f, file, 15, 4, 2);
    check_position(f, file, 9999, 4, 3);
    check_position(f, marked, 0, 1, 1);
    check_position(f, marked, 3, 1, 1);
    check_position(f, marked, 6, 1, 2);
    check_position(f, SPAN_NO_FILE, 5, 1, 1);
    assert_true(text_is(files_line(&f->files, marked, 1), "汉x"));
    assert_true(text_is(files_line(&f->files, file, 2), ""));
}

static void paths_are_taken_apart(void **state)
{
    struct fixture *f = *state;
    struct arena *a = &f->arena;

    assert_string_equal(path_folder(a, "a/b.md"), "a");
    assert_string_equal(path_folder(a, "b.md"), ".");
    assert_string_equal(path_folder(a, "/b"), "/");
    assert_string_equal(path_folder(a, "/"), "/");
    assert_string_equal(path_folder(a, "a//b/"), "a");
    assert_string_equal(path_folder(a, ""), ".");
    assert_string_equal(path_stem(a, "x/2021-05.md"), "2021-05");
    assert_string_equal(path_stem(a, "a.tar.gz"), "a.tar");
    assert_string_equal(path_stem(a, "x.y/.md"), ".md");
    assert_string_equal(path_stem(a, "x.y/name"), "name");
    assert_string_equal(path_join(a, "a", "b"), "a/b");
    assert_string_equal(path_join(a, "a/", "b"), "a/b");
    assert_string_equal(path_join(a, "a", "/b"), "/b");
    assert_string_equal(path_join(a, ".", "b"), "b");
    assert_true(path_exists(f->folder) && path_is_folder(f->folder));
    assert_false(path_exists(path_join(a, f->folder, "nothing")) || path_is_folder("/dev/null"));
}

static void forgotten_files_leave_the_kept_ones(void **state)
{
    struct fixture *f = *state;
    uint32_t line, column;

    for (int i = 0; i < 3; i++)
        assert_int_equal(files_add_text(&f->files, "a.md", TEXT("one\ntwo")), i);
    files_position(&f->files, (struct span){2, 5, 1}, &line, &column);
    files_forget(&f->files, 1);
    assert_int_equal(f->files.list.length, 1);
    assert_null(files_get(&f->files, 1));
    files_position(&f->files, (struct span){0, 5, 1}, &line, &column);
    assert_int_equal(line, 2);
    files_forget(&f->files, 5);
    assert_int_equal(f->files.list.length, 1);
    assert_int_equal(files_add_text(&f->files, "b.md", TEXT("three")), 1);
    assert_string_equal(files_get(&f->files, 1)->bytes.data, "three");
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(a_text_is_read_whole),
        CASE(what_is_no_file_is_refused),
        CASE(an_unreadable_file_is_refused),
        CASE(standard_input_is_read),
        CASE(size_is_limited),
        CASE(ill_formed_text_is_refused_with_its_place),
        CASE(another_encoding_is_recognised),
        CASE(places_count_lines_and_code_points),
        CASE(paths_are_taken_apart),
        CASE(forgotten_files_leave_the_kept_ones),
    };

    return cmocka_run_group_tests_name("base_files", tests, NULL, NULL);
}
