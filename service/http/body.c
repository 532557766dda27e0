#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/encoding.h"
#include "base/json.h"
#include "base/normal.h"
#include "http/body.h"
#include "http/schema.h"
#include "identity/seal.h"
#include "request/exchange.h"
#include "request/problem.h"
#include "request/text.h"
#include "service.h"

enum { MAX_DEPTH = 32, REAL_DIGITS = 15 };

/* Every smaller whole number is exact as a double and fits a 64-bit integer. */
static const double MAX_INTEGER = 9007199254740992;

/* The media type of each kind of body; a patch may also be sent as JSON. */
static const char *const types[] = {
    [BODY_JSON] = "application/json",
    [BODY_MERGE_PATCH] = "application/merge-patch+json",
    [BODY_FORM] = "application/x-www-form-urlencoded",
};

/* Whether it is this media type; charset=utf-8 is the only parameter allowed. */
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

/* Whether brackets outside strings nest at most MAX_DEPTH deep. */
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

/* A form (WHATWG URL 5.1) as an object of strings; NULL if an escape is broken or a name
 * repeated. */
static json_t *read_form(struct exchange *ex, const char *text)
{
	json_t *form = json_object();
	const char *name, *value;

	while (encoding_next_pair(&ex->arena, &text, &name, &value)) {
		if (!name || !value || json_object_get(form, name)) {
			json_decref(form);
			return NULL;
		}
		/* RFC 6749 3.2: unknown names are ignored, and an empty value counts as absent. */
		if (*value && schema_member(ex->operation->body, name))
			json_object_set_new(form, name, json_string(value));
	}
	return form;
}

/* Writes whole numbers without point and exponent: 1.0 and 1e1 are integers (JSON Schema 2020-12,
 * 6.1.1), but not for PostgreSQL. Takes valid JSON. Returns the text itself if it has no such
 * number. */
static const char *with_plain_integers(struct exchange *ex, const char *text)
{
	struct buffer out = {0};
	const char *kept = text, *at = text;

	while (*(at += strcspn(at, "\"-0123456789"))) {
		char *end;

		if (*at == '"') {
			for (at++; *at != '"'; at += 1 + (*at == '\\'))
				;
			at++;
			continue;
		}
		double value = strtod(at, &end);
		bool plain = strspn(at, "-0123456789") == (size_t)(end - at);
		if (!plain && value == floor(value) && fabs(value) <= MAX_INTEGER) {
			buffer_put(&out, kept, (size_t)(at - kept));
			buffer_printf(&out, "%.0f", value);
			kept = end;
		}
		at = end;
	}
	if (kept != text)
		buffer_puts(&out, kept);
	const char *written = kept == text ? text : arena_copy(&ex->arena, out.data, out.size);
	buffer_free(&out);
	return written;
}

static json_t *parse_json(struct exchange *ex, const char *text, size_t size)
{
	json_error_t error;

	if (!is_shallow(text, size)) {
		problem(ex, PROBLEM_MALFORMED_JSON, "more than %d levels", MAX_DEPTH);
		return NULL;
	}
	json_t *body = json_loadb(text, size, JSON_REJECT_DUPLICATES, &error);
	if (!body) {
		/* jansson quotes the text there, which may be personal data. */
		char *quote = strstr(error.text, " near ");
		if (quote)
			*quote = 0;
		problem(ex, PROBLEM_MALFORMED_JSON, "line %d, column %d: %s", error.line,
		    error.column, error.text);
	}
	return body;
}

/* The body, and its text, which is the client's but for whole numbers. */
static json_t *parse_body(struct exchange *ex, const char **text, size_t size)
{
	if (memchr(*text, 0, size)) /* jansson ignores a NUL behind a number */
		return NULL;
	if (ex->operation->body_kind == BODY_FORM)
		return read_form(ex, *text);
	json_t *body = parse_json(ex, *text, size);
	const char *plain = body ? with_plain_integers(ex, *text) : *text;
	if (plain == *text)
		return body;
	json_decref(body);
	*text = plain;
	return parse_json(ex, plain, strlen(plain));
}

/* Keeps the client's bytes. If a text changed or a member was sealed, prints the object. A double
 * carries 15 digits exactly, more than any coordinate has. */
static const char *keep(struct exchange *ex, json_t *body, const char *text, bool changed)
{
	const struct schema *schema = ex->operation->body;

	if (!changed && !seals(schema) && ex->operation->body_kind != BODY_FORM)
		return text;
	seal_members(ex, schema, body);
	char *dumped = json_dumps(body, JSON_COMPACT | JSON_REAL_PRECISION(REAL_DIGITS));
	const char *kept = arena_text(&ex->arena, dumped);
	arena_release(dumped);
	return kept;
}

static int too_large(struct exchange *ex)
{
	problem_note(ex, "", NULL, "too_many_bytes",
	    arena_printf(&ex->arena, "%zu", ex->body_limit));
	return problem(ex, PROBLEM_PAYLOAD_TOO_LARGE, NULL);
}

/* RFC 9110 15.5.16: a body comes without a coding; Accept-Encoding says so. */
static int check_coding(struct exchange *ex)
{
	const char *coding = ex->request.content_encoding;

	if (!coding || !*coding || !strcasecmp(coding, "identity"))
		return 0;
	exchange_header(ex, "Accept-Encoding", "identity");
	problem_note(ex, NULL, "Content-Encoding", "not_encoded", NULL);
	return problem(ex, PROBLEM_UNSUPPORTED_MEDIA_TYPE, NULL);
}

int body_admit(struct exchange *ex)
{
	const struct operation *operation = ex->operation;
	bool comes = ex->request.length || ex->request.chunked;

	ex->body_limit = operation->body_limit ? operation->body_limit
					       : (size_t)ex->service->config.max_body_bytes;
	if (ex->request.length > ex->body_limit)
		return too_large(ex);
	if (operation->body_kind == BODY_NONE || !(comes || operation->body_required))
		return 0;
	int status = check_coding(ex);
	return status ? status : check_type(ex);
}

int body_read(struct exchange *ex)
{
	const struct operation *operation = ex->operation;
	const char *text = ex->request.body ? ex->request.body : "";
	size_t size = ex->request.body_size;

	if (size > ex->body_limit)
		return too_large(ex);
	if (operation->body_kind == BODY_NONE)
		return 0;
	if (!size && !operation->body_required) {
		ex->body = "{}";
		return 0;
	}
	text = arena_copy(&ex->arena, text, size);
	json_t *body CLEANUP(json_decref_cleanup) = parse_body(ex, &text, size);
	if (!body)
		return ex->status ? ex->status : problem(ex, PROBLEM_MALFORMED_JSON, NULL);
	/* An operation in C takes passwords and tokens, whose characters stay as they are. */
	bool changed = !operation->handler && normal_json(body);
	changed |= text_keep_all(ex, operation->body, body);
	schema_check(ex, operation->body, body, "");
	if (ex->n_violations && operation->body_kind == BODY_FORM)
		return problem(ex, PROBLEM_INVALID_PARAMETER, NULL);
	if (ex->n_violations)
		return problem(ex, PROBLEM_VALIDATION_FAILED, NULL);
	ex->body = keep(ex, body, text, changed);
	return 0;
}
