#include <string.h>

#include "base/cleanup.h"
#include "base/encoding.h"
#include "database/call.h"
#include "database/db.h"
#include "handlers/handlers.h"
#include "http/operation.h"
#include "identity/claims.h"
#include "identity/password.h"
#include "identity/seal.h"
#include "reply/etag.h"
#include "reply/failure.h"
#include "reply/format.h"
#include "reply/render.h"
#include "request/exchange.h"
#include "request/problem.h"
#include "service.h"

enum { SECRET_BYTES = 24 };

/* Makes a secret, and the hash that the database may keep: argon2id if a person types the secret,
 * SHA-256 if it is 192 random bits. */
static int draw_secret(struct exchange *ex, enum bind_source source)
{
	struct password_turn turn CLEANUP(password_end_turn) = {0};

	ex->secret = encoding_random(&ex->arena, SECRET_BYTES);
	if (source == BIND_SECRET_HASH) {
		int status = password_take_turn(ex, &turn);
		return status ? status : password_hash(ex, ex->secret, &ex->secret_hash);
	}
	ex->secret_digest = encoding_digest(&ex->arena, ex->secret, strlen(ex->secret));
	return 0;
}

static const char *bound_value(struct exchange *ex, const struct bind *bind)
{
	switch (bind->source) {
	case BIND_PARAMETER: return ex->values[bind->parameter];
	case BIND_BODY: return ex->body;
	case BIND_CLAIMS: return claims_text(ex);
	case BIND_LIMIT: return arena_printf(&ex->arena, "%ld", (long)ex->limit + 1);
	case BIND_AFTER_KEY: return ex->after_key;
	case BIND_AFTER_ID: return ex->after_id;
	case BIND_COUNT: return ex->count ? "true" : "false";
	case BIND_IF_MATCH: return ex->if_match;
	case BIND_SECRET_HASH: return ex->secret_hash;
	case BIND_SECRET_DIGEST: return ex->secret_digest;
	case BIND_REQUEST_ID: return ex->id;
	case BIND_NAMED: break;
	}
	return NULL;
}

/* A MAC of the request: method, target, the caller's claims, and the body's bytes. A plain hash of
 * a body with personal data could be reversed. */
static const char *request_hash(struct exchange *ex)
{
	struct buffer text = {0};
	unsigned char mac[32];
	char *hex = arena_alloc(&ex->arena, 65);

	buffer_printf(&text, "%s %s", ex->request.method, ex->request.target);
	buffer_put(&text, "", 1);
	buffer_puts(&text, ex->claims.authority);
	buffer_put(&text, "", 1);
	buffer_put(&text, ex->request.body, ex->request.body_size);
	seal_mac(ex->service, "request", text.data, text.size, mac);
	buffer_free(&text);
	encoding_hex(mac, sizeof(mac), hex);
	return hex;
}

/* Answers with the kept reply of an earlier request. */
static int replay(struct exchange *ex, const struct db_call *first)
{
	const char *const values[] = {first->principal, first->key};
	const struct db_call call = {.lane = LANE_WRITE,
	    .statement = ex->operation->replay,
	    .values = values};
	struct db_reply reply;

	exchange_call(ex, &call, &reply);
	int status;
	if (reply.outcome != DB_DONE)
		status = failure_problem(ex, &reply);
	else if (!db_rows(&reply))
		status = problem(ex, PROBLEM_IDEMPOTENCY_IN_FLIGHT, NULL);
	else
		status = render_reply(ex, reply.result, reply.row);
	exchange_header(ex, "Idempotency-Replayed", "true");
	db_reply_free(&reply);
	return status;
}

static int call_database(struct exchange *ex, const char *const *values,
    const struct statement *statement, const char *key)
{
	const struct operation *operation = ex->operation;
	/* An open operation has one answer for all callers. */
	unsigned role = operation->n_access ? ex->claims.role : 0;
	const struct db_call call = {.role = contract_roles[role],
	    .lane = operation->lane,
	    .claims = role || operation->method != METHOD_GET ? claims_text(ex) : NULL,
	    .principal = key ? ex->claims.subject : NULL,
	    .key = key,
	    .request_hash = key ? request_hash(ex) : NULL,
	    .statement = statement,
	    .keeps_plan = statement == operation->usual,
	    .values = values,
	    .many = operation->many,
	    .many_key = operation->key};
	struct db_reply reply;
	exchange_call(ex, &call, &reply);
	int status;
	if (reply.outcome == DB_DONE)
		status = render_reply(ex, reply.result, reply.row);
	else if (failure_is_replay(&reply))
		status = replay(ex, &call);
	else
		status = failure_problem(ex, &reply);
	db_reply_free(&reply);
	return status;
}

/* Whether the usual statement can answer: it takes every given parameter, and each one that it
 * needs is given. A default value counts as not given. */
static bool is_usual(const struct exchange *ex)
{
	const struct operation *operation = ex->operation;
	bool usual = operation->usual && !ex->count;

	for (size_t i = 0; usual && i < operation->n_parameters; i++) {
		const char *initial = operation->parameters[i].initial, *value = ex->values[i];
		bool given = value && !(initial && !strcmp(value, initial));
		usual = (given ? operation->usual_takes : ~operation->usual_needs) >> i & 1;
	}
	return usual;
}

static const struct statement *statement_for(const struct exchange *ex, const char *key)
{
	if (key)
		return ex->operation->kept;
	return is_usual(ex) ? ex->operation->usual : ex->operation->statement;
}

static int run_statement(struct exchange *ex)
{
	const struct operation *operation = ex->operation;
	const char *key = operation->idempotent ? ex->request.idempotency_key : NULL;
	const struct statement *statement = statement_for(ex, key);
	const char **values = arena_alloc(&ex->arena, (statement->n_binds + 1) * sizeof(*values));
	for (size_t i = 0; i < statement->n_binds; i++) {
		enum bind_source source = statement->binds[i].source;
		bool secret = source == BIND_SECRET_HASH || source == BIND_SECRET_DIGEST;
		int status = secret && !ex->secret ? draw_secret(ex, source) : 0;
		if (status)
			return status;
		values[i] = bound_value(ex, &statement->binds[i]);
	}
	return call_database(ex, values, statement, key);
}

int operation_run(struct exchange *ex)
{
	int status = ex->operation->handler ? handlers_run(ex) : run_statement(ex);

	if (!status)
		status = format_reply(ex);
	return status ? status : etag_check(ex);
}
