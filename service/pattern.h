/* Compiled regular expressions, one for each pattern of the contract, made when first asked for. */
#pragma once

#include <stdbool.h>

struct patterns;

struct patterns *patterns_open(void);
void patterns_close(struct patterns *patterns);

/* Whether the whole text matches; patterns are told apart by address, so they must be the contract's constants. */
bool pattern_matches(struct patterns *patterns, const char *pattern, const char *text);
