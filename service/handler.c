#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "cleanup.h"
#include "db.h"
#include "exchange.h"
#include "handler.h"
#include "password.h"
#include "step.h"

DEFINE_CLEANUP(json_t, json_decref);

const char *handler_text(const json_t *body, const char *name)
{
	return json_string_value(json_object_get(body, name));
}

int handler_throttled(struct exchange *ex, const struct db_reply *step)
{
	const char *seconds = db_value(step, "retry_after");

	if (!seconds || !strcmp(seconds, "0"))
		return 0;
	exchange_header(ex, "Retry-After", arena_text(&ex->arena, seconds));
	return problem(ex, PROBLEM_RATE_LIMITED, NULL);
}

int handler_finish(struct exchange *ex)
{
	const char *media = ex->operation->media ? ex->operation->media : "application/json";

	ex->status = ex->operation->status;
	if (!strncmp(media, "text/", 5))
		media = arena_printf(&ex->arena, "%s; charset=utf-8", media);
	ex->content_type = ex->reply.size ? media : NULL;
	return 0;
}

int handler_reply(struct exchange *ex, const json_t *reply)
{
	char *text = json_dumps(reply, JSON_COMPACT);

	if (!text)
		return problem(ex, PROBLEM_INTERNAL, NULL);
	buffer_puts(&ex->reply, text);
	arena_release(text);
	return handler_finish(ex);
}

static int refuse_password(struct exchange *ex, const char *pointer, const char *code)
{
	problem_note(ex, pointer, NULL, code, NULL);
	return problem(ex, PROBLEM_VALIDATION_FAILED, NULL);
}

static int run_password_change(struct exchange *ex, const json_t *body)
{
	const char *fresh = handler_text(body, "new_password"), *hash;
	const char *current = handler_text(body, "current_password");
	struct db_reply start CLEANUP(db_reply_free) = {0}, set CLEANUP(db_reply_free) = {0};
	struct password_turn turn CLEANUP(password_end_turn) = {0};
	bool fits = false;

	if (password_is_common(fresh) || !strcmp(fresh, current))
		return refuse_password(ex, "/new_password", "password_common");
	int status = password_take_turn(ex, &turn);
	if (!status)
		status = step_run(ex, &start, "start",
		    STEP_INPUTS("subject", ex->claims.subject, "address", ex->request.address));
	if (!status)
		status = handler_throttled(ex, &start);
	if (!status)
		status = password_verify(ex, db_value(&start, "password_hash"), current, &fits);
	if (status)
		return status;
	if (!fits)
		return refuse_password(ex, "/current_password", "password_wrong");
	status = password_hash(ex, fresh, &hash);
	if (!status)
		status = step_run(ex, &set, "set",
		    STEP_INPUTS("subject", ex->claims.subject, "password_hash", hash));
	return status ? status : handler_finish(ex);
}

static int serve(struct exchange *ex, const struct document *document)
{
	exchange_header(ex, "ETag", document->etag);
	exchange_header(ex, "Content-Language", "en");
	buffer_put(&ex->reply, document->text, document->size);
	return handler_finish(ex);
}

static int run_contract(struct exchange *ex, const json_t *body)
{
	(void)body;
	return serve(ex, &contract_openapi);
}

static int run_dictionary(struct exchange *ex, const json_t *body)
{
	(void)body;
	return serve(ex, &contract_dictionary);
}

static int run_docs(struct exchange *ex, const json_t *body)
{
	(void)body;
	exchange_header(ex, "Content-Security-Policy",
	    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
	return serve(ex, &contract_docs);
}

static const struct {
	const char *name;
	handler_fn *run;
} handlers[] = {
    {"contract", run_contract},
    {"dictionary", run_dictionary},
    {"docs", run_docs},
    {"password_change", run_password_change},
    {"qr", qr_draw},
    {"token_issue", oauth_issue},
    {"token_keys", oauth_keys},
    {"token_metadata", oauth_metadata},
    {"token_revoke", oauth_revoke},
};

enum { N_HANDLERS = sizeof(handlers) / sizeof(handlers[0]) };

static size_t index_of(const char *name)
{
	size_t i = 0;

	while (i < N_HANDLERS && strcmp(handlers[i].name, name) != 0)
		i++;
	return i;
}

bool handler_exists(const char *name)
{
	return index_of(name) < N_HANDLERS;
}

int handler_run(struct exchange *ex)
{
	json_t *body CLEANUP(json_decref_cleanup) = ex->body ? json_loads(ex->body, 0, NULL) : NULL;

	return handlers[index_of(ex->operation->handler)].run(ex, body);
}
