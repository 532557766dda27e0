#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "http/body.h"
#include "unit.h"

#define ID    "0190a5b0-0000-7000-8000-000000000001"
#define ONE   "/v1/lanterns/" ID
#define OWNER ONE "/owner"

static const char plain_type[] = "application/json";

static int send_bytes(const char *method, const char *path, const char *type, const char *body,
    size_t size)
{
	ck_assert_int_eq(unit_find(method, path), 0);
	ex.request.content_type = type;
	ex.request.body = body;
	ex.request.length = ex.request.body_size = size;
	int status = body_admit(&ex);
	return status ? status : body_read(&ex);
}

static int send_text(const char *method, const char *path, const char *type, const char *body)
{
	return send_bytes(method, path, type, body, strlen(body));
}

static int create(const char *body)
{
	return send_text("POST", "/v1/lanterns", plain_type, body);
}

START_TEST(media_types_are_exact)
{
	static const struct {
		const char *type;
		int post, patch, form;
	} cases[] = {
	    {"application/json", 0, 0, 415},
	    {"Application/JSON", 0, 0, 415},
	    {"application/json; charset=utf-8", 0, 0, 415},
	    {"application/json;charset=\"UTF-8\"", 0, 0, 415},
	    {"application/merge-patch+json", 415, 0, 415},
	    {"application/x-www-form-urlencoded", 415, 415, 400},
	    {"application/json; charset=iso-8859-1", 415, 415, 415},
	    {"application/json; charset=utf-8; x=y", 415, 415, 415},
	    {"application/jsonp", 415, 415, 415},
	    {"application/jso", 415, 415, 415},
	    {"application/json, text/plain", 415, 415, 415},
	    {"text/plain; x=application/json", 415, 415, 415},
	    {"text/plain", 415, 415, 415},
	    {"multipart/form-data; boundary=x", 415, 415, 415},
	    {"", 415, 415, 415},
	    {NULL, 415, 415, 415},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		ck_assert_msg(send_text("POST", "/v1/lanterns", cases[i].type,
				  "{\"name\":\"a\"}") == cases[i].post,
		    "row %zu", i);
		ck_assert_str_eq(unit_header("Accept-Post"), cases[i].post ? plain_type : "");
		ck_assert_int_eq(send_text("PATCH", ONE, cases[i].type, "{\"name\":\"a\"}"),
		    cases[i].patch);
		ck_assert_str_eq(unit_header("Accept-Patch"),
		    cases[i].patch ? "application/merge-patch+json, application/json" : "");
		ck_assert_int_eq(send_text("POST", "/oauth/token", cases[i].type, "x=y"),
		    cases[i].form);
	}
}

START_TEST(the_bytes_go_on_as_they_came)
{
	static const char body[] = "{ \"name\" : \"\\u00e9\\/\",\n \"weight\": 0.10 }";

	ck_assert_int_eq(create(body), 0);
	ck_assert_str_eq(ex.body, body);
	ck_assert_ptr_ne(ex.body, body);
}

START_TEST(whole_numbers_are_integers_in_every_spelling)
{
	static const char *const cases[][2] = {
	    {"{\"name\":\"a\",\"watts\":1.0}", "{\"name\":\"a\",\"watts\":1}"},
	    {"{\"watts\":1e1 ,\"name\":\"1.0\"}", "{\"watts\":10 ,\"name\":\"1.0\"}"},
	    {"{\"watts\":1000E-2,\"name\":\"\\\"1e1\\\\\"}",
		"{\"watts\":10,\"name\":\"\\\"1e1\\\\\"}"},
	    {"{\"name\":\"a\",\"weight\":0.50}", "{\"name\":\"a\",\"weight\":0.50}"},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		ck_assert_msg(create(cases[i][0]) == 0, "%s: %s", cases[i][0], unit_problem());
		ck_assert_str_eq(ex.body, cases[i][1]);
	}
	ck_assert_int_eq(create("{\"name\":\"a\",\"watts\":1.5}"), 422);
	ck_assert_int_eq(create("{\"name\":\"a\",\"watts\":1e30}"), 422);
	ck_assert_str_eq(unit_problem(), "validation_failed; /watts too_large");
	ck_assert_int_eq(create("{\"name\":\"a\",\"watts\":01.0}"), 400);
}

START_TEST(a_text_goes_on_as_it_is_kept_and_the_rest_unchanged)
{
	ck_assert_int_eq(create("{\"name\":\" a\", \"code\":\"x 1\"}"), 422);
	ck_assert_int_eq(create(
			     "{\"name\":\"a\", \"code\":\" x  1\", \"weight\":0.1, \"watts\":17}"),
	    0);
	ck_assert_str_eq(ex.body, "{\"name\":\"a\",\"code\":\"X 1\",\"weight\":0.1,\"watts\":17}");
}

START_TEST(texts_are_composed_before_they_are_measured)
{
	char body[256] = "{\"weight\":0.1,\"watts\":7,\"name\":\"\\u0065\\u0301";
	char composed[256] = "{\"weight\":0.1,\"watts\":7,\"name\":\"\xc3\xa9";

	for (int i = 1; i < 20; i++) {
		strcat(body, "e\xcc\x81");
		strcat(composed, "\xc3\xa9");
	}
	ck_assert_int_eq(create(strcat(body, "\"}")), 0);
	ck_assert_str_eq(ex.body, strcat(composed, "\"}"));
}

START_TEST(the_characters_of_a_password_stay)
{
	static const char type[] = "application/x-www-form-urlencoded";

	ck_assert_int_eq(send_text("POST", "/oauth/token", type,
			     "grant_type=password&username=e%CC%81"),
	    0);
	ck_assert_str_eq(ex.body, "{\"grant_type\":\"password\",\"username\":\"e\xcc\x81\"}");
}

START_TEST(a_person_s_name_is_sealed_in_its_composed_form)
{
	static const char *const bodies[] = {"{\"name\":\"Rene\xcc\x81\"}",
	    "{\"name\":\"Ren\xc3\xa9\"}"};
	char hashes[2][65];

	for (size_t i = 0; i < COUNT(bodies); i++) {
		const char *hash = "";

		ck_assert_int_eq(send_text("PUT", OWNER, plain_type, bodies[i]), 0);
		json_t *body = json_loads(ex.body, 0, NULL);
		ck_assert_int_eq(json_unpack(body, "{s:{s:s}}", "name", "hash", &hash), 0);
		stpcpy(hashes[i], hash);
		json_decref(body);
	}
	ck_assert_str_eq(hashes[0], hashes[1]);
}

START_TEST(a_body_may_be_absent_where_the_contract_says_so)
{
	ck_assert_int_eq(send_bytes("POST", ONE "/actions/light", NULL, NULL, 0), 0);
	ck_assert_str_eq(ex.body, "{}");
	ck_assert_int_eq(send_bytes("POST", "/v1/lanterns", NULL, NULL, 0), 415);
	ck_assert_int_eq(send_bytes("POST", "/v1/lanterns", plain_type, NULL, 0), 400);
	ck_assert_str_eq(unit_problem(), "malformed_json");
}

START_TEST(an_unexpected_body_is_not_read)
{
	ck_assert_int_eq(send_text("DELETE", ONE, "text/plain", "nonsense"), 0);
	ck_assert_ptr_null(ex.body);
}

START_TEST(malformed_json_is_refused)
{
	static const char *const bodies[] = {
	    "{",
	    "}",
	    "{\"name\":}",
	    "{\"name\":\"a\"",
	    "{\"name\":\"a\"}}",
	    "{\"name\":\"a\"} x",
	    "{\"name\":\"a\",}",
	    "{name:\"a\"}",
	    "{'name':'a'}",
	    "{\"name\":\"a\"}{\"name\":\"b\"}",
	    "{\"name\":\"a\",\"name\":\"b\"}",
	    "{\"name\":\"a\",\"n\\u0061me\":\"b\"}",
	    "{\"name\":\"a\",\"watts\":NaN}",
	    "{\"name\":\"a\",\"watts\":Infinity}",
	    "{\"name\":\"a\",\"watts\":01}",
	    "{\"name\":\"a\",\"watts\":+1}",
	    "{\"name\":\"a\",\"watts\":.5}",
	    "{\"name\":\"a\",\"watts\":1.}",
	    "{\"name\":\"a\",\"watts\":9223372036854775808}",
	    "{\"name\":\"a\",\"weight\":1e999}",
	    "{\"name\":\"\\ud800\"}",
	    "{\"name\":\"\\udc00\\ud800\"}",
	    "{\"name\":\"\\u0000\"}",
	    "{\"na\\u0000me\":\"a\"}",
	    "{\"name\":\"\xff\"}",
	    "{\"name\":\"\xc0\x80\"}",
	    "{\"name\":\"\xed\xa0\x80\"}",
	    "{\"name\":\"a\nb\"}",
	    "{\"name\":\"\\x41\"}",
	    "\xef\xbb\xbf{\"name\":\"a\"}",
	    "// comment\n{}",
	    "\"name\"",
	    "1",
	    "null",
	    " ",
	};

	for (size_t i = 0; i < COUNT(bodies); i++) {
		ck_assert_msg(create(bodies[i]) == 400, "%s", bodies[i]);
		ck_assert_str_eq(unit_problem(), "malformed_json");
		ck_assert_ptr_null(ex.body);
	}
	ck_assert_int_eq(send_bytes("POST", "/v1/lanterns", plain_type, "{\"name\":\"a\"}\0", 13),
	    400);
	ck_assert_int_eq(send_bytes("POST", "/v1/lanterns", plain_type, "{\"name\":\"a\0b\"}", 14),
	    400);
	ck_assert_int_eq(send_bytes("POST", "/v1/lanterns", plain_type,
			     "{\"name\":\"a\",\"watts\":1\0}", 23),
	    400);
}

START_TEST(a_problem_does_not_repeat_the_body)
{
	create("{\"name\":\"3505171234567890\" \"x\"}");
	ck_assert_ptr_null(strstr(ex.problem_detail, "x\""));
	create("{\"name\":\"3505171234567890");
	ck_assert_ptr_null(strstr(ex.problem_detail, "3505"));
	create("{\"3505171234567890\":1,\"3505171234567890\":2}");
	ck_assert_ptr_null(strstr(ex.problem_detail, "3505"));
	ck_assert_ptr_nonnull(strstr(ex.problem_detail, "line 1, column"));
}

START_TEST(the_root_is_an_object)
{
	ck_assert_int_eq(create("[]"), 422);
	ck_assert_str_eq(unit_problem(), "validation_failed;  type");
}

START_TEST(it_nests_32_levels_deep)
{
	char text[200] = "{\"deep\":", *at = text + strlen(text);

	memset(at, '[', 32);
	memset(at + 32, ']', 32);
	strcpy(at + 64, "}");
	ck_assert_int_eq(create(text), 400);
	ck_assert_str_eq(ex.problem_detail, "more than 32 levels");
	strcpy(at + 31, "");
	memset(at + 31, ']', 31);
	strcpy(at + 62, "}");
	ck_assert_int_eq(create(text), 422);
	ck_assert_str_eq(unit_problem(), "validation_failed; /name required, /deep unknown_member");
	/* Brackets in strings do not nest, and an escaped quote does not end a string. */
	ck_assert_int_eq(create(
			     "{\"name\":\"\\\"[[[[[[[[[[\",\"\\\\\":\"[[[[[[[[[[[[[[[[[[[[[[[[\"}"),
	    422);
	ck_assert_str_eq(unit_problem(), "validation_failed; /\\ unknown_member");
}

START_TEST(ever_deeper_nesting_is_refused_before_it_is_parsed)
{
	char *text = malloc(1000000);

	memset(text, '[', 1000000);
	ck_assert_int_eq(send_bytes("POST", "/v1/lanterns", plain_type, text, 1000000), 400);
	memset(text, ']', 500000);
	ck_assert_int_eq(send_bytes("POST", "/v1/lanterns", plain_type, text, 1000000), 400);
	free(text);
}

START_TEST(it_is_as_long_as_the_setting_says)
{
	const size_t limit = 1048576;
	char *text = malloc(limit + 1);

	memset(text, ' ', limit + 1);
	memcpy(text, "{\"name\":\"a\"}", 12);
	ck_assert_int_eq(send_bytes("POST", "/v1/lanterns", plain_type, text, limit - 1), 0);
	ck_assert_int_eq(send_bytes("POST", "/v1/lanterns", plain_type, text, limit), 0);
	ck_assert_int_eq(send_bytes("POST", "/v1/lanterns", plain_type, text, limit + 1), 413);
	ck_assert_str_eq(unit_problem(), "payload_too_large;  too_many_bytes");
	ck_assert_int_eq(send_bytes("DELETE", ONE, NULL, text, limit + 1), 413);
	/* The length of chunks is known only once they have come. */
	ck_assert_int_eq(unit_find("POST", "/v1/lanterns"), 0);
	ex.request.content_type = plain_type;
	ex.request.chunked = true;
	ck_assert_int_eq(body_admit(&ex), 0);
	ex.request.body_size = limit + 1;
	ck_assert_int_eq(body_read(&ex), 413);
	free(text);
}

START_TEST(a_body_comes_without_a_coding)
{
	static const struct {
		const char *coding;
		int status;
	} cases[] = {{NULL, 0}, {"", 0}, {"identity", 0}, {"Identity", 0}, {"gzip", 415},
	    {"br", 415}, {"identity, gzip", 415}, {"x", 415}};

	for (size_t i = 0; i < COUNT(cases); i++) {
		ck_assert_int_eq(unit_find("POST", "/v1/lanterns"), 0);
		ex.request.content_type = plain_type;
		ex.request.content_encoding = cases[i].coding;
		ex.request.length = 1;
		ck_assert_msg(body_admit(&ex) == cases[i].status, "row %zu", i);
		ck_assert_str_eq(unit_header("Accept-Encoding"), cases[i].status ? "identity" : "");
	}
}

START_TEST(all_broken_rules_are_reported_at_once)
{
	ck_assert_int_eq(create("{\"watts\":101,\"colour\":\"red\",\"weight\":\"1\"}"), 422);
	ck_assert_str_eq(unit_problem(), "validation_failed; /name required, /watts too_large, "
					 "/colour unknown_member, /weight type");
	ck_assert_ptr_null(ex.body);
}

START_TEST(a_merge_patch_clears_with_null_and_changes_something)
{
	ck_assert_int_eq(send_text("PATCH", ONE, "application/merge-patch+json",
			     "{\"watts\":null}"),
	    0);
	ck_assert_str_eq(ex.body, "{\"watts\":null}");
	ck_assert_int_eq(send_text("PATCH", ONE, plain_type, "{\"name\":null}"), 422);
	ck_assert_str_eq(unit_problem(), "validation_failed; /name type");
	ck_assert_int_eq(send_text("PATCH", ONE, plain_type, "{}"), 422);
	ck_assert_str_eq(unit_problem(), "validation_failed;  too_few_members");
}

START_TEST(a_form_becomes_an_object_of_strings)
{
	static const char type[] = "application/x-www-form-urlencoded";
	static const char *const cases[][2] = {
	    {"grant_type=password", "{\"grant_type\":\"password\"}"},
	    {"grant_type=password&username=a+b%26%22",
		"{\"grant_type\":\"password\",\"username\":\"a b&\\\"\"}"},
	    {"%67rant_type=password&", "{\"grant_type\":\"password\"}"},
	    /* RFC 6749 3.2: an empty value counts as absent, and unknown names are ignored. */
	    {"username=&grant_type=password&scope=x&scope=y&&=", "{\"grant_type\":\"password\"}"},
	};
	static const char *const broken[] = {
	    "grant_type=password&grant_type=password",
	    "grant_type=password&%67rant_type=password",
	    "grant_type=password&username=%",
	    "grant_type=password&username=%00",
	    "grant_type=password&username=%ff",
	    "grant_type=password&username=\xff",
	    "grant_type=client",
	    "username=a",
	    "{\"grant_type\":\"password\"}",
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		ck_assert_int_eq(send_text("POST", "/oauth/token", type, cases[i][0]), 0);
		ck_assert_str_eq(ex.body, cases[i][1]);
	}
	for (size_t i = 0; i < COUNT(broken); i++)
		ck_assert_msg(send_text("POST", "/oauth/token", type, broken[i]) == 400, "%s",
		    broken[i]);
	ck_assert_int_eq(send_bytes("POST", "/oauth/token", type,
			     "grant_type=password\0&username=a", 31),
	    400);
}

START_TEST(sealed_members_never_go_on_in_the_clear)
{
	ck_assert_int_eq(
	    send_text("PUT", OWNER, plain_type,
		"{\"name\":\"Siti Rahayu\",\"number\":\"3505171234567890\",\"room\":\"4\"}"),
	    0);
	ck_assert_ptr_null(strstr(ex.body, "Siti"));
	ck_assert_ptr_null(strstr(ex.body, "3505171234567890"));
	json_t *body = json_loads(ex.body, JSON_REJECT_DUPLICATES, NULL);
	const char *mask = NULL, *hash = NULL, *cipher = NULL, *room = NULL;

	ck_assert_int_eq(json_unpack(body, "{s:{s:s, s:s, s:s!}, s:s}", "number", "mask", &mask,
			     "hash", &hash, "cipher", &cipher, "room", &room),
	    0);
	ck_assert_str_eq(mask, "3505************");
	ck_assert_uint_eq(strlen(hash), 64);
	ck_assert_str_eq(room, "4");
	json_decref(body);
}

START_TEST(an_object_in_place_of_a_sealed_text_is_refused)
{
	ck_assert_int_eq(send_text("PUT", OWNER, plain_type,
			     "{\"name\":{\"cipher\":\"x\",\"hash\":\"x\",\"mask\":\"x\"}}"),
	    422);
	ck_assert_str_eq(unit_problem(), "validation_failed; /name type");
	ck_assert_int_eq(send_text("PUT", OWNER, plain_type, "{\"name\":\"Siti\",\"number\":null}"),
	    0);
	ck_assert_ptr_nonnull(strstr(ex.body, "\"number\":null"));
}

SUITE(body, media_types_are_exact, the_bytes_go_on_as_they_came,
    whole_numbers_are_integers_in_every_spelling,
    a_text_goes_on_as_it_is_kept_and_the_rest_unchanged,
    texts_are_composed_before_they_are_measured, the_characters_of_a_password_stay,
    a_person_s_name_is_sealed_in_its_composed_form, a_body_may_be_absent_where_the_contract_says_so,
    an_unexpected_body_is_not_read, malformed_json_is_refused, a_problem_does_not_repeat_the_body,
    the_root_is_an_object, it_nests_32_levels_deep,
    ever_deeper_nesting_is_refused_before_it_is_parsed, it_is_as_long_as_the_setting_says,
    a_body_comes_without_a_coding, all_broken_rules_are_reported_at_once,
    a_merge_patch_clears_with_null_and_changes_something, a_form_becomes_an_object_of_strings,
    sealed_members_never_go_on_in_the_clear, an_object_in_place_of_a_sealed_text_is_refused);
