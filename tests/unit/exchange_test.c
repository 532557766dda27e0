#include <string.h>

#include "http/stages.h"
#include "unit.h"

static void run(const char *method, const char *target)
{
	unit_begin(method, target);
	stages_admit(&ex);
	stages_finish(&ex);
}

START_TEST(ids_are_taken_where_they_can_do_no_harm)
{
	static const char *const taken[] = {"12345678", "A-Za_z.09",
	    "1234567890123456789012345678901234567890123456789012345678901234"};
	static const char *const refused[] = {"1234567",
	    "12345678901234567890123456789012345678901234567890123456789012345", "1234 5678",
	    "1234567\n", "1234567\"", "12345678\xc3\xa9", "", NULL};

	for (size_t i = 0; i < COUNT(taken); i++) {
		unit_begin("GET", "/nothing");
		ex.request.request_id = taken[i];
		stages_admit(&ex);
		stages_finish(&ex);
		ck_assert_str_eq(unit_header("X-Request-Id"), taken[i]);
		ck_assert_str_eq(ex.client_id, taken[i]);
		ck_assert_str_ne(ex.id, taken[i]);
		ck_assert_uint_eq(strspn(ex.id, "0123456789abcdef"), 32);
	}
	for (size_t i = 0; i < COUNT(refused); i++) {
		unit_begin("GET", "/nothing");
		ex.request.request_id = refused[i];
		stages_admit(&ex);
		stages_finish(&ex);
		ck_assert_ptr_null(ex.client_id);
		ck_assert_str_eq(unit_header("X-Request-Id"), ex.id);
		ck_assert_uint_eq(strlen(ex.id), 32);
		ck_assert_uint_eq(strspn(ex.id, "0123456789abcdef"), 32);
	}
}

START_TEST(a_valid_trace_is_continued)
{
#define TRACE  "0af7651916cd43dd8448eb211c80319c"
#define PARENT "b7ad6b7169203331"
	static const struct {
		const char *header;
		bool valid;
	} cases[] = {
	    {"00-" TRACE "-" PARENT "-01", true},
	    {"00-" TRACE "-" PARENT "-00", true},
	    {"01-" TRACE "-" PARENT "-01", false},
	    {"ff-" TRACE "-" PARENT "-01", false},
	    {"00-" TRACE "-" PARENT "-01-x", false},
	    {"00-" TRACE "-" PARENT, false},
	    {"00-" TRACE "-" PARENT "-0g", false},
	    {"00-0AF7651916CD43DD8448EB211C80319C-" PARENT "-01", false},
	    {"00-00000000000000000000000000000000-" PARENT "-01", false},
	    {"00-" TRACE "-0000000000000000-01", false},
	    {"00-" TRACE "x" PARENT "-01", false},
	    {"00-" TRACE "-" PARENT "x01", false},
	    {"", false},
	    {NULL, false},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		unit_begin("GET", "/nothing");
		ex.request.traceparent = cases[i].header;
		stages_admit(&ex);
		stages_finish(&ex);
		ck_assert_msg(!strcmp(ex.trace, TRACE) == cases[i].valid, "row %zu", i);
		ck_assert_uint_eq(strlen(ex.trace), 32);
		ck_assert_uint_lt(strspn(ex.trace, "0"), 32);
	}
#undef TRACE
#undef PARENT
}

START_TEST(the_preferred_language_is_chosen)
{
	static const struct {
		const char *header, *language;
	} cases[] = {
	    {NULL, "id"},
	    {"", "id"},
	    {"en", "en"},
	    {"EN-gb", "en"},
	    {"id", "id"},
	    {"id-ID", "id"},
	    {"fr", "id"},
	    {"*", "id"},
	    {"en, id", "en"},
	    {"id, en", "id"},
	    {"id;q=0.5, en;q=0.8", "en"},
	    {"id;q=0.8, en;q=0.5", "id"},
	    {"fr, en;q=0.1", "en"},
	    {"en;q=0", "id"},
	    {"en;q=0.0, id;q=0", "id"},
	    {"en;q=x", "id"},
	    {"en;q=nan", "id"},
	    {",,en", "en"},
	    {"en;q=0.2,id;q=0.1", "en"},
	    {"english", "id"},
	    {"idx, en;q=0.1", "en"},
	    {"in-ID, en;q=0.5", "id"},
	    {"in", "id"},
	    {"inx, en;q=0.1", "en"},
	    {"in;Q=0.1, en;Q=0.2", "en"},
	    {"en;Q=0", "id"},
	    {"en; q=0", "id"},
	    {"en;x=1;q=0", "id"},
	    {"en;eq=0", "en"},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		unit_begin("GET", "/nothing");
		ex.request.accept_language = cases[i].header;
		stages_admit(&ex);
		stages_finish(&ex);
		ck_assert_msg(!strcmp(unit_header("Content-Language"), cases[i].language),
		    "row %zu", i);
	}
}

START_TEST(the_first_stage_that_fails_ends_it)
{
	static const struct {
		const char *method, *target;
		int status;
		const char *problem;
	} cases[] = {
	    {"GET", "/v1/nothing?%ff", 404, "not_found"},
	    {"PUT", "/v1/lanterns?%ff", 405, "method_not_allowed"},
	    {"GET", "/v1/lanterns?%ff", 401, "unauthenticated"},
	    {"GET", "/v1/lanterns/lost?%ff", 400, "invalid_encoding"},
	    {"POST", "/oauth/token?x=1", 400, "unknown_parameter; x unknown_parameter"},
	    {"POST", "/oauth/token", 415, "unsupported_media_type"},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		run(cases[i].method, cases[i].target);
		ck_assert_int_eq(ex.status, cases[i].status);
		ck_assert_str_eq(unit_problem(), cases[i].problem);
		ck_assert_uint_gt(ex.reply.size, 2);
		ck_assert_str_eq(unit_header("Cache-Control"), "no-store");
		ck_assert_str_eq(unit_header("X-Content-Type-Options"), "nosniff");
	}
}

START_TEST(options_has_no_content)
{
	run("OPTIONS", "/v1/lanterns");
	ck_assert_int_eq(ex.status, 204);
	ck_assert_uint_eq(ex.reply.size, 0);
	ck_assert_str_eq(unit_header("Content-Type"), "");
}

START_TEST(a_header_given_again_replaces_or_joins)
{
	exchange_header(&ex, "Vary", "Origin");
	exchange_header(&ex, "Vary", "Accept-Language");
	exchange_header(&ex, "ETag", "\"1\"");
	exchange_header(&ex, "ETag", "\"2\"");
	ck_assert_uint_eq(ex.n_headers, 2);
	ck_assert_str_eq(unit_header("Vary"), "Origin, Accept-Language");
	ck_assert_str_eq(unit_header("ETag"), "\"2\"");
}

START_TEST(headers_stay_within_bounds)
{
	for (int i = 0; i < 100; i++)
		exchange_header(&ex, arena_printf(&ex.arena, "X-%d", i), "x");
	ck_assert_uint_eq(ex.n_headers, EXCHANGE_MAX_HEADERS);
}

START_TEST(what_depends_on_the_caller_varies)
{
	run("GET", "/v1/lanterns");
	ck_assert_str_eq(unit_header("Vary"), "Origin, Accept-Language, Authorization");
	run("GET", "/v1/lanterns/lost");
	ck_assert_str_eq(unit_header("Vary"), "Origin, Accept-Language");
}

SUITE(exchange, ids_are_taken_where_they_can_do_no_harm, a_valid_trace_is_continued,
    the_preferred_language_is_chosen, the_first_stage_that_fails_ends_it, options_has_no_content,
    a_header_given_again_replaces_or_joins, headers_stay_within_bounds,
    what_depends_on_the_caller_varies);
