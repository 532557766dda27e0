#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <jansson.h>

#include "body.h"
#include "cleanup.h"
#include "encoding.h"
#include "exchange.h"
#include "schema.h"
#include "seal.h"
#include "service.h"

enum { MAX_DEPTH = 32 };

DEFINE_CLEANUP(json_t, json_decref);

/* The media type of each kind of body; JSON does for a patch, too. */
static const char *const types[] = {
    [BODY_JSON] = "application/json",
    [BODY_MERGE_PATCH] = "application/merge-patch+json",
    [BODY_FORM] = "application/x-www-form-urlencoded",
};

/* The exact media type; the only parameter taken is charset=utf-8. */
static bool is_type(const char *header, const char *wanted)
{
	size_t size = strcspn(header, "; \t");

	if (size != strlen(wanted) || strncasecmp(header, wanted, size) != 0)
		return false;
	header += size + strspn(header + size, "; \t");
	return !*header || !strcasecmp(header, "charset=utf-8") ||
	       !strcasecmp(header, "charset=\"utf-8\"");
}

static int check_type(struct exchange *ex)
{
	const char *header = ex->request.content_type ? ex->request.content_type : "";
	enum body_kind kind = ex->operation->body_kind;
	bool patch = kind == BODY_MERGE_PATCH;

	if (is_type(header, types[kind]) || (patch && is_type(header, types[BODY_JSON])))
		return 0;
	exchange_header(ex, patch ? "Accept-Patch" : "Accept-Post",
	    patch ? "application/merge-patch+json, application/json" : types[kind]);
	return problem(ex, PROBLEM_UNSUPPORTED_MEDIA_TYPE, NULL);
}

/* Whether brackets outside strings nest no deeper than MAX_DEPTH. */
static bool is_shallow(const char *text, size_t size)
{
	int depth = 0;
	bool quoted = false;

	for (size_t i = 0; i < size && depth <= MAX_DEPTH; i++) {
		if (quoted && text[i] == '\\')
			i++;
		else if (text[i] == '"')
			quoted = !quoted;
		else if (!quoted && (text[i] == '{' || text[i] == '['))
			depth++;
		else if (!quoted && (text[i] == '}' || text[i] == ']'))
			depth--;
	}
	return depth <= MAX_DEPTH;
}

static bool seals(const struct schema *schema)
{
	for (size_t i = 0; i < schema->n_members; i++)
		if (schema->members[i].schema->mask)
			return true;
	return false;
}

/* A form (WHATWG URL 5.1) as an object of strings; NULL on a broken escape or a name given twice. */
static json_t *read_form(struct exchange *ex, const char *text)
{
	json_t *form = json_object();
	const char *name, *value;

	while (encoding_next_pair(&ex->arena, &text, &name, &value)) {
		if (!name || !value || json_object_get(form, name)) {
			json_decref(form);
			return NULL;
		}
		/* RFC 6749 3.2: what is unknown is ignored, what is empty is omitted. */
		if (*value && schema_member(ex->operation->body, name))
			json_object_set_new(form, name, json_string(value));
	}
	return form;
}

static json_t *parse(struct exchange *ex, const char *text, size_t size)
{
	json_error_t error;

	if (memchr(text, 0, size)) /* jansson overlooks one behind a number */
		return NULL;
	if (ex->operation->body_kind == BODY_FORM)
		return read_form(ex, text);
	if (!is_shallow(text, size)) {
		problem(ex, PROBLEM_MALFORMED_JSON, "more than %d levels", MAX_DEPTH);
		return NULL;
	}
	json_t *body = json_loadb(text, size, JSON_REJECT_DUPLICATES, &error);
	if (!body) {
		/* jansson repeats what stands there; it may be somebody's data. */
		char *quote = strstr(error.text, " near ");
		if (quote)
			*quote = 0;
		problem(ex, PROBLEM_MALFORMED_JSON, "line %d, column %d: %s", error.line,
		    error.column, error.text);
	}
	return body;
}

/* The body goes on as the client's own bytes (jansson would print 0.1 anew), unless members were sealed. */
static const char *keep(struct exchange *ex, json_t *body, const char *text, size_t size)
{
	const struct schema *schema = ex->operation->body;

	if (!seals(schema) && ex->operation->body_kind != BODY_FORM)
		return arena_copy(&ex->arena, text, size);
	seal_members(ex, schema, body);
	char *dumped = json_dumps(body, JSON_COMPACT);
	const char *kept = arena_text(&ex->arena, dumped);
	arena_release(dumped);
	return kept;
}

int body_read(struct exchange *ex)
{
	const struct operation *operation = ex->operation;
	const char *text = ex->request.body ? ex->request.body : "";
	size_t size = ex->request.body_size;

	if (size > (size_t)ex->service->config.max_body_bytes)
		return problem(ex, PROBLEM_PAYLOAD_TOO_LARGE, NULL);
	if (operation->body_kind == BODY_NONE)
		return 0;
	if (!size && !operation->body_required) {
		ex->body = "{}";
		return 0;
	}
	int status = check_type(ex);
	if (status)
		return status;
	json_t *body CLEANUP(json_decref_cleanup) =
	    parse(ex, arena_copy(&ex->arena, text, size), size);
	if (!body)
		return ex->status ? ex->status : problem(ex, PROBLEM_MALFORMED_JSON, NULL);
	schema_check(ex, operation->body, body, "");
	if (ex->n_violations && operation->body_kind == BODY_FORM)
		return problem(ex, PROBLEM_INVALID_PARAMETER, NULL);
	if (ex->n_violations)
		return problem(ex, PROBLEM_VALIDATION_FAILED, NULL);
	ex->body = keep(ex, body, text, size);
	return 0;
}
