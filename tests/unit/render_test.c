#include <stdlib.h>
#include <string.h>

#include <jansson.h>
#include <libpq-fe.h>

#include "base/encoding.h"
#include "http/params.h"
#include "identity/seal.h"
#include "reply/render.h"
#include "unit.h"

enum { MAX_COLUMNS = 12 };

static PGresult *rows; /* only one exists at a time; still reachable at exit, for the leak check */

/* A result of a statement: the names of the columns, separated by blanks, then the values row by
 * row. NULL is null. */
static void answer(const char *names, int n_rows, const char *const *values)
{
	PGresAttDesc columns[MAX_COLUMNS] = {0};
	struct span name;
	int n = 0;

	for (; encoding_next(&names, " ", &name); n++)
		columns[n].name = arena_copy(&ex.arena, name.text, name.size);
	PQclear(rows);
	rows = PQmakeEmptyPGresult(NULL, PGRES_TUPLES_OK);
	ck_assert(PQsetResultAttrs(rows, n, columns));
	for (int i = 0; i < n_rows * n; i++)
		ck_assert(PQsetvalue(rows, i / n, i % n, (char *)values[i],
		    values[i] ? (int)strlen(values[i]) : -1));
}

#define ANSWER(names, n_rows, ...) answer(names, n_rows, (const char *const[]){__VA_ARGS__})

static const struct column every_kind[] = {
    {"text", COLUMN_TEXT, false},
    {"time", COLUMN_TIME, false},
    {"number", COLUMN_RAW, false},
    {"flag", COLUMN_BOOL, false},
    {"list", COLUMN_JSON, false},
    {"warnings", COLUMN_WARNINGS, false},
    {"note", COLUMN_TEXT, true},
};
static const struct operation one = {.id = "lantern_get",
    .status = 200,
    .columns = every_kind,
    .n_columns = COUNT(every_kind)};
static const struct column name_only[] = {{"name", COLUMN_TEXT, false}};

static void begin(const struct operation *operation)
{
	unit_begin("GET", "/");
	ex.operation = operation;
}

static const char *reply(void)
{
	return arena_copy(&ex.arena, ex.reply.data, ex.reply.size);
}

START_TEST(each_kind_of_column_is_written_its_way)
{
	begin(&one);
	ANSWER("text time number flag list warnings note _etag _location", 1, "a\"b\n",
	    "2026-11-24 02:00:00.12+00", "-8.0953", "t", "[{\"a\": 1}]",
	    "[{\"pointer\": \"/n\", \"code\": \"required\", \"limit\": null}, {\"pointer\": \"/m\", "
	    "\"code\": \"too_long\", \"limit\": \"16\"}]",
	    NULL, "7", "/v1/lanterns/1");
	ck_assert_int_eq(render_reply(&ex, rows, 0), 0);
	ck_assert_str_eq(reply(),
	    "{\"text\":\"a\\\"b\\u000a\",\"time\":\"2026-11-24T02:00:00.120Z\",\"number\":-8.0953,"
	    "\"flag\":true,\"list\":[{\"a\":1}],\"warnings\":[{\"pointer\":\"/n\",\"code\":\"required\","
	    "\"detail\":\"This is required.\"},{\"pointer\":\"/m\",\"code\":\"too_long\","
	    "\"detail\":\"At most 16 characters.\"}],\"note\":null}");
	ck_assert_str_eq(ex.version, "7");
	ck_assert_str_eq(unit_header("Location"), "/v1/lanterns/1");
	ck_assert_str_eq(ex.content_type, "application/json");
	ck_assert_int_eq(ex.status, 200);
}

START_TEST(json_of_sql_has_no_blanks_between_tokens)
{
	static const char *const values[][2] = {
	    {"{\"a\" : 1, \"b\" : [true,\n null]}", "{\"a\":1,\"b\":[true,null]}"},
	    {"\t[ ]\r\n", "[]"},
	    {"{ }", "{}"},
	    {"[\"\", \" \", \", \", \" : \"]", "[\"\",\" \",\", \",\" : \"]"},
	    {"[\"a\\\" , \\\"b\", 2]", "[\"a\\\" , \\\"b\",2]"},
	    {"[\"c:\\\\\", \"d e\"]", "[\"c:\\\\\",\"d e\"]"},
	    {"[\"\\\\\\\" , \", 3]", "[\"\\\\\\\" , \",3]"},
	    {"{\"\\u0022 , \" : \"\\t \\/ \xc3\xa9 \"}", "{\"\\u0022 , \":\"\\t \\/ \xc3\xa9 \"}"},
	    {"[0.10, -1.50e+10, 12345678901234567890]", "[0.10,-1.50e+10,12345678901234567890]"},
	    {"\"a  b\"", "\"a  b\""},
	};
	static const struct column column[] = {{"it", COLUMN_JSON, false}};
	static const struct operation operation = {.id = "x", .columns = column, .n_columns = 1};

	for (size_t i = 0; i < COUNT(values); i++) {
		begin(&operation);
		ANSWER("it", 1, values[i][0]);
		ck_assert_int_eq(render_reply(&ex, rows, 0), 0);
		ck_assert_str_eq(reply(), arena_printf(&ex.arena, "{\"it\":%s}", values[i][1]));
	}
}

START_TEST(times_have_milliseconds)
{
	static const char *const times[][2] = {
	    {"2026-11-24 02:00:00+00", "2026-11-24T02:00:00.000Z"},
	    {"2026-11-24 02:00:00.1+00", "2026-11-24T02:00:00.100Z"},
	    {"2026-11-24 02:00:00.12+00", "2026-11-24T02:00:00.120Z"},
	    {"2026-11-24 02:00:00.123+00", "2026-11-24T02:00:00.123Z"},
	    {"9999-12-31 23:59:59.999+00", "9999-12-31T23:59:59.999Z"},
	};
	static const struct column column[] = {{"at", COLUMN_TIME, false}};
	static const struct operation operation = {.id = "x", .columns = column, .n_columns = 1};

	for (size_t i = 0; i < COUNT(times); i++) {
		begin(&operation);
		ANSWER("at", 1, times[i][0]);
		ck_assert_int_eq(render_reply(&ex, rows, 0), 0);
		ck_assert_str_eq(reply(), arena_printf(&ex.arena, "{\"at\":\"%s\"}", times[i][1]));
	}
}

START_TEST(columns_are_found_by_name)
{
	begin(&one);
	ANSWER("note flag extra number warnings text list time", 1, "n", "f", "x", "7", "[]", "t",
	    "{}", "2026-11-24 02:00:00+00");
	ck_assert_int_eq(render_reply(&ex, rows, 0), 0);
	ck_assert_str_eq(reply(),
	    "{\"text\":\"t\",\"time\":\"2026-11-24T02:00:00.000Z\",\"number\":7,\"flag\":false,"
	    "\"list\":{},\"warnings\":[],\"note\":\"n\"}");
}

START_TEST(a_broken_promise_is_500_and_no_half_reply)
{
	for (int missing = 0; missing < 6; missing++) {
		const char *values[] = {"t", "2026-11-24 02:00:00+00", "7", "t", "[]", "[]", "n"};

		begin(&one);
		values[missing] = NULL;
		answer("text time number flag list warnings note", 1, values);
		ck_assert_int_eq(render_reply(&ex, rows, 0), 500);
		ck_assert_str_eq(unit_problem(), "internal");
		ck_assert_str_eq(ex.fault,
		    arena_printf(&ex.arena, "no value for member '%s'", every_kind[missing].name));
	}
	begin(&one);
	ANSWER("text time number flag list warnings", 1, "t", "2026-11-24 02:00:00+00", "7", "t",
	    "[]", "[]");
	ck_assert_int_eq(render_reply(&ex, rows, 0), 500);
}

START_TEST(no_row_is_404_and_no_column_no_content)
{
	static const struct operation gone = {.id = "lantern_delete", .status = 204};

	begin(&one);
	ANSWER("text", 0, NULL);
	ck_assert_int_eq(render_reply(&ex, rows, 0), 404);
	begin(&gone);
	ANSWER("_etag", 1, NULL);
	ck_assert_int_eq(render_reply(&ex, rows, 0), 0);
	ck_assert_int_eq(ex.status, 204);
	ck_assert_uint_eq(ex.reply.size, 0);
	ck_assert_ptr_null(ex.content_type);
}

START_TEST(sealed_columns_are_opened_and_secrets_shown)
{
	static const struct column columns[] = {{"home", COLUMN_OPEN, true},
	    {"secret", COLUMN_SECRET, false}};
	static const struct operation operation = {.id = "x", .columns = columns, .n_columns = 2};
	const struct schema hidden = {.type = SCHEMA_STRING, .mask = MASK_HIDDEN};
	const struct member member = {"home", true, &hidden};
	const struct schema owner = {.type = SCHEMA_OBJECT, .members = &member, .n_members = 1};
	json_t *body = json_pack("{s:s}", "home", "Jalan \"Melati\" 3");

	begin(&operation);
	ex.secret = "s3cret";
	seal_members(&ex, &owner, body);
	const char *cipher =
	    json_string_value(json_object_get(json_object_get(body, "home"), "cipher"));
	ANSWER("home secret", 1, cipher, NULL);
	ck_assert_int_eq(render_reply(&ex, rows, 0), 0);
	ck_assert_str_eq(reply(), "{\"home\":\"Jalan \\\"Melati\\\" 3\",\"secret\":\"s3cret\"}");
	json_decref(body);
	begin(&operation);
	ANSWER("home secret", 1, "1.AAAA", NULL);
	ck_assert_int_eq(render_reply(&ex, rows, 0), 500);
}

/* A request for the small contract's list with these parameters; the list has one column. */
static struct operation list;

static void begin_list(const char *target)
{
	ck_assert_int_eq(unit_params("GET", target), 0);
	list = *ex.operation;
	list.columns = name_only;
	list.n_columns = 1;
	ex.operation = &list;
}

START_TEST(a_page_says_whether_more_follows)
{
	begin_list("/v1/lanterns?limit=2&q=a%20b");
	ANSWER("name _key _id _total", 3, "a", "ka", "1", NULL, "b", "kb", "2", NULL, "c", "kc",
	    "3", NULL);
	ck_assert_int_eq(render_reply(&ex, rows, 0), 0);
	json_t *page = json_loads(reply(), 0, NULL);
	char *next = strdup(
	    json_string_value(json_object_get(json_object_get(page, "page"), "next_cursor")));
	char *link = strdup(unit_header("Link"));

	ck_assert_uint_eq(json_array_size(json_object_get(page, "data")), 2);
	json_decref(page);
	ck_assert_str_eq(link,
	    arena_printf(&ex.arena, "</v1/lanterns?limit=2&q=a%%20b&cursor=%s>; rel=\"next\"",
		next));
	link[strcspn(link, ">")] = 0;
	begin_list(link + 1);
	ck_assert_str_eq(ex.after_key, "kb");
	ck_assert_str_eq(ex.after_id, "2");
	ANSWER("name _key _id", 2, "c", "kc", "3", "d", "kd", "4");
	ck_assert_int_eq(render_reply(&ex, rows, 0), 0);
	ck_assert_str_eq(reply(),
	    "{\"data\":[{\"name\":\"c\"},{\"name\":\"d\"}],\"page\":{\"limit\":2,\"has_more\":false,"
	    "\"next_cursor\":null,\"total\":null,\"total_capped\":false}}");
	ck_assert_str_eq(unit_header("Link"), "");
	free(next);
	free(link);
}

START_TEST(totals_are_capped)
{
	static const char *const totals[][2] = {
	    {"0", "\"total\":0,\"total_capped\":false"},
	    {"100000", "\"total\":100000,\"total_capped\":false"},
	    {"100001", "\"total\":100000,\"total_capped\":true"},
	};

	for (size_t i = 0; i < COUNT(totals); i++) {
		begin_list("/v1/lanterns?count=exact");
		/* A row without an id is not an item: it holds the total of an empty page. */
		ANSWER("name _key _id _total", 1, NULL, NULL, NULL, totals[i][0]);
		ck_assert_int_eq(render_reply(&ex, rows, 0), 0);
		ck_assert_ptr_nonnull(strstr(reply(), "{\"data\":[],"));
		ck_assert_ptr_nonnull(strstr(reply(), totals[i][1]));
	}
}

START_TEST(the_longest_key_makes_a_cursor_that_is_taken)
{
	char key[801], target[2000] = "";

	for (size_t i = 0; i < 800; i += 4)
		memcpy(key + i, "\xf0\x9f\x8f\xae", 5);
	begin_list("/v1/lanterns?limit=1");
	ANSWER("name _key _id", 2, "a", key, "0190a5b0-0000-7000-8000-000000000001", "b", key, "2");
	ck_assert_int_eq(render_reply(&ex, rows, 0), 0);
	strncat(target, unit_header("Link") + 1, strcspn(unit_header("Link") + 1, ">"));
	begin_list(target);
	ck_assert_str_eq(ex.after_key, key);
}

SUITE(render, each_kind_of_column_is_written_its_way, json_of_sql_has_no_blanks_between_tokens,
    times_have_milliseconds, columns_are_found_by_name, a_broken_promise_is_500_and_no_half_reply,
    no_row_is_404_and_no_column_no_content, sealed_columns_are_opened_and_secrets_shown,
    a_page_says_whether_more_follows, totals_are_capped,
    the_longest_key_makes_a_cursor_that_is_taken);
