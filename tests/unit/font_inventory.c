/* The inventory of installed fonts: as a scan finds it, kept, given up when something changes, and
 * never trusted further than its bytes reach. */
#include "unit_test.h"
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include "base/files.h"
#include "font/catalogue.h"

#define REGULAR "/usr/share/fonts/truetype/liberation/LiberationSerif-Regular.ttf"
#define BOLD    "/usr/share/fonts/truetype/liberation/LiberationSerif-Bold.ttf"

/* A folder with a configuration, fonts, fontconfig's cache and ours. */
struct place {
    struct arena arena;
    char *path, *conf, *fonts, *cache;
    bool keeps;
    int changes; /* seconds between what settle_wholly() sets */
};

static void write_file(const char *path, const void *bytes, size_t length)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    fclose(file);
}

static char *read_file(struct arena *arena, const char *path, size_t *ret_length)
{
    struct stat status;
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    assert_int_equal(fstat(fileno(file), &status), 0);
    char *bytes = arena_alloc(arena, (size_t)status.st_size + 1);
    assert_int_equal(
        fread(bytes, 1, (size_t)status.st_size, file), (size_t)status.st_size);
    fclose(file);
    *ret_length = (size_t)status.st_size;
    return bytes;
}

static void add_font(struct place *place, const char *from, const char *name)
{
    size_t length;
    char *bytes = read_file(&place->arena, from, &length);
    write_file(path_join(&place->arena, place->fonts, name), bytes, length);
}

static void write_conf(struct place *place, const char *more)
{
    const char *text = arena_print(&place->arena,
        "<?xml version=\"1.0\"?><fontconfig><dir>%s</dir><dir>%s/later</dir>"
        "<cachedir>%s/fc</cachedir>%s</fontconfig>",
        place->fonts, place->path, place->path, more);
    write_file(place->conf, text, strlen(text));
}

static void set_time(const char *path, time_t seconds)
{
    struct timespec times[2] = {{seconds, 7}, {seconds, 7}};
    if (path_exists(path))
        assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
}

/* As if all had been so for years. */
static void settle(struct place *place)
{
    time_t then = 1600000000 + place->changes;
    set_time(place->conf, then);
    set_time(place->fonts, then);
    set_time(path_join(&place->arena, place->path, "later"), then);
    set_time(path_join(&place->arena, place->path, "fc"), then);
}

static int set_up(void **state)
{
    struct place *place = memory_alloc(sizeof *place);
    char name[] = "/tmp/paiban-test-XXXXXX";
    arena_init(&place->arena);
    place->keeps = true;
    assert_non_null(mkdtemp(name));
    place->path = arena_copy(&place->arena, name, strlen(name));
    place->conf = path_join(&place->arena, name, "fonts.conf");
    place->fonts = path_join(&place->arena, name, "fonts");
    place->cache = path_join(&place->arena, name, "cache/paiban");
    assert_int_equal(mkdir(place->fonts, 0777), 0);
    assert_int_equal(mkdir(path_join(&place->arena, name, "fc"), 0777), 0);
    write_conf(place, "");
    add_font(place, REGULAR, "regular.ttf");
    setenv("PAIBAN_CACHE_DIR", place->cache, 1);
    *state = place;
    return 0;
}

static void remove_all(struct arena *arena, const char *folder)
{
    DIR *list = opendir(folder);
    struct dirent *entry;
    while (list != NULL && (entry = readdir(list)) != NULL) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        const char *path = path_join(arena, folder, entry->d_name);
        if (path_is_folder(path))
            remove_all(arena, path);
        else
            unlink(path);
    }
    if (list != NULL)
        closedir(list);
    rmdir(folder);
}

static int tear_down(void **state)
{
    struct place *place = *state;
    remove_all(&place->arena, place->path);
    arena_done(&place->arena);
    memory_free(place);
    return 0;
}

/* The one file in the cache; NULL: there is none. */
static char *kept_file(struct place *place)
{
    char *found = NULL;
    DIR *list = opendir(place->cache);
    struct dirent *entry;
    while (list != NULL && (entry = readdir(list)) != NULL) {
        if (entry->d_name[0] == '.')
            continue;
        assert_null(found);
        found = path_join(&place->arena, place->cache, entry->d_name);
    }
    if (list != NULL)
        closedir(list);
    return found;
}

static bool covers(const struct catalogue *catalogue, size_t face, uint32_t codepoint)
{
    return catalogue_covers(catalogue, &catalogue->faces.data[face], &codepoint, 1);
}

/* Open and look everything up. Returns whether it was taken from the file. */
static bool look(struct place *place, size_t faces, bool sure)
{
    struct catalogue catalogue;
    struct family family;
    assert_true(catalogue_init(&catalogue, place->conf, place->keeps));
    bool kept = catalogue.inventory.mapped;
    if (sure)
        assert_int_equal(catalogue.faces.length, faces);
    bool found = catalogue_family(&catalogue, "liberation SERIF", &family);
    if (sure) {
        assert_true(found);
        assert_int_equal(family.count, faces);
        assert_false(family.variable);
        assert_false(catalogue_family(&catalogue, "Liberation", &family));
        assert_false(catalogue_family(&catalogue, "", &family));
    } else if (found)
        catalogue_nearest(&catalogue, &family, 400, false);
    for (size_t i = 0; i < catalogue.faces.length; i++) {
        bool latin = covers(&catalogue, i, 'A'), han = covers(&catalogue, i, 0x4E00);
        covers(&catalogue, i, UINT32_MAX);
        if (sure)
            assert_true(latin && !han);
        assert_true(strlen(catalogue.faces.data[i].path) < 4096 || !sure);
    }
    catalogue_done(&catalogue);
    return kept;
}

/* Nothing has changed for years but since the last time, and fontconfig has written its own cache. */
static void settle_wholly(struct place *place, size_t faces)
{
    place->changes++;
    settle(place);
    place->keeps = false;
    assert_false(look(place, faces, true));
    place->keeps = true;
    settle(place);
}

static void what_has_not_changed_is_taken_from_the_cache(void **state)
{
    struct place *place = *state;
    assert_false(look(place, 1, true)); /* changed just now: scanned, and not kept */
    assert_null(kept_file(place));
    settle_wholly(place, 1); /* looks without keeping */
    assert_null(kept_file(place));
    assert_false(look(place, 1, true));
    assert_non_null(kept_file(place));
    assert_true(look(place, 1, true));
    size_t length;
    char *kept = read_file(&place->arena, kept_file(place), &length);
    struct str scanned = {0};
    const char *key = kept + ((const struct inventory_head *)(void *)kept)->key;
    assert_true(inventory_scan(place->conf, key, &scanned));
    assert_int_equal(scanned.length, length);
    assert_memory_equal(scanned.data, kept, length);
    str_done(&scanned);
}

static void keep_now(struct place *place, size_t faces)
{
    settle_wholly(place, faces);
    assert_false(look(place, faces, true));
    assert_true(look(place, faces, true));
}

static void what_changes_is_looked_at_again(void **state)
{
    struct place *place = *state;
    keep_now(place, 1);
    add_font(place, BOLD, "bold.ttf");
    assert_false(look(place, 2, true));
    keep_now(place, 2);
    unlink(path_join(&place->arena, place->fonts, "bold.ttf"));
    assert_false(look(place, 1, true));
    keep_now(place, 1);
    assert_int_equal(mkdir(path_join(&place->arena, place->path, "later"), 0777), 0);
    assert_false(look(place, 1, true)); /* a folder that was not there */
    keep_now(place, 1);
    write_conf(place, "<!-- another -->");
    assert_false(look(place, 1, true));
    keep_now(place, 1);
    setenv("XDG_DATA_HOME", place->path, 1); /* where a folder of the user's is */
    assert_false(look(place, 1, true));
    unsetenv("XDG_DATA_HOME");
}

static void what_is_damaged_is_not_trusted(void **state)
{
    struct place *place = *state;
    keep_now(place, 1);
    size_t length;
    char *path = kept_file(place);
    char *good = read_file(&place->arena, path, &length);
    char *bad = arena_copy(&place->arena, good, length);
    for (size_t i = 0; i < length; i += i < 700 ? 1 : 97) {
        for (int turn = 0; turn < 3; turn++) {
            bad[i] = (char)(turn == 0 ? 0 : turn == 1 ? 0xFF : good[i] ^ 0x40);
            write_file(path, bad, length);
            look(place, 1, false);
        }
        bad[i] = good[i];
    }
    for (size_t i = 0; i < length; i += i < 400 ? 1 : 211) {
        write_file(path, good, i);
        assert_false(look(place, 1, true));
    }
    write_file(path, good, length);
    assert_true(look(place, 1, true));
}

static void some_is_never_kept(void **state)
{
    struct place *place = *state;
    write_conf(place, "<include ignore_missing=\"yes\">nowhere.conf</include>");
    settle_wholly(place, 1);
    assert_false(look(place, 1, true));
    assert_false(look(place, 1, true));
    assert_null(kept_file(place));
    write_conf(place, "");
    settle_wholly(place, 1);
    setenv("PAIBAN_CACHE_DIR", "", 1); /* none */
    assert_false(look(place, 1, true));
    assert_false(look(place, 1, true));
    write_file(place->cache = path_join(&place->arena, place->path, "file"), "", 0);
    setenv("PAIBAN_CACHE_DIR", place->cache, 1); /* cannot be: a file is there */
    assert_false(look(place, 1, true));
    assert_false(look(place, 1, true));
}

static void a_home_that_is_not_there_is_not_made(void **state)
{
    struct place *place = *state;
    char *home = path_join(&place->arena, place->path, "home");
    unsetenv("PAIBAN_CACHE_DIR");
    unsetenv("XDG_CACHE_HOME");
    setenv("HOME", home, 1);
    settle_wholly(place, 1);
    assert_false(look(place, 1, true));
    assert_false(path_exists(home));
    assert_int_equal(mkdir(home, 0777), 0);
    place->cache = path_join(&place->arena, home, ".cache/paiban");
    assert_false(look(place, 1, true));
    assert_non_null(kept_file(place));
    assert_true(look(place, 1, true));
    unsetenv("HOME");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            what_has_not_changed_is_taken_from_the_cache, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            what_changes_is_looked_at_again, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_damaged_is_not_trusted, set_up, tear_down),
        cmocka_unit_test_setup_teardown(some_is_never_kept, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            a_home_that_is_not_there_is_not_made, set_up, tear_down),
    };
    return cmocka_run_group_tests_name("font_inventory", tests, NULL, NULL);
}
