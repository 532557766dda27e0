#include <string.h>

#include "reply/etag.h"
#include "unit.h"

/* A successful GET with this reply, for a request with this If-None-Match. */
static int check(const char *reply, const char *version, const char *if_none_match)
{
	unit_find("GET", "/v1/lanterns");
	buffer_puts(&ex.reply, reply);
	ex.status = 200;
	ex.content_type = "application/json";
	ex.request.if_none_match = if_none_match;
	ex.version = version;
	return etag_check(&ex);
}

START_TEST(a_reply_without_a_version_gets_its_digest)
{
	char first[40];

	ck_assert_int_eq(check("{}", NULL, NULL), 0);
	strcpy(first, unit_header("ETag"));
	ck_assert_str_eq(first, "\"44136fa355b3678a1146ad16\"");
	check("{} ", NULL, NULL);
	ck_assert_str_ne(unit_header("ETag"), first);
	ck_assert_int_eq(check("{}", NULL, first), 304);
}

START_TEST(a_reply_that_the_client_has_is_not_sent_again)
{
	static const struct {
		const char *header;
		bool held;
	} cases[] = {
	    {"\"7.44136fa3\"", true},
	    {"W/\"7.44136fa3\"", true},
	    {"*", true},
	    {"\"6\", \"7.44136fa3\"", true},
	    {"\"6\",\"7.44136fa3\",\"8\"", true},
	    {"\"7\"", false},
	    {"\"77.44136fa3\"", false},
	    {"7.44136fa3", false},
	    {"", false},
	    {"\"a\"7.44136fa3\"", false},
	    {"\"7.44136fa3\"a\"", false},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		ck_assert_msg(check("{}", "7", cases[i].header) == (cases[i].held ? 304 : 0), "%s",
		    cases[i].header);
		ck_assert_str_eq(unit_header("ETag"), "\"7.44136fa3\"");
		ck_assert_uint_eq(ex.reply.size, cases[i].held ? 0 : 2);
		ck_assert_int_eq(ex.status, cases[i].held ? 304 : 200);
	}
}

START_TEST(a_write_has_the_version_alone)
{
	unit_find("POST", "/v1/lanterns");
	ex.request.if_none_match = "*";
	ck_assert_int_eq(etag_check(&ex), 0);
	ck_assert_str_eq(unit_header("ETag"), "");
	ex.version = "8";
	ck_assert_int_eq(etag_check(&ex), 0);
	ck_assert_str_eq(unit_header("ETag"), "\"8\"");
}

SUITE(etag, a_reply_without_a_version_gets_its_digest,
    a_reply_that_the_client_has_is_not_sent_again, a_write_has_the_version_alone);
