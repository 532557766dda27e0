/* Input lines: a format (json, csv, geojson, html), optionally with " en"; a name; warnings; the
 * rows. Inputs that a database cannot return are skipped: a name that is not UTF-8, and warnings or
 * rows that are not an array of objects. */
#include <string.h>

#include <jansson.h>
#include <libpq-fe.h>

#include "base/encoding.h"
#include "fuzz.h"
#include "reply/format.h"
#include "reply/render.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const struct column columns[] = {{"name", COLUMN_TEXT, false}, {"note", COLUMN_TEXT, true},
    {"at", COLUMN_TIME, false}, {"lit", COLUMN_BOOL, false}, {"warnings", COLUMN_WARNINGS, false},
    {"rows", COLUMN_JSON, false}};
static const char *const words[] = {"kg", "kilogram & co", NULL};
static const struct piece pieces[] = {
    {.kind = PIECE_TEXT, .text = "<p>"},
    {.kind = PIECE_STRING, .text = "name"},
    {.kind = PIECE_SECTION, .text = "rows", .inside = 8},
    {.kind = PIECE_STRING, .text = "name"},
    {.kind = PIECE_RUPIAH, .text = "watts"},
    {.kind = PIECE_NUMBER, .text = "of.share"},
    {.kind = PIECE_DATE, .text = "day"},
    {.kind = PIECE_WORD, .text = "unit", .words = words},
    {.kind = PIECE_SECTION, .text = "colours", .inside = 2},
    {.kind = PIECE_STRING, .text = ""},
    {.kind = PIECE_DATE, .up = 1, .text = "day"},
    {.kind = PIECE_INVERTED, .text = "rows", .inside = 1},
    {.kind = PIECE_TEXT, .text = "<p>"},
};
static const struct page page = {.policy = "default-src 'none'",
    .in = {{pieces, COUNT(pieces)}, {pieces, COUNT(pieces)}}};
static const struct formats formats = {.rows = "rows",
    .columns = (const char *const[]){"name", "watts", "colours", NULL},
    .page = &page};
static const struct operation operation = {.id = "lantern_report",
    .status = 200,
    .columns = columns,
    .n_columns = COUNT(columns),
    .formats = &formats};

/* The text as an array of objects, or NULL. */
static json_t *objects(const char *text, size_t size)
{
	json_t *array = json_loadb(text, size, JSON_REJECT_DUPLICATES, NULL), *item;
	bool fit = json_is_array(array);
	size_t i;

	json_array_foreach(array, i, item) {
		fit = fit && json_is_object(item);
	}
	if (fit)
		return array;
	json_decref(array);
	return NULL;
}

static PGresult *answer(const char *name, const char *warnings, const char *rows)
{
	PGresAttDesc attributes[COUNT(columns)] = {0};
	const char *const values[] = {name, NULL, "2026-11-24 02:00:00.12+00", "t", warnings, rows};
	PGresult *result = PQmakeEmptyPGresult(NULL, PGRES_TUPLES_OK);

	for (size_t i = 0; i < COUNT(columns); i++)
		attributes[i].name = (char *)columns[i].name;
	MUST(PQsetResultAttrs(result, COUNT(columns), attributes));
	for (size_t i = 0; i < COUNT(columns); i++)
		MUST(PQsetvalue(result, 0, (int)i, (char *)values[i],
		    values[i] ? (int)strlen(values[i]) : -1));
	return result;
}

/* Checks that the JSON reply has the values of the rows. */
static void check_json(const struct exchange *ex, const char *name, const json_t *rows,
    const json_t *warnings)
{
	json_t *reply = json_loadb(ex->reply.data, ex->reply.size, JSON_REJECT_DUPLICATES, NULL);

	MUST(json_is_object(reply));
	MUST(!strcmp(json_string_value(json_object_get(reply, "name")), name));
	MUST(json_equal(json_object_get(reply, "rows"), rows));
	MUST(json_array_size(json_object_get(reply, "warnings")) == json_array_size(warnings));
	json_decref(reply);
}

/* Whether a spreadsheet would read this cell as a formula. */
static bool runs(const char *cell, size_t size)
{
	bool number = size > 1 && strspn(cell + 1, "0123456789.") >= size - 1;

	return size && (strchr("=@\t\r", cell[0]) || (strchr("+-", cell[0]) && !number));
}

/* Copies the next field of a line (RFC 4180) into the arena, and moves behind the comma or line
 * break that follows it. */
static const char *field(struct exchange *ex, const char **at, const char *end)
{
	char *text = arena_alloc(&ex->arena, (size_t)(end - *at) + 1), *out = text;
	const char *in = *at;
	bool quoted = in < end && *in == '"';

	for (in += quoted; in < end; in++) {
		if (quoted && *in == '"' && (in + 1 == end || in[1] != '"'))
			break;
		if (!quoted && strchr(",\r\n", *in))
			break;
		MUST(quoted || *in != '"');
		in += quoted && *in == '"';
		*out++ = *in;
	}
	in += quoted;
	MUST(in < end && (*in == ',' || (*in == '\r' && in[1] == '\n')));
	*at = in + (*in == ',' ? 1 : 2);
	MUST(in[0] != '\r' || *at <= end);
	return text;
}

/* Checks that the CSV has a header and one line for each row, all with the same number of fields,
 * and that no part of a text is a formula. */
static void check_csv(struct exchange *ex, const json_t *rows)
{
	const char *at = ex->reply.data, *end = at + ex->reply.size;

	for (size_t i = 0; i <= json_array_size(rows); i++)
		for (size_t k = 0; k < 3; k++) {
			const char *text = field(ex, &at, end);
			json_t *row = i ? json_array_get(rows, i - 1) : NULL;

			MUST((at[-1] == '\n') == (k == 2));
			if (k || !json_is_string(json_object_get(row, "name")))
				continue;
			for (size_t cell; *text; text += cell + (text[cell] != 0)) {
				cell = strcspn(text, ";\n");
				MUST(!runs(text, cell));
			}
		}
	MUST(at == end);
}

static void check_geojson(const struct exchange *ex, const json_t *rows)
{
	json_t *reply = json_loadb(ex->reply.data, ex->reply.size, JSON_REJECT_DUPLICATES, NULL);

	MUST(json_array_size(json_object_get(reply, "features")) == json_array_size(rows));
	json_decref(reply);
}

/* Checks that no value becomes markup: the only tags are those of the page. */
static void check_html(const struct exchange *ex)
{
	for (size_t i = 0; i < ex->reply.size; i++) {
		const char *at = ex->reply.data + i;

		MUST(*at != '"' && *at != '\'');
		MUST(*at != '<' || (i + 3 <= ex->reply.size && !memcmp(at, "<p>", 3)));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct exchange ex;

	fuzz_begin(&ex, "GET", "/v1/lanterns/report");
	ex.operation = &operation;
	const char *format = fuzz_line(&ex, &data, &size), *name = fuzz_line(&ex, &data, &size);
	const char *hints = fuzz_line(&ex, &data, &size);
	const char *text = arena_copy(&ex.arena, (const char *)data, size);
	json_t *warnings = objects(hints, strlen(hints)), *rows = objects(text, strlen(text));

	ex.language = strstr(format, " en") ? LANGUAGE_EN : LANGUAGE_ID;
	ex.values = (const char *const[]){arena_copy(&ex.arena, format, strcspn(format, " "))};
	if (warnings && rows && encoding_utf8_length(name, strlen(name)) >= 0) {
		PGresult *result = answer(name, hints, text);

		MUST(render_reply(&ex, result, 0) == 0);
		PQclear(result);
		check_json(&ex, name, rows, warnings);
		MUST(format_reply(&ex) == 0);
		if (!strcmp(ex.values[0], "csv"))
			check_csv(&ex, rows);
		else if (!strcmp(ex.values[0], "geojson"))
			check_geojson(&ex, rows);
		else if (!strcmp(ex.values[0], "html"))
			check_html(&ex);
	}
	json_decref(warnings);
	json_decref(rows);
	ex.status = 0;
	fuzz_end(&ex, 0);
	return 0;
}
