#include <string.h>

#include "base/normal.h"
#include "unit.h"

/* Each pair: a text as it may come, and its composed form. */
static const char *const pairs[][2] = {
    {"", ""},
    {"kopi", "kopi"},
    {"Kafe\xcc\x81", "Kaf\xc3\xa9"},
    {"E\xcc\x81"
     "clair e\xcc\x82",
	"\xc3\x89"
	"clair \xc3\xaa"},
    {"\xe2\x84\xab", "\xc3\x85"}, /* the sign for angstrom */
    {"\xe1\x84\x92\xe1\x85\xa1\xe1\x86\xab", "\xed\x95\x9c"}, /* Hangul */
    {"a\xcc\xa3\xcc\x82", "\xe1\xba\xad"},
    {"a\xcc\x82\xcc\xa3", "\xe1\xba\xad"}, /* the order of two accents */
    {"\xe2\x98\x95 \xea\xa6\x8f\xea\xa6\xba", "\xe2\x98\x95 \xea\xa6\x8f\xea\xa6\xba"},
    {"\xcc\x81", "\xcc\x81"},
};

START_TEST(a_text_has_one_spelling)
{
	for (size_t i = 0; i < COUNT(pairs); i++) {
		ck_assert_str_eq(normal_text(&ex.arena, pairs[i][0]), pairs[i][1]);
		ck_assert_ptr_eq(normal_text(&ex.arena, pairs[i][1]), pairs[i][1]);
	}
}

START_TEST(every_string_of_a_json_value_is_composed)
{
	for (size_t i = 0; i < COUNT(pairs); i++) {
		const char *from = pairs[i][0], *to = pairs[i][1];
		json_t *value = json_pack("{s:i, s:s, s:[s, {s:s}, n]}", "n", 1, "a", from, "b",
		    from, "c", from);
		json_t *wanted =
		    json_pack("{s:i, s:s, s:[s, {s:s}, n]}", "n", 1, "a", to, "b", to, "c", to);

		ck_assert_int_eq(normal_json(value), strcmp(from, to) != 0);
		ck_assert(json_equal(value, wanted));
		ck_assert(!normal_json(value));
		json_decref(value);
		json_decref(wanted);
	}
}

SUITE(normal, a_text_has_one_spelling, every_string_of_a_json_value_is_composed);
