/* Text in the composed form of Unicode (NFC, UAX 15), so that one text has one spelling. */
#pragma once

#include <stdbool.h>

#include <jansson.h>

struct arena;

/* The composed text: itself, or a copy in the arena. */
const char *normal_text(struct arena *arena, const char *text);

/* Composes every string of a JSON value in place. True if one of them changed. */
bool normal_json(json_t *value);
