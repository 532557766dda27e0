/* Stage 7: values -> statement -> reply. */
#pragma once

struct exchange;

/* 0 once the reply is written, or the status of a problem, or 304. */
int operation_run(struct exchange *ex);
