#include <stdlib.h>
#include <string.h>

#include <libpq-fe.h>

#include "base/encoding.h"
#include "base/json.h"
#include "identity/seal.h"
#include "reply/cursor.h"
#include "reply/render.h"
#include "request/exchange.h"
#include "request/problem.h"

enum { MAX_TOTAL = 100000 };

/* "2026-11-24 02:00:00.12+00" of PostgreSQL, which omits last zeros, as RFC 3339 with
 * milliseconds. */
static void put_time(struct buffer *out, const char *text)
{
	size_t size = strlen(text);
	int digits = size > 22 ? (int)size - 23 : 0;

	buffer_printf(out, "\"%.10sT%.8s.%.*s%.*sZ\"", text, text + 11, digits, text + 20,
	    3 - digits, "000");
}

/* SQL gives the codes of warnings, and values for their sentences, which are added here. */
static void put_warnings(struct exchange *ex, const char *text)
{
	json_t *list CLEANUP(json_decref_cleanup) = json_loads(text, 0, NULL);
	struct buffer *out = &ex->reply;
	json_t *item;
	size_t i;

	buffer_puts(out, "[");
	json_array_foreach(list, i, item) {
		const char *code = json_string_value(json_object_get(item, "code"));
		const char *pointer = json_string_value(json_object_get(item, "pointer"));
		const char *limit = json_string_value(json_object_get(item, "limit"));
		const char *records = problem_records(ex, json_object_get(item, "records"));

		buffer_puts(out, i ? ",{" : "{");
		buffer_member(out, "pointer", pointer ? pointer : "");
		buffer_member(out, "code", code);
		buffer_member(out, "detail", code ? problem_sentence(ex, code, limit) : NULL);
		if (records)
			buffer_printf(out, ",\"records\":%s", records);
		buffer_puts(out, "}");
	}
	buffer_puts(out, "]");
}

static bool put_value(struct exchange *ex, const struct column *column, const char *text,
    size_t size)
{
	struct buffer *out = &ex->reply;
	char *clear;

	switch (column->kind) {
	case COLUMN_TEXT: buffer_json_size(out, text, size); break;
	case COLUMN_TIME: put_time(out, text); break;
	case COLUMN_RAW: buffer_put(out, text, size); break;
	case COLUMN_JSON: buffer_json_compact(out, text, size); break;
	case COLUMN_BOOL: buffer_puts(out, text[0] == 't' ? "true" : "false"); break;
	case COLUMN_WARNINGS: put_warnings(ex, text); break;
	case COLUMN_SECRET: buffer_json(out, ex->secret); break;
	case COLUMN_OPEN:
		clear = seal_open(ex, column->name, text);
		buffer_json(out, clear);
		return clear != NULL;
	}
	return true;
}

/* Columns come in the contract's order; if this one does not, it is looked up by name. */
static int column_of(const PGresult *rows, const char *name, int expected)
{
	const char *found = PQfname(rows, expected);

	return found && !strcmp(found, name) ? expected : PQfnumber(rows, name);
}

static bool put_row(struct exchange *ex, const PGresult *rows, int row)
{
	const struct operation *operation = ex->operation;
	struct buffer *out = &ex->reply;

	for (size_t i = 0; i < operation->n_columns; i++) {
		const struct column *column = &operation->columns[i];
		int at = column_of(rows, column->name, (int)i);
		bool null = at < 0 || PQgetisnull(rows, row, at);

		buffer_puts(out, i ? ",\"" : "{\"");
		buffer_puts(out, column->name);
		buffer_puts(out, "\":");
		if (column->kind == COLUMN_SECRET)
			put_value(ex, column, "", 0);
		else if (null && column->nullable && at >= 0)
			buffer_puts(out, "null");
		else if (null || !put_value(ex, column, PQgetvalue(rows, row, at),
				     (size_t)PQgetlength(rows, row, at))) {
			ex->fault =
			    arena_printf(&ex->arena, "no value for member '%s'", column->name);
			return false;
		}
	}
	buffer_puts(out, "}");
	return true;
}

static const char *reserved(const PGresult *rows, int row, const char *name)
{
	int at = row < PQntuples(rows) ? PQfnumber(rows, name) : -1;

	return at < 0 || PQgetisnull(rows, row, at) ? NULL : PQgetvalue(rows, row, at);
}

/* RFC 8288: the same request with the next cursor. */
static void link_next(struct exchange *ex, const char *cursor)
{
	struct buffer link = {0};
	const char *at = ex->query ? ex->query : "";
	struct span pair;
	char separator = '?';

	buffer_printf(&link, "<%.*s", (int)strcspn(ex->request.target, "?"), ex->request.target);
	while (encoding_next(&at, "&", &pair)) {
		const char *name =
		    encoding_percent_decode(&ex->arena, pair.text, strcspn(pair.text, "=&"), true);
		if (name && !strcmp(name, "cursor"))
			continue;
		buffer_printf(&link, "%c%.*s", separator, (int)pair.size, pair.text);
		separator = '&';
	}
	buffer_printf(&link, "%ccursor=%s>; rel=\"next\"", separator, cursor);
	exchange_header(ex, "Link", arena_copy(&ex->arena, link.data, link.size));
	buffer_free(&link);
}

/* The statement was given one row more than the page holds: its presence says that more follows. */
static bool put_list(struct exchange *ex, const PGresult *rows)
{
	struct buffer *out = &ex->reply;
	const char *cursor = NULL, *total = reserved(rows, 0, "_total");
	int n = 0;

	buffer_puts(out, "{\"data\":[");
	for (; n < PQntuples(rows) && n < ex->limit && reserved(rows, n, "_id"); n++) {
		if (n)
			buffer_puts(out, ",");
		if (!put_row(ex, rows, n))
			return false;
	}
	if (n == ex->limit && reserved(rows, n, "_id")) {
		cursor =
		    cursor_make(ex, reserved(rows, n - 1, "_key"), reserved(rows, n - 1, "_id"));
		link_next(ex, cursor);
	}
	buffer_printf(out,
	    "],\"page\":{\"limit\":%ld,\"has_more\":%s,\"next_cursor\":", (long)ex->limit,
	    cursor ? "true" : "false");
	buffer_json(out, cursor);
	long count = total ? atol(total) : 0;
	bool capped = count > MAX_TOTAL;
	buffer_puts(out, ",\"total\":");
	if (total)
		buffer_printf(out, "%ld", capped ? MAX_TOTAL : count);
	else
		buffer_puts(out, "null");
	buffer_printf(out, ",\"total_capped\":%s}}", capped ? "true" : "false");
	return true;
}

/* 202: the change waits for an officer, and the reply shows the record as it stands. */
static int status_of(const struct exchange *ex, const PGresult *rows, int row)
{
	const char *accepted = reserved(rows, row, "_accepted");

	return accepted && *accepted == 't' ? 202 : ex->operation->status;
}

static void put_headers(struct exchange *ex, const PGresult *rows, int row)
{
	const char *location = reserved(rows, row, "_location");

	ex->version = arena_text(&ex->arena, reserved(rows, row, "_etag"));
	if (location)
		exchange_header(ex, "Location", arena_text(&ex->arena, location));
}

int render_reply(struct exchange *ex, const PGresult *rows, int row)
{
	bool whole = true;

	if (ex->operation->list)
		whole = put_list(ex, rows);
	else if (row >= PQntuples(rows))
		return problem(ex, PROBLEM_NOT_FOUND, NULL);
	else if (ex->operation->n_columns)
		whole = put_row(ex, rows, row);
	if (!whole)
		return problem(ex, PROBLEM_INTERNAL, NULL);
	if (!ex->operation->list)
		put_headers(ex, rows, row);
	ex->status = status_of(ex, rows, row);
	ex->content_type =
	    ex->reply.size ? "application/json" : NULL; /* rows are JSON until format.c */
	return 0;
}
