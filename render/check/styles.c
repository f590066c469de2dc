/* styles: what is right by itself but differs from the rest of the issue or item. */
#include "base/files.h"
#include "check/passage.h"

#define FIGURES_MOST 200 /* numbers of an item before one that it is compared with */
#define MANY         3   /* the usual way is this many times as frequent as the odd one */

static void tell_all(
    struct check *check, enum diag_id rule, const struct span *spans, size_t count)
{
    struct text bytes = files_get(check->files, check->document->file)->bytes;

    for (size_t i = 0; i < count; i++) {
        size_t start = spans[i].offset;

        check_tell(check, rule, spans[i],
            text_slice(bytes, start, start + spans[i].length), NULL);
    }
}

/* A number written with commas and without within one item. */
static void check_figures(struct check *check)
{
    struct text bytes = files_get(check->files, check->document->file)->bytes;

    for (size_t i = 1; i < check->figures.length; i++) {
        const struct check_figure *figure = &check->figures.data[i];

        for (size_t k = i; k-- > 0 && i - k <= FIGURES_MOST &&
                           check->figures.data[k].item == figure->item;) {
            const struct check_figure *earlier = &check->figures.data[k];

            if (earlier->value < figure->value || earlier->value > figure->value ||
                earlier->grouped == figure->grouped)
                continue;
            check_tell(check, RULE_NUMBER_TWO_WAYS, figure->span,
                text_slice(bytes, figure->span.offset,
                    figure->span.offset + figure->span.length),
                NULL);
            break;
        }
    }
}

void check_styles(struct check *check)
{
    size_t padded = check->padded_dates.length, numeric = check->numeric_dates.length;
    size_t corner = check->corner_quotes.length;

    if (check->plain_dates >= MANY * padded)
        tell_all(check, RULE_DATE_PADDED, check->padded_dates.data, padded);
    if (check->worded_dates >= MANY * numeric)
        tell_all(check, RULE_DATE_STYLE, check->numeric_dates.data, numeric);
    if (!check->traditional && !check->japanese && check->curly_quotes >= MANY * corner)
        tell_all(check, RULE_QUOTES_MIXED, check->corner_quotes.data, corner);
    if (check->other_people > 0)
        tell_all(check, RULE_QITA, check->other_things.data, check->other_things.length);
    check_figures(check);
}
