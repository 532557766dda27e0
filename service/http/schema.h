/* Checks values by the contract's subset of JSON Schema. Every broken rule is noted in the
 * exchange. */
#pragma once

#include <stdbool.h>

#include <jansson.h>

struct exchange;

struct schema;

/* Checks a JSON value; pointer is its JSON Pointer. */
void schema_check(struct exchange *ex, const struct schema *schema, const json_t *value,
    const char *pointer);

/* Checks the text of a parameter (decoded, valid UTF-8) of a scalar type. */
bool schema_check_text(struct exchange *ex, const struct schema *schema, const char *text,
    const char *parameter);

/* The member of an object schema, or NULL. */
const struct member *schema_member(const struct schema *schema, const char *name);
