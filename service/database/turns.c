#include <stddef.h>

#include "database/turns.h"

enum { PROBES = 8, GUESS_US = 1000, MEMORY_US = 1000000 };

/* The caller's share. A new caller replaces the neighbour that was due first, because a share
 * behind the clock has no effect. */
static struct share *share_of(struct turns *turns, uint64_t caller)
{
	struct share *earliest = NULL;

	for (uint64_t i = 0; i < PROBES; i++) {
		struct share *share = &turns->shares[(caller + i) % TURNS_SHARES];

		if (share->caller == caller)
			return share;
		if (!earliest || share->due_us < earliest->due_us)
			earliest = share;
	}
	*earliest = (struct share){.caller = caller};
	return earliest;
}

int64_t turns_enter(struct turns *turns, uint64_t caller)
{
	struct share *share = share_of(turns, caller);
	int64_t due_us = share->due_us > turns->clock_us ? share->due_us : turns->clock_us;

	share->due_us = due_us + GUESS_US;
	return due_us;
}

void turns_begin(struct turns *turns, int64_t due_us)
{
	if (due_us > turns->clock_us)
		turns->clock_us = due_us;
}

int64_t turns_end(struct turns *turns, uint64_t caller, int64_t held_us)
{
	struct share *share = share_of(turns, caller);
	int64_t later_us = held_us - GUESS_US,
		room_us = turns->clock_us + MEMORY_US - share->due_us;

	if (later_us > 0 && later_us > room_us)
		later_us = room_us > 0 ? room_us : 0;
	share->due_us += later_us;
	return later_us > 0 ? later_us : 0;
}
