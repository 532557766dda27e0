#include <string.h>

#include "base/json.h"
#include "handlers/documents.h"
#include "handlers/handler.h"
#include "handlers/handlers.h"
#include "handlers/oauth.h"
#include "handlers/password_change.h"
#include "handlers/qr.h"
#include "request/exchange.h"

static const struct {
	const char *name;
	handler_fn *run;
} handlers[] = {
    {"contract", documents_contract},
    {"dictionary", documents_dictionary},
    {"docs", documents_docs},
    {"password_change", password_change},
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

bool handlers_have(const char *name)
{
	return index_of(name) < N_HANDLERS;
}

int handlers_run(struct exchange *ex)
{
	json_t *body CLEANUP(json_decref_cleanup) = ex->body ? json_loads(ex->body, 0, NULL) : NULL;

	return handlers[index_of(ex->operation->handler)].run(ex, body);
}
