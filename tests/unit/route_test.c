#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "http/route.h"
#include "unit.h"

#define ID "0190a5b0-0000-7000-8000-000000000001"

START_TEST(paths_and_methods_lead_to_operations)
{
	static const char *const cases[][3] = {
	    {"GET", "/v1/lanterns", "lantern_list"},
	    {"HEAD", "/v1/lanterns", "lantern_list"},
	    {"POST", "/v1/lanterns", "lantern_create"},
	    {"GET", "/v1/lanterns?q=/v1/me", "lantern_list"},
	    {"GET", "/v1/lanterns/" ID, "lantern_get"},
	    {"PATCH", "/v1/lanterns/" ID, "lantern_update"},
	    {"DELETE", "/v1/lanterns/" ID, "lantern_delete"},
	    {"GET", "/v1/lanterns/" ID "/wicks/7", "wick_get"},
	    {"PUT", "/v1/lanterns/" ID "/owner", "owner_put"},
	    {"GET", "/v1/lanterns/lost", "lantern_lost"},
	    {"GET", "/v1/lanterns/lost%20", "lantern_get"},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		ck_assert_int_eq(unit_find(cases[i][0], cases[i][1]), 0);
		ck_assert_str_eq(ex.operation->id, cases[i][2]);
	}
}

START_TEST(only_the_written_path_is_found)
{
	static const char *const paths[] = {
	    "/",
	    "",
	    "*",
	    "v1/lanterns",
	    "/v1",
	    "/v2/lanterns",
	    "/v1/lanterns/",
	    "//v1/lanterns",
	    "/v1//lanterns",
	    "/v1/lanterns//",
	    "/v1/lanterns//owner",
	    "/V1/lanterns",
	    "/v1/Lanterns",
	    "/v1/lanternsx",
	    "/v1/lantern",
	    "/v1%2Flanterns",
	    "/v1/./lanterns",
	    "/v1/x/../lanterns",
	    "/v1/lanterns;a=b",
	    "/v1/lanterns#top",
	    "/v1/lanterns/" ID "/owner/extra",
	    "/a/b/c/d/e/f/g/h/i/j/k/l",
	    "/a/b/c/d/e/f/g/h/i/j/k/l/m",
	    "/v1/lanterns/1/2/3/4/5/6/7/8/9/10/11",
	    "http://lanterns.example/v1/lanterns",
	};

	for (size_t i = 0; i < COUNT(paths); i++) {
		ck_assert_int_eq(unit_find("GET", paths[i]), 404);
		ck_assert_str_eq(unit_problem(), "not_found");
		ck_assert_ptr_null(ex.operation);
	}
}

START_TEST(path_parameters_are_decoded_once)
{
	ck_assert_int_eq(unit_find("GET", "/v1/lanterns/a%2Fb/wicks/%2541+"), 0);
	ck_assert_str_eq(ex.path_values[0], "a/b");
	ck_assert_str_eq(ex.path_values[1], "%41+");
	ck_assert_ptr_null(ex.query);
}

START_TEST(the_query_stays_raw_and_apart)
{
	ck_assert_int_eq(unit_find("GET", "/v1/lanterns/7?id=EVIL&x=%ff?"), 0);
	ck_assert_str_eq(ex.path_values[0], "7");
	ck_assert_str_eq(ex.query, "id=EVIL&x=%ff?");
	ck_assert_int_eq(unit_find("GET", "/v1/lanterns?"), 0);
	ck_assert_str_eq(ex.query, "");
}

START_TEST(broken_encodings_are_refused)
{
	static const char *const values[] = {"7%00x", "%00", "%", "%f", "%zz", "%ff", "%ed%a0%80",
	    "\xff", "%c0%af"};

	for (size_t i = 0; i < COUNT(values); i++) {
		char target[64];

		snprintf(target, sizeof(target), "/v1/lanterns/%s", values[i]);
		ck_assert_int_eq(unit_find("GET", target), 400);
		ck_assert_str_eq(unit_problem(), "invalid_encoding");
	}
}

START_TEST(other_methods_are_named_in_allow)
{
	static const struct {
		const char *method, *path;
		int status;
		const char *problem, *allow;
	} cases[] = {
	    {"DELETE", "/v1/lanterns", 405, "method_not_allowed", "OPTIONS, GET, HEAD, POST"},
	    {"PUT", "/v1/lanterns/" ID, 405, "method_not_allowed",
		"OPTIONS, GET, HEAD, PATCH, DELETE"},
	    {"GET", "/v1/lanterns/" ID "/owner", 405, "method_not_allowed", "OPTIONS, PUT"},
	    {"HEAD", "/v1/lanterns/" ID "/owner", 405, "method_not_allowed", "OPTIONS, PUT"},
	    {"TRACE", "/v1/lanterns", 405, "method_not_allowed", "OPTIONS, GET, HEAD, POST"},
	    {"CONNECT", "/v1/lanterns", 405, "method_not_allowed", "OPTIONS, GET, HEAD, POST"},
	    {"BREW", "/v1/lanterns", 501, "not_implemented", ""},
	    {"get", "/v1/lanterns", 501, "not_implemented", ""},
	    {"", "/v1/lanterns", 501, "not_implemented", ""},
	    {"BREW", "/v1/nothing", 404, "not_found", ""},
	    {"OPTIONS", "/v1/nothing", 404, "not_found", ""},
	    {"OPTIONS", "/v1/lanterns/" ID, 204, "", "OPTIONS, GET, HEAD, PATCH, DELETE"},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		ck_assert_int_eq(unit_find(cases[i].method, cases[i].path), cases[i].status);
		ck_assert_int_eq(ex.status, cases[i].status);
		ck_assert_str_eq(unit_problem(), cases[i].problem);
		ck_assert_str_eq(unit_header("Allow"), cases[i].allow);
	}
}

START_TEST(a_target_is_8192_bytes_at_most)
{
	char *target = calloc(1, 8194);

	memset(target, 'x', 8193);
	memcpy(target, "/v1/lanterns?", 13);
	ck_assert_int_eq(unit_find("GET", target), 414);
	ck_assert_str_eq(unit_problem(), "uri_too_long");
	target[8192] = 0;
	ck_assert_int_eq(unit_find("GET", target), 0);
	free(target);
}

START_TEST(headers_are_16384_bytes_at_most)
{
	unit_begin("GET", "/v1/lanterns");
	ex.request.header_bytes = 16384;
	ck_assert_int_eq(unit_route(), 0);
	unit_begin("GET", "/v1/lanterns");
	ex.request.header_bytes = 16385;
	ck_assert_int_eq(unit_route(), 431);
	ck_assert_str_eq(unit_problem(), "headers_too_large");
}

START_TEST(what_can_be_read_in_two_ways_ends_the_connection)
{
	unit_begin("GET", "/v1/lanterns");
	ex.request.malformed = true;
	ck_assert_int_eq(unit_route(), 400);
	ck_assert_str_eq(unit_problem(), "malformed_request");
	ck_assert_str_eq(exchange_header_value(&ex, "Connection"), "close");
}

static void ask_from(const char *origin, const char *preflight, const char *path)
{
	unit_begin(preflight ? "OPTIONS" : "GET", path);
	ex.request.origin = origin;
	ex.request.preflight_method = preflight;
	unit_route();
}

START_TEST(listed_origins_may_call_everything)
{
	ask_from("https://admin.example", "PATCH", "/v1/lanterns/" ID "/owner");
	ck_assert_int_eq(ex.status, 204);
	ck_assert_str_eq(unit_header("Access-Control-Allow-Origin"), "https://admin.example");
	ck_assert_str_eq(unit_header("Access-Control-Allow-Methods"), "OPTIONS, PUT");
	ck_assert_ptr_nonnull(
	    strstr(unit_header("Access-Control-Allow-Headers"), "Idempotency-Key"));
	ck_assert_str_eq(unit_header("Access-Control-Max-Age"), "7200");
	ck_assert_str_eq(unit_header("Vary"), "Origin");
	ask_from("https://app.example", NULL, "/v1/lanterns");
	ck_assert_str_eq(unit_header("Access-Control-Allow-Origin"), "https://app.example");
	ck_assert_ptr_nonnull(strstr(unit_header("Access-Control-Expose-Headers"), "ETag"));
	ck_assert_str_eq(unit_header("Access-Control-Allow-Methods"), "");
}

START_TEST(foreign_origins_may_read_what_is_public)
{
	static const char *const foreign[] = {"https://evil.example",
	    "https://app.example.evil.example", "https://app.exampl", "app.example", "null", "",
	    "https://app.example,https://admin.example", "HTTPS://APP.EXAMPLE"};

	for (size_t i = 0; i < COUNT(foreign); i++) {
		ask_from(foreign[i], "POST", "/v1/lanterns");
		ck_assert_int_eq(ex.status, 204);
		ck_assert_str_eq(unit_header("Access-Control-Allow-Origin"), "");
		ck_assert_str_eq(unit_header("Access-Control-Allow-Methods"), "");
		ck_assert_str_eq(unit_header("Vary"), "Origin");
		ask_from(foreign[i], "DELETE", "/v1/lanterns/" ID);
		ck_assert_str_eq(unit_header("Access-Control-Allow-Origin"), "*");
		ck_assert_str_eq(unit_header("Access-Control-Allow-Methods"), "GET, HEAD, OPTIONS");
	}
	ask_from(NULL, NULL, "/v1/lanterns/" ID);
	ck_assert_uint_eq(ex.n_headers, 1);
	ck_assert_str_eq(unit_header("Vary"), "Origin");
}

START_TEST(an_empty_list_of_origins_lists_none)
{
	service.config.cors_origins = "";
	ask_from("", NULL, "/v1/lanterns");
	ck_assert_str_eq(unit_header("Access-Control-Allow-Origin"), "");
}

SUITE(route, paths_and_methods_lead_to_operations, only_the_written_path_is_found,
    path_parameters_are_decoded_once, the_query_stays_raw_and_apart, broken_encodings_are_refused,
    other_methods_are_named_in_allow, a_target_is_8192_bytes_at_most,
    headers_are_16384_bytes_at_most, what_can_be_read_in_two_ways_ends_the_connection,
    listed_origins_may_call_everything, foreign_origins_may_read_what_is_public,
    an_empty_list_of_origins_lists_none);
