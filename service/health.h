/* The operator's port: /livez, /readyz, /metrics. */
#ifndef HEALTH_H
#define HEALTH_H

struct exchange;

void health_answer(struct exchange *ex);

#endif
