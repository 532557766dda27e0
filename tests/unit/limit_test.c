#include <stdio.h>

#include "identity/limit.h"
#include "unit.h"

static int take(const char *caller, long per_minute)
{
	unit_begin("GET", "/");
	return limit_check(&ex, "default", caller, per_minute);
}

START_TEST(a_minute_s_worth_may_come_at_once_and_no_more)
{
	for (int i = 0; i < 60; i++)
		ck_assert_int_eq(take("a", 60), 0);
	ck_assert_int_eq(take("a", 60), 429);
	ck_assert_str_eq(unit_problem(), "rate_limited");
	ck_assert_str_eq(unit_header("Retry-After"), "1");
	ck_assert_str_eq(unit_header("RateLimit"), "\"default\";r=0;t=1");
}

START_TEST(the_bucket_fills_with_time)
{
	for (int i = 0; i < 6; i++)
		take("a", 6);
	ck_assert_int_eq(take("a", 6), 429);
	ck_assert_str_eq(unit_header("Retry-After"), "10");
	unit_clock_us += 4000000;
	ck_assert_int_eq(take("a", 6), 429);
	ck_assert_str_eq(unit_header("Retry-After"), "6");
	unit_clock_us += 5999000;
	ck_assert_int_eq(take("a", 6), 429);
	ck_assert_str_eq(unit_header("Retry-After"), "1");
	unit_clock_us += 2000;
	ck_assert_int_eq(take("a", 6), 0);
	ck_assert_int_eq(take("a", 6), 429);
}

START_TEST(a_refused_request_costs_nothing)
{
	take("a", 1);
	for (int i = 0; i < 1000; i++)
		ck_assert_int_eq(take("a", 1), 429);
	unit_clock_us += 60001000;
	ck_assert_int_eq(take("a", 1), 0);
}

START_TEST(it_never_holds_more_than_a_minute_s_worth)
{
	take("a", 3);
	unit_clock_us += 86400LL * 1000000;
	for (int i = 0; i < 3; i++)
		ck_assert_int_eq(take("a", 3), 0);
	ck_assert_int_eq(take("a", 3), 429);
}

/* A request with this much time of work, which also waited in queues. */
static const char *left_after(long worked_ms, long waited_ms)
{
	service.config.rate_limit = 60;
	unit_begin("GET", "/");
	ex.started_us = unit_clock_us;
	ex.caller = "a";
	ex.pays_by_time = true;
	ck_assert_int_eq(limit_check(&ex, "default", "a", 60), 0);
	ex.waited_us = waited_ms * 1000;
	unit_clock_us += (worked_ms + waited_ms) * 1000;
	limit_charge(&ex);
	return unit_header("RateLimit");
}

START_TEST(long_work_costs_more)
{
	ck_assert_str_eq(left_after(24, 0), "\"default\";r=59;t=1");
	unit_clock_us += 60000000;
	ck_assert_str_eq(left_after(25, 0), "\"default\";r=58;t=1");
	unit_clock_us += 60000000;
	ck_assert_str_eq(left_after(0, 900), "\"default\";r=59;t=1");
	unit_clock_us += 60000000;
	ck_assert_str_eq(left_after(500, 900), "\"default\";r=40;t=1");
}

START_TEST(a_caller_owes_a_minute_s_worth_at_most)
{
	ck_assert_str_eq(left_after(3600000, 0), "\"default\";r=0;t=60");
	ck_assert_int_eq(take("a", 60), 429);
	ck_assert_str_eq(unit_header("Retry-After"), "61");
	unit_clock_us += 61000000;
	ck_assert_int_eq(take("a", 60), 0);
}

START_TEST(callers_and_limits_are_apart)
{
	ck_assert_int_eq(take("a", 1), 0);
	ck_assert_int_eq(take("b", 1), 0);
	ck_assert_int_eq(limit_check(&ex, "login", "a", 1), 0);
	ck_assert_int_eq(take("a", 1), 429);
	ck_assert_int_eq(take("b", 1), 429);
}

START_TEST(no_limit_is_no_header)
{
	for (int i = 0; i < 10; i++)
		ck_assert_int_eq(take("a", 0), 0);
	ck_assert_uint_eq(ex.n_headers, 0);
}

START_TEST(the_headers_count_down)
{
	static const char *const left[] = {"\"default\";r=2;t=20", "\"default\";r=1;t=20",
	    "\"default\";r=0;t=20"};

	for (size_t i = 0; i < COUNT(left); i++) {
		ck_assert_int_eq(take("a", 3), 0);
		ck_assert_str_eq(unit_header("RateLimit"), left[i]);
		ck_assert_str_eq(unit_header("RateLimit-Policy"), "\"default\";q=3;w=60");
		ck_assert_str_eq(unit_header("Retry-After"), "");
	}
}

START_TEST(more_callers_than_places_are_all_served)
{
	char caller[20];

	for (int i = 0; i < 40000; i++) {
		snprintf(caller, sizeof(caller), "%d", i);
		unit_clock_us += 1;
		ck_assert_int_eq(take(caller, 2), 0);
	}
}

static void *take_many(void *refused)
{
	for (int i = 0; i < 500; i++) {
		struct exchange mine = {.service = &service};

		if (limit_check(&mine, "default", "shared", 1000))
			(*(atomic_int *)refused)++;
		exchange_end(&mine);
	}
	return NULL;
}

START_TEST(threads_share_one_bucket)
{
	atomic_int refused = 0;

	unit_together(take_many, &refused);
	ck_assert_int_eq(refused, 4 * 500 - 1000);
}

SUITE(limit, a_minute_s_worth_may_come_at_once_and_no_more, the_bucket_fills_with_time,
    a_refused_request_costs_nothing, it_never_holds_more_than_a_minute_s_worth,
    long_work_costs_more, a_caller_owes_a_minute_s_worth_at_most, callers_and_limits_are_apart,
    no_limit_is_no_header, the_headers_count_down, more_callers_than_places_are_all_served,
    threads_share_one_bucket);
