#include "identity/claims.h"
#include "request/exchange.h"

/* The audit names the request of a write. All reads of a caller have equal claims, so a batch sets
 * them once. */
const char *claims_text(struct exchange *ex)
{
	const char *authority = ex->claims.role ? ex->claims.authority : "";
	const char *comma = ex->claims.role ? "," : "";

	if (ex->operation->method == METHOD_GET)
		return arena_printf(&ex->arena, "{%s%s\"operation\":\"%s\"}", authority, comma,
		    ex->operation->id);
	const char *client = "";
	if (ex->client_id)
		client = arena_printf(&ex->arena, ",\"client_request_id\":\"%s\"", ex->client_id);
	return arena_printf(&ex->arena, "{%s%s\"operation\":\"%s\",\"request_id\":\"%s\"%s}",
	    authority, comma, ex->operation->id, ex->id, client);
}
