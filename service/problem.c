#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "exchange.h"
#include "problem.h"
#include "service.h"

static const struct {
	int status;
	const char *code, *title[2];
} kinds[PROBLEM__MAX] = {
#define X(name, status, code, id, en) [PROBLEM_##name] = {status, code, {id, en}},
    PROBLEMS(X)
#undef X
};

int problem(struct exchange *ex, enum problem_kind kind, const char *detail, ...)
{
	va_list args;
	char text[1000];

	ex->problem = kind;
	ex->status = kinds[kind].status;
	if (detail) {
		va_start(args, detail);
		vsnprintf(text, sizeof(text), detail, args);
		va_end(args);
		ex->problem_detail = arena_copy(&ex->arena, text, strlen(text));
	}
	if (ex->status == 503)
		exchange_header(ex, "Retry-After", "1");
	return ex->status;
}

const char *problem_code(enum problem_kind kind)
{
	return kinds[kind].code;
}

enum problem_kind problem_kind_of(const char *code)
{
	int kind = 0;

	while (kind < PROBLEM__MAX && strcmp(kinds[kind].code, code) != 0)
		kind++;
	return (enum problem_kind)kind;
}

static int compare(const void *code, const void *rule)
{
	return strcmp(code, ((const struct rule *)rule)->code);
}

const char *problem_sentence(struct exchange *ex, const char *code, const char *limit)
{
	const struct rule *rule =
	    bsearch(code, contract_rules, contract_n_rules, sizeof(*contract_rules), compare);

	if (!rule)
		return code;
	const char *sentence = ex->language == LANGUAGE_EN ? rule->en : rule->id;
	const char *open = limit ? strchr(sentence, '{') : NULL;
	const char *close = open ? strchr(open, '}') : NULL;
	if (!close)
		return sentence;
	return arena_printf(&ex->arena, "%.*s%s%s", (int)(open - sentence), sentence, limit,
	    close + 1);
}

void problem_note(struct exchange *ex, const char *pointer, const char *parameter, const char *code,
    const char *limit)
{
	if (ex->n_violations == EXCHANGE_MAX_VIOLATIONS)
		return;
	ex->violations[ex->n_violations++] =
	    (struct violation){pointer, parameter, code, problem_sentence(ex, code, limit)};
}

static void put(struct buffer *out, const char *name, const char *value)
{
	if (value)
		buffer_member(out, name, value);
}

static void put_violations(struct exchange *ex)
{
	struct buffer *out = &ex->reply;

	if (!ex->n_violations)
		return;
	buffer_puts(out, ",\"violations\":[");
	for (size_t i = 0; i < ex->n_violations; i++) {
		const struct violation *violation = &ex->violations[i];

		buffer_puts(out, i ? ",{" : "{");
		put(out, "code", violation->code);
		put(out, "pointer", violation->pointer);
		put(out, "parameter", violation->parameter);
		put(out, "detail", violation->detail);
		buffer_puts(out, "}");
	}
	buffer_puts(out, "]");
}

/* The name that the token endpoint's clients expect (RFC 6749 5.2): a handler gives it as the detail of a 400. */
static const char *oauth_error(const struct exchange *ex)
{
	const struct violation *first = ex->n_violations ? &ex->violations[0] : NULL;

	if (ex->status == 429)
		return "slow_down";
	if (ex->status == 401)
		return "invalid_client";
	if (first && first->pointer && !strcmp(first->pointer, "/grant_type") &&
	    !strcmp(first->code, "enum"))
		return "unsupported_grant_type";
	return ex->problem_detail ? ex->problem_detail : "invalid_request";
}

static void render_oauth(struct exchange *ex)
{
	struct buffer *out = &ex->reply;

	buffer_puts(out, "{");
	put(out, "error", oauth_error(ex));
	put(out, "error_description",
	    ex->n_violations ? ex->violations[0].detail : kinds[ex->problem].title[ex->language]);
	buffer_puts(out, "}");
	ex->content_type = "application/json";
}

void problem_render(struct exchange *ex)
{
	struct buffer *out = &ex->reply;
	const char *code = kinds[ex->problem].code;

	buffer_free(out);
	bool oauth = ex->operation && ex->operation->body_kind == BODY_FORM;
	if (oauth && (ex->status == 400 || ex->status == 401 || ex->status == 429)) {
		render_oauth(ex);
		return;
	}
	buffer_puts(out, "{");
	put(out, "type",
	    arena_printf(&ex->arena, "%s/docs#problem-%s", ex->service->config.issuer, code));
	put(out, "title", kinds[ex->problem].title[ex->language]);
	buffer_printf(out, ",\"status\":%d", ex->status);
	put(out, "code", code);
	put(out, "detail", ex->problem_detail);
	put(out, "instance", arena_printf(&ex->arena, "urn:request:%s", ex->id));
	put(out, "request_id", ex->id);
	put_violations(ex);
	buffer_puts(out, "}");
	ex->content_type = "application/problem+json";
}
