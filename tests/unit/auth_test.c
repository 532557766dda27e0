#include <string.h>

#include <jansson.h>

#include "identity/auth.h"
#include "identity/token.h"
#include "unit.h"

#define SUBJECT "0190a5b0-0000-7000-8000-000000000001"
#define ONE	"/v1/lanterns/" SUBJECT

static int check(void)
{
	int status = auth_count(&ex);

	return status ? status : auth_check(&ex);
}

/* Sends a request with a token of this role and scope; with NULL as the role, with this header
 * unchanged. */
static int ask(const char *method, const char *path, const char *role, const char *scope)
{
	ck_assert_int_eq(unit_find(method, path), 0);
	if (role) {
		json_t *claims = json_pack("{s:s, s:s, s:s}", "sub", SUBJECT, "role", role, "scope",
		    scope ? scope : "");

		ex.request.authorization =
		    arena_printf(&ex.arena, "Bearer %s", token_issue(&ex, claims));
		json_decref(claims);
	} else {
		ex.request.authorization = scope;
	}
	return check();
}

START_TEST(roles_and_scopes_are_the_contract_s)
{
	static const struct {
		const char *method, *path, *role, *scope;
		int status;
		const char *problem;
	} cases[] = {
	    {"GET", "/v1/lanterns", "keeper", NULL, 0, ""},
	    {"GET", "/v1/lanterns", "guest", NULL, 0, ""},
	    {"GET", "/v1/lanterns", "robot", "lanterns:read", 403, "forbidden"},
	    {"POST", "/v1/lanterns", "keeper", NULL, 0, ""},
	    {"POST", "/v1/lanterns", "guest", "lanterns:write", 403, "forbidden"},
	    {"POST", "/v1/lanterns", "robot", "lanterns:write", 0, ""},
	    {"POST", "/v1/lanterns", "robot", "lanterns:read lanterns:write", 0, ""},
	    {"POST", "/v1/lanterns", "robot", "lanterns:read", 403, "insufficient_scope"},
	    {"POST", "/v1/lanterns", "robot", "", 403, "insufficient_scope"},
	    {"POST", "/v1/lanterns", "robot", "lanterns:writes", 403, "insufficient_scope"},
	    {"POST", "/v1/lanterns", "robot", "lanterns:writ", 403, "insufficient_scope"},
	    {"POST", "/v1/lanterns", "robot", "lanterns", 403, "insufficient_scope"},
	    {"POST", "/v1/lanterns", "robot", "  lanterns:write ", 0, ""},
	    {"GET", ONE, "keeper", NULL, 0, ""},
	    {"GET", ONE, NULL, NULL, 0, ""},
	    {"GET", "/v1/lanterns", NULL, NULL, 401, "unauthenticated"},
	    {"POST", "/v1/lanterns", NULL, NULL, 401, "unauthenticated"},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		ck_assert_msg(ask(cases[i].method, cases[i].path, cases[i].role, cases[i].scope) ==
				  cases[i].status,
		    "row %zu", i);
		ck_assert_str_eq(unit_problem(), cases[i].problem);
	}
}

START_TEST(a_bad_token_is_401_even_where_none_is_needed)
{
	static const char *const headers[] = {"Bearer x.y.z", "Bearer ", "Bearer", "Basic YTpi",
	    "x", "", "Digest x", "Bearer a, Bearer b"};
	static const char *const paths[] = {"/v1/lanterns", ONE};

	for (size_t p = 0; p < COUNT(paths); p++)
		for (size_t i = 0; i < COUNT(headers); i++) {
			ck_assert_int_eq(ask("GET", paths[p], NULL, headers[i]), 401);
			ck_assert_str_eq(unit_problem(), "invalid_token");
			ck_assert_str_eq(unit_header("WWW-Authenticate"),
			    "Bearer realm=\"ovop\", error=\"invalid_token\"");
		}
}

START_TEST(the_challenge_says_what_is_missing)
{
	ask("GET", "/v1/lanterns", NULL, NULL);
	ck_assert_str_eq(unit_header("WWW-Authenticate"), "Bearer realm=\"ovop\"");
	ask("POST", "/v1/lanterns", "robot", "");
	ck_assert_str_eq(unit_header("WWW-Authenticate"),
	    "Bearer realm=\"ovop\", error=\"insufficient_scope\"");
	ask("POST", "/v1/lanterns", "guest", "");
	ck_assert_str_eq(unit_header("WWW-Authenticate"), "");
}

START_TEST(the_scheme_is_written_in_any_case)
{
	ck_assert_int_eq(ask("GET", "/v1/lanterns", "keeper", NULL), 0);
	memcpy((char *)ex.request.authorization, "bEARER", 6);
	ck_assert_int_eq(check(), 0);
	ck_assert_uint_eq(ex.claims.role, 1);
}

START_TEST(a_bad_token_does_not_matter_at_the_token_endpoint_only)
{
	static const char *const headers[] = {"Basic YTpi", "Bearer x", "Bearer", "Negotiate x"};

	for (size_t i = 0; i < COUNT(headers); i++) {
		ck_assert_int_eq(ask("POST", "/oauth/token", NULL, headers[i]), 0);
		ck_assert_int_eq(ask("GET", "/v1/lanterns", NULL, headers[i]), 401);
	}
}

START_TEST(a_one_time_password_opens_nothing_but_its_own_change)
{
	static const struct {
		const char *path;
		int status;
	} cases[] = {{"/v1/lanterns", 403}, {"/v1/me", 0}};

	for (size_t i = 0; i < COUNT(cases); i++) {
		json_t *claims = json_pack("{s:s, s:s, s:b}", "sub", SUBJECT, "role", "keeper",
		    "must_change", true);

		ck_assert_int_eq(unit_find("GET", cases[i].path), 0);
		ex.request.authorization =
		    arena_printf(&ex.arena, "Bearer %s", token_issue(&ex, claims));
		json_decref(claims);
		ck_assert_int_eq(check(), cases[i].status);
		ck_assert_str_eq(unit_problem(), cases[i].status ? "password_change_required" : "");
	}
}

START_TEST(callers_are_limited_apart)
{
	service.config.rate_limit = 2;
	for (int i = 0; i < 2; i++)
		ck_assert_int_eq(ask("GET", "/v1/lanterns", "keeper", NULL), 0);
	ck_assert_int_eq(ask("GET", "/v1/lanterns", "keeper", NULL), 429);
	ck_assert_str_eq(unit_problem(), "rate_limited");
	ck_assert_int_eq(ask("GET", ONE, NULL, NULL), 0);
	ck_assert_int_eq(ask("GET", ONE, NULL, NULL), 0);
	ck_assert_int_eq(ask("GET", ONE, NULL, NULL), 429);
	ck_assert_int_eq(ask("POST", "/oauth/token", NULL, NULL), 0);
	ck_assert_str_eq(unit_header("RateLimit-Policy"), "\"login\";q=60;w=60");
}

START_TEST(bad_tokens_count_by_address)
{
	service.config.rate_limit = 2;
	ck_assert_int_eq(ask("GET", "/v1/lanterns", NULL, "Bearer x.y.z"), 401);
	ck_assert_int_eq(ask("GET", "/v1/lanterns", NULL, "Basic YTpi"), 401);
	ck_assert_int_eq(ask("GET", "/v1/lanterns", NULL, "Bearer x.y.z"), 429);
	ck_assert_int_eq(ask("GET", "/v1/lanterns", "keeper", NULL), 0);
}

SUITE(auth, roles_and_scopes_are_the_contract_s, a_bad_token_is_401_even_where_none_is_needed,
    the_challenge_says_what_is_missing, the_scheme_is_written_in_any_case,
    a_bad_token_does_not_matter_at_the_token_endpoint_only,
    a_one_time_password_opens_nothing_but_its_own_change, callers_are_limited_apart,
    bad_tokens_count_by_address);
