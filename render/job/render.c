/* render: book → device → files; see render.h. */
#include "job/render.h"

#include <string.h>

#include "job/target.h"
#include "out/devices.h"

const struct device *job_device(struct job *job, const char *format)
{
    return device_find(format, job->paths.modules, &job->sink);
}

/* Is the file at that place an input of this issue? */
static bool is_input(const struct job *job, const struct stat *file)
{
    for (size_t i = 0; i < job->images.entries.length; i++) {
        const struct image_entry *entry = &job->images.entries.data[i];
        if (entry->used > job->images.begun && entry->device == file->st_dev &&
            entry->inode == file->st_ino)
            return true;
    }
    for (size_t i = 0; i < job->files.list.length; i++) {
        if (job_target_is(file, job->files.list.data[i].path))
            return true;
    }
    return false;
}

/* Refuse a target that is one of the job's inputs. */
static bool check_target(struct job *job, const char *path)
{
    struct stat file;

    if (strcmp(path, "-") == 0 || stat(path, &file) != 0 || !is_input(job, &file))
        return true;
    diag_add(&job->sink, DIAG_OUTPUT_IS_INPUT, SPAN_NONE, NULL, path);
    return false;
}

static bool draw_file(struct job *job, const struct book *book,
    const struct job_drawing *drawing, const struct device_options *options,
    const char *path)
{
    struct output output;

    if (!check_target(job, path) || !output_open(&output, path, &job->sink))
        return false;
    output.lazy = drawing->lazy;
    output.ahead = drawing->ahead;
    if (!book_draw(book, drawing->device, options, &output, &job->sink)) {
        output_abandon(&output);
        return false;
    }
    return output_commit(&output, &job->sink);
}

static bool draw_page_files(
    struct job *job, const struct book *book, const struct job_drawing *drawing)
{
    uint32_t total = (uint32_t)book->pages.length;
    uint32_t count = drawing->options.pages != NULL ? drawing->options.page_count : total;
    bool good = true;

    for (uint32_t i = 0; good && i < count; i++) {
        uint32_t page = drawing->options.pages != NULL ? drawing->options.pages[i] : i;
        struct device_options options = drawing->options;
        const char *path = drawing->target;

        if (drawing->numbered)
            path = job_target_page(&job->arena, path, page + 1, total);
        options.pages = &page;
        options.page_count = 1;
        good = draw_file(job, book, drawing, &options, path);
    }
    return good;
}

bool job_render(
    struct job *job, const struct book *book, const struct job_drawing *drawing)
{
    double start = job_cpu_seconds();
    bool good;

    /* a batch has done so for all */
    if (!drawing->lazy && strcmp(drawing->target, "-") != 0)
        output_clear_stale(drawing->target);
    if (drawing->device->file_per_page)
        good = draw_page_files(job, book, drawing);
    else
        good = draw_file(job, book, drawing, &drawing->options, drawing->target);
    job->seconds[PHASE_DRAW] += job_cpu_seconds() - start;
    return good;
}

bool job_write_dump(struct job *job, const char *target)
{
    struct output output;

    if (!check_target(job, target) || !output_open(&output, target, &job->sink))
        return false;
    output_write(&output, job->dump.data, job->dump.length);
    return output_commit(&output, &job->sink);
}
