#include <string.h>

#include <libpq-fe.h>

#include "base/json.h"
#include "database/call.h"
#include "database/sqlstate.h"
#include "reply/failure.h"
#include "request/exchange.h"
#include "request/problem.h"

/* The problem of each error; an error without a row is PROBLEM_INTERNAL. */
static const enum problem_kind problems[SQLSTATE__MAX] = {
    [SQLSTATE_CONNECTION_EXCEPTION] = PROBLEM_DATABASE_UNAVAILABLE,
    [SQLSTATE_DATA_EXCEPTION] = PROBLEM_VALIDATION_FAILED,
    [SQLSTATE_UNIQUE_VIOLATION] = PROBLEM_DUPLICATE,
    [SQLSTATE_EXCLUSION_VIOLATION] = PROBLEM_DUPLICATE,
    [SQLSTATE_INTEGRITY_VIOLATION] = PROBLEM_VALIDATION_FAILED,
    [SQLSTATE_READ_ONLY_TRANSACTION] = PROBLEM_DATABASE_UNAVAILABLE,
    [SQLSTATE_SERIALIZATION_FAILURE] = PROBLEM_OVERLOADED,
    [SQLSTATE_DEADLOCK_DETECTED] = PROBLEM_OVERLOADED,
    [SQLSTATE_INSUFFICIENT_RESOURCES] = PROBLEM_DATABASE_UNAVAILABLE,
    [SQLSTATE_LOCK_NOT_AVAILABLE] = PROBLEM_OVERLOADED,
    [SQLSTATE_QUERY_CANCELED] = PROBLEM_TIMEOUT,
    [SQLSTATE_SHUTDOWN] = PROBLEM_DATABASE_UNAVAILABLE,
};

static const char *field(const struct db_reply *reply, int code)
{
	const char *text = reply->result ? PQresultErrorField(reply->result, code) : NULL;

	return text ? text : "";
}

bool failure_is_replay(const struct db_reply *reply)
{
	return reply->outcome == DB_FAILED && sqlstate_of(reply->result) == SQLSTATE_REPLAY;
}

/* <table>_<member>__<rule>: the rule is broken at /member. */
static void note_constraint(struct exchange *ex, const struct db_reply *reply)
{
	const char *text = field(reply, PG_DIAG_CONSTRAINT_NAME),
		   *table = field(reply, PG_DIAG_TABLE_NAME);
	const char *name = arena_text(&ex->arena, text); /* it must outlive the reply */
	const char *column = field(reply, PG_DIAG_COLUMN_NAME);
	size_t size = strlen(table);
	const char *member =
	    !strncmp(name, table, size) && name[size] == '_' ? name + size + 1 : name;
	const char *rule = strstr(member, "__");

	if (*column)
		problem_note(ex, arena_printf(&ex->arena, "/%s", column), NULL, "not_null", NULL);
	else if (rule)
		problem_note(ex, arena_printf(&ex->arena, "/%.*s", (int)(rule - member), member),
		    NULL, rule + 2, NULL);
	else if (*name)
		problem_note(ex, NULL, NULL, name, NULL);
}

static const struct form *form_of(const char *name)
{
	for (size_t i = 0; name && i < contract_n_forms; i++)
		if (!strcmp(contract_forms[i].name, name))
			return &contract_forms[i];
	return NULL;
}

/* DETAIL of a refusal: a JSON array of violations, or for a 412 the current version. */
static void read_detail(struct exchange *ex, enum problem_kind kind, const char *detail)
{
	json_t *list CLEANUP(json_decref_cleanup) = json_loads(detail, 0, NULL);
	json_t *item;
	size_t i;

	if (kind == PROBLEM_VERSION_MISMATCH && *detail)
		exchange_header(ex, "ETag", arena_printf(&ex->arena, "\"%s\"", detail));
	json_array_foreach(list, i, item) {
		const char *pointer = NULL, *parameter = NULL, *code = "check", *limit = NULL,
			   *form = NULL;
		json_t *records = NULL;

		json_unpack(item, "{s?s, s?s, s?s, s?s, s?s, s?o}", "pointer", &pointer,
		    "parameter", &parameter, "code", &code, "limit", &limit, "form", &form,
		    "records", &records);
		pointer = arena_text(&ex->arena, pointer);
		parameter = arena_text(&ex->arena, parameter);
		code = arena_text(&ex->arena, code);
		struct violation *noted =
		    form_of(form) ? problem_note_form(ex, pointer, parameter, code, form_of(form))
				  : problem_note(ex, pointer, parameter, code, limit);
		if (noted)
			noted->records = problem_records(ex, records);
	}
}

static int refused(struct exchange *ex, const struct db_reply *reply)
{
	enum problem_kind kind = problem_kind_of(field(reply, PG_DIAG_MESSAGE_PRIMARY));

	if (kind == PROBLEM_NONE)
		return 0;
	read_detail(ex, kind, field(reply, PG_DIAG_MESSAGE_DETAIL));
	return problem(ex, kind, NULL);
}

/* Insufficient privilege: a policy's WITH CHECK refuses the row, or a grant is missing. */
static int denied(struct exchange *ex, const struct db_reply *reply)
{
	if (strcmp(field(reply, PG_DIAG_SOURCE_FUNCTION), "ExecWithCheckOptions") != 0)
		return problem(ex, PROBLEM_FORBIDDEN, NULL);
	problem_note(ex, NULL, NULL, "scope", NULL);
	return problem(ex, PROBLEM_VALIDATION_FAILED, NULL);
}

static int failed(struct exchange *ex, const struct db_reply *reply)
{
	enum sqlstate state = sqlstate_of(reply->result);
	enum problem_kind kind = problems[state];
	int status = 0;

	switch (state) {
	case SQLSTATE_REPLAY:
	case SQLSTATE_REFUSED: status = refused(ex, reply); break;
	case SQLSTATE_INSUFFICIENT_PRIVILEGE: status = denied(ex, reply); break;
	case SQLSTATE_UNIQUE_VIOLATION:
	case SQLSTATE_EXCLUSION_VIOLATION:
	case SQLSTATE_INTEGRITY_VIOLATION: note_constraint(ex, reply); break;
	case SQLSTATE_DATA_EXCEPTION: /* without a body, the value was not the caller's */
		kind = ex->body ? kind : PROBLEM_INTERNAL;
		break;
	case SQLSTATE_LOCK_NOT_AVAILABLE:
		kind = reply->claiming ? PROBLEM_IDEMPOTENCY_IN_FLIGHT : kind;
		break;
	default: break;
	}
	return status ? status : problem(ex, kind ? kind : PROBLEM_INTERNAL, NULL);
}

int failure_problem(struct exchange *ex, const struct db_reply *reply)
{
	static const enum problem_kind kinds[] = {[DB_UNAVAILABLE] = PROBLEM_DATABASE_UNAVAILABLE,
	    [DB_OVERLOADED] = PROBLEM_OVERLOADED,
	    [DB_UNKNOWN] = PROBLEM_OUTCOME_UNKNOWN};
	int status = reply->outcome == DB_FAILED ? failed(ex, reply)
						 : problem(ex, kinds[reply->outcome], NULL);

	if (status >= 500)
		ex->fault = arena_printf(&ex->arena, "database %s: %s",
		    field(reply, PG_DIAG_SQLSTATE), field(reply, PG_DIAG_MESSAGE_PRIMARY));
	return status;
}
