/* files: the inputs of one job, read once and kept.
 *
 * A file is looked at with stat() before it is opened, so that a FIFO or a tape is never
 * opened, and again with fstat() behind the open, in case it was exchanged in between.
 * What is refused stays in the list (without its content, or with it when the finding
 * points into it), so that a place in it can be printed.
 *
 * Rejected: mapping inputs into memory. They are small, and a mapped file that an editor
 * truncates while it is read kills the program.
 */
#include "base/files.h"

#include <errno.h>
#include <fcntl.h>
#include <iconv.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/utf8.h"

#define READ_SIZE   ((size_t)64 << 10) /* bytes asked of the system at a time */
#define FILES_LIMIT 100000 /* files of one job: far above any issue's images */

static const char byte_order_mark[] = "\xEF\xBB\xBF";

void files_init(struct files *files)
{
    *files = (struct files){0};
}

void files_forget(struct files *files, size_t kept)
{
    while (files->list.length > kept) {
        struct file *file = vec_last(&files->list);

        memory_free(file->lines);
        memory_free(file->counts);
        arena_done(&file->arena);
        files->list.length--;
    }
}

void files_done(struct files *files)
{
    if (files == NULL)
        return;
    files_forget(files, 0);
    vec_done(&files->list);
}

const struct file *files_get(const struct files *files, uint32_t index)
{
    return index < files->list.length ? &files->list.data[index] : NULL;
}

static int files_add(struct files *files, const char *path)
{
    struct file file = {0};

    if (files->list.length >= FILES_LIMIT)
        program_stop("more than %d input files", FILES_LIMIT);
    file.path = arena_print(&file.arena, "%s", path);
    vec_push(&files->list, file);
    return (int)files->list.length - 1;
}

static void files_set_bytes(
    struct files *files, int index, struct text bytes, bool is_text)
{
    struct file *file = &files->list.data[index];

    file->bytes = text_copy(&file->arena, bytes);
    file->loaded = true;
    file->is_text = is_text;
}

int files_add_text(struct files *files, const char *path, struct text bytes)
{
    int index = files_add(files, path);

    files_set_bytes(files, index, bytes, true);
    return index;
}

static void tell_unreadable(
    const char *path, int error, struct span from, struct diagnostics *sink)
{
    if (error == ENOENT || error == ENOTDIR)
        diag_add(sink, DIAG_NO_SUCH_FILE, from, NULL, path);
    else
        diag_add(sink, DIAG_FILE_UNREADABLE, from, NULL, path, strerror(error));
}

static void tell_too_large(
    const char *path, size_t limit, struct span from, struct diagnostics *sink)
{
    const size_t mib = (size_t)1 << 20;

    diag_add(
        sink, DIAG_FILE_TOO_LARGE, from, NULL, path, limit / mib + (limit % mib > 0));
}

static bool check_regular(const char *path, const struct stat *status, struct span from,
    struct diagnostics *sink)
{
    if (S_ISREG(status->st_mode))
        return true;
    diag_add(sink, DIAG_NOT_A_FILE, from,
        S_ISDIR(status->st_mode) ? _("it is a folder")
                                 : _("what another program writes is read from ‘-’"),
        path);
    return false;
}

/* A descriptor of a regular file within the limit, or -1 after a diagnostic. */
static int open_regular(
    const char *path, size_t limit, struct span from, struct diagnostics *sink)
{
    struct stat status;
    int descriptor;

    if (stat(path, &status) != 0) {
        tell_unreadable(path, errno, from, sink);
        return -1;
    }
    if (!check_regular(path, &status, from, sink))
        return -1;
    descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    if (descriptor < 0 || fstat(descriptor, &status) != 0) {
        tell_unreadable(path, errno, from, sink);
    } else if (check_regular(path, &status, from, sink)) {
        if ((uintmax_t)status.st_size <= limit)
            return descriptor;
        tell_too_large(path, limit, from, sink);
    }
    if (descriptor >= 0)
        close(descriptor);
    return -1;
}

/* Everything that descriptor gives, up to limit bytes. */
static bool read_all(int descriptor, const char *path, size_t limit, struct span from,
    struct diagnostics *sink, struct str *content)
{
    char buffer[READ_SIZE];

    for (;;) {
        ssize_t count = read(descriptor, buffer, sizeof buffer);

        if (count == 0)
            return true;
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0) {
            tell_unreadable(path, errno, from, sink);
            return false;
        }
        if ((size_t)count > limit - content->length) {
            tell_too_large(path, limit, from, sink);
            return false;
        }
        str_append(content, buffer, (size_t)count);
    }
}

static int read_file(struct files *files, const char *path, size_t limit, bool is_text,
    struct span from, struct diagnostics *sink)
{
    bool standard_input = strcmp(path, "-") == 0;
    const char *shown = standard_input ? "<stdin>" : path;
    int descriptor = STDIN_FILENO;
    struct str content;
    int index = -1;

    if (limit > UINT32_MAX)
        limit = UINT32_MAX; /* offsets of spans are 32 bits */
    if (!standard_input)
        descriptor = open_regular(path, limit, from, sink);
    if (descriptor < 0)
        return -1;
    str_init(&content);
    if (read_all(descriptor, shown, limit, from, sink, &content)) {
        index = files_add(files, shown);
        files_set_bytes(files, index, str_text(&content), is_text);
    }
    str_done(&content);
    if (!standard_input)
        close(descriptor);
    return index;
}

int files_read_bytes(struct files *files, const char *path, size_t limit,
    struct span from, struct diagnostics *sink)
{
    return read_file(files, path, limit, false, from, sink);
}

/* Is t, as a whole, well-formed in this encoding? */
static bool decodes_as(const char *encoding, struct text t)
{
    char buffer[4096];
    char *in = (char *)(uintptr_t)t.data; /* iconv() does not write to its input */
    size_t left = t.length, result = 0;
    iconv_t converter = iconv_open("UTF-8", encoding);

    if (converter == (iconv_t)-1)
        return false;
    while (left > 0 && result != (size_t)-1) {
        char *out = buffer;
        size_t room = sizeof buffer;

        result = iconv(converter, &in, &left, &out, &room);
        if (result == (size_t)-1 && errno == E2BIG)
            result = 0;
    }
    iconv_close(converter);
    return left == 0;
}

static const char *utf16_hint(struct text bytes)
{
    if (text_starts(bytes, "\xFF\xFE") || text_starts(bytes, "\xFE\xFF"))
        return _(
            "the file looks like UTF-16: convert it with `iconv -f UTF-16 -t UTF-8`");
    return NULL;
}

static const char *encoding_hint(struct text bytes)
{
    const char *hint = utf16_hint(bytes);

    if (hint != NULL)
        return hint;
    if (decodes_as("GB18030", bytes))
        return _(
            "the file looks like GB 18030: convert it with `iconv -f GB18030 -t UTF-8`");
    return NULL;
}

static bool check_text(const struct file *file, uint32_t index, struct diagnostics *sink)
{
    struct text bytes = file->bytes;
    size_t offset = utf8_validate(bytes.data, bytes.length);
    const char *nul = memchr(bytes.data, '\0', offset);

    if (nul != NULL) {
        offset = (size_t)(nul - bytes.data);
        diag_add(sink, DIAG_NUL_BYTE, (struct span){index, (uint32_t)offset, 1},
            utf16_hint(bytes), offset);
        return false;
    }
    if (offset == bytes.length)
        return true;
    diag_add(sink, DIAG_INVALID_UTF8, (struct span){index, (uint32_t)offset, 1},
        encoding_hint(bytes), offset);
    return false;
}

int files_read_text(struct files *files, const char *path, size_t limit, struct span from,
    struct diagnostics *sink)
{
    int index = read_file(files, path, limit, true, from, sink);

    if (index < 0 || !check_text(&files->list.data[index], (uint32_t)index, sink))
        return -1;
    return index;
}

/* The offset behind the line end at i (LF, CRLF or CR), or i when there is none. */
static size_t behind_line_end(struct text bytes, size_t i)
{
    if (bytes.data[i] == '\n')
        return i + 1;
    if (bytes.data[i] != '\r')
        return i;
    return i + 1 < bytes.length && bytes.data[i + 1] == '\n' ? i + 2 : i + 1;
}

/* Code points that begin in bytes [start, end). */
static uint32_t count_begun(struct text bytes, size_t start, size_t end)
{
    uint32_t count = 0;

    for (size_t i = start; i < end && i < bytes.length; i++)
        count += ((unsigned char)bytes.data[i] & 0xC0) != 0x80;
    return count;
}

/* So that a column is found in bounded time: a file may be one line of 16 MiB with a
 * finding in every word. */
static void count_blocks(struct file *file)
{
    size_t blocks = file->bytes.length / FILES_BLOCK + 1;

    file->counts = memory_resize(NULL, blocks, sizeof *file->counts);
    file->counts[0] = 0;
    for (size_t i = 1; i < blocks; i++)
        file->counts[i] =
            file->counts[i - 1] +
            count_begun(file->bytes, (i - 1) * FILES_BLOCK, i * FILES_BLOCK);
}

/* Code points before an offset. */
static uint32_t points_before(const struct file *file, size_t offset)
{
    size_t block;

    if (offset > file->bytes.length)
        offset = file->bytes.length;
    block = offset / FILES_BLOCK;
    return file->counts[block] + count_begun(file->bytes, block * FILES_BLOCK, offset);
}

/* Lines are counted when a place is first printed; most files never need them. */
static void count_lines(struct file *file)
{
    VEC(uint32_t) lines = {0};

    vec_push(&lines, text_starts(file->bytes, byte_order_mark) ? 3 : 0);
    for (size_t i = 0; i < file->bytes.length;) {
        size_t next = behind_line_end(file->bytes, i);

        if (next > i)
            vec_push(&lines, (uint32_t)next);
        i = next > i ? next : i + 1;
    }
    file->lines = lines.data;
    file->line_count = lines.length;
    count_blocks(file);
}

/* The registered file with its lines counted; NULL for no file or one without content. */
static const struct file *with_lines(const struct files *files, uint32_t index)
{
    struct file *file;

    if (index >= files->list.length || !files->list.data[index].loaded)
        return NULL;
    file = &files->list.data[index];
    if (file->lines == NULL)
        count_lines(file);
    return file;
}

/* The index of the last line that starts at or before offset. */
static size_t line_at(const struct file *file, size_t offset)
{
    size_t low = 0, high = file->line_count;

    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;

        if (file->lines[middle] <= offset)
            low = middle;
        else
            high = middle;
    }
    return low;
}

void files_position(
    const struct files *files, struct span span, uint32_t *ret_line, uint32_t *ret_column)
{
    const struct file *file = with_lines(files, span.file);
    size_t line;

    *ret_line = 1;
    *ret_column = 1;
    if (file == NULL)
        return;
    line = line_at(file, span.offset);
    *ret_line = (uint32_t)line + 1;
    *ret_column = span.offset <= file->lines[line]
                      ? 1
                      : points_before(file, span.offset) -
                            points_before(file, file->lines[line]) + 1;
}

struct text files_line(const struct files *files, uint32_t file_index, uint32_t line)
{
    const struct file *file = with_lines(files, file_index);
    size_t start, end;

    if (file == NULL || line == 0 || line > file->line_count)
        return TEXT("");
    start = file->lines[line - 1];
    end = line < file->line_count ? file->lines[line] : file->bytes.length;
    while (end > start &&
           (file->bytes.data[end - 1] == '\n' || file->bytes.data[end - 1] == '\r'))
        end--;
    return text_slice(file->bytes, start, end);
}
