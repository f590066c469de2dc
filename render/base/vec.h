/* vec: growing arrays of any type, as macros over one checked grow function.
 *
 *     VEC(struct box) boxes = {0};
 *     vec_push(&boxes, box);
 *     for (size_t i = 0; i < boxes.length; i++) use(&boxes.data[i]);
 *     vec_done(&boxes);
 */
#ifndef PAIBAN_BASE_VEC_H
#define PAIBAN_BASE_VEC_H

#include <stddef.h>
#include "base/memory.h"

#define VEC(type)                                                                        \
    struct {                                                                             \
        type *data;                                                                      \
        size_t length;                                                                   \
        size_t capacity;                                                                 \
    }

/* Room for `needed` elements of `size` bytes; doubles. Stops the program on overflow. */
void *vec_grow(void *data, size_t needed, size_t *capacity, size_t size);

#define vec_reserve(v, n)                                                                \
    ((n) > (v)->capacity ? (void)((v)->data = vec_grow((v)->data, (n), &(v)->capacity,   \
                                      sizeof *(v)->data))                                \
                         : (void)0)
#define vec_push(v, ...)                                                                 \
    (vec_reserve((v), (v)->length + 1), (void)((v)->data[(v)->length++] = (__VA_ARGS__)))
#define vec_last(v)  (&(v)->data[(v)->length - 1])
#define vec_clear(v) ((void)((v)->length = 0))
#define vec_done(v)                                                                      \
    (memory_free((v)->data), (void)((v)->data = NULL), (void)((v)->length = 0),          \
        (void)((v)->capacity = 0))

void memory_free(void *block); /* free(); here so that the macros need no stdlib.h */

#endif
