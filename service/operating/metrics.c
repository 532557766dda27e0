#include <stdatomic.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "contract/contract.h"
#include "operating/metrics.h"

enum { N_CLASSES = 6, N_BUCKETS = 9 };

static const long bucket_us[N_BUCKETS] = {500, 1000, 2500, 5000, 10000, 50000, 250000, 1000000,
    5000000};

/* Of one operation. The service has an array of them; the last counts requests without an
 * operation. */
struct metrics {
	atomic_uint_fast64_t by_class[N_CLASSES];
	atomic_uint_fast64_t in_bucket[N_BUCKETS];
	atomic_uint_fast64_t count, microseconds;
};

struct metrics *metrics_open(void)
{
	struct metrics *metrics = arena_calloc(contract_n_operations + 1, sizeof(*metrics));
	return metrics;
}

void metrics_close(struct metrics *metrics)
{
	free(metrics);
}

void metrics_count(struct metrics *metrics, const struct operation *operation, int status,
    long duration_us)
{
	size_t index =
	    operation ? (size_t)(operation - contract_operations) : contract_n_operations;
	struct metrics *row = &metrics[index];

	row->by_class[status / 100 % N_CLASSES]++;
	row->count++;
	row->microseconds += (uint64_t)duration_us;
	for (int i = 0; i < N_BUCKETS; i++)
		if (duration_us <= bucket_us[i])
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
		for (int class = 1; class < N_CLASSES; class ++)
			if (metrics[i].by_class[class])
				buffer_printf(out,
				    "ovop_requests_total{operation=\"%s\",status=\"%dxx\"} %lu\n",
				    label(i), class, (unsigned long)metrics[i].by_class[class]);
}

static void write_seconds(struct buffer *out, const char *name, struct metrics *row)
{
	static const char bucket[] =
	    "ovop_request_seconds_bucket{operation=\"%s\",le=\"%g\"} %lu\n";
	unsigned long count = row->count;

	for (int i = 0; i < N_BUCKETS; i++)
		buffer_printf(out, bucket, name, (double)bucket_us[i] / 1e6,
		    (unsigned long)row->in_bucket[i]);
	buffer_printf(out,
	    "ovop_request_seconds_bucket{operation=\"%s\",le=\"+Inf\"} %lu\n"
	    "ovop_request_seconds_sum{operation=\"%s\"} %.6f\n"
	    "ovop_request_seconds_count{operation=\"%s\"} %lu\n",
	    name, count, name, (double)row->microseconds / 1e6, name, count);
}

void metrics_write(struct metrics *metrics, struct buffer *out)
{
	write_requests(metrics, out);
	buffer_puts(out,
	    "# HELP ovop_request_seconds Time from the request's last byte to the reply's first.\n"
	    "# TYPE ovop_request_seconds histogram\n");
	for (size_t i = 0; i <= contract_n_operations; i++)
		if (metrics[i].count)
			write_seconds(out, label(i), &metrics[i]);
}
