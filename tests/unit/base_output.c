/* Tests of the outputs of base/files.h: whole or not at all, and nothing left behind. */
#include "unit_test.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/files.h"

struct fixture {
    struct diagnostics sink;
    struct arena arena;
    char folder[64]; /* of this test alone */
    char *path;      /* "out.pdf" in it */
};

static int set_up(void **state)
{
    struct fixture *f = memory_alloc(sizeof *f);

    diagnostics_init(&f->sink);
    arena_init(&f->arena);
    strcpy(f->folder, "/tmp/paiban-output-XXXXXX");
    *state = f;
    if (mkdtemp(f->folder) == NULL)
        return 1;
    f->path = path_join(&f->arena, f->folder, "out.pdf");
    return chmod(f->folder, 0755);
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    int failed = system(arena_print(&f->arena, "rm -rf '%s'", f->folder));

    diagnostics_done(&f->sink);
    arena_done(&f->arena);
    memory_free(f);
    return failed;
}

static void write_old(const char *path, mode_t mode)
{
    int descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

    assert_true(descriptor >= 0);
    assert_int_equal(write(descriptor, "old", 3), 3);
    assert_int_equal(fchmod(descriptor, mode), 0);
    close(descriptor);
}

static void check_content(const char *path, const char *expected)
{
    char buffer[64];
    FILE *stream = fopen(path, "rb");
    size_t length;

    assert_non_null(stream);
    length = fread(buffer, 1, sizeof buffer - 1, stream);
    buffer[length] = '\0';
    fclose(stream);
    assert_string_equal(buffer, expected);
}

/* The number of names in the folder, hidden ones too. */
static int names_in(const char *folder)
{
    DIR *stream = opendir(folder);
    int count = -2; /* "." and ".." */

    assert_non_null(stream);
    while (readdir(stream) != NULL)
        count++;
    closedir(stream);
    return count;
}

static void check_written(struct fixture *f, const char *path)
{
    struct output output;

    assert_true(output_open(&output, path, &f->sink));
    output_write(&output, "ne", 2);
    output_write(&output, "w", 1);
    assert_int_equal(output.written, 3);
    assert_true(output_commit(&output, &f->sink));
    assert_int_equal(f->sink.list.length, 0);
    output_abandon(&output); /* takes the committed */
}

static mode_t mode_of(const char *path)
{
    struct stat status;

    assert_int_equal(stat(path, &status), 0);
    return status.st_mode & 07777;
}

static void a_new_file_has_the_mode_of_the_umask(void **state)
{
    struct fixture *f = *state;
    mode_t before = umask(027);

    check_written(f, f->path);
    umask(before);
    check_content(f->path, "new");
    assert_int_equal(mode_of(f->path), 0640);
    assert_int_equal(names_in(f->folder), 1);
}

static void the_old_file_is_seen_until_the_commit(void **state)
{
    struct fixture *f = *state;
    struct output output;

    write_old(f->path, 0604);
    assert_true(output_open(&output, f->path, &f->sink));
    output_write(&output, "new", 3);
    check_content(f->path, "old");
    assert_int_equal(names_in(f->folder), 2);
    assert_true(output_commit(&output, &f->sink));
    check_content(f->path, "new");
    assert_int_equal(mode_of(f->path), 0604);
    assert_int_equal(names_in(f->folder), 1);
}

static void an_abandoned_output_leaves_nothing(void **state)
{
    struct fixture *f = *state;
    struct output output;

    write_old(f->path, 0644);
    assert_true(output_open(&output, f->path, &f->sink));
    output_write(&output, "new", 3);
    output_abandon(&output);
    output_abandon(&output);
    output_abandon(NULL);
    check_content(f->path, "old");
    assert_int_equal(names_in(f->folder), 1);
}

static void a_link_stays_a_link(void **state)
{
    struct fixture *f = *state;
    const char *other = path_join(&f->arena, f->folder, "other");
    const char *real = path_join(&f->arena, other, "real.pdf");
    const char *none = path_join(&f->arena, other, "none.pdf");
    const char *dangling = path_join(&f->arena, f->folder, "dangling");
    struct stat status;

    assert_int_equal(mkdir(other, 0755), 0);
    write_old(real, 0644);
    assert_int_equal(symlink("other/real.pdf", f->path), 0);
    check_written(f, f->path);
    check_content(real, "new");
    assert_int_equal(symlink("other/none.pdf", dangling), 0);
    check_written(f, dangling);
    check_content(none, "new");
    assert_int_equal(lstat(f->path, &status), 0);
    assert_true(S_ISLNK(status.st_mode));
    assert_int_equal(lstat(dangling, &status), 0);
    assert_true(S_ISLNK(status.st_mode));
    assert_int_equal(names_in(other), 2);
}

static void check_refused(struct fixture *f, const char *path, bool hint)
{
    struct output output;

    diagnostics_clear(&f->sink);
    assert_false(output_open(&output, path, &f->sink));
    assert_int_equal(f->sink.list.length, 1);
    assert_int_equal(f->sink.list.data[0].id, DIAG_OUTPUT_FAILED);
    assert_int_equal(f->sink.list.data[0].hint != NULL, hint);
    output_abandon(&output);
}

static void what_cannot_be_written_is_refused(void **state)
{
    struct fixture *f = *state;

    check_refused(f, f->folder, false);
    check_refused(f, "", false);
    check_refused(f, path_join(&f->arena, f->folder, "none/out.pdf"), true);
    check_refused(f, path_join(&f->arena, f->folder, "none/"), false);
    write_old(f->path, 0644);
    check_refused(f, path_join(&f->arena, f->path, "out.pdf"), false);
    assert_int_equal(names_in(f->folder), 1);
}

static void a_read_only_place_is_refused(void **state)
{
    struct fixture *f = *state;
    int status = 0;
    pid_t child;

    write_old(f->path, 0444);
    assert_int_equal(chmod(f->folder, 0555), 0);
    child = fork();
    if (child == 0) {
        /* Root writes everywhere: become somebody else. */
        if (geteuid() == 0 && setuid(65534) != 0)
            _exit(77);
        check_refused(f, f->path, false);
        check_refused(f, path_join(&f->arena, f->folder, "new.pdf"), true);
        _exit(0);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(chmod(f->folder, 0755), 0);
    if (WIFEXITED(status) && WEXITSTATUS(status) == 77) {
        print_message("# root cannot become another user here\n");
        skip();
    }
    assert_int_equal(status, 0);
    check_content(f->path, "old");
}

/* /dev/full stands for the full disk of a target that is written directly. */
static void a_full_device_is_told(void **state)
{
    struct fixture *f = *state;
    struct output output;

    assert_true(output_open(&output, "/dev/full", &f->sink));
    assert_null(output.temporary);
    output_write(&output, "new", 3);
    assert_true(output.failed);
    assert_int_equal(output.error, ENOSPC);
    assert_false(output_commit(&output, &f->sink));
    assert_int_equal(f->sink.list.data[0].id, DIAG_OUTPUT_FAILED);
}

/* A limit of the file's size stands for a disk that fills up meanwhile. */
static void a_disk_that_fills_leaves_the_old_file(void **state)
{
    struct fixture *f = *state;
    static char large[100000];
    struct rlimit before, small;
    struct output output;

    write_old(f->path, 0644);
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    small = before;
    small.rlim_cur = 5000;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    assert_true(output_open(&output, f->path, &f->sink));
    output_write(&output, large, sizeof large);
    assert_false(output_commit(&output, &f->sink));
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    assert_int_equal(f->sink.list.length, 1);
    check_content(f->path, "old");
    assert_int_equal(names_in(f->folder), 1);
}

static void a_long_name_has_a_temporary(void **state)
{
    struct fixture *f = *state;
    struct str name;

    str_init(&name);
    for (int i = 0; i < 85; i++) /* 255 bytes, the most that a name may have */
        str_append_string(&name, "汉");
    check_written(f, path_join(&f->arena, f->folder, name.data));
    check_content(path_join(&f->arena, f->folder, name.data), "new");
    str_done(&name);
}

static void on_signal(int number)
{
    outputs_remove_temporaries();
    _exit(128 + number);
}

static void stop_by_signal(struct fixture *f)
{
    struct output first, second;

    signal(SIGTERM, on_signal);
    if (output_open(&first, f->path, &f->sink) &&
        output_open(&second, path_join(&f->arena, f->folder, "b.pdf"), &f->sink))
        raise(SIGTERM);
}

static void stop_by_program(struct fixture *f)
{
    struct output output;

    if (output_open(&output, f->path, &f->sink) &&
        freopen("/dev/null", "w", stderr) != NULL)
        program_stop("an invariant broke");
}

static void a_stopped_program_leaves_nothing(void **state)
{
    static void (*const stops[])(struct fixture *) = {stop_by_signal, stop_by_program};
    static const int statuses[] = {128 + SIGTERM, 70};
    struct fixture *f = *state;

    for (size_t i = 0; i < 2; i++) {
        int status = 0;
        pid_t child = fork();

        if (child == 0) {
            stops[i](f);
            _exit(1);
        }
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_true(WIFEXITED(status));
        assert_int_equal(WEXITSTATUS(status), statuses[i]);
        assert_int_equal(names_in(f->folder), 0);
    }
}

static void a_child_leaves_its_parents_temporaries(void **state)
{
    struct fixture *f = *state;
    struct output output;
    int status = 0;
    pid_t child;

    assert_true(output_open(&output, f->path, &f->sink));
    output_write(&output, "new", 3);
    child = fork();
    if (child == 0) {
        outputs_remove_temporaries();
        _exit(0);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(output_commit(&output, &f->sink));
    check_content(f->path, "new");
}

/* A child that dies with its temporary open, as by kill -9. */
static void leave_temporary(struct fixture *f)
{
    pid_t child = fork();

    if (child == 0) {
        struct output output;

        if (output_open(&output, f->path, &f->sink))
            output_write(&output, "torn", 4);
        kill(getpid(), SIGKILL);
    }
    assert_int_equal(waitpid(child, NULL, 0), child);
}

static void what_a_killed_process_left_is_removed(void **state)
{
    struct fixture *f = *state;
    const char *user = path_join(&f->arena, f->folder, ".a.paiban-abc");
    const char *fifo = path_join(&f->arena, f->folder, ".a.paiban-abcdef");
    struct output output;

    leave_temporary(f);
    leave_temporary(f);
    write_old(user, 0644); /* no name of a temporary: too short */
    assert_int_equal(mkfifo(fifo, 0600), 0);
    assert_int_equal(names_in(f->folder), 4);
    assert_true(output_open(&output, f->path, &f->sink));
    output_write(&output, "new", 3);
    output_clear_stale(f->path); /* that which is held stays */
    assert_int_equal(names_in(f->folder), 3);
    output_clear_stale(f->folder);
    assert_int_equal(names_in(f->folder), 3);
    assert_true(output_commit(&output, &f->sink));
    check_content(f->path, "new");
    check_content(user, "old");
    output_clear_stale(path_join(&f->arena, f->folder, "none/out.pdf"));
}

static void another_process_leaves_what_is_held(void **state)
{
    struct fixture *f = *state;
    struct output output;
    int status = 0;
    pid_t child;

    assert_true(output_open(&output, f->path, &f->sink));
    output_write(&output, "new", 3);
    child = fork();
    if (child == 0) {
        output_clear_stale(f->path);
        _exit(0);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(output_commit(&output, &f->sink));
    check_content(f->path, "new");
    assert_int_equal(names_in(f->folder), 1);
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(a_new_file_has_the_mode_of_the_umask),
        CASE(the_old_file_is_seen_until_the_commit),
        CASE(an_abandoned_output_leaves_nothing),
        CASE(a_link_stays_a_link),
        CASE(what_cannot_be_written_is_refused),
        CASE(a_read_only_place_is_refused),
        CASE(a_full_device_is_told),
        CASE(a_disk_that_fills_leaves_the_old_file),
        CASE(a_long_name_has_a_temporary),
        CASE(a_stopped_program_leaves_nothing),
        CASE(a_child_leaves_its_parents_temporaries),
        CASE(what_a_killed_process_left_is_removed),
        CASE(another_process_leaves_what_is_held),
    };

    return cmocka_run_group_tests_name("base_output", tests, NULL, NULL);
}
