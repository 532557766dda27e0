#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "cursor.h"
#include "encoding.h"
#include "exchange.h"
#include "params.h"
#include "schema.h"

enum {
	MAX_QUERY_PARAMETERS = 100,
	MAX_VERSIONS = 20,
	DEFAULT_LIMIT = 50,
	MAX_LIMIT = 200,
	MAX_KEY = 255
};

/* What lists take beside their own parameters. */
static const struct schema limit_schema = {.type = SCHEMA_INTEGER,
    .minimum = 1,
    .maximum = MAX_LIMIT};
static const struct schema cursor_schema = {.type = SCHEMA_STRING,
    .min_size = 1,
    .max_size = 1000,
    .pattern = "^[A-Za-z0-9_-]+$"};
static const struct schema count_schema = {.type = SCHEMA_STRING,
    .values = (const char *const[]){"exact", NULL}};

struct query {
	const char *limit, *cursor, *count;
	const char **values; /* the operation's parameters, raw */
	enum problem_kind kind; /* of the first broken rule */
};

static void broken(struct exchange *ex, struct query *query, enum problem_kind kind,
    const char *name, const char *code)
{
	if (query->kind == PROBLEM__MAX)
		query->kind = kind;
	if (code)
		problem_note(ex, NULL, name, code, NULL);
}

static bool counts(const struct operation *operation)
{
	for (size_t i = 0; operation->statement && i < operation->statement->n_binds; i++)
		if (operation->statement->binds[i].source == BIND_COUNT)
			return true;
	return false;
}

/* Where the value of a query parameter belongs; NULL: there is no such parameter. */
static const char **place_of(struct exchange *ex, struct query *query, const char *name)
{
	const struct operation *operation = ex->operation;

	for (size_t i = 0; i < operation->n_parameters; i++)
		if (operation->parameters[i].place == PLACE_QUERY &&
		    !strcmp(operation->parameters[i].name, name))
			return &query->values[i];
	if (operation->list && !strcmp(name, "limit"))
		return &query->limit;
	if (operation->list && !strcmp(name, "cursor"))
		return &query->cursor;
	if (operation->list && !strcmp(name, "count") && counts(operation))
		return &query->count;
	return NULL;
}

static bool split_query(struct exchange *ex, struct query *query)
{
	const char *at = ex->query;

	for (int n = 0; at && *at; n++) {
		size_t size = strcspn(at, "&"), key_size = strcspn(at, "=&");
		const char *name = encoding_percent_decode(&ex->arena, at, key_size, true);
		const char *value = key_size < size
					? encoding_percent_decode(&ex->arena, at + key_size + 1,
					      size - key_size - 1, true)
					: "";

		if (!name || !value || n == MAX_QUERY_PARAMETERS)
			return false;
		const char **place = place_of(ex, query, name);
		if (!place)
			broken(ex, query, PROBLEM_UNKNOWN_PARAMETER, name, "unknown_parameter");
		else if (*place)
			broken(ex, query, PROBLEM_DUPLICATE_PARAMETER, name, "duplicate_parameter");
		else
			*place = value;
		at += size + (at[size] == '&');
	}
	return true;
}

static bool check(struct exchange *ex, struct query *query, const struct schema *schema,
    const char *text, const char *name)
{
	bool fits = *text || schema->type != SCHEMA_STRING
			? schema_check_text(ex, schema, text, name)
			: false;

	if (!*text && schema->type == SCHEMA_STRING)
		problem_note(ex, NULL, name, "empty", NULL);
	if (!fits)
		broken(ex, query, PROBLEM_INVALID_PARAMETER, name, NULL);
	return fits;
}

/* a,b -> {"a","b"} */
static const char *read_array(struct exchange *ex, struct query *query,
    const struct parameter *parameter, const char *text)
{
	struct arena *arena = &ex->arena;
	char *literal = arena_alloc(arena, strlen(text) * 3 + 4), *out = literal;
	uint32_t n = 0;

	*out++ = '{';
	for (const char *at = text;; n++) {
		size_t size = strcspn(at, ",");
		const char *item = arena_copy(arena, at, size);

		if (n == parameter->schema->max_size) {
			problem_note(ex, NULL, parameter->name, "too_many_items",
			    arena_printf(arena, "%u", n));
			broken(ex, query, PROBLEM_INVALID_PARAMETER, parameter->name, NULL);
			return NULL;
		}
		if (!check(ex, query, parameter->schema->items, item, parameter->name))
			return NULL;
		out = stpcpy(out, n ? ",\"" : "\"");
		for (; *item; item++) {
			if (*item == '"' || *item == '\\')
				*out++ = '\\';
			*out++ = *item;
		}
		*out++ = '"';
		if (!at[size])
			break;
		at += size + 1;
	}
	stpcpy(out, "}");
	return literal;
}

static void read_values(struct exchange *ex, struct query *query)
{
	const struct operation *operation = ex->operation;

	for (size_t i = 0; i < operation->n_parameters; i++) {
		const struct parameter *parameter = &operation->parameters[i];
		const char *text =
		    parameter->place == PLACE_PATH ? ex->path_values[i] : query->values[i];

		query->values[i] = NULL;
		if (!text) {
			query->values[i] = parameter->initial;
			if (parameter->required)
				broken(ex, query, PROBLEM_INVALID_PARAMETER, parameter->name,
				    "missing");
		} else if (parameter->schema->type == SCHEMA_ARRAY) {
			query->values[i] = read_array(ex, query, parameter, text);
		} else if (check(ex, query, parameter->schema, text, parameter->name)) {
			query->values[i] = text;
		}
	}
	ex->values = query->values;
}

static int read_page(struct exchange *ex, struct query *query)
{
	ex->limit = DEFAULT_LIMIT;
	if (query->limit && check(ex, query, &limit_schema, query->limit, "limit"))
		ex->limit = strtol(query->limit, NULL, 10);
	if (query->count && check(ex, query, &count_schema, query->count, "count"))
		ex->count = true;
	if (query->cursor && !check(ex, query, &cursor_schema, query->cursor, "cursor"))
		query->cursor = NULL;
	if (query->kind != PROBLEM__MAX)
		return problem(ex, query->kind, NULL);
	if (query->cursor && !cursor_read(ex, query->cursor))
		return problem(ex, PROBLEM_INVALID_CURSOR, NULL);
	return 0;
}

/* If-Match as text[] of versions: up to the dot, "W/" never matches (RFC 9110 13.1.1). */
static int read_if_match(struct exchange *ex)
{
	const char *header = ex->request.if_match;
	struct arena *arena = &ex->arena;

	if (!ex->operation->conditional)
		return 0;
	if (!header)
		return problem(ex, PROBLEM_PRECONDITION_REQUIRED, NULL);
	if (!strcmp(header, "*"))
		return 0;
	char *literal = arena_alloc(arena, strlen(header) + 3), *out = literal;
	*out++ = '{';
	for (int n = 0; n < MAX_VERSIONS; n++) {
		header += strspn(header, " \t,");
		bool weak = !strncmp(header, "W/", 2);
		const char *tag = header + (weak ? 2 : 0);
		size_t size = *tag == '"' ? strcspn(tag + 1, "\"") : 0;
		if (*tag != '"' || !tag[1 + size])
			break;
		size_t version = strspn(tag + 1, "0123456789");
		if (!weak && version && (version == size || tag[1 + version] == '.')) {
			if (out > literal + 1)
				*out++ = ',';
			out = mempcpy(out, tag + 1, version);
		}
		header = tag + size + 2;
	}
	stpcpy(out, "}");
	ex->if_match = literal;
	return 0;
}

/* A range with the weight 0 is not wanted (RFC 9110 12.4.2). */
static bool is_wanted(const char *range, size_t size)
{
	const char *weight = memmem(range, size, "q=", 2);

	return !weight || strtod(weight + 2, NULL) > 0;
}

/* Whether one of the comma-separated media ranges takes what we serve. */
static int read_accept(struct exchange *ex)
{
	const char *accept = ex->request.accept;
	bool html = ex->operation->handler && !strcmp(ex->operation->handler, "docs");
	const char *const taken[] = {"*/*", html ? "text/*" : "application/*",
	    html ? "text/html" : "application/json", "application/problem+json"};

	if (!accept || !*accept)
		return 0;
	for (const char *at = accept; *at;) {
		at += strspn(at, " \t,");
		size_t size = strcspn(at, ";, \t");
		for (size_t i = 0; i < sizeof(taken) / sizeof(taken[0]); i++)
			if (size == strlen(taken[i]) && !strncasecmp(at, taken[i], size) &&
			    is_wanted(at, strcspn(at, ",")))
				return 0;
		at += strcspn(at, ",");
	}
	return problem(ex, PROBLEM_NOT_ACCEPTABLE, NULL);
}

static int read_idempotency_key(struct exchange *ex)
{
	const char *key = ex->request.idempotency_key;

	if (!key || !ex->operation->idempotent)
		return 0;
	size_t size = strlen(key);
	for (size_t i = 0; i < size; i++)
		if (key[i] < 0x21 || key[i] > 0x7e)
			size = 0;
	if (size && size <= MAX_KEY)
		return 0;
	problem_note(ex, NULL, "Idempotency-Key", size ? "too_long" : "format", "255");
	return problem(ex, PROBLEM_INVALID_PARAMETER, NULL);
}

int params_read(struct exchange *ex)
{
	struct query query = {.kind = PROBLEM__MAX};

	query.values =
	    arena_alloc(&ex->arena, (ex->operation->n_parameters + 1) * sizeof(*query.values));
	if (!split_query(ex, &query))
		return problem(ex, PROBLEM_INVALID_ENCODING, NULL);
	read_values(ex, &query);
	int status = read_page(ex, &query);
	if (!status)
		status = read_accept(ex);
	if (!status)
		status = read_idempotency_key(ex);
	return status ? status : read_if_match(ex);
}
