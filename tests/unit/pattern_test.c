#include "base/pattern.h"
#include "unit.h"

/* One array, so that neighbours get the same slot: their addresses are at most eight bytes apart.
 * */
static const char patterns[][8] = {"^a$", "^b$", "^c+$", "^[0-9]$", "^(x|y)$"};

START_TEST(each_pattern_keeps_its_own_meaning)
{
	static const char *const texts[] = {"a", "b", "ccc", "7", "y"};

	for (int round = 0; round < 2; round++)
		for (size_t p = 0; p < COUNT(patterns); p++)
			for (size_t t = 0; t < COUNT(texts); t++)
				ck_assert_int_eq(pattern_matches(service.patterns, patterns[p],
						     texts[t]),
				    p == t);
}

START_TEST(anchors_hold_at_the_text_s_ends)
{
	static const char pattern[] = "^[a-z]+$";

	ck_assert(pattern_matches(service.patterns, pattern, "wick"));
	ck_assert(!pattern_matches(service.patterns, pattern, "wick\n"));
	ck_assert(!pattern_matches(service.patterns, pattern, "\nwick"));
	ck_assert(!pattern_matches(service.patterns, pattern, "wick\nwick"));
	ck_assert(!pattern_matches(service.patterns, pattern, ""));
}

START_TEST(every_match_is_replaced)
{
	static const struct {
		const char *pattern, *text, *replacement, *result;
	} cases[] = {
	    {"[ .-]", "12.34-5 6", "", "123456"},
	    {"^(a)(b)?", "aab", "\\1<\\2>", "a<>ab"},
	    {"^0([1-9])", "0812", "+62\\1", "+62812"},
	    {"x*", "abc", "-", "abc"},
	    {"b", "abc", "", "ac"},
	    {"[0-9]+", "", "n", ""},
	    {"(a)", "aa", "\\130", "a30a30"},
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		ck_assert_str_eq(pattern_replace(service.patterns, &ex.arena, cases[i].pattern,
				     cases[i].text, cases[i].replacement),
		    cases[i].result);
}

START_TEST(closing_nothing_is_harmless)
{
	patterns_close(NULL);
}

static void *match_many(void *failures)
{
	for (int i = 0; i < 500; i++)
		for (size_t p = 0; p < COUNT(patterns); p++)
			if (pattern_matches(service.patterns, patterns[p], "a") != (p == 0))
				(*(atomic_int *)failures)++;
	return NULL;
}

START_TEST(threads_may_compile_and_match_together)
{
	atomic_int failures = 0;

	unit_together(match_many, &failures);
	ck_assert_int_eq(failures, 0);
}

SUITE(pattern, each_pattern_keeps_its_own_meaning, anchors_hold_at_the_text_s_ends,
    every_match_is_replaced, closing_nothing_is_harmless, threads_may_compile_and_match_together);
