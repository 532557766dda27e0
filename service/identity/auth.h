/* Stages 2 and 4: the caller, the rate limit, and whether the role may use the operation. The
 * database decides about rows. */
#pragma once

struct exchange;

/* Stage 2: token -> claims. Counts every request: by the token's subject, or by address if there is
 * no valid token or if it is a login. 0 or 429. */
int auth_count(struct exchange *ex);

/* Stage 4: may the caller use the operation? 0, 401 or 403. */
int auth_check(struct exchange *ex);
