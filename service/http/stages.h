/* The life of a request to the API: eight stages in a row, then common headers, count and log
 * line. */
#pragma once

struct exchange;

/* Runs the stages that need no body. Returns the status that ends the exchange, or 0. */
int stages_admit(struct exchange *ex);

/* Runs the other stages, if stages_admit() did not end the exchange. Fills status, headers and
 * reply. */
void stages_finish(struct exchange *ex);

/* Writes the line of a finished exchange to the log. */
void stages_log(const struct exchange *ex, long duration_us);

/* Answers a request that stages_admit() has seen: finishes it, counts and logs. */
void stages_answer(struct exchange *ex);
