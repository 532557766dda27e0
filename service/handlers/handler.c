#include <string.h>

#include <jansson.h>

#include "base/arena.h"
#include "database/call.h"
#include "handlers/handler.h"
#include "request/exchange.h"
#include "request/problem.h"

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
