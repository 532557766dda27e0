#include <string.h>

#include "reply/format.h"
#include "unit.h"

/* The page that these pieces make of a reply. */
static const char *print(enum language language, const char *reply, const struct piece *pieces,
    size_t n)
{
	const struct page page = {.policy = "default-src 'none'",
	    .in = {[LANGUAGE_ID] = {pieces, n}, [LANGUAGE_EN] = {pieces, n}}};
	const struct formats formats = {.page = &page};
	const struct operation operation = {.id = "lantern_get", .formats = &formats};
	const char *const values[] = {"html"};

	unit_begin("GET", "/");
	ex.language = language;
	ex.operation = &operation;
	ex.values = values;
	buffer_puts(&ex.reply, reply);
	ck_assert_int_eq(format_reply(&ex), 0);
	ck_assert_str_eq(unit_header("Content-Security-Policy"), "default-src 'none'");
	ck_assert_str_eq(ex.content_type, "text/html; charset=utf-8");
	return arena_copy(&ex.arena, ex.reply.data, ex.reply.size);
}

#define PRINT(language, reply, ...)                                            \
	print(LANGUAGE_##language, reply, (const struct piece[]){__VA_ARGS__}, \
	    sizeof((const struct piece[]){__VA_ARGS__}) / sizeof(struct piece))
#define TEXT(said)                                 \
	{                                          \
		.kind = PIECE_TEXT, .text = (said) \
	}
#define VALUE(look, name)                            \
	{                                            \
		.kind = PIECE_##look, .text = (name) \
	}
#define SECTION(name, n)                                             \
	{                                                            \
		.kind = PIECE_SECTION, .text = (name), .inside = (n) \
	}
#define INVERTED(name, n)                                             \
	{                                                             \
		.kind = PIECE_INVERTED, .text = (name), .inside = (n) \
	}
#define OF_ABOVE(look, name)                                  \
	{                                                     \
		.kind = PIECE_##look, .up = 1, .text = (name) \
	}

START_TEST(a_value_is_escaped)
{
	ck_assert_str_eq(PRINT(ID, "{\"name\":\"<b>'A' & \\\"B\\\"</b> é\"}", TEXT("<p>"),
			     VALUE(STRING, "name"), TEXT("</p>")),
	    "<p>&lt;b&gt;&#x27;A&#x27; &amp; &quot;B&quot;&lt;/b&gt; é</p>");
}

START_TEST(what_is_unknown_prints_nothing)
{
	ck_assert_str_eq(PRINT(ID, "{\"a\":null,\"o\":null}", TEXT("["), VALUE(STRING, "a"),
			     VALUE(RUPIAH, "a"), VALUE(DATE, "a"), VALUE(STRING, "o.name"),
			     VALUE(NUMBER, "missing"), TEXT("]")),
	    "[]");
}

START_TEST(numbers_are_printed_as_people_write_them)
{
	static const struct {
		const char *number, *id, *en, *money;
	} cases[] = {
	    {"0", "0", "0", "Rp0"},
	    {"7", "7", "7", "Rp7"},
	    {"2026", "2026", "2026", "Rp2.026"},
	    {"12345", "12.345", "12,345", "Rp12.345"},
	    {"100000", "100.000", "100,000", "Rp100.000"},
	    {"9007199254740991", "9.007.199.254.740.991", "9,007,199,254,740,991",
		"Rp9.007.199.254.740.991"},
	    {"-54321", "-54.321", "-54,321", "-Rp54.321"},
	    {"0.775", "0,775", "0.775", "Rp0,775"},
	    {"-8.02719", "-8,02719", "-8.02719", "-Rp8,02719"},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		char reply[60];

		snprintf(reply, sizeof(reply), "{\"n\":%s}", cases[i].number);
		ck_assert_str_eq(PRINT(ID, reply, VALUE(NUMBER, "n")), cases[i].id);
		ck_assert_str_eq(PRINT(EN, reply, VALUE(NUMBER, "n")), cases[i].en);
		ck_assert_str_eq(PRINT(ID, reply, VALUE(RUPIAH, "n")), cases[i].money);
	}
}

START_TEST(a_day_is_printed_in_words)
{
	const char *day = "{\"on\":\"2023-07-02\",\"at\":\"2026-12-31T17:00:00.000Z\"}";

	ck_assert_str_eq(PRINT(ID, day, VALUE(DATE, "on")), "2 Juli 2023");
	ck_assert_str_eq(PRINT(EN, day, VALUE(DATE, "on")), "2 July 2023");
	/* In Indonesia it is seven hours later, so the year has changed. */
	ck_assert_str_eq(PRINT(ID, day, VALUE(DATE, "at")), "1 Januari 2027");
	ck_assert_str_eq(PRINT(EN, "{\"at\":\"2026-12-31T16:59:59.999Z\"}", VALUE(DATE, "at")),
	    "31 December 2026");
}

START_TEST(a_code_has_its_word)
{
	static const char *const words[] = {"kg", "kilogram", "l", "liter & co", NULL};
	const struct piece piece = {.kind = PIECE_WORD, .text = "unit", .words = words};

	ck_assert_str_eq(print(LANGUAGE_ID, "{\"unit\":\"l\"}", &piece, 1), "liter &amp; co");
	ck_assert_str_eq(print(LANGUAGE_ID, "{\"unit\":\"<m>\"}", &piece, 1), "&lt;m&gt;");
	ck_assert_str_eq(print(LANGUAGE_ID, "{\"unit\":null}", &piece, 1), "");
}

START_TEST(a_section_is_about_something)
{
	static const struct {
		const char *value;
		const char *printed;
	} cases[] = {{"null", "no"}, {"false", "no"}, {"\"\"", "no"}, {"[]", "no"}, {"0", "no"},
	    {"0.0", "no"}, {"true", "yes"}, {"\"a\"", "yes"}, {"1", "yes"}, {"{\"b\":1}", "yes"},
	    {"[1]", "yes"}, {"[1,2]", "yesyes"}};

	for (size_t i = 0; i < COUNT(cases); i++) {
		char reply[60];

		snprintf(reply, sizeof(reply), "{\"a\":%s}", cases[i].value);
		ck_assert_str_eq(PRINT(ID, reply, SECTION("a", 1), TEXT("yes"), INVERTED("a", 1),
				     TEXT("no")),
		    cases[i].printed);
	}
	ck_assert_str_eq(PRINT(ID, "{}", SECTION("a", 1), TEXT("yes"), TEXT(".")), ".");
}

START_TEST(sections_are_scopes)
{
	ck_assert_str_eq(
	    PRINT(ID,
		"{\"name\":\"top\",\"list\":[{\"name\":\"a\",\"tags\":[\"x\",\"y\"]},{\"name\":\"b\",\"tags\":[]}],"
		"\"of\":{\"name\":\"deep\"}}",
		SECTION("list", 8), OF_ABOVE(STRING, "name"), TEXT("/"), VALUE(STRING, "name"),
		SECTION("tags", 2), TEXT(" "), VALUE(STRING, ""), INVERTED("tags", 1),
		TEXT(" none"), VALUE(STRING, "of.name")),
	    "top/a x ytop/b nonedeep");
}

SUITE(page, a_value_is_escaped, what_is_unknown_prints_nothing,
    numbers_are_printed_as_people_write_them, a_day_is_printed_in_words, a_code_has_its_word,
    a_section_is_about_something, sections_are_scopes);
