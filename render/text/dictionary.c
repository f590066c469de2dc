/* dictionary: the module paiban-dictionary: Pango, which asks libthai for Thai words.
 *
 * Pango brings eight more libraries, and few bulletins quote a script that needs it: it is
 * loaded when one does. calloc() stops the program rather than fail (render/heap.c). */
#include "text/dictionary.h"

#include <pango/pango-break.h>
#include <stdlib.h>
#include "paiban_config.h"

static void find(struct text text, size_t count, bool *ret_breaks)
{
    PangoLogAttr *attributes = calloc(count + 1, sizeof *attributes);
    pango_get_log_attrs(text.data, (int)text.length, -1, pango_language_from_string("zh"),
        attributes, (int)(count + 1));
    for (size_t i = 0; i <= count; i++)
        ret_breaks[i] = attributes[i].is_line_break;
    free(attributes);
}

extern const struct dictionary_module paiban_dictionary;
const struct dictionary_module paiban_dictionary = {PAIBAN_VERSION, find};
