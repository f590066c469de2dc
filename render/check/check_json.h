/* check_json: findings as JSON; docs/check.schema.json describes it. */
#ifndef PAIBAN_CHECK_CHECK_JSON_H
#define PAIBAN_CHECK_CHECK_JSON_H

#include "base/diag.h"
#include "base/files.h"

struct check_json;

struct check_json *check_json_new(void);
void check_json_free(struct check_json *json); /* takes NULL */
/* What follows belongs to the issue at path; NULL: to the archive. */
void check_json_begin(struct check_json *json, const char *path);
void check_json_add(
    struct check_json *json, const struct diagnostic *d, const struct files *files);
/* The report so far, ended by a newline; appended to out. */
void check_json_append(const struct check_json *json, struct str *out);

#endif
