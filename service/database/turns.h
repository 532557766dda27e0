/* Whose turn it is at the database: start-time fair queueing (Goyal, Vin and Cheng, SIGCOMM 1996).
 * Each call of a caller is due later by the time that the caller's earlier calls held a connection.
 * No caller waits for ever, because the clock follows the calls that begin. */
#pragma once

#include <stdint.h>

enum { TURNS_SHARES = 128 };

struct share {
	uint64_t caller; /* hash; 0: a free place */
	int64_t due_us; /* when the caller's next call is due */
};

/* All zero at the start. The owner's lock protects it. */
struct turns {
	int64_t clock_us; /* when the call that began last was due */
	struct share shares[TURNS_SHARES];
};

/* When this call of the caller is due. Its length is guessed until turns_end(). */
int64_t turns_enter(struct turns *turns, uint64_t caller);

/* A call that was due at this time begins. */
void turns_begin(struct turns *turns, int64_t due_us);

/* A call of the caller has held a connection for this time. A share is at most one second ahead of
 * the clock, so that one slow statement does not delay its caller for minutes. Returns how much
 * later the caller's other calls are now due, since this one was longer than guessed. */
int64_t turns_end(struct turns *turns, uint64_t caller, int64_t held_us);
