/* Counters for Prometheus; labels come from the contract, never from a path. */
#pragma once

struct buffer;
struct metrics;
struct operation;

struct metrics *metrics_open(void);
void metrics_close(struct metrics *metrics);

/* Counts a request; operation: NULL when none was found. */
void metrics_count(struct metrics *metrics, const struct operation *operation, int status,
    long duration_us);

/* Text format 0.0.4. */
void metrics_write(struct metrics *metrics, struct buffer *out);
