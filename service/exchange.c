#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <openssl/rand.h>

#include "auth.h"
#include "body.h"
#include "encoding.h"
#include "exchange.h"
#include "operation.h"
#include "params.h"
#include "route.h"

typedef int stage_fn(struct exchange *ex);

/* A request is these stages in a row; one returns 0 to go on, or the status that ends the exchange. */
static stage_fn *const stages[] = {
    route_find, /* url -> operation */
    auth_check, /* token -> claims, roles */
    params_read, /* path, query, headers -> values */
    body_read, /* bytes -> checked JSON */
    operation_run, /* values -> rows -> reply */
};

static void random_hex(char *out, size_t bytes)
{
	unsigned char random[16];

	if (RAND_bytes(random, (int)bytes) != 1)
		abort();
	encoding_hex(random, bytes, out);
}

/* The client's id where it can do no harm in a log, else a new one. */
static void set_id(struct exchange *ex)
{
	static const char safe[] =
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-";
	const char *given = ex->request.request_id;
	size_t size = given ? strlen(given) : 0;

	if (size >= 8 && size <= 64 && strspn(given, safe) == size)
		memcpy(ex->id, given, size + 1);
	else
		random_hex(ex->id, 8);
}

/* W3C Trace Context: version 00, both ids hexadecimal and not all zero. */
static void set_trace(struct exchange *ex)
{
	static const char hex[] = "0123456789abcdef";
	const char *parent = ex->request.traceparent;

	if (parent && strlen(parent) == 55 && !strncmp(parent, "00-", 3) &&
	    strspn(parent + 3, hex) == 32 && parent[35] == '-' && strspn(parent + 36, hex) == 16 &&
	    parent[52] == '-' && strspn(parent + 53, hex) == 2 && strspn(parent + 3, "0") < 32 &&
	    strspn(parent + 36, "0") < 16)
		memcpy(ex->trace, parent + 3, 32);
	else
		random_hex(ex->trace, 16);
}

/* RFC 9110 12.5.4: the listed language with the greatest weight; Indonesian when in doubt. */
static void set_language(struct exchange *ex)
{
	const char *at = ex->request.accept_language ? ex->request.accept_language : "";
	struct span range;
	double weight, best = 0;

	ex->language = LANGUAGE_ID;
	while (encoding_next_range(&at, &range, &weight)) {
		bool english = !strncasecmp(range.text, "en", 2);
		bool primary = strcspn(range.text, "-,; \t") == 2;
		if (weight > best && primary && (english || !strncasecmp(range.text, "id", 2))) {
			best = weight;
			ex->language = english ? LANGUAGE_EN : LANGUAGE_ID;
		}
	}
}

void exchange_header(struct exchange *ex, const char *name, const char *value)
{
	for (size_t i = 0; i < ex->n_headers; i++) {
		if (strcmp(ex->headers[i].name, name) != 0)
			continue;
		bool list = !strcmp(name, "Vary");
		ex->headers[i].value =
		    list ? arena_printf(&ex->arena, "%s, %s", ex->headers[i].value, value) : value;
		return;
	}
	if (ex->n_headers < EXCHANGE_MAX_HEADERS) {
		ex->headers[ex->n_headers].name = name;
		ex->headers[ex->n_headers++].value = value;
	}
}

const char *exchange_header_value(const struct exchange *ex, const char *name)
{
	for (size_t i = 0; i < ex->n_headers; i++)
		if (!strcmp(ex->headers[i].name, name))
			return ex->headers[i].value;
	return NULL;
}

static const char *cache_control(const struct exchange *ex)
{
	const struct operation *operation = ex->operation;

	if (ex->problem != PROBLEM__MAX || !operation || operation->secret ||
	    operation->body_kind == BODY_FORM)
		return "no-store";
	if (operation->method == METHOD_GET && !operation->n_access)
		return "public, max-age=60";
	return "private, no-cache";
}

static void add_common_headers(struct exchange *ex)
{
	if (!exchange_header_value(ex, "Cache-Control") || ex->problem != PROBLEM__MAX)
		exchange_header(ex, "Cache-Control", cache_control(ex));
	exchange_header(ex, "X-Request-Id", ex->id);
	exchange_header(ex, "X-Content-Type-Options", "nosniff");
	exchange_header(ex, "Vary", "Accept-Language");
	if (ex->operation && ex->operation->n_access)
		exchange_header(ex, "Vary", "Authorization");
	if (ex->content_type)
		exchange_header(ex, "Content-Type", ex->content_type);
	if (ex->content_type && !exchange_header_value(ex, "Content-Language"))
		exchange_header(ex, "Content-Language", ex->language == LANGUAGE_EN ? "en" : "id");
}

void exchange_run(struct exchange *ex)
{
	int status = 0;

	ex->problem = PROBLEM__MAX;
	ex->claims.scopes = "";
	set_id(ex);
	set_trace(ex);
	set_language(ex);
	for (size_t i = 0; !status && i < sizeof(stages) / sizeof(stages[0]); i++)
		status = stages[i](ex);
	if (ex->problem != PROBLEM__MAX)
		problem_render(ex);
	add_common_headers(ex);
}

void exchange_end(struct exchange *ex)
{
	buffer_free(&ex->reply);
	arena_free(&ex->arena);
}
