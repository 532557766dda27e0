/* Rate limits of this instance: token buckets by limit and caller, in a table of fixed size. A long
 * request takes more tokens than a short one. */
#pragma once

enum { LIMIT_REQUEST_US = 25000 }; /* of work for one token */

struct exchange;
struct limiter;

struct limiter *limiter_open(void);
void limiter_close(struct limiter *limiter);

/* Takes one token of the caller's bucket under the named limit, which gets `per_minute` tokens (0 =
 * no limit). Sets the headers of draft-ietf-httpapi-ratelimit-headers-10. 0, or 429 with
 * Retry-After. */
int limit_check(struct exchange *ex, const char *name, const char *caller, long per_minute);

/* Takes one more token of the caller's "default" bucket for each LIMIT_REQUEST_US of work on the
 * request. Time in queues does not count. The bucket may owe a minute's worth. */
void limit_charge(struct exchange *ex);
