/* head: the keys between `---` lines and in series.yaml → struct head. */
#ifndef PAIBAN_CONTENT_HEAD_H
#define PAIBAN_CONTENT_HEAD_H

#include "content/document.h"

void head_init(struct head *head);
/* Take every key of a mapping over into head; a key that is there already is replaced.
 * from_series: the mapping is series.yaml's. */
void head_take(struct head *head, struct arena *arena, const struct yaml_value *mapping,
    bool from_series, struct diagnostics *sink);
/* Where the head of a text stands: bytes [*ret_start, *ret_end) are YAML. Returns the
 * offset of the body. No head: start and end are equal. */
size_t head_find(struct text bytes, uint32_t file, struct diagnostics *sink,
    size_t *ret_start, size_t *ret_end);

#endif
