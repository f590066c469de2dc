/* hyphenate: points where an English word may be divided, by libhyphen's patterns.
 *
 * Only where the layout asks; words of lower-case letters (a capital may begin one) in
 * prose: names in capitals, words with digits and addresses are left whole. The patterns
 * are the dictionary that Debian's hyphen-en-us installs; PAIBAN_HYPHEN_DIR names another
 * folder. A point inside a ligature is not used.
 */
#include <hyphen.h>
#include <stdlib.h>
#include "text/shaper.h"
#include "base/i18n.h"

#define WORD_LEAST                                                                       \
    5 /* letters of a word worth dividing: The Chicago Manual of Style 7.40 */
#define LEFT_LEAST  2   /* letters that stay before the hyphen */
#define RIGHT_LEAST 3   /* letters that go to the next line */
#define WORD_LIMIT  100 /* letters; a longer one is no word */

#define PATTERNS_FOLDER "/usr/share/hyphen"
#define PATTERNS_FILE   "hyph_en_US.dic"

static bool load(struct hyphenator *hyphenator, struct diagnostics *sink)
{
    if (!hyphenator->tried) {
        hyphenator->tried = true;
        const char *folder = getenv("PAIBAN_HYPHEN_DIR");
        struct str path = {0};
        str_printf(
            &path, "%s/%s", folder != NULL ? folder : PATTERNS_FOLDER, PATTERNS_FILE);
        if (path_exists(path.data)) {
            hyphenator->patterns = hnj_hyphen_load(path.data);
        }
        str_done(&path);
    }
    if (hyphenator->patterns != NULL) {
        return true;
    }
    for (size_t i = 0; i < sink->list.length; i++) {
        if (sink->list.data[i].id == DIAG_NO_HYPHENATION) {
            return false;
        }
    }
    diag_add(sink, DIAG_NO_HYPHENATION, SPAN_NONE,
        _("install the Debian package ‘hyphen-en-us’"), "en");
    return false;
}

void hyphenator_done(struct hyphenator *hyphenator)
{
    if (hyphenator->patterns != NULL) {
        hnj_hyphen_free(hyphenator->patterns);
        hyphenator->patterns = NULL;
    }
}

static bool is_word_cluster(const struct paragraph_text *p, uint32_t index)
{
    const struct cluster *c = &p->clusters[index];
    return c->class == CLASS_LATIN && p->runs[c->run].nature == NATURE_PROSE;
}

/* The word's letters in lower case; 0 when it is not one to divide. */
static size_t read_word(struct text word, char letters[WORD_LIMIT])
{
    if (word.length < WORD_LEAST || word.length > WORD_LIMIT) {
        return 0;
    }
    for (size_t i = 0; i < word.length; i++) {
        char c = word.data[i];
        if (i == 0 && c >= 'A' && c <= 'Z') {
            c = (char)(c + 'a' - 'A');
        }
        if (c < 'a' || c > 'z') {
            return 0;
        }
        letters[i] = c;
    }
    return word.length;
}

/* libhyphen allocates what a non-standard division replaces; English has none. */
static void free_replacements(char **replacements, size_t length)
{
    for (size_t i = 0; replacements != NULL && i < length; i++) {
        free(replacements[i]);
    }
    free(replacements);
}

static void divide(
    struct hyphenator *hyphenator, struct paragraph_text *p, uint32_t start, uint32_t end)
{
    uint32_t from = p->clusters[start].start;
    uint32_t to = p->clusters[end - 1].start + p->clusters[end - 1].length;
    char letters[WORD_LIMIT];
    char points[WORD_LIMIT + 5] = {0}; /* libhyphen asks for five more */
    size_t length = read_word(text_slice(p->text, from, to), letters);
    char **replacements = NULL;
    int *positions = NULL;
    int *cuts = NULL;
    if (length == 0 || hnj_hyphen_hyphenate2(hyphenator->patterns, letters, (int)length,
                           points, NULL, &replacements, &positions, &cuts) != 0) {
        return;
    }
    for (uint32_t i = start; i + 1 < end; i++) {
        size_t before = p->clusters[i].start + p->clusters[i].length - from;
        bool room = before >= LEFT_LEAST && length - before >= RIGHT_LEAST;
        if (room && (points[before - 1] & 1) != 0) {
            p->clusters[i].hyphen_after = true;
        }
    }
    free_replacements(replacements, length);
    free(positions);
    free(cuts);
}

void hyphenate_words(
    struct shaper *shaper, struct paragraph_text *p, struct diagnostics *sink)
{
    for (uint32_t start = 0; start < p->cluster_count; start++) {
        uint32_t end = start;
        while (end < p->cluster_count && is_word_cluster(p, end)) {
            end++;
        }
        if (end - start > 1) {
            if (!load(&shaper->hyphenator, sink)) {
                return;
            }
            divide(&shaper->hyphenator, p, start, end);
        }
        start = end > start ? end : start;
    }
}
