/* Stage 2: token -> claims; may this caller use this operation at all? Rows are the database's matter. */
#pragma once

struct exchange;

/* 0, 401, 403 or 429. */
int auth_check(struct exchange *ex);
