#include <string.h>

#include "http/route.h"
#include "unit.h"

static const char *rendered(void)
{
	problem_render(&ex);
	return arena_copy(&ex.arena, ex.reply.data, ex.reply.size);
}

START_TEST(it_is_a_document_of_rfc_9457)
{
	ck_assert_int_eq(problem(&ex, PROBLEM_NOT_FOUND, NULL), 404);
	ck_assert_str_eq(rendered(),
	    "{\"type\":\"https://lanterns.example/docs#problem-not_found\","
	    "\"title\":\"Not found\",\"status\":404,\"code\":\"not_found\","
	    "\"means\":\"The path does not exist, or the record is not in the scope of the caller. "
	    "A record of another village and a missing one look the same.\","
	    "\"do\":\"Check the identifier and its owner. "
	    "Read published records of other villages in the catalogue.\","
	    "\"instance\":\"urn:request:test-id-1\",\"request_id\":\"test-id-1\"}");
	ck_assert_str_eq(ex.content_type, "application/problem+json");
}

START_TEST(it_lists_every_broken_rule)
{
	problem_note(&ex, "/name", NULL, "required", NULL);
	problem_note(&ex, NULL, "q", "too_long", "10");
	problem_note(&ex, NULL, NULL, "no_such_rule", NULL);
	problem(&ex, PROBLEM_VALIDATION_FAILED, "in %d places", 3);
	ck_assert_ptr_nonnull(strstr(rendered(), ",\"detail\":\"in 3 places\",\"means\":\""));
	ck_assert_ptr_nonnull(strstr(rendered(),
	    "\"instance\":\"urn:request:test-id-1\",\"request_id\":\"test-id-1\","
	    "\"violations\":["
	    "{\"code\":\"required\",\"pointer\":\"/name\",\"detail\":\"This is required.\"},"
	    "{\"code\":\"too_long\",\"parameter\":\"q\",\"detail\":\"At most 10 characters.\"},"
	    "{\"code\":\"no_such_rule\",\"detail\":\"no_such_rule\"}]}"));
}

START_TEST(a_rule_names_other_records)
{
	json_t *ids = json_pack("[ss]", "a", "b"), *none = json_array();

	problem_note(&ex, "/name", NULL, "required", NULL)->records = problem_records(&ex, ids);
	ck_assert_ptr_null(problem_records(&ex, none));
	ck_assert_ptr_null(problem_records(&ex, NULL));
	json_decref(ids);
	json_decref(none);
	problem(&ex, PROBLEM_DUPLICATE, NULL);
	ck_assert_ptr_nonnull(strstr(rendered(),
	    "[{\"code\":\"required\",\"pointer\":\"/name\",\"detail\":\"This is required.\","
	    "\"records\":[\"a\",\"b\"]}]"));
}

START_TEST(no_more_rules_fit_than_a_reply_lists)
{
	while (problem_note(&ex, "/name", NULL, "required", NULL))
		;
	ck_assert_int_eq(ex.n_violations, EXCHANGE_MAX_VIOLATIONS);
}

START_TEST(it_has_sentences_in_indonesian)
{
	ex.language = LANGUAGE_ID;
	problem_note(&ex, NULL, "q", "too_long", "10");
	problem(&ex, PROBLEM_INVALID_PARAMETER, NULL);
	const char *text = rendered();

	ck_assert_ptr_nonnull(strstr(text, "\"title\":\"Parameter tidak valid\""));
	ck_assert_ptr_nonnull(
	    strstr(text, "\"means\":\"Parameter pada alamat atau tajuk melanggar"));
	ck_assert_ptr_nonnull(strstr(text, "\"do\":\"Bandingkan parameter itu dengan"));
	ck_assert_ptr_nonnull(strstr(text, "\"detail\":\"Paling banyak 10 karakter.\""));
	ck_assert_ptr_nonnull(strstr(text, "\"code\":\"invalid_parameter\""));
}

START_TEST(what_the_client_wrote_is_escaped)
{
	problem_note(&ex, "/\"},{\"\n", NULL, "required", NULL);
	problem(&ex, PROBLEM_VALIDATION_FAILED, "%s", "a\"b");
	const char *text = rendered();

	ck_assert_ptr_nonnull(strstr(text, "\"pointer\":\"/\\\"},{\\\"\\u000a\""));
	ck_assert_ptr_nonnull(strstr(text, "\"detail\":\"a\\\"b\""));
}

START_TEST(limits_fill_the_braces)
{
	ck_assert_str_eq(problem_sentence(&ex, "too_long", "7"), "At most 7 characters.");
	ck_assert_str_eq(problem_sentence(&ex, "too_long", NULL), "At most {limit} characters.");
	ck_assert_str_eq(problem_sentence(&ex, "enum", "a, b"), "Allowed: a, b.");
	ck_assert_str_eq(problem_sentence(&ex, "required", "7"), "This is required.");
	ck_assert_str_eq(problem_sentence(&ex, "", "7"), "");
	ck_assert_str_eq(problem_sentence(&ex, "zzz", "7"), "zzz");
}

START_TEST(codes_and_kinds_are_one_to_one)
{
	for (int kind = PROBLEM_NONE + 1; kind < PROBLEM__MAX; kind++) {
		int status = problem(&ex, (enum problem_kind)kind, NULL);

		ck_assert(status >= 400 && status < 600);
		ck_assert_int_eq(problem_kind_of(problem_code((enum problem_kind)kind)), kind);
	}
	ck_assert_int_eq(problem_kind_of("nonsense"), PROBLEM_NONE);
	ck_assert_int_eq(problem_kind_of(""), PROBLEM_NONE);
}

START_TEST(a_busy_service_says_when_to_come_back)
{
	ck_assert_int_eq(problem(&ex, PROBLEM_OVERLOADED, NULL), 503);
	ck_assert_str_eq(unit_header("Retry-After"), "1");
}

static const char *oauth_reply(enum problem_kind kind, const char *detail)
{
	ck_assert_int_eq(unit_find("POST", "/oauth/token"), 0);
	problem(&ex, kind, detail ? "%s" : NULL, detail);
	return rendered();
}

START_TEST(the_token_endpoint_answers_as_rfc_6749_says)
{
	ck_assert_str_eq(oauth_reply(PROBLEM_INVALID_CREDENTIALS, NULL),
	    "{\"error\":\"invalid_client\",\"error_description\":\"Wrong credentials\"}");
	ck_assert_str_eq(ex.content_type, "application/json");
	ck_assert_str_eq(oauth_reply(PROBLEM_INVALID_PARAMETER, "invalid_grant"),
	    "{\"error\":\"invalid_grant\",\"error_description\":\"Invalid parameter\"}");
	ck_assert_str_eq(oauth_reply(PROBLEM_MALFORMED_JSON, NULL),
	    "{\"error\":\"invalid_request\",\"error_description\":\"Malformed JSON\"}");
	ck_assert_str_eq(oauth_reply(PROBLEM_RATE_LIMITED, NULL),
	    "{\"error\":\"slow_down\",\"error_description\":\"Too many requests\"}");
	ck_assert_ptr_nonnull(strstr(oauth_reply(PROBLEM_OVERLOADED, NULL), "\"status\":503"));
	ck_assert_str_eq(ex.content_type, "application/problem+json");
}

START_TEST(a_second_rendering_replaces_the_first)
{
	problem(&ex, PROBLEM_NOT_FOUND, NULL);
	const char *once = rendered();

	ck_assert_str_eq(rendered(), once);
}

SUITE(problem, it_is_a_document_of_rfc_9457, it_lists_every_broken_rule, a_rule_names_other_records,
    no_more_rules_fit_than_a_reply_lists, it_has_sentences_in_indonesian,
    what_the_client_wrote_is_escaped, limits_fill_the_braces, codes_and_kinds_are_one_to_one,
    a_busy_service_says_when_to_come_back, the_token_endpoint_answers_as_rfc_6749_says,
    a_second_rendering_replaces_the_first);
