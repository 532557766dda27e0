#include <string.h>

#include "base/cleanup.h"
#include "database/call.h"
#include "handlers/password_change.h"
#include "handlers/step.h"
#include "identity/password.h"
#include "request/exchange.h"
#include "request/problem.h"

int password_change(struct exchange *ex, const json_t *body)
{
	const char *fresh = handler_text(body, "new_password"), *hash;
	const char *current = handler_text(body, "current_password");
	struct db_reply start CLEANUP(db_reply_free) = {0}, known CLEANUP(db_reply_free) = {0};
	struct db_reply set CLEANUP(db_reply_free) = {0};
	struct password_turn turn CLEANUP(password_end_turn) = {0};
	bool fits = false;

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
	/* A caller who knows the password may try any number of new ones. */
	if (fits)
		status = step_run(ex, &known, "known", STEP_INPUTS("subject", ex->claims.subject));
	if (status)
		return status;
	if (!fits)
		problem_note(ex, "/current_password", NULL, "password_wrong", NULL);
	if (password_is_common(fresh) || !strcmp(fresh, current))
		problem_note(ex, "/new_password", NULL, "password_common", NULL);
	if (ex->n_violations)
		return problem(ex, PROBLEM_VALIDATION_FAILED, NULL);
	status = password_hash(ex, fresh, &hash);
	if (!status)
		status = step_run(ex, &set, "set",
		    STEP_INPUTS("subject", ex->claims.subject, "password_hash", hash));
	return status ? status : handler_finish(ex);
}
