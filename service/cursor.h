/* Where a list goes on: the last row's key and id, signed and bound to operation, filters and sort. */
#pragma once

#include <stdbool.h>

struct exchange;

/* Sets after_key and after_id; false when the cursor is none of ours or of another list. */
bool cursor_read(struct exchange *ex, const char *cursor);

/* The cursor behind a row, in the arena; key may be NULL. */
const char *cursor_make(struct exchange *ex, const char *key, const char *id);
