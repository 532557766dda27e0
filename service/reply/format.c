#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/json.h"
#include "reply/format.h"
#include "reply/page.h"
#include "request/exchange.h"
#include "request/problem.h"

/* A number in its shortest form: 0.775, -8.02719. */
static void put_number(struct buffer *out, const json_t *value)
{
	if (json_is_integer(value))
		buffer_printf(out, "%lld", (long long)json_integer_value(value));
	else
		buffer_printf(out, "%.15g", json_real_value(value));
}

/* Whether a spreadsheet would run the text as a formula. Full-width signs count; a signed number
 * does not. */
static bool is_formula(const char *text, size_t size)
{
	size_t digits = size ? strspn(text + 1, "0123456789.") : 0;
	bool number = digits && digits + 1 == size && (text[0] == '-' || text[0] == '+');
	bool wide = size > 2 && !memcmp(text, "\xef\xbc", 2) && strchr("\x8b\x8d\x9d\xa0", text[2]);

	return wide || (size && strchr("=+-@\t\r", text[0]) && !number);
}

/* The size of the first cell: an Indonesian spreadsheet separates by semicolons, even inside
 * quotes. */
static size_t cell_size(const char *text, size_t size)
{
	size_t n = 0;

	while (n < size && text[n] != ';' && text[n] != '\n')
		n++;
	return n;
}

static void put_doubled(struct buffer *out, const char *text, size_t size)
{
	for (size_t i = 0, part; i < size; i += part) {
		const char *quote = memchr(text + i, '"', size - i);

		part = quote ? (size_t)(quote - text) - i + 1 : size - i;
		buffer_put(out, text + i, part);
		if (quote)
			buffer_puts(out, "\"");
	}
}

/* RFC 4180: in quotes if needed. */
static void put_field(struct buffer *out, const char *text, size_t size)
{
	bool quoted = memchr(text, '"', size) || memchr(text, ',', size) ||
		      memchr(text, '\n', size) || memchr(text, '\r', size);

	if (quoted)
		buffer_puts(out, "\"");
	for (size_t i = 0, cell; i < size; i += cell) {
		cell = cell_size(text + i, size - i);
		if (is_formula(text + i, cell))
			buffer_puts(out, "'");
		cell += i + cell < size;
		put_doubled(out, text + i, cell);
	}
	if (quoted)
		buffer_puts(out, "\"");
}

/* An array is one field: its texts, joined by semicolons. */
static void put_joined(struct buffer *out, const json_t *array)
{
	struct buffer joined = {0};
	json_t *item;
	size_t i;

	json_array_foreach(array, i, item) {
		buffer_puts(&joined, i ? ";" : "");
		if (json_is_string(item))
			buffer_put(&joined, json_string_value(item), json_string_length(item));
		else
			put_number(&joined, item);
	}
	if (joined.size)
		put_field(out, joined.data, joined.size);
	buffer_free(&joined);
}

static void put_cell(struct buffer *out, const json_t *value)
{
	if (!value)
		return;
	switch (json_typeof(value)) {
	case JSON_STRING:
		put_field(out, json_string_value(value), json_string_length(value));
		break;
	case JSON_INTEGER:
	case JSON_REAL: put_number(out, value); break;
	case JSON_TRUE: buffer_puts(out, "true"); break;
	case JSON_FALSE: buffer_puts(out, "false"); break;
	case JSON_ARRAY: put_joined(out, value); break;
	case JSON_OBJECT: /* the compiler refuses it */
	case JSON_NULL: break;
	}
}

static void write_csv(struct exchange *ex, const json_t *reply)
{
	const struct formats *formats = ex->operation->formats;
	struct buffer *out = &ex->reply;
	time_t now = time(NULL) + CLOCK_LOCAL_SECONDS;
	struct tm day;
	char date[11];
	json_t *row;
	size_t i;

	for (const char *const *name = formats->columns; *name; name++)
		buffer_printf(out, "%s%s", name == formats->columns ? "" : ",", *name);
	buffer_puts(out, "\r\n");
	json_array_foreach(json_object_get(reply, formats->rows), i, row) {
		for (const char *const *name = formats->columns; *name; name++) {
			buffer_puts(out, name == formats->columns ? "" : ",");
			put_cell(out, json_object_get(row, *name));
		}
		buffer_puts(out, "\r\n");
	}
	strftime(date, sizeof(date), "%Y-%m-%d", gmtime_r(&now, &day));
	exchange_header(ex, "Content-Disposition",
	    arena_printf(&ex->arena, "attachment; filename=\"%s-%s.csv\"", ex->operation->id,
		date));
}

static int append_json(const char *text, size_t size, void *buffer)
{
	buffer_put(buffer, text, size);
	return 0;
}

/* RFC 7946: each row is a feature; without coordinates it has no geometry. */
static void write_geojson(struct exchange *ex, const json_t *reply)
{
	struct buffer *out = &ex->reply;
	json_t *row;
	size_t i;

	buffer_puts(out, "{\"type\":\"FeatureCollection\",\"features\":[");
	json_array_foreach(json_object_get(reply, ex->operation->formats->rows), i, row) {
		const json_t *longitude = json_object_get(row, "longitude"),
			     *latitude = json_object_get(row, "latitude");

		buffer_printf(out, "%s{\"type\":\"Feature\",\"geometry\":", i ? "," : "");
		if (json_is_number(longitude) && json_is_number(latitude)) {
			buffer_puts(out, "{\"type\":\"Point\",\"coordinates\":[");
			put_number(out, longitude);
			buffer_puts(out, ",");
			put_number(out, latitude);
			buffer_puts(out, "]}");
		} else {
			buffer_puts(out, "null");
		}
		json_object_del(row, "longitude");
		json_object_del(row, "latitude");
		buffer_puts(out, ",\"properties\":");
		json_dump_callback(row, append_json, out, JSON_COMPACT | JSON_REAL_PRECISION(15));
		buffer_puts(out, "}");
	}
	buffer_puts(out, "]}");
}

static const struct format {
	const char *name, *media, *parameters;
	void (*write)(struct exchange *ex, const json_t *reply);
} formats[] = {
    {"csv", "text/csv", "; charset=utf-8; header=present", write_csv},
    {"geojson", "application/geo+json", "", write_geojson},
    {"html", "text/html", "; charset=utf-8", page_write},
};

static const struct format *chosen(const struct exchange *ex)
{
	const struct formats *own = ex->operation->formats;

	for (size_t i = 0; own && i < sizeof(formats) / sizeof(formats[0]); i++)
		if (!strcmp(formats[i].name, ex->values[own->parameter]))
			return &formats[i];
	return NULL;
}

const char *format_media(const struct exchange *ex)
{
	const struct format *format = chosen(ex);

	if (format)
		return format->media;
	return ex->operation->media ? ex->operation->media : "application/json";
}

int format_reply(struct exchange *ex)
{
	const struct format *format = chosen(ex);

	if (!format)
		return 0;
	json_t *reply CLEANUP(json_decref_cleanup) =
	    json_loadb(ex->reply.data, ex->reply.size, 0, NULL);
	buffer_free(&ex->reply);
	if (!reply) {
		ex->fault = "the reply is no valid JSON";
		return problem(ex, PROBLEM_INTERNAL, NULL);
	}
	format->write(ex, reply);
	ex->content_type = arena_printf(&ex->arena, "%s%s", format->media, format->parameters);
	return 0;
}
