#include <string.h>

#include <jansson.h>

#include "http/schema.h"
#include "unit.h"

#define SCHEMA(...) (&(const struct schema){__VA_ARGS__})

struct schema_case {
	const char *json, *broken;
};

/* The rules of the schema that a JSON text breaks: "/pointer code, …". */
static const char *broken(const struct schema *schema, const char *json)
{
	json_t *value = json_loads(json, JSON_DECODE_ANY, NULL);

	ck_assert_msg(value != NULL, "%s", json);
	ex.n_violations = 0;
	schema_check(&ex, schema, value, "");
	json_decref(value);
	return unit_violations();
}

static void check_all(const struct schema *schema, const struct schema_case *cases, size_t n)
{
	for (size_t i = 0; i < n; i++)
		ck_assert_msg(!strcmp(broken(schema, cases[i].json), cases[i].broken),
		    "%s is broken by '%s', not '%s'", cases[i].json, unit_violations(),
		    cases[i].broken);
}

#define CHECK_ALL(schema, ...)                                    \
	do {                                                      \
		const struct schema_case cases[] = {__VA_ARGS__}; \
                                                                  \
		check_all(schema, cases, COUNT(cases));           \
	} while (0)

START_TEST(types_are_exact)
{
	static const char *const values[] = {"\"1\"", "1", "1.5", "true", "[]", "{}", "null"};
	static const char *const fits[] = {
	    [SCHEMA_STRING] = "y......",
	    [SCHEMA_INTEGER] = ".y.....",
	    [SCHEMA_NUMBER] = ".yy....",
	    [SCHEMA_BOOLEAN] = "...y...",
	    [SCHEMA_ARRAY] = "....y..",
	    [SCHEMA_OBJECT] = ".....y.",
	};

	for (size_t type = 0; type < COUNT(fits); type++)
		for (size_t i = 0; i < COUNT(values); i++)
			for (int nullable = 0; nullable < 2; nullable++) {
				const struct schema schema = {.type = (enum schema_type)type,
				    .maximum = 9,
				    .nullable = nullable};
				bool fit = fits[type][i] == 'y' || (nullable && i == 6);

				ck_assert_str_eq(broken(&schema, values[i]), fit ? "" : " type");
			}
}

START_TEST(lengths_are_counted_in_code_points)
{
	CHECK_ALL(SCHEMA(.type = SCHEMA_STRING, .min_size = 2, .max_size = 4),
	    {"\"a\"", " too_short"}, {"\"\"", " too_short"}, {"\"ab\"", ""}, {"\"abcd\"", ""},
	    {"\"abcde\"", " too_long"}, {"\"\xf0\x9f\x8f\xae\"", " too_short"},
	    {"\"\xf0\x9f\x8f\xae\xc3\xa9\"", ""}, {"\"\\ud83c\\udfee\\u00e9\\u20ac\\u0061\"", ""},
	    {"\"\\ud83c\\udfee\\u00e9\\u20ac\\u0061b\"", " too_long"});
}

START_TEST(integers_keep_within_what_json_can_carry)
{
	CHECK_ALL(SCHEMA(.type = SCHEMA_INTEGER, .minimum = -9007199254740991,
		      .maximum = 9007199254740991),
	    {"9007199254740991", ""}, {"9007199254740992", " too_large"}, {"-9007199254740991", ""},
	    {"-9007199254740992", " too_small"}, {"9223372036854775807", " too_large"},
	    {"-9223372036854775808", " too_small"}, {"0", ""}, {"-0", ""}, {"1.0", ""}, {"1e1", ""},
	    {"1.5", " type"}, {"1e30", " too_large"}, {"1e2", ""});
}

START_TEST(numbers_have_bounds)
{
	CHECK_ALL(SCHEMA(.type = SCHEMA_NUMBER, .minimum = -90, .maximum = 90), {"90", ""},
	    {"90.0", ""}, {"90.0000001", " too_large"}, {"-90", ""}, {"-90.0000001", " too_small"},
	    {"1e300", " too_large"}, {"-0.0", ""});
	CHECK_ALL(SCHEMA(.type = SCHEMA_NUMBER, .minimum = -8.4, .maximum = 112.55), {"-8.4", ""},
	    {"-8.40", ""}, {"-84e-1", ""}, {"-8.4000000001", " too_small"}, {"-9", " too_small"},
	    {"112.55", ""}, {"112.5500000001", " too_large"}, {"113", " too_large"});
}

START_TEST(dates_are_those_of_the_calendar)
{
	CHECK_ALL(SCHEMA(.type = SCHEMA_STRING, .format = FORMAT_DATE), {"\"2024-02-29\"", ""},
	    {"\"2023-02-29\"", " format"}, {"\"2000-02-29\"", ""}, {"\"1900-02-29\"", " format"},
	    {"\"2100-02-29\"", " format"}, {"\"2024-02-30\"", " format"}, {"\"2024-04-30\"", ""},
	    {"\"2024-04-31\"", " format"}, {"\"2024-12-31\"", ""}, {"\"2024-12-32\"", " format"},
	    {"\"2024-13-01\"", " format"}, {"\"2024-00-01\"", " format"},
	    {"\"2024-01-00\"", " format"}, {"\"0001-01-01\"", ""}, {"\"0000-01-01\"", " format"},
	    {"\"9999-12-31\"", ""}, {"\"10000-01-01\"", " format"}, {"\"2024-1-01\"", " format"},
	    {"\"2024-01-1\"", " format"}, {"\"2024/01/01\"", " format"},
	    {"\"20240101\"", " format"}, {"\"2024-01-01 \"", " format"},
	    {"\" 2024-01-01\"", " format"}, {"\"2024-01-01T00:00:00Z\"", " format"},
	    {"\"-024-01-01\"", " format"}, {"\"2024-01-0x\"", " format"}, {"\"\"", " format"});
}

START_TEST(times_have_a_zone)
{
	CHECK_ALL(SCHEMA(.type = SCHEMA_STRING, .format = FORMAT_DATE_TIME),
	    {"\"2024-02-29T23:59:59Z\"", ""}, {"\"2024-02-29t00:00:00z\"", ""},
	    {"\"2024-02-29T12:00:00.1Z\"", ""}, {"\"2024-02-29T12:00:00.123456789Z\"", ""},
	    {"\"2024-02-29T12:00:00.1234567890Z\"", " format"},
	    {"\"2024-02-29T12:00:00.Z\"", " format"}, {"\"2024-02-29T12:00:00+07:00\"", ""},
	    {"\"2024-02-29T12:00:00-14:00\"", ""}, {"\"2024-02-29T12:00:00+15:00\"", " format"},
	    {"\"2024-02-29T12:00:00+07:60\"", " format"},
	    {"\"2024-02-29T12:00:00+0700\"", " format"}, {"\"2024-02-29T12:00:00+07\"", " format"},
	    {"\"2024-02-29T12:00:00+07:00:00\"", " format"}, {"\"2024-02-29T12:00:00\"", " format"},
	    {"\"2024-02-29T24:00:00Z\"", " format"}, {"\"2024-02-29T23:60:00Z\"", " format"},
	    {"\"2016-12-31T23:59:60Z\"", " format"}, {"\"2023-02-29T12:00:00Z\"", " format"},
	    {"\"2024-02-29 12:00:00Z\"", " format"}, {"\"2024-02-29T12:00Z\"", " format"},
	    {"\"2024-02-29\"", " format"}, {"\"2024-02-29T12:00:00ZZ\"", " format"},
	    {"\"2024-02-29T1\"", " format"}, {"\"\"", " format"});
}

START_TEST(times_stay_within_four_digits_of_years)
{
	CHECK_ALL(SCHEMA(.type = SCHEMA_STRING, .format = FORMAT_DATE_TIME),
	    {"\"9999-12-31T23:59:59Z\"", ""}, {"\"9999-12-31T23:59:59-14:00\"", " year_range"},
	    {"\"9999-12-31T23:59:59-00:01\"", " year_range"},
	    {"\"9999-12-31T10:00:00-14:00\"", " year_range"}, {"\"9999-12-31T09:59:59-14:00\"", ""},
	    {"\"9999-12-31T23:59:59.999Z\"", ""}, {"\"9999-12-31T23:59:59.9995Z\"", " year_range"},
	    {"\"9999-12-31t23:59:59.999999999z\"", " year_range"},
	    {"\"9999-12-31T23:59:59.9+00:01\"", ""}, {"\"0001-01-01T00:00:00Z\"", ""},
	    {"\"0001-01-01T00:00:00+14:00\"", " year_range"},
	    {"\"0001-01-01T13:59:59+14:00\"", " year_range"}, {"\"0001-01-01T14:00:00+14:00\"", ""},
	    {"\"0001-01-01T00:00:00-14:00\"", ""}, {"\"0001-01-02T00:00:00+14:59\"", ""},
	    {"\"9999-12-30T23:59:59-14:59\"", ""});
}

START_TEST(uuids_are_hex_in_groups)
{
	CHECK_ALL(SCHEMA(.type = SCHEMA_STRING, .format = FORMAT_UUID),
	    {"\"0190a5b0-0000-7000-8000-000000000001\"", ""},
	    {"\"0190A5B0-ABCD-7FFF-8fff-00000000000F\"", ""},
	    {"\"00000000-0000-0000-0000-000000000000\"", ""},
	    {"\"0190a5b0-0000-7000-8000-00000000000\"", " format"},
	    {"\"0190a5b0-0000-7000-8000-0000000000011\"", " format"},
	    {"\"0190a5b0-0000-7000-8000-00000000000g\"", " format"},
	    {"\"0190a5b0-0000-7000-8000\\u002d000000000001\"", ""},
	    {"\"0190a5b000007000800000000000000100000\"", " format"},
	    {"\"{0190a5b0-0000-7000-8000-00000000001}\"", " format"},
	    {"\"0190a5b0-0000-7000-80000000-00000001\"", " format"}, {"\"\"", " format"});
}

START_TEST(uris_are_web_addresses)
{
	CHECK_ALL(SCHEMA(.type = SCHEMA_STRING, .format = FORMAT_URI, .max_size = 40),
	    {"\"https://lanterns.example/a?b=c#d\"", ""}, {"\"http://a\"", ""},
	    {"\"https://a\"", ""}, {"\"HTTPS://a\"", ""}, {"\"Http://a\"", ""},
	    {"\"httpss://a\"", " format"}, {"\"https://\"", " format"}, {"\"http://\"", " format"},
	    {"\"javascript:alert(1)\"", " format"}, {"\"HTTPS://lanterns.example\"", ""},
	    {"\"//lanterns.example\"", " format"}, {"\"lanterns.example\"", " format"},
	    {"\"https://a b\"", " format"}, {"\"https://a\\\"b\"", " format"},
	    {"\"https://a<b>\"", " format"}, {"\"https://a\\nb\"", " control_character"},
	    {"\"ftp://a.example\"", " format"}, {"\"\"", " format"});
}

START_TEST(emails_have_one_at_and_a_dot_behind_it)
{
	CHECK_ALL(SCHEMA(.type = SCHEMA_STRING, .format = FORMAT_EMAIL), {"\"a@b.id\"", ""},
	    {"\"a.b+c@d-e.co.id\"", ""}, {"\"@b.id\"", " format"}, {"\"a@\"", " format"},
	    {"\"a@b\"", " format"}, {"\"a@.id\"", " format"}, {"\"a@b.\"", " format"},
	    {"\"a@b@c.id\"", " format"}, {"\"a b@c.id\"", " format"}, {"\"a,b@c.id\"", " format"},
	    {"\"<a@b.id>\"", " format"}, {"\"a.id\"", " format"}, {"\"\"", " format"},
	    {"\"a@b.id?bcc=c%40d.id\"", " format"}, {"\"a?to=c&x@b.id\"", " format"});
}

START_TEST(patterns_are_anchored_and_come_after_the_length)
{
	CHECK_ALL(SCHEMA(.type = SCHEMA_STRING, .min_size = 3, .max_size = 3,
		      .pattern = "^[0-9]{3}$"),
	    {"\"123\"", ""}, {"\"12x\"", " pattern"}, {"\"1234\"", " too_long"},
	    {"\"12\"", " too_short"}, {"\"x\"", " too_short"},
	    {"\"\\u0661\\u0662\\u0663\"", " pattern"});
}

START_TEST(a_form_has_a_sentence_of_its_own)
{
	static const struct form form = {.sentence = {"Tiga angka.", "Three digits."}};
	const struct schema *const number = SCHEMA(.type = SCHEMA_STRING, .form = &form,
	    .min_size = 3, .max_size = 3, .pattern = "^[0-9]+$");
	static const struct {
		const char *json, *code, *detail;
	} cases[] = {
	    {"\"12x\"", " pattern", "Three digits."},
	    {"\"x\"", " too_short", "Three digits."},
	    {"\"12,5\"", " too_long", "Three digits."},
	    {"\"1234\"", " too_long", "At most 3 characters."},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		ck_assert_str_eq(broken(number, cases[i].json), cases[i].code);
		ck_assert_str_eq(ex.violations[0].detail, cases[i].detail);
	}
	broken(SCHEMA(.type = SCHEMA_STRING, .form = &form, .format = FORMAT_DATE), "\"x\"");
	ck_assert_str_eq(ex.violations[0].detail, "Three digits.");
}

START_TEST(a_text_says_something_and_has_no_blank_around_it)
{
	CHECK_ALL(SCHEMA(.type = SCHEMA_STRING, .max_size = 1000), {"\"a\"", ""}, {"\"?\"", ""},
	    {"\"\"", " blank"}, {"\" \"", " blank"}, {"\"\\n\"", " blank"},
	    {"\"\\u00a0\"", " blank"}, {"\"a \"", " edges"}, {"\"\\u3000a\"", " edges"},
	    {"\"a\\u200b\"", " edges"}, {"\"a\\n\"", ""}, {"\"e\\u0301\"", ""});
	CHECK_ALL(SCHEMA(.type = SCHEMA_STRING, .format = FORMAT_PASSWORD, .max_size = 99),
	    {"\"   \"", ""}, {"\" a\"", ""}, {"\"\\n\"", " control_character"});
	ex.n_violations = 0;
	ck_assert(schema_check_text(&ex, SCHEMA(.type = SCHEMA_STRING), "kopi ", "q"));
	ck_assert(!schema_check_text(&ex, SCHEMA(.type = SCHEMA_STRING), "\u3000", "q"));
	ck_assert_str_eq(unit_violations(), "q blank");
}

START_TEST(enumerations_are_exact)
{
	CHECK_ALL(SCHEMA(.type = SCHEMA_STRING,
		      .values = (const char *const[]){"red", "green", NULL}),
	    {"\"red\"", ""}, {"\"green\"", ""}, {"\"Red\"", " enum"}, {"\"red \"", " enum"},
	    {"\"re\"", " enum"}, {"\"\"", " enum"}, {"null", " type"});
	CHECK_ALL(SCHEMA(.type = SCHEMA_STRING, .nullable = true,
		      .values = (const char *const[]){"red", NULL}),
	    {"null", ""}, {"\"null\"", " enum"});
	broken(SCHEMA(.type = SCHEMA_STRING, .values = (const char *const[]){"red", "green", NULL}),
	    "\"blue\"");
	ck_assert_str_eq(ex.violations[0].detail, "Allowed: red, green.");
}

START_TEST(control_and_direction_characters_are_refused)
{
	const struct schema *const name = SCHEMA(.type = SCHEMA_STRING, .max_size = 999);
	const struct schema *const story = SCHEMA(.type = SCHEMA_STRING, .max_size = 1000);
	static const char *const refused[] = {
	    "\\u0001",
	    "\\u0008",
	    "\\u000b",
	    "\\u001f",
	    "\\u007f",
	    "\\u0080",
	    "\\u0085",
	    "\\u009f",
	    "\\u061c",
	    "\\u200e",
	    "\\u200f",
	    "\\u202a",
	    "\\u202e",
	    "\\u2066",
	    "\\u2069",
	};
	static const char *const taken[] = {
	    " ",
	    "\\u00a0",
	    "\\u00e9",
	    "\\u061b",
	    "\\u061d",
	    "\\u200d",
	    "\\u2010",
	    "\\u202f",
	    "\\u2065",
	    "\\u206a",
	    "\\u4e2d",
	    "\\ud83c\\udfee",
	};
	static const char *const breaks[] = {"\\n", "\\t", "\\r", "\\u2028", "\\u2029"};

	for (size_t i = 0; i < COUNT(refused); i++) {
		const char *json = arena_printf(&ex.arena, "\"a%sb\"", refused[i]);

		ck_assert_str_eq(broken(name, json), " control_character");
		ck_assert_str_eq(broken(story, json), " control_character");
	}
	for (size_t i = 0; i < COUNT(taken); i++)
		ck_assert_str_eq(broken(name, arena_printf(&ex.arena, "\"a%sb\"", taken[i])), "");
	for (size_t i = 0; i < COUNT(breaks); i++) {
		const char *json = arena_printf(&ex.arena, "\"a%sb\"", breaks[i]);

		ck_assert_str_eq(broken(name, json), " control_character");
		ck_assert_str_eq(broken(story, json), "");
	}
}

START_TEST(arrays_are_counted_and_may_be_sets)
{
	const struct schema *const item =
	    SCHEMA(.type = SCHEMA_INTEGER, .minimum = 1, .maximum = 9);

	CHECK_ALL(SCHEMA(.type = SCHEMA_ARRAY, .min_size = 1, .max_size = 3, .items = item),
	    {"[]", " too_few_items"}, {"[1]", ""}, {"[1,1,1]", ""},
	    {"[1,2,3,4]", " too_many_items"}, {"[1,0,\"2\"]", "/1 too_small, /2 type"},
	    {"[null]", "/0 type"});
	CHECK_ALL(SCHEMA(.type = SCHEMA_ARRAY, .max_size = 4, .unique = true, .items = item),
	    {"[]", ""}, {"[1,2,3]", ""}, {"[1,2,1]", "/2 duplicate_items"},
	    {"[1,1,1]", "/1 duplicate_items, /2 duplicate_items"});
}

static const struct member wick[] = {
    {"length", true, SCHEMA(.type = SCHEMA_INTEGER, .minimum = 1, .maximum = 9)},
    {"a/b~c", false, SCHEMA(.type = SCHEMA_STRING, .max_size = 1)},
};
static const struct schema wick_schema = {.type = SCHEMA_OBJECT,
    .members = wick,
    .n_members = COUNT(wick),
    .nullable = true};
static const struct member nested[] = {
    {"wick", true, &wick_schema},
    {"wicks", false, SCHEMA(.type = SCHEMA_ARRAY, .max_size = 20, .items = &wick_schema)},
};

START_TEST(pointers_lead_to_what_is_broken)
{
	CHECK_ALL(SCHEMA(.type = SCHEMA_OBJECT, .members = nested, .n_members = COUNT(nested)),
	    {"{\"wick\":{\"length\":1}}", ""}, {"{\"wick\":null}", ""}, {"{}", "/wick required"},
	    {"{\"wick\":{}}", "/wick/length required"},
	    {"{\"wick\":{\"length\":0}}", "/wick/length too_small"},
	    {"{\"wick\":{\"length\":1,\"a/b~c\":\"xy\"}}", "/wick/a~1b~0c too_long"},
	    {"{\"wick\":{\"length\":1,\"~1\":2}}", "/wick/~01 unknown_member"},
	    {"{\"wick\":{\"length\":1},\"\":2}", "/ unknown_member"},
	    {"{\"wick\":[]}", "/wick type"},
	    {"{\"wick\":null,\"wicks\":[null,{\"length\":1},{\"length\":10,\"x\":1}]}",
		"/wicks/2/length too_large, /wicks/2/x unknown_member"},
	    {"{\"wick\":null,\"wicks\":[0,0,0,0,0,0,0,0,0,0,{}]}",
		"/wicks/0 type, /wicks/1 type, /wicks/2 type, /wicks/3 type, /wicks/4 type, /wicks/5 type, "
		"/wicks/6 type, /wicks/7 type, /wicks/8 type, /wicks/9 type, /wicks/10/length required"});
	CHECK_ALL(SCHEMA(.type = SCHEMA_OBJECT, .min_size = 1, .members = wick,
		      .n_members = COUNT(wick)),
	    {"{}", " too_few_members, /length required"});
}

START_TEST(a_hundred_broken_rules_are_reported)
{
	char json[2000] = "[0";

	for (int i = 1; i < 150; i++)
		strcat(json, ",0");
	strcat(json, "]");
	broken(SCHEMA(.type = SCHEMA_ARRAY, .max_size = 200,
		   .items = SCHEMA(.type = SCHEMA_STRING)),
	    json);
	ck_assert_uint_eq(ex.n_violations, 100);
}

START_TEST(limits_stand_in_the_sentence)
{
	broken(SCHEMA(.type = SCHEMA_STRING, .max_size = 3), "\"four\"");
	ck_assert_str_eq(ex.violations[0].detail, "At most 3 characters.");
	broken(SCHEMA(.type = SCHEMA_NUMBER, .minimum = -8.4), "-9");
	ck_assert_str_eq(ex.violations[0].detail, "At least -8.4.");
	broken(SCHEMA(.type = SCHEMA_INTEGER, .maximum = 9007199254740991), "9007199254740992");
	ck_assert_str_eq(ex.violations[0].detail, "At most 9007199254740991.");
}

START_TEST(a_parameter_of_an_object_type_never_fits)
{
	ck_assert(!schema_check_text(&ex, SCHEMA(.type = SCHEMA_OBJECT), "{}", "x"));
	ck_assert_str_eq(unit_violations(), "x type");
}

SUITE(schema, types_are_exact, lengths_are_counted_in_code_points,
    integers_keep_within_what_json_can_carry, numbers_have_bounds, dates_are_those_of_the_calendar,
    times_have_a_zone, times_stay_within_four_digits_of_years, uuids_are_hex_in_groups,
    uris_are_web_addresses, emails_have_one_at_and_a_dot_behind_it,
    patterns_are_anchored_and_come_after_the_length, a_form_has_a_sentence_of_its_own,
    a_text_says_something_and_has_no_blank_around_it, enumerations_are_exact,
    control_and_direction_characters_are_refused, arrays_are_counted_and_may_be_sets,
    pointers_lead_to_what_is_broken, a_hundred_broken_rules_are_reported,
    limits_stand_in_the_sentence, a_parameter_of_an_object_type_never_fits);
