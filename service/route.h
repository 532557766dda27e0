/* Stage 1: url -> operation. */
#pragma once

enum { ROUTE_MAX_TARGET = 8192, ROUTE_MAX_HEADERS = 16384 }; /* bytes; more is 414 and 431 */

struct exchange;

/* Finds route and operation, decodes path parameters, answers OPTIONS and CORS. 0, 204, 400, 404, 405, 414, 431 or 501. */
int route_find(struct exchange *ex);
