#include <inttypes.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "buffer.h"
#include "exchange.h"
#include "metrics.h"

enum { N_CLASSES = 6, N_BUCKETS = 9 };

static const struct {
	long microseconds;
	const char *label;
} buckets[N_BUCKETS] = {
    {500, "0.0005"},
    {1000, "0.001"},
    {2500, "0.0025"},
    {5000, "0.005"},
    {10000, "0.01"},
    {50000, "0.05"},
    {250000, "0.25"},
    {1000000, "1"},
    {5000000, "5"},
};

struct operation_metrics {
	atomic_uint_fast64_t by_class[N_CLASSES];
	atomic_uint_fast64_t in_bucket[N_BUCKETS];
	atomic_uint_fast64_t count, microseconds;
};

struct metrics {
	struct operation_metrics *operations; /* one each, and a last one for what matched none */
};

struct metrics *metrics_open(void)
{
	struct metrics *metrics = calloc(1, sizeof(*metrics));

	if (!metrics || !(metrics->operations =
				calloc(contract_n_operations + 1, sizeof(*metrics->operations))))
		abort();
	return metrics;
}

void metrics_close(struct metrics *metrics)
{
	if (!metrics)
		return;
	free(metrics->operations);
	free(metrics);
}

void metrics_count(struct metrics *metrics, const struct exchange *ex, long duration_us)
{
	size_t index =
	    ex->operation ? (size_t)(ex->operation - contract_operations) : contract_n_operations;
	struct operation_metrics *row = &metrics->operations[index];

	row->by_class[ex->status / 100 % N_CLASSES]++;
	row->count++;
	row->microseconds += (uint64_t)duration_us;
	for (int i = 0; i < N_BUCKETS; i++)
		if (duration_us <= buckets[i].microseconds)
			row->in_bucket[i]++;
}

static const char *label(size_t index)
{
	return index < contract_n_operations ? contract_operations[index].id : "none";
}

static void write_requests(struct metrics *metrics, struct buffer *out)
{
	buffer_puts(out, "# HELP ovop_requests_total Requests by operation and status class.\n"
			 "# TYPE ovop_requests_total counter\n");
	for (size_t i = 0; i <= contract_n_operations; i++)
		for (int class = 1; class < N_CLASSES; class ++) {
			uint64_t count = metrics->operations[i].by_class[class];

			if (count)
				buffer_printf(out,
				    "ovop_requests_total{operation=\"%s\",status=\"%dxx\"} %" PRIu64
				    "\n",
				    label(i), class, count);
		}
}

void metrics_write(struct metrics *metrics, struct buffer *out)
{
	write_requests(metrics, out);
	buffer_puts(out,
	    "# HELP ovop_request_seconds Time from the request's last byte to the reply's first.\n"
	    "# TYPE ovop_request_seconds histogram\n");
	for (size_t i = 0; i <= contract_n_operations; i++) {
		struct operation_metrics *row = &metrics->operations[i];
		uint64_t count = row->count;

		if (!count)
			continue;
		for (int b = 0; b < N_BUCKETS; b++)
			buffer_printf(out,
			    "ovop_request_seconds_bucket{operation=\"%s\",le=\"%s\"} %" PRIu64 "\n",
			    label(i), buckets[b].label, (uint64_t)row->in_bucket[b]);
		buffer_printf(out,
		    "ovop_request_seconds_bucket{operation=\"%s\",le=\"+Inf\"} %" PRIu64 "\n",
		    label(i), count);
		buffer_printf(out, "ovop_request_seconds_sum{operation=\"%s\"} %.6f\n", label(i),
		    (double)row->microseconds / 1e6);
		buffer_printf(out, "ovop_request_seconds_count{operation=\"%s\"} %" PRIu64 "\n",
		    label(i), count);
	}
}
