#include <string.h>

#include "database/call.h"
#include "database/db.h"
#include "handlers/step.h"
#include "identity/claims.h"
#include "reply/failure.h"
#include "request/exchange.h"
#include "request/problem.h"
#include "service.h"

enum { MAX_BINDS = 8 };

static const struct statement *step_named(const struct operation *operation, const char *name)
{
	size_t prefix = strlen(operation->id) + 1;

	for (size_t i = 0; i < operation->n_steps; i++)
		if (!strcmp(operation->steps[i].name + prefix, name))
			return &operation->steps[i];
	return NULL;
}

static const char *input_of(const char *const *inputs, const char *name)
{
	for (; *inputs; inputs += 2)
		if (!strcmp(inputs[0], name))
			return inputs[1];
	return NULL;
}

int step_run(struct exchange *ex, struct db_reply *ret_reply, const char *name,
    const char *const *inputs)
{
	const struct statement *statement = step_named(ex->operation, name);
	const char *values[MAX_BINDS];

	if (!statement || statement->n_binds > MAX_BINDS)
		return problem(ex, PROBLEM_INTERNAL, NULL);
	for (size_t i = 0; i < statement->n_binds; i++)
		values[i] = input_of(inputs, statement->binds[i].name);
	bool read = ex->operation->method == METHOD_GET;
	unsigned role = ex->operation->n_access ? ex->claims.role : 0;
	const struct db_call call = {.role = read ? contract_roles[role] : db_role_engine,
	    .lane = read ? LANE_POINT : LANE_WRITE,
	    .claims = role || !read ? claims_text(ex) : NULL,
	    .statement = statement,
	    .values = values};
	exchange_call(ex, &call, ret_reply);
	return ret_reply->outcome == DB_DONE ? 0 : failure_problem(ex, ret_reply);
}
