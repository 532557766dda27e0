/* The operator's port: /livez, /readyz, /metrics. */
#pragma once

struct exchange;

void health_answer(struct exchange *ex);
