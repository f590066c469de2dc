/* Tests of image_find(): addresses, folders that may be read, refusals, the cache. */
#include "image_files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/files.h"
#include "image/coded.h"

/*  FOLDER/root/           series' folder, the root
 *  FOLDER/root/issues/    the issue's folder
 *  FOLDER/other/          outside */
struct fixture {
    struct images images;
    struct diagnostics sink;
    struct arena arena;
    struct image_roots roots;
    char folder[64];
};

static const struct span place = {3, 14, 15};

static char *at(struct fixture *f, const char *name)
{
    return path_join(&f->arena, f->folder, name);
}

static int set_up(void **state)
{
    struct fixture *f = memory_alloc(sizeof *f);

    images_init(&f->images);
    diagnostics_init(&f->sink);
    arena_init(&f->arena);
    strcpy(f->folder, "/tmp/paiban-image-XXXXXX");
    *state = f;
    if (mkdtemp(f->folder) == NULL)
        return -1;
    f->roots =
        (struct image_roots){.folder = at(f, "root/issues"), .root = at(f, "root")};
    return mkdir(at(f, "root"), 0777) | mkdir(at(f, "root/issues"), 0777) |
           mkdir(at(f, "other"), 0777);
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    int failed = system(arena_print(&f->arena, "rm -rf '%s'", f->folder));

    images_done(&f->images);
    diagnostics_done(&f->sink);
    arena_done(&f->arena);
    memory_free(f);
    return failed;
}

static void write_bytes(
    struct fixture *f, const char *name, const void *bytes, size_t length)
{
    FILE *stream = fopen(at(f, name), "wb");

    assert_non_null(stream);
    assert_int_equal(fwrite(bytes, 1, length, stream), length);
    assert_int_equal(fclose(stream), 0);
}

/* A gray PNG, `width` wide. */
static void write_png(struct fixture *f, const char *name, uint32_t width)
{
    uint8_t *row = memory_alloc(width);
    struct png_kind kind = {.width = width, .height = 1, .bits = 8};
    struct str file;

    str_init(&file);
    make_png(&file, &kind, row, width);
    write_bytes(f, name, file.data, file.length);
    str_done(&file);
    memory_free(row);
}

static struct image *find(struct fixture *f, const char *address)
{
    diagnostics_clear(&f->sink);
    return image_find(&f->images, &f->roots, text_of(address), place, &f->sink);
}

/* The width of what is found. */
static uint32_t width_of(struct fixture *f, const char *address)
{
    struct image *image = find(f, address);
    uint32_t width;

    if (image == NULL)
        fail_msg("‘%s’ is not found: %s", address, f->sink.list.data[0].message);
    assert_int_equal(f->sink.list.length, 0);
    width = image->width;
    image_unref(image);
    return width;
}

static const struct diagnostic *check_refused(
    struct fixture *f, const char *address, enum diag_id id)
{
    const struct diagnostic *d;

    assert_null(find(f, address));
    assert_int_equal(f->sink.list.length, 1);
    d = &f->sink.list.data[0];
    assert_int_equal(d->id, id);
    assert_int_equal(d->span.offset, place.offset);
    return d;
}

static void addresses_start_at_the_issue_or_the_root(void **state)
{
    struct fixture *f = *state;

    write_png(f, "root/a.png", 1);
    write_png(f, "root/issues/a.png", 2);
    mkdir(at(f, "root/issues/images"), 0777);
    write_png(f, "root/issues/images/b.png", 3);
    assert_int_equal(width_of(f, "a.png"), 2);
    assert_int_equal(width_of(f, "./a.png"), 2);
    assert_int_equal(width_of(f, "/a.png"), 1);
    assert_int_equal(width_of(f, "/issues/a.png"), 2);
    assert_int_equal(width_of(f, "images/b.png"), 3);
    assert_int_equal(
        width_of(f, "../a.png"), 1); /* above the issue, but below the root */
    assert_int_equal(width_of(f, "images/../../issues/a.png"), 2);
}

static void names_as_written_or_percent_encoded(void **state)
{
    struct fixture *f = *state;
    const struct diagnostic *d;

    write_png(f, "root/issues/图 一.png", 4);
    write_png(f, "root/issues/100%25.png", 5);
    write_png(f, "root/issues/100%.png", 6);
    write_png(f, "root/issues/a#b?c.png", 7);
    assert_int_equal(width_of(f, "图 一.png"), 4);
    assert_int_equal(width_of(f, "%E5%9B%BE%20%e4%b8%80.png"), 4);
    assert_int_equal(width_of(f, "100%25.png"), 5); /* as it stands comes first */
    assert_int_equal(width_of(f, "100%.png"), 6);
    assert_int_equal(width_of(f, "a#b?c.png"), 7);
    check_refused(f, "a%00b.png", DIAG_IMAGE_MISSING);
    check_refused(f, "a%2", DIAG_IMAGE_MISSING);
    d = check_refused(f, "C:\\图\\一.png", DIAG_IMAGE_MISSING);
    assert_non_null(d->hint);
}

static void nothing_outside_the_root(void **state)
{
    struct fixture *f = *state;
    const struct diagnostic *d;
    const char *allowed[] = {NULL, NULL};

    write_png(f, "other/a.png", 8);
    write_png(f, "root/issues/in.png", 9);
    assert_int_equal(symlink(at(f, "other/a.png"), at(f, "root/issues/out.png")), 0);
    assert_int_equal(symlink(at(f, "other"), at(f, "root/issues/folder")), 0);
    assert_int_equal(symlink("in.png", at(f, "root/issues/link.png")), 0);
    assert_int_equal(symlink("loop.png", at(f, "root/issues/loop.png")), 0);
    d = check_refused(f, "../../other/a.png", DIAG_IMAGE_OUTSIDE);
    assert_non_null(strstr(d->hint, "--allow-path"));
    check_refused(f, "/../other/a.png", DIAG_IMAGE_OUTSIDE);
    check_refused(f, "%2E%2E/..%2Fother/a.png", DIAG_IMAGE_OUTSIDE);
    check_refused(f, "out.png", DIAG_IMAGE_OUTSIDE);
    check_refused(f, "folder/a.png", DIAG_IMAGE_OUTSIDE);
    check_refused(f, "../../../../../../etc/passwd", DIAG_IMAGE_OUTSIDE);
    check_refused(
        f, "/etc/passwd", DIAG_IMAGE_MISSING); /* below the root: there is none */
    check_refused(f, "loop.png", DIAG_IMAGE_UNREADABLE);
    assert_int_equal(width_of(f, "link.png"), 9);
    allowed[0] = at(f, "nowhere");
    allowed[1] = at(f, "other");
    f->roots.allowed = allowed;
    f->roots.allowed_count = 2;
    assert_int_equal(width_of(f, "../../other/a.png"), 8);
    assert_int_equal(width_of(f, "folder/a.png"), 8);
}

/* "root2" is not below "root". */
static void a_name_that_begins_alike_is_outside(void **state)
{
    struct fixture *f = *state;

    mkdir(at(f, "root2"), 0777);
    write_png(f, "root2/a.png", 1);
    check_refused(f, "../../root2/a.png", DIAG_IMAGE_OUTSIDE);
    f->roots.root = "/";
    assert_int_equal(width_of(f, "../../root2/a.png"), 1);
}

static void only_regular_files(void **state)
{
    struct fixture *f = *state;
    const char *allowed[] = {"/dev"};

    assert_int_equal(mkfifo(at(f, "root/issues/fifo.png"), 0666), 0);
    assert_int_equal(symlink("/dev/zero", at(f, "root/issues/zero.png")), 0);
    f->roots.allowed = allowed;
    f->roots.allowed_count = 1;
    assert_non_null(
        strstr(check_refused(f, "fifo.png", DIAG_IMAGE_NOT_A_FILE)->hint, "FIFO"));
    assert_non_null(
        strstr(check_refused(f, "zero.png", DIAG_IMAGE_NOT_A_FILE)->hint, "device"));
    assert_non_null(strstr(check_refused(f, ".", DIAG_IMAGE_NOT_A_FILE)->hint, "folder"));
    check_refused(f, "none.png", DIAG_IMAGE_MISSING);
    check_refused(f, "fifo.png/a.png", DIAG_IMAGE_MISSING);
}

static void remote_images_are_not_fetched(void **state)
{
    static const char *const addresses[] = {"https://example.org/a.png",
        "HTTP://example.org/a.png", "//example.org/a.png", "ftp://example.org/a.png",
        "file:///etc/passwd", "data:image/png;base64,iVBORw0KGgo="};
    struct fixture *f = *state;
    struct str address;

    for (size_t i = 0; i < sizeof addresses / sizeof *addresses; i++) {
        check_refused(f, addresses[i], DIAG_REMOTE_IMAGE);
        assert_int_equal(diag_worst(&f->sink), LEVEL_WARNING);
    }
    check_refused(f, "", DIAG_IMAGE_NO_ADDRESS);
    str_init(&address);
    str_append_string(&address, "data:");
    for (int i = 0; i < 10000; i++)
        str_append_string(&address, "图");
    assert_true(strlen(check_refused(f, address.data, DIAG_REMOTE_IMAGE)->message) < 200);
    str_done(&address);
    write_png(f, "root/issues/1:2.png", 3);
    assert_int_equal(width_of(f, "1:2.png"), 3); /* a scheme begins with a letter */
    assert_int_equal(f->images.paths.length, 1); /* of a remote one there is no path */
}

static void sizes_and_rights(void **state)
{
    struct fixture *f = *state;
    int descriptor = open(at(f, "root/issues/large.png"), O_WRONLY | O_CREAT, 0666);

    assert_int_equal(ftruncate(descriptor, (off_t)IMAGE_FILE_LIMIT + 1), 0);
    close(descriptor);
    assert_non_null(
        strstr(check_refused(f, "large.png", DIAG_IMAGE_TOO_LARGE)->message, "64 MiB"));
    write_bytes(f, "root/issues/text.png", "text", 4);
    assert_non_null(
        strstr(check_refused(f, "text.png", DIAG_NOT_AN_IMAGE)->message, "‘text.png’"));
    write_bytes(f, "root/issues/empty.png", "", 0);
    check_refused(f, "empty.png", DIAG_IMAGE_DAMAGED);
    if (geteuid() == 0)
        return; /* root may read anything */
    write_png(f, "root/issues/secret.png", 1);
    assert_int_equal(chmod(at(f, "root/issues/secret.png"), 0), 0);
    check_refused(f, "secret.png", DIAG_IMAGE_UNREADABLE);
}

static void a_file_is_read_once_until_it_changes(void **state)
{
    struct fixture *f = *state;
    struct image *first, *second;

    write_png(f, "root/issues/a.png", 1);
    first = find(f, "a.png");
    second = find(f, "/issues/a.png");
    assert_ptr_equal(first, second);
    assert_int_equal(f->images.entries.length, 1);
    image_unref(second);
    write_png(
        f, "root/issues/a.png", 20); /* its length changes, whatever the clock says */
    second = find(f, "a.png");
    assert_ptr_not_equal(first, second);
    assert_int_equal(first->width, 1); /* who holds the old one keeps it */
    assert_int_equal(second->width, 20);
    assert_int_equal(f->images.entries.length, 1);
    image_unref(first);
    image_unref(second);
}

static void the_cache_has_a_limit(void **state)
{
    struct fixture *f = *state;
    struct image *first;

    for (int i = 0; i < 1100; i++)
        write_png(f, arena_print(&f->arena, "root/issues/%d.png", i), 1);
    first = find(f, "0.png");
    for (int i = 1; i < 1100; i++) {
        width_of(f, arena_print(&f->arena, "%d.png", i));
        if (i == 500)
            width_of(f, "1.png"); /* used again: stays longer */
    }
    assert_int_equal(f->images.entries.length, 1024);
    assert_int_equal(first->references, 1); /* the cache let it go */
    assert_int_equal(first->width, 1);
    image_unref(first);
}

/* What is coded counts, though other images were read in between. */
static void what_is_coded_late_counts(void **state)
{
    struct fixture *f = *state;
    struct image *first;
    const char *reason;
    size_t length;

    write_png(f, "root/issues/a.png", 5000);
    write_png(f, "root/issues/b.png", 5000);
    first = find(f, "a.png");
    width_of(f, "b.png");
    assert_non_null(image_coded(first, 0, 0, 6, &reason));
    length = 2 * first->bytes.length;
    f->images.bytes_most = length;
    images_forget_paths(&f->images);
    assert_int_equal(f->images.entries.length, 1); /* the first, bigger now, went */
    assert_int_equal(first->references, 1);
    assert_int_equal(f->images.bytes, length / 2);
    image_unref(first);
}

/* Files count, and what is coded of them. */
static void the_cache_has_a_limit_of_bytes(void **state)
{
    struct fixture *f = *state;
    struct image *second;
    const char *reason;
    size_t length;

    write_png(f, "root/issues/a.png", 5000);
    write_png(f, "root/issues/b.png", 5000);
    width_of(f, "a.png");
    second = find(f, "b.png");
    assert_non_null(image_coded(second, 0, 0, 6, &reason));
    length = 2 * second->bytes.length + image_coded_size(second->coded);
    images_set_limit(&f->images, length);
    assert_int_equal(f->images.entries.length, 2);
    f->images.bytes_most = length - 1; /* as if something had been coded since */
    images_forget_paths(&f->images);
    assert_int_equal(f->images.entries.length, 1);
    images_set_limit(&f->images, 1);
    assert_int_equal(f->images.entries.length, 0);
    assert_int_equal(second->references, 1);
    image_unref(second);
}

static void paths_are_told_for_the_dependencies(void **state)
{
    struct fixture *f = *state;

    write_png(f, "root/issues/a.png", 1);
    width_of(f, "a.png");
    width_of(f, "./a.png");
    check_refused(f, "b.png", DIAG_IMAGE_MISSING);
    assert_int_equal(f->images.paths.length, 2);
    assert_true(text_ends(f->images.paths.entries[0].key, "/root/issues/a.png"));
    assert_true(text_ends(f->images.paths.entries[1].key, "/root/issues/b.png"));
    images_forget_paths(&f->images);
    assert_int_equal(f->images.paths.length, 0);
}

/* The note is told at each place, from the cache too. */
static void inks_without_a_profile_are_told(void **state)
{
    struct fixture *f = *state;
    uint8_t pixels[64 * 4] = {0};
    struct jpeg_kind kind = {.width = 8, .height = 8, .channels = 4};
    struct str file;

    str_init(&file);
    make_jpeg(&file, &kind, pixels);
    write_bytes(f, "root/issues/a.jpg", file.data, file.length);
    str_done(&file);
    for (int i = 0; i < 2; i++) {
        struct image *image = find(f, "a.jpg");

        assert_non_null(image);
        assert_int_equal(f->sink.list.length, 1);
        assert_int_equal(f->sink.list.data[0].id, DIAG_CMYK_WITHOUT_PROFILE);
        assert_int_equal(diag_worst(&f->sink), LEVEL_NOTE);
        image_unref(image);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST(addresses_start_at_the_issue_or_the_root),
        TEST(names_as_written_or_percent_encoded),
        TEST(nothing_outside_the_root),
        TEST(a_name_that_begins_alike_is_outside),
        TEST(only_regular_files),
        TEST(remote_images_are_not_fetched),
        TEST(sizes_and_rights),
        TEST(a_file_is_read_once_until_it_changes),
        TEST(the_cache_has_a_limit),
        TEST(the_cache_has_a_limit_of_bytes),
        TEST(what_is_coded_late_counts),
        TEST(paths_are_told_for_the_dependencies),
        TEST(inks_without_a_profile_are_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
