/* The operator's port: /livez, /readyz, /metrics. */
#pragma once

struct exchange;

int health_answer(struct exchange *ex);
