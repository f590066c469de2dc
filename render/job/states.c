/* states: stat and hash of input files, remembered; see states.h. */
#include "job/states.h"

#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/files.h"

#define NANOSECONDS INT64_C(1000000000)
/* FAT counts in steps of two seconds; every other file system is finer. */
#define GRAIN (2 * NANOSECONDS)
/* Bytes of a file that are hashed, and read, at once. */
#define HASHED_PIECE ((size_t)128 << 10)

void states_init(struct states *states)
{
    *states = (struct states){0};
    arena_init(&states->arena);
    map_init(&states->paths);
    map_init(&states->folders);
    map_init(&states->names);
}

void states_done(struct states *states)
{
    if (states == NULL)
        return;
    vec_done(&states->list);
    map_done(&states->paths);
    map_done(&states->folders);
    map_done(&states->names);
    arena_done(&states->arena);
}

uint64_t states_hash(struct text content)
{
    uint64_t hash = HASH_SEED;

    for (size_t at = 0; at < content.length; at += HASHED_PIECE)
        hash = hash_contents(hash, text_slice(content, at, at + HASHED_PIECE));
    return hash != 0 ? hash : 1;
}

static int64_t nanoseconds(struct timespec t)
{
    return (int64_t)t.tv_sec * NANOSECONDS + t.tv_nsec;
}

void states_stat(const char *path, int64_t *ret_size, int64_t *ret_changed)
{
    struct stat status;

    *ret_size = STATE_MISSING;
    *ret_changed = 0;
    if (stat(path, &status) != 0)
        return;
    *ret_size = (int64_t)status.st_size;
    *ret_changed = nanoseconds(status.st_mtim);
}

/* Hash of a regular file; 0 when it cannot be read. It is read piece by piece: fonts are
 * large, a mapping costs a fault for every few pages, and what a reader shortens meanwhile
 * would stop the program. */
static uint64_t hash_read(int descriptor, size_t size)
{
    char *bytes = memory_alloc(size < HASHED_PIECE ? size + 1 : HASHED_PIECE);
    uint64_t hash = HASH_SEED;
    size_t length = 0, rest = size;
    ssize_t count = 1;

    while (rest > 0 && count > 0) {
        size_t piece = rest < HASHED_PIECE ? rest : HASHED_PIECE;

        for (length = 0; length < piece && count > 0;) {
            count = read(descriptor, bytes + length, piece - length);
            length += count > 0 ? (size_t)count : 0;
        }
        hash = hash_contents(hash, (struct text){bytes, length});
        rest -= length;
    }
    memory_free(bytes);
    return count < 0 ? 0 : hash != 0 ? hash : 1;
}

static uint64_t hash_file(const char *path)
{
    int descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    struct stat status;
    uint64_t hash = 0;

    if (descriptor < 0)
        return 0;
    if (fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode))
        hash = hash_read(descriptor, (size_t)status.st_size);
    close(descriptor);
    return hash;
}

static struct file_state *state_add(struct states *states, const char *path)
{
    struct file_state *state = ARENA_NEW(&states->arena, struct file_state);

    state->path = arena_copy(&states->arena, path, strlen(path));
    vec_push(&states->list, state);
    map_set(&states->paths, text_of(state->path), state);
    return state;
}

void states_record(struct states *states, const struct file_state *recorded)
{
    struct file_state *state = map_lookup(&states->paths, text_of(recorded->path));

    if (state == NULL)
        state = state_add(states, recorded->path);
    state->size = recorded->size;
    state->changed = recorded->changed;
    state->hash = recorded->hash;
    state->recorded = true;
}

static void look(struct states *states, struct file_state *state)
{
    struct timespec now;
    int64_t size, changed;
    uint64_t before = state->hash;
    int64_t size_before = state->size;

    state->looked = true;
    states_stat(state->path, &size, &changed);
    if (state->recorded && size == state->size &&
        (size == STATE_MISSING || (changed == state->changed && changed != 0)))
        return;
    states->changed = true;
    clock_gettime(CLOCK_REALTIME, &now);
    state->size = size;
    state->hash = size == STATE_MISSING ? 0 : hash_file(state->path);
    state->changed = nanoseconds(now) - changed > GRAIN ? changed : 0;
    state->differs =
        state->recorded && (state->hash != before || (size < 0) != (size_before < 0));
}

const struct file_state *states_look(struct states *states, const char *path)
{
    struct file_state *state = map_lookup(&states->paths, text_of(path));

    if (state == NULL)
        state = state_add(states, path);
    if (!state->looked)
        look(states, state);
    return state;
}

void states_forget(struct states *states)
{
    for (size_t i = 0; i < states->list.length; i++) {
        struct file_state *state = states->list.data[i];

        state->recorded = state->recorded || state->looked;
        state->looked = false;
        state->differs = false;
    }
}

/* The real path of a folder, remembered. */
static const char *real_folder(struct states *states, const char *folder)
{
    const char *known = map_lookup(&states->folders, text_of(folder));
    char *real;

    if (known != NULL)
        return known;
    real = realpath(folder, NULL);
    known = real != NULL ? real : folder;
    known = arena_copy(&states->arena, known, strlen(known));
    map_set(&states->folders, text_of(folder), (char *)(uintptr_t)known);
    free(real);
    return known;
}

static const char *keep_name(struct states *states, const char *path)
{
    char *kept = map_lookup(&states->names, text_of(path));

    if (kept == NULL) {
        kept = arena_copy(&states->arena, path, strlen(path));
        map_set(&states->names, text_of(path), kept);
    }
    return kept;
}

const char *states_path(struct states *states, const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash != NULL ? slash + 1 : path;
    char folder[PATH_MAX];
    size_t length = slash != NULL ? (size_t)(slash - path) : 1;
    const char *kept;
    struct arena arena;

    if (length >= sizeof folder)
        return keep_name(states, path);
    memcpy(folder, slash != NULL ? path : ".", length);
    folder[length] = '\0';
    arena_init(&arena);
    kept = keep_name(
        states, path_join(&arena, real_folder(states, length > 0 ? folder : "/"), name));
    arena_done(&arena);
    return kept;
}
