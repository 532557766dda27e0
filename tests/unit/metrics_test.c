#include <string.h>

#include "operating/metrics.h"
#include "unit.h"

static const char *written(void)
{
	struct buffer out = {0};

	metrics_write(service.metrics, &out);
	const char *text = arena_copy(&ex.arena, out.data, out.size);

	buffer_free(&out);
	return text;
}

static void count(const char *path, int status, long duration_us)
{
	if (unit_find("GET", path) == 0)
		ex.status = status;
	metrics_count(service.metrics, ex.operation, ex.status, duration_us);
}

START_TEST(without_counts_there_is_only_help)
{
	ck_assert_str_eq(written(),
	    "# HELP ovop_requests_total Requests by operation and status class.\n"
	    "# TYPE ovop_requests_total counter\n"
	    "# HELP ovop_request_seconds Time from the request's last byte to the reply's first.\n"
	    "# TYPE ovop_request_seconds histogram\n");
}

START_TEST(labels_are_operations_and_classes_never_paths)
{
	count("/v1/lanterns", 200, 700);
	count("/v1/lanterns?q=secret", 204, 700);
	count("/v1/lanterns", 404, 700);
	count("/v1/lanterns", 503, 700);
	count("/v1/secret", 0, 700);
	const char *text = written();

	ck_assert_ptr_null(strstr(text, "secret"));
	ck_assert_ptr_nonnull(
	    strstr(text, "ovop_requests_total{operation=\"lantern_list\",status=\"2xx\"} 2\n"
			 "ovop_requests_total{operation=\"lantern_list\",status=\"4xx\"} 1\n"
			 "ovop_requests_total{operation=\"lantern_list\",status=\"5xx\"} 1\n"
			 "ovop_requests_total{operation=\"none\",status=\"4xx\"} 1\n"));
}

START_TEST(buckets_are_cumulative_and_hold_their_bounds)
{
	count("/v1/lanterns", 200, 500);
	count("/v1/lanterns", 200, 501);
	count("/v1/lanterns", 200, 5000000);
	count("/v1/lanterns", 200, 5000001);
	const char *text = written();

#define LINE(le, n) "ovop_request_seconds_bucket{operation=\"lantern_list\",le=\"" le "\"} " n "\n"
	ck_assert_ptr_nonnull(strstr(text,
	    LINE("0.0005", "1") LINE("0.001", "2") LINE("0.0025", "2") LINE("0.005", "2")
		LINE("0.01", "2") LINE("0.05", "2") LINE("0.25", "2") LINE("1", "2") LINE("5", "3")
		    LINE("+Inf", "4")));
#undef LINE
	ck_assert_ptr_nonnull(
	    strstr(text, "ovop_request_seconds_sum{operation=\"lantern_list\"} 10.001002\n"
			 "ovop_request_seconds_count{operation=\"lantern_list\"} 4\n"));
}

static void *count_many(void *unused)
{
	for (int i = 0; i < 2500; i++)
		metrics_count(service.metrics, &contract_operations[0], 200, 1);
	return unused;
}

START_TEST(no_count_is_lost_between_threads)
{
	unit_together(count_many, NULL);
	ck_assert_ptr_nonnull(strstr(written(),
	    "ovop_requests_total{operation=\"lantern_list\",status=\"2xx\"} 10000\n"));
}

SUITE(metrics, without_counts_there_is_only_help, labels_are_operations_and_classes_never_paths,
    buckets_are_cumulative_and_hold_their_bounds, no_count_is_lost_between_threads);
