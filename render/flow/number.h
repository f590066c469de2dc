/* number: numbering templates and counting. Private to flow/.
 *
 * A template takes fields: "{section}.{item}". Lists have patterns of counting signs, one
 * for each depth, parted by `|`: "一、|（一）|1.|（1）|①". The
 * first of 1 一 ① a A i in a pattern is replaced by the number in that way of counting.
 */
#ifndef PAIBAN_FLOW_NUMBER_H
#define PAIBAN_FLOW_NUMBER_H

#include "flow/state.h"

/* Append the template with its fields replaced by the counters. */
void number_expand(
    const struct counters *counters, struct text template, struct str *out);
/* Append the pattern for a depth (from 1) with the number in it. */
void number_pattern(
    struct text patterns, uint32_t depth, uint32_t number, struct str *out);
/* Append number in Han: 一 … 十 … 二十一 … 一百零五; from 10,000 on in digits. */
void number_han(uint32_t number, struct str *out);

#endif
