/* Stage 1: url -> operation. */
#pragma once

struct exchange;

/* Finds route and operation, decodes path parameters, answers OPTIONS and CORS. 0, 204, 400, 404, 405, 414 or 501. */
int route_find(struct exchange *ex);
