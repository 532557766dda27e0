#include "database/turns.h"
#include "unit.h"

static struct turns turns;

/* A call that begins when it is due and holds a connection for this time. */
static int64_t call(uint64_t caller, int64_t held_us)
{
	int64_t due_us = turns_enter(&turns, caller);

	turns_begin(&turns, due_us);
	turns_end(&turns, caller, held_us);
	return due_us;
}

START_TEST(a_caller_is_due_later_by_the_time_it_held_a_connection)
{
	turns = (struct turns){0};
	ck_assert_int_eq(call(1, 50000), 0);
	ck_assert_int_eq(call(1, 50000), 50000);
	ck_assert_int_eq(call(1, 50000), 100000);
}

START_TEST(a_newcomer_is_due_before_the_backlog_of_another)
{
	int64_t backlog[5];

	turns = (struct turns){0};
	for (size_t i = 0; i < COUNT(backlog); i++)
		backlog[i] = turns_enter(&turns, 1);
	turns_begin(&turns, backlog[0]);
	ck_assert_int_lt(turns_enter(&turns, 2), backlog[1]);
	for (size_t i = 1; i < COUNT(backlog); i++)
		ck_assert_int_lt(backlog[i - 1], backlog[i]);
}

START_TEST(a_call_that_is_longer_than_guessed_puts_the_others_off)
{
	turns = (struct turns){0};
	turns_enter(&turns, 1);
	ck_assert_int_eq(turns_end(&turns, 1, 50000), 49000);
	turns_enter(&turns, 1);
	ck_assert_int_eq(turns_end(&turns, 1, 500), 0);
	turns_enter(&turns, 1);
	ck_assert_int_eq(turns_end(&turns, 1, 3600LL * 1000000), 1000000 - 51500);
	ck_assert_int_eq(turns_end(&turns, 1, 3600LL * 1000000), 0);
}

START_TEST(a_silent_caller_saves_no_turns)
{
	turns = (struct turns){0};
	call(2, 1000);
	for (int i = 0; i < 100; i++)
		call(1, 50000);
	ck_assert_int_eq(turns_enter(&turns, 2), 99 * 50000);
}

START_TEST(nobody_is_put_off_for_long)
{
	turns = (struct turns){0};
	call(1, 3600LL * 1000000);
	int64_t due_us = turns_enter(&turns, 1);
	ck_assert_int_eq(due_us, 1000000);
	for (int i = 0; turns.clock_us < due_us; i++) {
		ck_assert_int_lt(i, 3003);
		call(2 + (uint64_t)i % 3, 1000);
	}
}

START_TEST(more_callers_than_places_take_turns_all_the_same)
{
	turns = (struct turns){0};
	for (uint64_t caller = 1; caller < 100000; caller++)
		ck_assert_int_le(call(caller * 2654435761U | 1, 1000), turns.clock_us);
}

SUITE(turns, a_caller_is_due_later_by_the_time_it_held_a_connection,
    a_newcomer_is_due_before_the_backlog_of_another,
    a_call_that_is_longer_than_guessed_puts_the_others_off, a_silent_caller_saves_no_turns,
    nobody_is_put_off_for_long, more_callers_than_places_take_turns_all_the_same);
