/* What a text says, and how it is kept: the rules that hold for every text of a request. */
#pragma once

#include <stdbool.h>

#include <jansson.h>

struct exchange;
struct schema;

/* Whether the text has at least one letter, digit or symbol that people can see. */
bool text_says_something(const char *text);

/* Whether the text begins or ends with a blank. Line breaks are no blanks. */
bool text_has_blank_edges(const char *text);

/* The text as it is kept, if it is a spelling of its schema's form; else a text that the schema
 * refuses, or the text itself. */
const char *text_kept(struct exchange *ex, const struct schema *schema, const char *text);

/* Writes every text of a JSON value as it is kept. Returns whether one of them changed. A value of
 * another type than its schema says stays. */
bool text_keep_all(struct exchange *ex, const struct schema *schema, json_t *value);
