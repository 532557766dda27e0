/* Stage 1: url -> operation. */
#ifndef ROUTE_H
#define ROUTE_H

struct exchange;

/* Finds route and operation, decodes path parameters, answers OPTIONS and CORS. 0, 204, 400, 404, 405, 414 or 501. */
int route_find(struct exchange *ex);

#endif
