#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "http/params.h"
#include "unit.h"

#define ID  "0190a5b0-0000-7000-8000-000000000001"
#define ONE "/v1/lanterns/" ID

/* The value bound to :name. */
static const char *value_of(const char *name)
{
	for (size_t i = 0; i < ex.operation->n_parameters; i++)
		if (!strcmp(ex.operation->parameters[i].name, name))
			return ex.values[i];
	ck_abort_msg("no parameter %s", name);
	return NULL;
}

START_TEST(values_reach_their_parameters)
{
	ck_assert_int_eq(unit_params("GET", "/v1/lanterns?watts=-7&q=a+b%26c&lit=true"
					    "&made_gte=2024-02-29&sort=-name&limit=7&count=exact"),
	    0);
	ck_assert_pstr_eq(value_of("q"), "a b&c");
	ck_assert_pstr_eq(value_of("watts"), "-7");
	ck_assert_pstr_eq(value_of("lit"), "true");
	ck_assert_pstr_eq(value_of("made_gte"), "2024-02-29");
	ck_assert_pstr_eq(value_of("sort"), "-name");
	ck_assert_pstr_eq(value_of("colour"), NULL);
	ck_assert_int_eq(ex.limit, 7);
	ck_assert(ex.count);
	ck_assert_int_eq(unit_params("GET", "/v1/lanterns/" ID "/wicks/12"), 0);
	ck_assert_pstr_eq(value_of("id"), ID);
	ck_assert_pstr_eq(value_of("number"), "12");
	ck_assert_int_eq(unit_params("GET", "/v1/lanterns?q=kafe%CC%81&label=e%CC%81,E%CC%81"), 0);
	ck_assert_pstr_eq(value_of("q"), "kaf\xc3\xa9");
	ck_assert_pstr_eq(value_of("label"), "{\"\xc3\xa9\",\"\xc3\x89\"}");
}

START_TEST(absent_values_are_null_or_their_default)
{
	static const char *const targets[] = {"/v1/lanterns", "/v1/lanterns?"};

	for (size_t i = 0; i < COUNT(targets); i++) {
		ck_assert_int_eq(unit_params("GET", targets[i]), 0);
		ck_assert_pstr_eq(value_of("q"), NULL);
		ck_assert_pstr_eq(value_of("sort"), "name");
		ck_assert_int_eq(ex.limit, 50);
		ck_assert(!ex.count);
		ck_assert_pstr_eq(ex.after_id, NULL);
	}
}

START_TEST(arrays_become_array_literals)
{
	static const char *const cases[][2] = {
	    {"colour=red", "{\"red\"}"},
	    {"colour=red,blue,red", "{\"red\",\"blue\",\"red\"}"},
	    {"colour=red%2Cblue", "{\"red\",\"blue\"}"},
	    {"label=a%22b,c%5Cd", "{\"a\\\"b\",\"c\\\\d\"}"},
	    {"label=%22,%22,%22", "{\"\\\"\",\"\\\"\",\"\\\"\"}"},
	    {"label=%7B%7D,null,a+b", "{\"{}\",\"null\",\"a b\"}"},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		char target[100];

		snprintf(target, sizeof(target), "/v1/lanterns?%s", cases[i][0]);
		ck_assert_int_eq(unit_params("GET", target), 0);
		ck_assert_pstr_eq(value_of(cases[i][0][0] == 'c' ? "colour" : "label"),
		    cases[i][1]);
	}
}

START_TEST(broken_queries_are_refused_with_every_rule)
{
	static const char *const cases[][2] = {
	    {"nope=1", "unknown_parameter; nope unknown_parameter"},
	    {"Q=abc", "unknown_parameter; Q unknown_parameter"},
	    {"q%00=abc", "invalid_encoding"},
	    {"id=" ID, "unknown_parameter; id unknown_parameter"},
	    {"&q=abc", "unknown_parameter;  unknown_parameter"},
	    {"q=abc&&lit=true", "unknown_parameter;  unknown_parameter"},
	    {"=1", "unknown_parameter;  unknown_parameter"},
	    {"q=abc&q=abc", "duplicate_parameter; q duplicate_parameter"},
	    {"q=abc&%71=abd", "duplicate_parameter; q duplicate_parameter"},
	    {"q=&q=abc", "duplicate_parameter; q duplicate_parameter, q empty"},
	    {"limit=5&limit=6", "duplicate_parameter; limit duplicate_parameter"},
	    {"count=exact&count=exact", "duplicate_parameter; count duplicate_parameter"},
	    {"q=", "invalid_parameter; q empty"},
	    {"q", "invalid_parameter; q empty"},
	    {"q=a", "invalid_parameter; q too_short"},
	    {"q=abcdefghijk", "invalid_parameter; q too_long"},
	    {"q=a%0Ab", "invalid_parameter; q control_character"},
	    {"q=%ff%ff", "invalid_encoding"},
	    {"q=a%00b", "invalid_encoding"},
	    {"q=%4", "invalid_encoding"},
	    {"lit=", "invalid_parameter; lit type"},
	    {"lit=1", "invalid_parameter; lit type"},
	    {"lit=TRUE", "invalid_parameter; lit type"},
	    {"watts=", "invalid_parameter; watts type"},
	    {"watts=+5", "invalid_parameter; watts type"},
	    {"watts=%2B5", "invalid_parameter; watts type"},
	    {"watts=5.0", "invalid_parameter; watts type"},
	    {"watts=0x5", "invalid_parameter; watts type"},
	    {"watts=1e3", "invalid_parameter; watts type"},
	    {"watts=-", "invalid_parameter; watts type"},
	    {"watts=--5", "invalid_parameter; watts type"},
	    {"watts=5%20", "invalid_parameter; watts type"},
	    {"watts=9007199254740992", "invalid_parameter; watts too_large"},
	    {"watts=-9007199254740992", "invalid_parameter; watts too_small"},
	    {"watts=99999999999999999999999", "invalid_parameter; watts type"},
	    {"made_gte=2023-02-29", "invalid_parameter; made_gte format"},
	    {"sort=colour", "invalid_parameter; sort enum"},
	    {"sort=name,-name", "invalid_parameter; sort enum"},
	    {"colour=red,", "invalid_parameter; colour empty"},
	    {"colour=,red", "invalid_parameter; colour empty"},
	    {"colour=", "invalid_parameter; colour empty"},
	    {"colour=red, blue", "invalid_parameter; colour enum"},
	    {"colour=red,blue,green,red", "invalid_parameter; colour too_many_items"},
	    {"limit=0", "invalid_parameter; limit too_small"},
	    {"limit=201", "invalid_parameter; limit too_large"},
	    {"limit=-1", "invalid_parameter; limit too_small"},
	    {"limit=all", "invalid_parameter; limit type"},
	    {"limit=18446744073709551617", "invalid_parameter; limit type"},
	    {"count=true", "invalid_parameter; count enum"},
	    {"cursor=", "invalid_parameter; cursor empty"},
	    {"cursor=a%2Fb", "invalid_parameter; cursor pattern"},
	    {"cursor=abcd", "invalid_cursor"},
	    {"q=a&nope=1&limit=0",
		"unknown_parameter; nope unknown_parameter, q too_short, limit too_small"},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		char target[200];

		snprintf(target, sizeof(target), "/v1/lanterns?%s", cases[i][0]);
		ck_assert_int_eq(unit_params("GET", target), 400);
		ck_assert_str_eq(unit_problem(), cases[i][1]);
	}
}

START_TEST(bounds_themselves_are_taken)
{
	static const char *const queries[] = {
	    "limit=1",
	    "limit=200",
	    "watts=9007199254740991",
	    "watts=-9007199254740991",
	    "q=ab",
	    "q=abcdefghij",
	    "q=%c3%a9%c3%a9%c3%a9%c3%a9%c3%a9%c3%a9%c3%a9%c3%a9%c3%a9%c3%a9",
	    "colour=red,green,blue",
	};

	for (size_t i = 0; i < COUNT(queries); i++) {
		char target[200];

		snprintf(target, sizeof(target), "/v1/lanterns?%s", queries[i]);
		ck_assert_int_eq(unit_params("GET", target), 0);
		ck_assert_str_eq(unit_violations(), "");
	}
}

START_TEST(paging_is_refused_outside_lists)
{
	static const char *const names[] = {"limit=5", "cursor=abc", "count=exact", ("id=" ID),
	    "access_token=abc"};

	for (size_t i = 0; i < COUNT(names); i++) {
		char target[200];

		snprintf(target, sizeof(target), ONE "?%s", names[i]);
		ck_assert_int_eq(unit_params("GET", target), 400);
		ck_assert_int_eq(ex.problem, PROBLEM_UNKNOWN_PARAMETER);
	}
	/* The statement of this list cannot count. */
	ck_assert_int_eq(unit_params("GET", "/v1/lanterns/lost?at=2024-01-01&count=exact"), 400);
	ck_assert_str_eq(unit_problem(), "unknown_parameter; count unknown_parameter");
	ck_assert_int_eq(unit_params("GET", "/v1/lanterns/lost?at=2024-01-01&limit=9"), 0);
}

START_TEST(a_required_parameter_is_missed)
{
	ck_assert_int_eq(unit_params("GET", "/v1/lanterns/lost"), 400);
	ck_assert_str_eq(unit_problem(), "invalid_parameter; at missing");
}

START_TEST(path_parameters_are_checked)
{
	ck_assert_int_eq(unit_params("GET", "/v1/lanterns/7/wicks/13"), 400);
	ck_assert_str_eq(unit_problem(), "invalid_parameter; id format, number too_large");
	ck_assert_int_eq(unit_params("GET", "/v1/lanterns/a%2Fb"), 400);
	ck_assert_str_eq(unit_problem(), "invalid_parameter; id format");
}

START_TEST(a_hundred_parameters_are_enough)
{
	char target[1000] = "/v1/lanterns?x";

	for (int i = 0; i < 99; i++)
		strcat(target, "&x");
	unit_params("GET", target);
	ck_assert_uint_eq(ex.n_violations, 100);
	strcat(target, "&x");
	ck_assert_int_eq(unit_params("GET", target), 400);
}

START_TEST(if_match_names_versions)
{
	static const struct {
		const char *header;
		int status;
		const char *versions;
	} cases[] = {
	    {NULL, 428, NULL},
	    {"*", 0, NULL},
	    {"\"7\"", 0, "{7}"},
	    {"\"7.1a2b\"", 0, "{7}"},
	    {"\"7\", \"8\"", 0, "{7,8}"},
	    {"\"7\",\t\"8.x\" , \"9\"", 0, "{7,8,9}"},
	    {"W/\"7\"", 0, "{}"},
	    {"W/\"7\", \"8\"", 0, "{8}"},
	    {"\"7\", W/\"8\"", 0, "{7}"},
	    {"7", 0, "{}"},
	    {"\"\"", 0, "{}"},
	    {"\"seven\"", 0, "{}"},
	    {"\"7x\"", 0, "{}"},
	    {"\".7\"", 0, "{}"},
	    {"\"-7\"", 0, "{}"},
	    {"\"7", 0, "{}"},
	    {"\"", 0, "{}"},
	    {"", 0, "{}"},
	    {",,,", 0, "{}"},
	    {"\"7,8\"", 0, "{}"},
	    {"\"},{\"", 0, "{}"},
	    {"\"99999999999999999999999999\"", 0, "{99999999999999999999999999}"},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		ck_assert_int_eq(unit_find("DELETE", ONE), 0);
		ex.request.if_match = cases[i].header;
		ck_assert_int_eq(params_read(&ex), cases[i].status);
		ck_assert_pstr_eq(ex.if_match, cases[i].versions);
		ck_assert_str_eq(unit_problem(), cases[i].status ? "precondition_required" : "");
	}
}

START_TEST(if_match_is_read_where_the_operation_needs_it)
{
	ck_assert_int_eq(unit_find("GET", ONE), 0);
	ex.request.if_match = "\"7\"";
	ck_assert_int_eq(params_read(&ex), 0);
	ck_assert_pstr_eq(ex.if_match, NULL);
}

START_TEST(a_long_if_match_stays_within_bounds)
{
	char header[8001];

	for (size_t i = 0; i < 8000; i += 4)
		memcpy(header + i, "\"1\",", 5);
	ck_assert_int_eq(unit_find("DELETE", ONE), 0);
	ex.request.if_match = header;
	ck_assert_int_eq(params_read(&ex), 0);
	ck_assert_uint_eq(strlen(ex.if_match), 2 * 20 + 1);
}

START_TEST(accept_is_heeded)
{
	static const struct {
		const char *path, *accept;
		bool fits;
	} cases[] = {
	    {ONE, NULL, true},
	    {ONE, "", true},
	    {ONE, "*/*", true},
	    {ONE, "application/json", true},
	    {ONE, "Application/JSON", true},
	    {ONE, "application/*", true},
	    {ONE, "application/json; charset=utf-8", true},
	    {ONE, "application/problem+json", true},
	    {ONE, "text/html,application/xhtml+xml,*/*;q=0.8", true},
	    {ONE, "text/html;q=1, application/json;q=0.1", true},
	    {ONE, "application/json;q=0, */*", true},
	    {ONE, "text/html", false},
	    {ONE, "application/jsonp", false},
	    {ONE, "application/jso", false},
	    {ONE, "application/xml, text/*", false},
	    {ONE, ";", false},
	    {ONE, ",", false},
	    {"/guide", "text/html", true},
	    {"/guide", "text/*", true},
	    {"/guide", "application/json", false},
	    {"/guide", "image/png", false},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		ck_assert_int_eq(unit_find("GET", cases[i].path), 0);
		ex.request.accept = cases[i].accept;
		ck_assert_msg(params_read(&ex) == (cases[i].fits ? 0 : 406), "row %zu", i);
		ck_assert_str_eq(unit_problem(), cases[i].fits ? "" : "not_acceptable");
	}
}

START_TEST(what_accept_excludes_is_not_sent)
{
	static const char *const excluding[] = {"application/json;q=0", "application/json; q=0.0",
	    "*/*;q=0", "text/html, application/json;q=0.000"};

	for (size_t i = 0; i < COUNT(excluding); i++) {
		ck_assert_int_eq(unit_find("GET", ONE), 0);
		ex.request.accept = excluding[i];
		ck_assert_msg(params_read(&ex) == 406, "%s", excluding[i]);
	}
}

START_TEST(idempotency_keys_are_1_to_255_visible_characters)
{
	char longest[257];
	const struct {
		const char *key, *problem;
	} cases[] = {
	    {NULL, ""},
	    {"k", ""},
	    {"\"quoted\"", ""},
	    {"!~", ""},
	    {longest, ""},
	    {"", "invalid_parameter; Idempotency-Key format"},
	    {"a b", "invalid_parameter; Idempotency-Key format"},
	    {"a\tb", "invalid_parameter; Idempotency-Key format"},
	    {"a\x7f", "invalid_parameter; Idempotency-Key format"},
	    {"caf\xc3\xa9", "invalid_parameter; Idempotency-Key format"},
	};

	memset(longest, 'k', 255);
	longest[255] = 0;
	for (size_t i = 0; i < COUNT(cases); i++) {
		ck_assert_int_eq(unit_find("POST", "/v1/lanterns"), 0);
		ex.request.idempotency_key = cases[i].key;
		params_read(&ex);
		ck_assert_str_eq(unit_problem(), cases[i].problem);
	}
	memcpy(longest + 255, "k", 2);
	ck_assert_int_eq(unit_find("POST", "/v1/lanterns"), 0);
	ex.request.idempotency_key = longest;
	ck_assert_int_eq(params_read(&ex), 400);
	ck_assert_str_eq(unit_problem(), "invalid_parameter; Idempotency-Key too_long");
}

SUITE(params, values_reach_their_parameters, absent_values_are_null_or_their_default,
    arrays_become_array_literals, broken_queries_are_refused_with_every_rule,
    bounds_themselves_are_taken, paging_is_refused_outside_lists, a_required_parameter_is_missed,
    path_parameters_are_checked, a_hundred_parameters_are_enough, if_match_names_versions,
    if_match_is_read_where_the_operation_needs_it, a_long_if_match_stays_within_bounds,
    accept_is_heeded, what_accept_excludes_is_not_sent,
    idempotency_keys_are_1_to_255_visible_characters);
