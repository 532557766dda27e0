/* Stages 1 and 3: from the address to the operation. */
#pragma once

enum { ROUTE_MAX_TARGET = 8192, ROUTE_MAX_HEADERS = 16384 }; /* bytes; more is 414 and 431 */

struct exchange;

/* Stage 1: finds route and operation if they exist, and sets the headers of CORS. Returns 0: stage
 * 2 also counts requests without an operation. */
int route_match(struct exchange *ex);

/* Stage 3: refuses a request without an operation, decodes path parameters, answers OPTIONS. 0,
 * 204, 400, 404, 405, 414, 431 or 501. */
int route_find(struct exchange *ex);
