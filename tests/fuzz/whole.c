/* whole: job_build(), job_render() and libqpdf over the folder's issue; see whole.h. */
#include "whole.h"

#include "fuzz.h"
#include "job/render.h"

/* The job of all inputs; with it the process ends. */
static struct job *job_of_all(void)
{
    static struct job job;
    static bool started;

    if (!started) {
        fuzz_folder(); /* sets the environment */
        job_init(&job);
    }
    started = true;
    return &job;
}

static void check_output(const struct book *book)
{
    struct str pdf = {0};

    fuzz_require(fuzz_get("issue.pdf", &pdf));
    fuzz_check_pdf(str_text(&pdf), book->pages.length);
    str_done(&pdf);
}

void fuzz_whole(const char *layout)
{
    struct job *job = job_of_all();
    struct job_options options = {.layout = layout};
    struct arena arena = {0};
    struct book book;
    struct job_drawing drawing = {
        .options = {.compress = -1},
        .target = fuzz_path(&arena, "issue.pdf"),
        .lazy = true,
    };
    bool built = job_build(job, fuzz_path(&arena, "issue.md"), &options, &book);

    fuzz_require(built == !diag_is_fatal(&job->sink));
    if (built) {
        drawing.device = job_device(job, "pdf");
        drawing.options.page_count = (uint32_t)book.pages.length;
        fuzz_require(book.pages.length > 0);
        fuzz_require(job_render(job, &book, &drawing));
        check_output(&book);
    }
    fuzz_check_findings(&job->sink, &job->files);
    book_done(&book);
    arena_done(&arena);
}
