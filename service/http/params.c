#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/encoding.h"
#include "base/normal.h"
#include "http/params.h"
#include "http/schema.h"
#include "reply/cursor.h"
#include "reply/format.h"
#include "request/exchange.h"
#include "request/problem.h"
#include "request/text.h"

enum {
	MAX_QUERY_PARAMETERS = 100,
	MAX_VERSIONS = 20,
	DEFAULT_LIMIT = 50,
	MAX_LIMIT = 200,
	MAX_KEY = 255
};

/* The parameters of every list. */
enum { PAGE_LIMIT, PAGE_CURSOR, PAGE_COUNT, PAGE__MAX };

static const struct {
	const char *name;
	struct schema schema;
} page[PAGE__MAX] = {
    [PAGE_LIMIT] = {"limit", {.type = SCHEMA_INTEGER, .minimum = 1, .maximum = MAX_LIMIT}},
    [PAGE_CURSOR] = {"cursor", {.min_size = 1, .max_size = 2000, .pattern = "^[A-Za-z0-9_-]+$"}},
    [PAGE_COUNT] = {"count", {.values = (const char *const[]){"exact", NULL}}},
};

struct query {
	const char *page[PAGE__MAX];
	const char **values; /* the operation's parameters, raw */
	enum problem_kind kind; /* of the first broken rule */
};

static void broken(struct exchange *ex, struct query *query, enum problem_kind kind,
    const char *name, const char *code)
{
	if (query->kind == PROBLEM_NONE)
		query->kind = kind;
	if (code)
		problem_note(ex, NULL, name, code, NULL);
}

/* The place for the value of a query parameter; NULL if there is no such parameter. */
static const char **place_of(struct exchange *ex, struct query *query, const char *name)
{
	const struct operation *operation = ex->operation;

	for (size_t i = 0; i < operation->n_parameters; i++)
		if (operation->parameters[i].place == PLACE_QUERY &&
		    !strcmp(operation->parameters[i].name, name))
			return &query->values[i];
	for (int i = 0; operation->list && i < PAGE__MAX; i++)
		if (!strcmp(name, page[i].name) && (i != PAGE_COUNT || operation->counts))
			return &query->page[i];
	return NULL;
}

static bool split_query(struct exchange *ex, struct query *query)
{
	const char *at = ex->query ? ex->query : "", *name, *value;

	for (int n = 0; encoding_next_pair(&ex->arena, &at, &name, &value); n++) {
		if (!name || !value || n == MAX_QUERY_PARAMETERS)
			return false;
		const char **place = place_of(ex, query, name);
		if (!place)
			broken(ex, query, PROBLEM_UNKNOWN_PARAMETER, name, "unknown_parameter");
		else if (*place)
			broken(ex, query, PROBLEM_DUPLICATE_PARAMETER, name, "duplicate_parameter");
		else
			*place = value;
	}
	return true;
}

/* The value as it is kept; NULL if it breaks a rule. */
static const char *check(struct exchange *ex, struct query *query, const struct schema *schema,
    const char *text, const char *name)
{
	const char *kept = text_kept(ex, schema, text);

	if (!*text && schema->type == SCHEMA_STRING)
		problem_note(ex, NULL, name, "empty", NULL);
	else if (schema_check_text(ex, schema, kept, name))
		return kept;
	broken(ex, query, PROBLEM_INVALID_PARAMETER, name, NULL);
	return NULL;
}

/* Writes an item of an array literal, in quotes; returns its end. */
static char *put_item(char *out, const char *item)
{
	*out++ = '"';
	for (; *item; item++) {
		if (*item == '"' || *item == '\\')
			*out++ = '\\';
		*out++ = *item;
	}
	*out++ = '"';
	return out;
}

/* a,b -> {"a","b"} */
static const char *read_array(struct exchange *ex, struct query *query,
    const struct parameter *parameter, const char *text)
{
	const struct schema *schema = parameter->schema;
	char *literal = arena_alloc(&ex->arena, strlen(text) * 3 + 4), *out = literal;

	*out++ = '{';
	for (uint32_t n = 0;; n++) {
		size_t size = strcspn(text, ",");
		const char *item = arena_copy(&ex->arena, text, size);
		if (n == schema->max_size) {
			problem_note(ex, NULL, parameter->name, "too_many_items",
			    arena_printf(&ex->arena, "%u", n));
			broken(ex, query, PROBLEM_INVALID_PARAMETER, parameter->name, NULL);
			return NULL;
		}
		item = check(ex, query, schema->items, item, parameter->name);
		if (!item)
			return NULL;
		out = put_item(out, item);
		*out++ = text[size] ? ',' : '}';
		if (!text[size])
			return literal;
		text += size + 1;
	}
}

static void read_values(struct exchange *ex, struct query *query)
{
	const struct operation *operation = ex->operation;

	for (size_t i = 0; i < operation->n_parameters; i++) {
		const struct parameter *parameter = &operation->parameters[i];
		const char *text =
		    parameter->place == PLACE_PATH ? ex->path_values[i] : query->values[i];

		query->values[i] = NULL;
		text = text ? normal_text(&ex->arena, text) : NULL;
		if (!text) {
			query->values[i] = parameter->initial;
			if (parameter->required)
				broken(ex, query, PROBLEM_INVALID_PARAMETER, parameter->name,
				    "missing");
		} else if (parameter->schema->type == SCHEMA_ARRAY) {
			query->values[i] = read_array(ex, query, parameter, text);
		} else {
			query->values[i] =
			    check(ex, query, parameter->schema, text, parameter->name);
		}
	}
	ex->values = query->values;
}

static int read_page(struct exchange *ex, struct query *query)
{
	const char *const *sent = query->page;
	bool fits[PAGE__MAX];

	for (int i = 0; i < PAGE__MAX; i++)
		fits[i] = sent[i] && check(ex, query, &page[i].schema, sent[i], page[i].name);
	ex->limit = fits[PAGE_LIMIT] ? strtol(sent[PAGE_LIMIT], NULL, 10) : DEFAULT_LIMIT;
	ex->count = fits[PAGE_COUNT];
	if (query->kind != PROBLEM_NONE)
		return problem(ex, query->kind, NULL);
	if (fits[PAGE_CURSOR] && !cursor_read(ex, sent[PAGE_CURSOR]))
		return problem(ex, PROBLEM_INVALID_CURSOR, NULL);
	return 0;
}

/* If-Match as text[] of versions, which end at the dot. A weak tag (W/) never matches (RFC 9110
 * 13.1.1). */
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

/* Whether one of the media ranges fits the reply. A range with weight 0 is refused by the
 * client. */
static int read_accept(struct exchange *ex)
{
	const char *accept = ex->request.accept;
	const char *media = format_media(ex);
	const char *kind = arena_printf(&ex->arena, "%.*s/*", (int)strcspn(media, "/"), media);
	const char *const taken[] = {"*/*", kind, media, "application/problem+json"};
	struct span range;
	double weight;

	if (!accept || !*accept)
		return 0;
	while (encoding_next_range(&accept, &range, &weight))
		for (size_t i = 0; weight > 0 && i < sizeof(taken) / sizeof(taken[0]); i++)
			if (range.size == strlen(taken[i]) &&
			    !strncasecmp(range.text, taken[i], range.size))
				return 0;
	return problem(ex, PROBLEM_NOT_ACCEPTABLE, NULL);
}

static int read_idempotency_key(struct exchange *ex)
{
	const char *key = ex->request.idempotency_key;

	if (!key || !ex->operation->idempotent)
		return 0;
	size_t size = strlen(key);
	/* In the draft the key is a quoted string. The same text without quotes is the same key. */
	if (size > 1 && key[0] == '"' && key[size - 1] == '"')
		ex->request.idempotency_key = key = arena_copy(&ex->arena, key + 1, size -= 2);
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
	struct query query = {0};

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
