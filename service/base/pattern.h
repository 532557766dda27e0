/* Regular expressions: each pattern of the contract is compiled once, when it is first needed. */
#pragma once

#include <stdbool.h>

struct arena;
struct patterns;

struct patterns *patterns_open(void);
void patterns_close(struct patterns *patterns);

/* Whether the whole text matches. Patterns are compared by address, so pass the contract's
 * constants. */
bool pattern_matches(struct patterns *patterns, const char *pattern, const char *text);

/* The text with every match of the pattern replaced; \1 in the replacement stands for the first
 * group. In the arena, or the text itself if nothing matches. */
const char *pattern_replace(struct patterns *patterns, struct arena *arena, const char *pattern,
    const char *text, const char *replacement);
