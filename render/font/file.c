/* file: a font file, mapped whole, and read in pieces where that costs less.
 *
 * A page of a mapping that is touched for the first time costs a fault, in which the kernel
 * maps its fifteen neighbours, too, and again as much when they are all unmapped: 6 µs
 * together. The charstrings of an issue are some hundreds of bytes each, all over 20 MB of a
 * pan-CJK face: nearly every one has a page of its own, and reading it with pread() costs a
 * tenth of that. HarfBuzz knows only the mapping; what it reads of cmap, hmtx and GSUB lies
 * close together. */
#include "font/file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/memory.h"
#include "font/fonts.h"

/* Bytes that are read at once: glyphs are asked for in ascending order, and neighbours often
 * come together. */
#define WINDOW 2048

struct font_file {
    unsigned references; /* of the blob that has the mapping, and of the face */
    int descriptor;
    char *bytes;          /* the mapping; NULL: the blob has let go of it */
    size_t length;        /* of the file and its mapping, bytes */
    size_t start, filled; /* what of the file is in window; filled 0: nothing */
    char window[WINDOW];
};

/* HarfBuzz knows user data by the address of its key and leaves the key alone. */
static const hb_user_data_key_t file_key;

static void let_go(void *data)
{
    struct font_file *file = data;
    if (--file->references == 0) {
        close(file->descriptor);
        memory_free(file);
    }
}

/* The blob ends, or HarfBuzz has made a copy of it to mend what is damaged. */
static void unmap(void *data)
{
    struct font_file *file = data;
    munmap(file->bytes, file->length);
    file->bytes = NULL;
    let_go(file);
}

/* NULL: it cannot be opened or mapped. */
static struct font_file *file_open(const char *path)
{
    struct stat state;
    int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (descriptor < 0) {
        return NULL;
    }
    size_t length = 0;
    void *bytes = MAP_FAILED;
    if (fstat(descriptor, &state) == 0 && S_ISREG(state.st_mode) && state.st_size > 0 &&
        state.st_size <= INT32_MAX) { /* more is no blob of HarfBuzz's */
        length = (size_t)state.st_size;
        bytes = mmap(NULL, length, PROT_READ, MAP_PRIVATE | MAP_NORESERVE, descriptor, 0);
    }
    if (bytes == MAP_FAILED) {
        close(descriptor);
        return NULL;
    }
    struct font_file *file = memory_alloc(sizeof *file);
    *file = (struct font_file){
        .references = 2, .descriptor = descriptor, .bytes = bytes, .length = length};
    return file;
}

hb_face_t *font_file_face(const char *path, unsigned index)
{
    struct font_file *file = file_open(path);
    if (file == NULL) {
        return NULL;
    }
    hb_blob_t *blob = hb_blob_create(
        file->bytes, (unsigned)file->length, HB_MEMORY_MODE_READONLY, file, unmap);
    hb_face_t *face = hb_face_create(blob, index);
    hb_blob_destroy(blob);
    if (!hb_face_set_user_data(face, (hb_user_data_key_t *)&file_key, file, let_go, true)) {
        program_stop("no memory for a font");
    }
    return face;
}

struct text face_read(hb_face_t *face, struct text bytes)
{
    struct font_file *file =
        hb_face_get_user_data(face, (hb_user_data_key_t *)&file_key);
    if (file == NULL || file->bytes == NULL || bytes.length > WINDOW ||
        bytes.data < file->bytes || bytes.data >= file->bytes + file->length) {
        return bytes;
    }
    size_t at = (size_t)(bytes.data - file->bytes);
    if (at < file->start || at + bytes.length > file->start + file->filled) {
        ssize_t got = pread(file->descriptor, file->window, WINDOW, (off_t)at);
        file->start = at;
        file->filled = got > 0 ? (size_t)got : 0;
    }
    if (bytes.length > file->filled) {
        return bytes;
    }
    return (struct text){file->window + (at - file->start), bytes.length};
}
