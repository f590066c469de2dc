/* discover: the issues below folders, and where their PDFs go.
 *
 *     DIR/2021/05.md  →  OUT/2021/05.pdf        DIR is an operand
 *     a/b/05.md       →  OUT/05.pdf             a file is an operand
 *
 * Every file called *.md, in the order of their names' bytes; hidden files and folders
 * (.git), OUT itself and folders behind symbolic links (they may loop) are left out.
 */
#ifndef PAIBAN_JOB_DISCOVER_H
#define PAIBAN_JOB_DISCOVER_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/vec.h"

struct issue {
    const char *path;   /* as the operand begins: to open and for messages */
    const char *output; /* below OUT: "2021/05.pdf" */
};

struct issue_list {
    struct arena arena;
    VEC(struct issue) list; /* sorted by output */
};

struct discovery {
    const char *out;       /* OUT: a folder below an operand is not searched if it is
                                   this one; may not exist yet */
    const char *match;     /* glob on the name, or on the path below DIR when it has a
                                   slash; NULL: all */
    const char *extension; /* of outputs: "pdf" */
    uint32_t shard, shard_count; /* from 1; count 0: no shards */
    size_t most;                 /* issues; more are refused */
};

void issue_list_init(struct issue_list *issues);
void issue_list_done(struct issue_list *issues); /* takes NULL */
/* Find the issues of all operands (folders and files). False after a fatal diagnostic: an
 * operand does not exist, two issues have one output, there are too many. A name that is
 * not UTF-8 is told as an error and left out. */
bool issues_find(struct issue_list *issues, char *const *operands, size_t operand_count,
    const struct discovery *discovery, struct diagnostics *sink);
/* Whether an output belongs to the shard. The hash is the same on every machine. */
bool shard_has(const char *output, uint32_t shard, uint32_t shard_count);

#endif
