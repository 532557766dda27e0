/* Counters for Prometheus; labels come from the contract, never from a path. */
#pragma once

struct buffer;
struct exchange;
struct metrics;

struct metrics *metrics_open(void);
void metrics_close(struct metrics *metrics);
void metrics_count(struct metrics *metrics, const struct exchange *ex, long duration_us);

/* Text format 0.0.4. */
void metrics_write(struct metrics *metrics, struct buffer *out);
