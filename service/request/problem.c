#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "request/exchange.h"
#include "request/problem.h"
#include "service.h"

int problem(struct exchange *ex, enum problem_kind kind, const char *detail, ...)
{
	va_list args;
	char text[1000];

	ex->problem = kind;
	ex->status = vocabulary_problems[kind].status;
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
	return vocabulary_problems[kind].code;
}

enum problem_kind problem_kind_of(const char *code)
{
	int kind = PROBLEM__MAX - 1;

	while (kind > PROBLEM_NONE && strcmp(vocabulary_problems[kind].code, code) != 0)
		kind--;
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

static struct violation *add(struct exchange *ex, struct violation violation)
{
	if (ex->n_violations == EXCHANGE_MAX_VIOLATIONS)
		return NULL;
	ex->violations[ex->n_violations] = violation;
	return &ex->violations[ex->n_violations++];
}

struct violation *problem_note_form(struct exchange *ex, const char *pointer, const char *parameter,
    const char *code, const struct form *form)
{
	const char *sentence =
	    form ? form->sentence[ex->language] : problem_sentence(ex, code, NULL);

	return add(ex, (struct violation){pointer, parameter, code, sentence, NULL});
}

struct violation *problem_note(struct exchange *ex, const char *pointer, const char *parameter,
    const char *code, const char *limit)
{
	return add(ex,
	    (struct violation){pointer, parameter, code, problem_sentence(ex, code, limit), NULL});
}

const char *problem_records(struct exchange *ex, const json_t *records)
{
	char *text = json_array_size(records) ? json_dumps(records, JSON_COMPACT) : NULL;
	char *kept = text ? arena_copy(&ex->arena, text, strlen(text)) : NULL;

	free(text);
	return kept;
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
		if (violation->records)
			buffer_printf(out, ",\"records\":%s", violation->records);
		buffer_puts(out, "}");
	}
	buffer_puts(out, "]");
}

/* The error code of RFC 6749 5.2. For a 400, a handler passes it as the problem's detail. */
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
	    ex->n_violations ? ex->violations[0].detail
			     : vocabulary_problems[ex->problem].title[ex->language]);
	buffer_puts(out, "}");
	ex->content_type = "application/json";
}

void problem_render(struct exchange *ex)
{
	struct buffer *out = &ex->reply;
	const char *code = vocabulary_problems[ex->problem].code;

	buffer_free(out);
	bool oauth = ex->operation && ex->operation->body_kind == BODY_FORM;
	if (oauth && (ex->status == 400 || ex->status == 401 || ex->status == 429)) {
		render_oauth(ex);
		return;
	}
	buffer_puts(out, "{");
	put(out, "type",
	    arena_printf(&ex->arena, "%s/docs#problem-%s", ex->service->config.issuer, code));
	put(out, "title", vocabulary_problems[ex->problem].title[ex->language]);
	buffer_printf(out, ",\"status\":%d", ex->status);
	put(out, "code", code);
	put(out, "detail", ex->problem_detail);
	put(out, "means", vocabulary_problems[ex->problem].means[ex->language]);
	put(out, "do", vocabulary_problems[ex->problem].next[ex->language]);
	put(out, "instance", arena_printf(&ex->arena, "urn:request:%s", ex->id));
	put(out, "request_id", exchange_public_id(ex));
	put_violations(ex);
	buffer_puts(out, "}");
	ex->content_type = "application/problem+json";
}
