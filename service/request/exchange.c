#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <openssl/rand.h>

#include "base/encoding.h"
#include "database/call.h"
#include "database/db.h"
#include "request/exchange.h"
#include "service.h"

static void random_hex(char *out, size_t bytes)
{
	unsigned char random[16];

	if (RAND_bytes(random, (int)bytes) != 1)
		abort();
	encoding_hex(random, bytes, out);
}

/* The exchange's own id is new and random: no client can choose it or repeat it. The client's id
 * stands beside it if it is safe in a log. */
static void set_ids(struct exchange *ex)
{
	static const char safe[] =
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-";
	const char *given = ex->request.request_id;
	size_t size = given ? strlen(given) : 0;

	random_hex(ex->id, 16);
	if (size >= 8 && size <= 64 && strspn(given, safe) == size)
		ex->client_id = given;
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

/* RFC 9110 12.5.4: the language with the greatest weight; Indonesian by default. Java and old
 * browsers write Indonesian as `in`, its code until 1989. */
static void set_language(struct exchange *ex)
{
	const char *at = ex->request.accept_language ? ex->request.accept_language : "";
	struct span range;
	double weight, best = 0;

	ex->language = LANGUAGE_ID;
	while (encoding_next_range(&at, &range, &weight)) {
		bool english = !strncasecmp(range.text, "en", 2);
		bool primary = strcspn(range.text, "-,; \t") == 2;
		bool indonesian =
		    !strncasecmp(range.text, "id", 2) || !strncasecmp(range.text, "in", 2);
		if (weight > best && primary && (english || indonesian)) {
			best = weight;
			ex->language = english ? LANGUAGE_EN : LANGUAGE_ID;
		}
	}
}

void exchange_begin(struct exchange *ex)
{
	ex->claims.scopes = "";
	set_ids(ex);
	set_trace(ex);
	set_language(ex);
}

const char *exchange_public_id(const struct exchange *ex)
{
	return ex->client_id ? ex->client_id : ex->id;
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

void exchange_call(struct exchange *ex, const struct db_call *call, struct db_reply *ret_reply)
{
	struct db_call mine = *call;

	mine.caller = ex->caller;
	db_run(ex->service->db, &mine, ret_reply);
	ex->waited_us += ret_reply->waited_us;
}

void exchange_end(struct exchange *ex)
{
	buffer_free(&ex->reply);
	arena_free(&ex->arena);
}
