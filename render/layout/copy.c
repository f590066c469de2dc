/* copy: the start of an editor's own layout: it inherits another and shows the ten keys
 * that editors change most, commented out, with the values that hold without them. */
#include "layout/layout.h"

#include <string.h>

#include "base/i18n.h"

/* Asked for most by editors of bulletins: the page, the text, the titles, the furniture.
 * Sorted by group, as the file is nested; styles have one more level. */
static const struct {
    const char *key;
    bool length;      /* the dump gives it in pt */
    const char *help; /* shown behind the value */
} rows[] = {
    {"page.margin-top", true, N_("paper edge to the text, above")},
    {"page.margin-inner", true, N_("paper edge to the text, at the left")},
    {"header.odd.centre", false, N_("running header; \"\" for none")},
    {"footer.odd.centre", false,
        N_("page number: \"{page}\", \"— {page} —\", "
           "\"第{page}页 共{pages}页\"")},
    {"highlights.heading", false, N_("heading of the highlights")},
    {"contacts.heading", false, N_("heading of the contacts")},
    {"styles.body.size", true, N_("type size of the text; 小四 is 12pt, 四号 14pt")},
    {"styles.body.line-pitch", true, N_("from line to line")},
    {"styles.item.size", true, N_("type size of the items' titles")},
    {"styles.item.role", false, N_("their type: song, hei, kai, fangsong, biaosong")},
};

/* The value of a key in a dump of "key value" lines. */
static struct text dumped_value(struct text dump, const char *key)
{
    size_t length = strlen(key);

    while (dump.length > 0) {
        size_t end = text_find(dump, "\n");
        struct text line = text_slice(dump, 0, end);

        if (text_starts(line, key) && line.length > length && line.data[length] == ' ')
            return text_slice(line, length + 1, line.length);
        dump = text_slice(dump, end + 1, dump.length);
    }
    return TEXT("");
}

/* Open the mappings of a key that the key before it does not have open. Returns their
 * number. */
static size_t open_mappings(const char *before, const char *key, struct str *out)
{
    size_t depth = 0, start = 0;
    bool same = true;

    for (size_t i = 0; key[i] != '\0'; i++) {
        if (key[i] != '.')
            continue;
        same = same && strncmp(before, key, i + 1) == 0;
        if (!same) {
            if (depth == 0)
                str_append_char(out, '\n');
            str_printf(
                out, "%*s%.*s:\n", (int)(2 * depth), "", (int)(i - start), key + start);
        }
        start = i + 1;
        depth++;
    }
    return depth;
}

void layout_copy(const struct layout *layout, struct str *out)
{
    const char *before = "";
    struct str dump;

    str_init(&dump);
    layout_dump(layout, &dump);
    str_printf(out,
        _("# A layout of your own: what is not set here is as in ‘%s’. Take the\n"
          "# ‘# ’ away before a key to set it; `paiban layouts --keys` has all.\n"),
        layout->name);
    str_printf(out, "\nbase: %s\n", layout->name);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        size_t depth = open_mappings(before, rows[i].key, out);
        const char *name = strrchr(rows[i].key, '.') + 1;

        str_printf(out, "%*s# %s: ", (int)(2 * depth), "", name);
        str_append_text(out, dumped_value(str_text(&dump), rows[i].key));
        str_printf(out, "%s # %s\n", rows[i].length ? "pt" : "", _(rows[i].help));
        before = rows[i].key;
    }
    str_done(&dump);
}
