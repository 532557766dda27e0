#include <stdlib.h>
#include <string.h>

#include "http/params.h"
#include "reply/etag.h"
#include "reply/format.h"
#include "unit.h"

static const char *const columns[] = {"name", "watts", "share", "lit", "colours", NULL};
static const struct formats table = {.rows = "rows", .columns = columns};
static const struct operation report = {.id = "lantern_report", .formats = &table};

/* The bytes of a reply with these rows in this format, as text. */
static const char *as(const char *format, const char *rows)
{
	const char *const values[] = {format};

	unit_begin("GET", "/");
	ex.operation = &report;
	ex.values = values;
	ex.content_type = "application/json";
	buffer_printf(&ex.reply, "{\"report\":\"lanterns\",\"rows\":%s}", rows);
	ck_assert_int_eq(format_reply(&ex), 0);
	ck_assert_int_eq(etag_check(&ex), 0);
	return arena_copy(&ex.arena, ex.reply.data, ex.reply.size);
}

START_TEST(json_stays_as_it_is)
{
	ck_assert_str_eq(as("json", "[]"), "{\"report\":\"lanterns\",\"rows\":[]}");
	ck_assert_str_eq(ex.content_type, "application/json");
}

START_TEST(csv_has_a_header_and_a_line_a_row)
{
	ck_assert_str_eq(
	    as("csv", "[{\"name\":\"Ani\",\"watts\":-5,\"share\":0.3333,\"lit\":true,"
		      "\"colours\":[\"red\",\"blue\"],\"hidden\":1},"
		      "{\"name\":\"Siti\",\"watts\":9007199254740991,\"share\":1,\"lit\":false,"
		      "\"colours\":[3,0.5]},"
		      "{\"name\":null,\"watts\":null,\"share\":null,\"lit\":null,\"colours\":[]}]"),
	    "name,watts,share,lit,colours\r\n"
	    "Ani,-5,0.3333,true,red;blue\r\n"
	    "Siti,9007199254740991,1,false,3;0.5\r\n"
	    ",,,,\r\n");
	ck_assert_str_eq(ex.content_type, "text/csv; charset=utf-8; header=present");
	ck_assert_str_eq(as("csv", "[]"), "name,watts,share,lit,colours\r\n");
}

START_TEST(csv_is_a_file_with_a_name_and_a_day)
{
	as("csv", "[]");
	const char *name = unit_header("Content-Disposition");

	ck_assert(!strncmp(name, "attachment; filename=\"lantern_report-20", 39));
	ck_assert_str_eq(name + strlen(name) - 5, ".csv\"");
	as("json", "[]");
	ck_assert_str_eq(unit_header("Content-Disposition"), "");
}

START_TEST(a_field_is_quoted_where_it_must_be_and_never_a_formula)
{
	static const char *const fields[][2] = {
	    {"Kopi, bubuk", "\"Kopi, bubuk\""},
	    {"Kopi \\\"Tuan\\\"", "\"Kopi \"\"Tuan\"\"\""},
	    {"\\\"\\\"", "\"\"\"\"\"\""},
	    {"a\\nb\\rc", "\"a\nb\rc\""},
	    {"Jalan é 3", "Jalan é 3"},
	    {"", ""},
	    {"=1+1", "'=1+1"},
	    {"@sum(a)", "'@sum(a)"},
	    {"+62812", "+62812"},
	    {"-12.50", "-12.50"},
	    {"-", "'-"},
	    {"+62-812", "'+62-812"},
	    {"-1+cmd|' /C calc'!A0", "'-1+cmd|' /C calc'!A0"},
	    {"=\\\"a\\\",1", "\"'=\"\"a\"\",1\""},
	    {"\\t=1", "'\t=1"},
	    {"\\r=1", "\"'\r=1\""},
	    {"1=1", "1=1"},
	    {"Kopi;=1+1", "Kopi;'=1+1"},
	    {"Kopi;\\t=1;5;-5;", "Kopi;'\t=1;5;-5;"},
	    {"Kopi\\n@a", "\"Kopi\n'@a\""},
	    {"＝1+1", "'＝1+1"},
	    {"＋1;－1", "'＋1;'－1"},
	    {"＠a（１）", "'＠a（１）"},
	};

	for (size_t i = 0; i < COUNT(fields); i++) {
		const char *rows = arena_printf(&ex.arena, "[{\"name\":\"%s\"}]", fields[i][0]);
		char *copy = strdup(rows);
		const char *line = as("csv", copy);
		size_t size = strlen(fields[i][1]);

		free(copy);
		line += strlen("name,watts,share,lit,colours\r\n");
		ck_assert_msg(!strncmp(line, fields[i][1], size) &&
				  !strcmp(line + size, ",,,,\r\n"),
		    "%s: %s", fields[i][0], line);
	}
}

START_TEST(the_joined_list_is_no_formula_either)
{
	ck_assert_ptr_nonnull(
	    strstr(as("csv", "[{\"colours\":[\"=a\",\"b,c\"]}]"), ",,,,\"'=a;b,c\"\r\n"));
}

START_TEST(geojson_has_a_feature_a_row)
{
	ck_assert_str_eq(as("geojson",
			     "[{\"name\":\"Balé\",\"latitude\":-8.02719,\"longitude\":"
			     "112.33554,\"share\":0.775,\"list\":[1]},"
			     "{\"name\":\"Nowhere\",\"latitude\":null,\"longitude\":112}]"),
	    "{\"type\":\"FeatureCollection\",\"features\":["
	    "{\"type\":\"Feature\",\"geometry\":{\"type\":\"Point\",\"coordinates\":[112.33554,-8.02719]},"
	    "\"properties\":{\"name\":\"Balé\",\"share\":0.775,\"list\":[1]}},"
	    "{\"type\":\"Feature\",\"geometry\":null,\"properties\":{\"name\":\"Nowhere\"}}]}");
	ck_assert_str_eq(ex.content_type, "application/geo+json");
	ck_assert_str_eq(as("geojson", "[]"), "{\"type\":\"FeatureCollection\",\"features\":[]}");
}

START_TEST(each_format_has_an_etag_of_its_own)
{
	char json[40], csv[40];

	as("json", "[]");
	strcpy(json, unit_header("ETag"));
	as("csv", "[]");
	strcpy(csv, unit_header("ETag"));
	as("geojson", "[]");
	ck_assert_str_ne(json, csv);
	ck_assert_str_ne(csv, unit_header("ETag"));
}

START_TEST(each_format_has_another_stamp_behind_the_version)
{
	static const char *const formats[] = {"json", "csv"};
	char tags[2][40];

	for (size_t i = 0; i < 2; i++) {
		unit_begin("GET", "/");
		ex.operation = &report;
		ex.values = &formats[i];
		ex.version = "7";
		buffer_puts(&ex.reply, "{\"rows\":[]}");
		ck_assert_int_eq(format_reply(&ex), 0);
		etag_check(&ex);
		strcpy(tags[i], unit_header("ETag"));
		ck_assert(!strncmp(tags[i], "\"7.", 3));
	}
	ck_assert_str_ne(tags[0], tags[1]);
}

START_TEST(a_number_too_large_for_us_is_a_fault_and_no_half_table)
{
	const char *const values[] = {"csv"};

	unit_begin("GET", "/");
	ex.operation = &report;
	ex.values = values;
	buffer_puts(&ex.reply, "{\"rows\":[{\"watts\":92233720368547758080}]}");
	ck_assert_int_eq(format_reply(&ex), 500);
	ck_assert_ptr_nonnull(ex.fault);
	ck_assert_uint_eq(ex.reply.size, 0);
}

/* /v1/lanterns/report has `format`; Accept must fit the chosen format. */
static int accepting(const char *target, const char *accept)
{
	unit_find("GET", target);
	ex.request.accept = accept;
	return params_read(&ex);
}

START_TEST(accept_is_about_the_format_that_was_asked_for)
{
	ck_assert_int_eq(accepting("/v1/lanterns/report", "application/json"), 0);
	ck_assert_str_eq(format_media(&ex), "application/json");
	ck_assert_int_eq(accepting("/v1/lanterns/report?format=csv", "text/csv"), 0);
	ck_assert_str_eq(format_media(&ex), "text/csv");
	ck_assert_int_eq(accepting("/v1/lanterns/report?format=csv", "text/html, */*;q=0.8"), 0);
	ck_assert_int_eq(accepting("/v1/lanterns/report?format=csv", "application/json"), 406);
	ck_assert_int_eq(accepting("/v1/lanterns/report", "text/csv"), 406);
	ck_assert_int_eq(accepting("/v1/lanterns/report?format=xml", "text/csv"), 400);
}

SUITE(format, json_stays_as_it_is, csv_has_a_header_and_a_line_a_row,
    csv_is_a_file_with_a_name_and_a_day, a_field_is_quoted_where_it_must_be_and_never_a_formula,
    the_joined_list_is_no_formula_either, geojson_has_a_feature_a_row,
    a_number_too_large_for_us_is_a_fault_and_no_half_table, each_format_has_an_etag_of_its_own,
    each_format_has_another_stamp_behind_the_version,
    accept_is_about_the_format_that_was_asked_for);
