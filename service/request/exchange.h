/* One request and its reply, from the first byte to the log line. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "contract/contract.h"
#include "contract/vocabulary.h"

struct db_call;
struct db_reply;
struct service;

enum { EXCHANGE_MAX_PATH_PARAMETERS = 4, EXCHANGE_MAX_HEADERS = 32, EXCHANGE_MAX_VIOLATIONS = 100 };

enum language { LANGUAGE_ID, LANGUAGE_EN };

/* What the client sent. The HTTP server owns the strings; they outlive the exchange. NULL =
 * absent. */
struct request {
	const char *method, *target; /* the raw target, undecoded */
	const char *address;
	const char *body;
	size_t body_size, header_bytes;
	unsigned long long length; /* the declared length of the body; 0 = none */
	bool chunked; /* the length of the body is not declared */
	bool malformed; /* its headers can be read in more than one way */
	const char *accept, *accept_language, *authorization, *content_encoding, *content_type,
	    *if_match, *if_none_match;
	const char *idempotency_key, *origin, *preflight_method, *request_id, *traceparent;
};

struct claims {
	unsigned role; /* index into contract_roles; 0 = public */
	const char *subject;
	const char *scopes; /* separated by spaces; "" = none */
	const char *authority; /* JSON members of sub, role and all other claims, for app.claims */
	bool must_change_password;
};

struct violation {
	const char *pointer, *parameter, *code, *detail;
	const char *records; /* JSON array of ids, or NULL */
};

struct exchange {
	struct service *service;
	struct arena arena;
	struct request request;
	int64_t started_us, admitted_us; /* the head has come; the service waits for the body */
	char id[33], trace[33];
	const char *client_id; /* X-Request-Id, or NULL if absent or unsafe */
	enum language language;

	const struct route *route;
	const struct operation *operation;
	const char *path_values[EXCHANGE_MAX_PATH_PARAMETERS];
	const char *query; /* raw, after '?', or NULL */
	struct claims claims;
	enum problem_kind token_problem; /* why a token is invalid, else PROBLEM_NONE */
	const char *caller; /* the subject, or without a valid token the address or IPv6 network */
	bool pays_by_time; /* long work counts against the caller's limit */
	int64_t waited_us; /* for database connections */
	/* Of the operation's parameters, in PostgreSQL's text form; NULL = absent. */
	const char *const *values;
	int64_t limit;
	const char *after_key, *after_id;
	bool count;
	const char *if_match; /* text[]; NULL for * */
	size_t body_limit; /* the largest body that the operation takes, in bytes */
	const char *body; /* checked and sealed; JSON */
	const char *secret, *secret_hash, *secret_digest;

	int status;
	enum problem_kind problem;
	const char *problem_detail;
	const char *fault; /* for the log only, never for the client */
	struct violation violations[EXCHANGE_MAX_VIOLATIONS];
	size_t n_violations;
	const char *content_type;
	const char *version; /* of the record in the reply, or NULL */
	struct buffer reply;
	struct {
		const char *name, *value;
	} headers[EXCHANGE_MAX_HEADERS];
	size_t n_headers;
};

/* Gives a new exchange its ids, trace and language by the request's headers. */
void exchange_begin(struct exchange *ex);

/* The reply's X-Request-Id: the client's id if it gave one, else the exchange's own. */
const char *exchange_public_id(const struct exchange *ex);

/* Sets a header of the reply, or adds to Vary. Both strings must live as long as the exchange. */
void exchange_header(struct exchange *ex, const char *name, const char *value);

/* The value set so far, or NULL. */
const char *exchange_header_value(const struct exchange *ex, const char *name);

/* Runs a call to the database for this exchange's caller. Free the reply with db_reply_free(). */
void exchange_call(struct exchange *ex, const struct db_call *call, struct db_reply *ret_reply);

void exchange_end(struct exchange *ex);
