/* Rate limits of this instance: token buckets by limit and caller, in a table of fixed size. */
#pragma once

struct exchange;
struct limiter;

struct limiter *limiter_open(void);
void limiter_close(struct limiter *limiter);

/* Takes one token of `per_minute` for `caller` under the named limit; sets RateLimit headers; 0, or 429 with Retry-After.
 * draft-ietf-httpapi-ratelimit-headers-10. per_minute 0 = no limit. */
int limit_check(struct exchange *ex, const char *name, const char *caller, long per_minute);
