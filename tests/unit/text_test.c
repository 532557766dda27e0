#include <jansson.h>

#include "request/text.h"
#include "unit.h"

#define SCHEMA(...) (&(const struct schema){__VA_ARGS__})

static const struct step joined[] = {{"[ .-]", ""}, {"^(NO)?A([0-9]+)$", "A-\\2"}};
static const struct form number = {.letters = LETTERS_UPPER, .steps = joined, .n_steps = 2};
static const struct form small = {.letters = LETTERS_LOWER};
static const struct form sentence_only = {.name = "x"};

START_TEST(what_nobody_sees_says_nothing)
{
	static const char *const nothing[] = {"", " ", "\t\n\r", "\u00a0", "\u00ad", "\u0301",
	    "\u034f", "\u064b", "\u115f\u1160", "\u17b4", "\u180e", "\u2003", "\u200b\u200d",
	    "\u2028\u2029", "\u20dd", "\u2060", "\u2800", "\u3000", "\u3164", "\ufe0f", "\ufeff",
	    "\uffa0", "\ufffc", "\ue000", "\U000e0041", "\U0001d159", "\U000f0000", "\U0010ffff"};
	static const char *const something[] = {"a", "?", "-", "0", " a ", "\u0301e", "\u4e2d",
	    "\ua98f", "\u0643", "\u00b0", "\u20ac", "\U0001f36f", "\u2764\ufe0f", "\u0e01\u0e31"};

	for (size_t i = 0; i < COUNT(nothing); i++)
		ck_assert_msg(!text_says_something(nothing[i]), "%zu", i);
	for (size_t i = 0; i < COUNT(something); i++)
		ck_assert_msg(text_says_something(something[i]), "%zu", i);
}

START_TEST(blanks_are_found_at_both_ends)
{
	static const char *const blank[] = {" a", "a ", "\u00a0a", "a\u3000", "a\u200b", "\ufeffa",
	    "a\u2800", "\u3164a", "a\u00ad", " "};
	static const char *const fine[] = {"", "a", "a b", "a\n", "\na", "e\u0301", "\u2764\ufe0f",
	    "\U0001f3f4\U000e0067\U000e007f"};

	for (size_t i = 0; i < COUNT(blank); i++)
		ck_assert_msg(text_has_blank_edges(blank[i]), "%zu", i);
	for (size_t i = 0; i < COUNT(fine); i++)
		ck_assert_msg(!text_has_blank_edges(fine[i]), "%zu", i);
}

START_TEST(one_number_has_one_spelling)
{
	static const char *const spellings[] = {"A-12", "a12", " A.1 2 ", "no. a 12", "A\u201112",
	    "\uff21\u2212\uff11\uff12", "\u202aA12\u202c", "A\u00a0\u200b12\n", "A\t12", "A--12"};

	for (size_t i = 0; i < COUNT(spellings); i++)
		ck_assert_str_eq(text_kept(&ex, SCHEMA(.form = &number), spellings[i]), "A-12");
	ck_assert_str_eq(text_kept(&ex, SCHEMA(.form = &number), "b 12"), "B12");
	ck_assert_str_eq(text_kept(&ex, SCHEMA(.form = &number), "\a\u00e9"), "\a\u00e9");
	ck_assert_str_eq(text_kept(&ex, SCHEMA(.form = &small), " A  B@C.id "), "a b@c.id");
}

START_TEST(other_texts_stay)
{
	char text[500] = "";

	while (strlen(text) < 450)
		strcat(text, "a.");
	ck_assert_ptr_eq(text_kept(&ex, SCHEMA(.form = &number), text), text);
	ck_assert_str_eq(text_kept(&ex, SCHEMA(.form = &sentence_only), " a "), " a ");
	ck_assert_str_eq(text_kept(&ex, SCHEMA(.type = SCHEMA_STRING), " a "), " a ");
}

START_TEST(all_texts_of_a_body_are_written_as_they_are_kept)
{
	const struct schema *const one = SCHEMA(.type = SCHEMA_STRING, .form = &number);
	const struct member members[] = {
	    {"one", false, one},
	    {"many", false, SCHEMA(.type = SCHEMA_ARRAY, .items = one)},
	    {"text", false, SCHEMA(.type = SCHEMA_STRING)},
	};
	const struct schema *const schema =
	    SCHEMA(.type = SCHEMA_OBJECT, .members = members, .n_members = COUNT(members));
	static const struct {
		const char *before, *after;
	} cases[] = {
	    {"{\"one\":\"a 1\",\"many\":[\"a2\",\"A-3\"]}",
		"{\"one\":\"A-1\",\"many\":[\"A-2\",\"A-3\"]}"},
	    {"{\"one\":\"A-1\",\"text\":\" a \"}", NULL},
	    {"{\"one\":null,\"many\":{\"x\":\"a1\"},\"new\":\"a1\"}", NULL},
	    {"{\"one\":7,\"many\":[null,7]}", NULL},
	    {"[\"a1\"]", NULL},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		json_t *body = json_loads(cases[i].before, 0, NULL);

		ck_assert_int_eq(text_keep_all(&ex, schema, body), cases[i].after != NULL);
		char *dumped = json_dumps(body, JSON_COMPACT);
		ck_assert_str_eq(dumped, cases[i].after ? cases[i].after : cases[i].before);
		free(dumped);
		json_decref(body);
	}
}

SUITE(text, what_nobody_sees_says_nothing, blanks_are_found_at_both_ends,
    one_number_has_one_spelling, other_texts_stay,
    all_texts_of_a_body_are_written_as_they_are_kept);
