/* Cursors: the key and id of the last row, signed together with operation, filters and sort. */
#pragma once

#include <stdbool.h>

struct exchange;

/* Sets after_key and after_id; false if the cursor is not ours, or is of another list. */
bool cursor_read(struct exchange *ex, const char *cursor);

/* The cursor behind a row, in the arena; key may be NULL. */
const char *cursor_make(struct exchange *ex, const char *key, const char *id);
