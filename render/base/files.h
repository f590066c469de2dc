/* files: every input is opened here, every output replaced here.
 *
 * struct files is the registry of the inputs of one job: it keeps bytes as long as spans
 * point into them, finds line and column, and is the dependency list of the result.
 * Inputs are regular files within a size limit; a FIFO, a device or a folder is refused
 * before it is opened for reading.
 *
 * An output is written to a temporary file in the target's folder, fsync'ed, and renamed
 * over the target: a reader sees the old file or the new one, never a part. Temporaries
 * are removed when the program stops by a signal or by program_stop().
 */
#ifndef PAIBAN_BASE_FILES_H
#define PAIBAN_BASE_FILES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/arena.h"
#include "base/diag.h"
#include "base/limits.h"
#include "base/str.h"
#include "base/vec.h"

#define FILES_SOURCE_LIMIT (16u << 20) /* bytes of series, layouts, roles */

#define FILES_BLOCK 1024 /* bytes that a column is counted through at most */

struct file {
    struct arena arena;  /* of this file's path and bytes */
    const char *path;    /* as given or found, for messages; "<stdin>" for "-" */
    struct text bytes;   /* whole content, followed by a NUL that does not count */
    bool loaded;         /* false: only registered as a dependency */
    bool is_text;        /* read as text: its lines can be shown */
    uint32_t *lines;     /* byte offset of each line's start; NULL until asked for */
    size_t line_count;
    uint32_t *counts; /* code points before each block of FILES_BLOCK bytes; as lines */
};

struct files {
    VEC(struct file) list;
    struct limits limits; /* of the document that is read; zeroed: the usual ones */
};

void files_init(struct files *files);
void files_done(struct files *files); /* takes NULL */
/* Keep the first `kept` files and let go of the rest: spans into those end here. */
void files_forget(struct files *files, size_t kept);

/* Read a text file ("-" is standard input). Returns its index, or -1 after adding a
 * fatal diagnostic at `from` (where it was named; SPAN_NONE for an option): no such
 * file, a folder, not a regular file, not readable, larger than limit, NUL byte,
 * ill-formed UTF-8 (line and byte offset; a hint when it decodes as GB 18030). */
int files_read_text(struct files *files, const char *path, size_t limit, struct span from,
    struct diagnostics *sink);
/* The same without the checks of text. */
int files_read_bytes(struct files *files, const char *path, size_t limit,
    struct span from, struct diagnostics *sink);
/* Register text that is in memory (tests, generated) under a path. */
int files_add_text(struct files *files, const char *path, struct text bytes);
const struct file *files_get(const struct files *files, uint32_t index);
/* Line and column (code points) from 1 of a byte offset. */
void files_position(const struct files *files, struct span span, uint32_t *ret_line,
    uint32_t *ret_column);
/* Without its end. */
struct text files_line(const struct files *files, uint32_t file, uint32_t line);

bool path_exists(const char *path);
bool path_is_folder(const char *path);
/* Make a folder and those above it. False: errno. */
bool path_make_folder(const char *path);
char *path_join(struct arena *arena, const char *folder, const char *name);
char *path_folder(struct arena *arena, const char *path); /* "." when it has none */
/* Name without folder and last extension. */
char *path_stem(struct arena *arena, const char *path);

struct output {
    char *path;      /* the target, as given; NULL after commit and abandon */
    char *target;    /* what the temporary is renamed over: path without symbolic links */
    char *temporary; /* beside it; NULL for standard output and what is no regular file */
    int descriptor;
    bool failed;     /* a write failed; commit will refuse */
    int error;       /* errno of the first failure */
    uint64_t written; /* bytes so far */
    bool lazy; /* commit does not wait for the disk: the caller syncs the file system */
    bool ahead; /* of the lazy: the disk begins now, so that the sync finds little left */
};

/* Open a temporary beside path ("-" is standard output). False after a fatal
 * diagnostic: the folder does not exist or is read-only, the target is a folder. */
bool output_open(struct output *output, const char *path, struct diagnostics *sink);
void output_write(struct output *output, const void *bytes, size_t length);
/* fsync, rename. False after a fatal diagnostic (disk full …): the old file stays. */
bool output_commit(struct output *output, struct diagnostics *sink);
/* Replace path by bytes: open, write, commit. False after a fatal diagnostic. */
bool output_save(const char *path, struct text bytes, struct diagnostics *sink);
/* Remove the temporary; takes NULL and the committed. */
void output_abandon(struct output *output);
void outputs_remove_temporaries(void); /* async-signal-safe */
/* Remove the temporaries that killed processes left in a folder, or beside a file. */
void output_clear_stale(const char *path);

#endif
