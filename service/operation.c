#include <string.h>

#include "cleanup.h"
#include "db.h"
#include "encoding.h"
#include "etag.h"
#include "exchange.h"
#include "format.h"
#include "handler.h"
#include "operation.h"
#include "password.h"
#include "render.h"
#include "seal.h"
#include "service.h"
#include "sqlstate.h"

enum { SECRET_BYTES = 24 };

/* A write is known in the audit by its request; reads of a caller have equal claims, so that a batch sets them once. */
const char *operation_claims(struct exchange *ex)
{
	bool read = ex->operation->method == METHOD_GET;

	return arena_printf(&ex->arena, "{%s%s\"operation\":\"%s\"%s%s%s}",
	    ex->claims.role ? ex->claims.authority : "", ex->claims.role ? "," : "",
	    ex->operation->id, read ? "" : ",\"request_id\":\"", read ? "" : ex->id,
	    read ? "" : "\"");
}

/* A fresh secret and what the database may know of it: argon2id for what a person types, SHA-256 for 192 random bits. */
static int make_secret(struct exchange *ex, enum bind_source source)
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

static const char *value_of(struct exchange *ex, const struct bind *bind)
{
	switch (bind->source) {
	case BIND_PARAMETER: return ex->values[bind->parameter];
	case BIND_BODY: return ex->body;
	case BIND_CLAIMS: return operation_claims(ex);
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

/* The request's fingerprint: method, target, the client's own bytes, and what the caller may do now. Keyed, since a plain
 * hash of a body with personal data can be reversed. */
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

/* The kept answer of an earlier request, through the same renderer. */
static int replay(struct exchange *ex, const struct db_call *first)
{
	const char *const values[] = {first->principal, first->key};
	const struct db_call call = {.lane = LANE_WRITE,
	    .statement = ex->operation->replay,
	    .values = values};
	struct db_reply reply;

	db_run(ex->service->db, &call, &reply);
	int status = reply.outcome != DB_DONE ? sqlstate_problem(ex, &reply)
		     : !db_rows(&reply)	      ? problem(ex, PROBLEM_IDEMPOTENCY_IN_FLIGHT, NULL)
					      : render_reply(ex, reply.result, reply.row);
	exchange_header(ex, "Idempotency-Replayed", "true");
	db_reply_free(&reply);
	return status;
}

static int run(struct exchange *ex, const char *const *values, const struct statement *statement,
    const char *key)
{
	const struct operation *operation = ex->operation;
	/* What is open to all is answered alike whoever asks. */
	unsigned role = operation->n_access ? ex->claims.role : 0;
	const struct db_call call = {.role = contract_roles[role],
	    .lane = operation->lane,
	    .claims = role || operation->method != METHOD_GET ? operation_claims(ex) : NULL,
	    .principal = key ? ex->claims.subject : NULL,
	    .key = key,
	    .request_hash = key ? request_hash(ex) : NULL,
	    .statement = statement,
	    .one_plan = statement == operation->usual,
	    .values = values,
	    .many = operation->many,
	    .many_key = operation->key};
	struct db_reply reply;
	db_run(ex->service->db, &call, &reply);
	int status = reply.outcome == DB_DONE	  ? render_reply(ex, reply.result, reply.row)
		     : sqlstate_is_replay(&reply) ? replay(ex, &call)
						  : sqlstate_problem(ex, &reply);
	db_reply_free(&reply);
	return status;
}

/* Whether the usual statement answers this: it takes every parameter that is asked, and needs none that is not. A default is not asked. */
static bool is_usual(const struct exchange *ex)
{
	const struct operation *operation = ex->operation;
	bool usual = operation->usual && !ex->count;

	for (size_t i = 0; usual && i < operation->n_parameters; i++) {
		const char *initial = operation->parameters[i].initial, *value = ex->values[i];
		bool asked = value && !(initial && !strcmp(value, initial));
		usual = (asked ? operation->usual_takes : ~operation->usual_needs) >> i & 1;
	}
	return usual;
}

static int run_statement(struct exchange *ex)
{
	const struct operation *operation = ex->operation;
	const char *key = operation->idempotent ? ex->request.idempotency_key : NULL;
	const struct statement *statement = key		   ? operation->kept
					    : is_usual(ex) ? operation->usual
							   : operation->statement;
	const char **values = arena_alloc(&ex->arena, (statement->n_binds + 1) * sizeof(*values));
	for (size_t i = 0; i < statement->n_binds; i++) {
		enum bind_source source = statement->binds[i].source;
		bool secret = source == BIND_SECRET_HASH || source == BIND_SECRET_DIGEST;
		int status = secret && !ex->secret ? make_secret(ex, source) : 0;
		if (status)
			return status;
		values[i] = value_of(ex, &statement->binds[i]);
	}
	return run(ex, values, statement, key);
}

int operation_run(struct exchange *ex)
{
	int status = ex->operation->handler ? handler_run(ex) : run_statement(ex);

	if (!status)
		status = format_reply(ex);
	return status ? status : etag_check(ex);
}
