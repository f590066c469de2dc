/* date: dates as bulletins write them. */
#ifndef PAIBAN_CONTENT_DATE_H
#define PAIBAN_CONTENT_DATE_H

#include "content/document.h"

/* The whole of t as a date: 2021-05, 2021-05-31, 2021/5/31, 2021年5月31日; a time of day
 * behind it is let be. False leaves *ret_date untouched; its span is the caller's to
 * set. */
bool date_read(struct text t, struct date *ret_date);
/* The first date that stands in t, also without marks between: 20210531. */
bool date_find(struct text t, struct date *ret_date);

#endif
