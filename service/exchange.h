/* One request and its reply, from the first byte to the log line. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "arena.h"
#include "buffer.h"
#include "contract.h"
#include "problem.h"

struct service;

enum { EXCHANGE_MAX_PATH_PARAMETERS = 4, EXCHANGE_MAX_HEADERS = 32, EXCHANGE_MAX_VIOLATIONS = 100 };

enum language { LANGUAGE_ID, LANGUAGE_EN };

/* What the client sent; strings are the HTTP layer's and outlive the exchange. NULL = absent. */
struct request {
	const char *method, *target; /* the raw target, undecoded */
	const char *address;
	const char *body;
	size_t body_size, header_bytes;
	bool malformed; /* its headers can be read in more than one way */
	const char *accept, *accept_language, *authorization, *content_type, *if_match,
	    *if_none_match;
	const char *idempotency_key, *origin, *preflight_method, *request_id, *traceparent;
};

struct claims {
	unsigned role; /* index into contract_roles; 0 = public */
	const char *subject;
	const char *scopes; /* separated by spaces; "" = none */
	const char
	    *authority; /* JSON members of sub, role and every further claim, for app.claims */
	bool must_change_password;
};

struct violation {
	const char *pointer, *parameter, *code, *detail;
};

struct exchange {
	struct service *service;
	struct arena arena;
	struct request request;
	int64_t started_us;
	char id[65], trace[33];
	enum language language;

	const struct route *route;
	const struct operation *operation;
	const char *path_values[EXCHANGE_MAX_PATH_PARAMETERS];
	const char *query; /* raw, after '?', or NULL */
	struct claims claims;
	const char *const
	    *values; /* of the operation's parameters, in PostgreSQL's text form; NULL = absent */
	int64_t limit;
	const char *after_key, *after_id;
	bool count;
	const char *if_match; /* text[]; NULL for * */
	const char *body; /* checked and sealed; JSON */
	const char *secret, *secret_hash, *secret_digest;

	int status;
	enum problem_kind problem;
	const char *problem_detail;
	const char *fault; /* what the log tells of it, and no client */
	struct violation violations[EXCHANGE_MAX_VIOLATIONS];
	size_t n_violations;
	const char *content_type;
	const char *version; /* of the record in the reply; NULL: it has none */
	struct buffer reply;
	struct {
		const char *name, *value;
	} headers[EXCHANGE_MAX_HEADERS];
	size_t n_headers;
};

/* Runs all stages over a request and fills status, headers and reply. */
void exchange_run(struct exchange *ex);

/* Sets a header of the reply, or adds to Vary; both strings outlive the exchange or are of its arena. */
void exchange_header(struct exchange *ex, const char *name, const char *value);

/* The value set so far, or NULL. */
const char *exchange_header_value(const struct exchange *ex, const char *name);

void exchange_end(struct exchange *ex);
