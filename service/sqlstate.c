#include <stdbool.h>
#include <string.h>

#include <jansson.h>
#include <libpq-fe.h>

#include "cleanup.h"
#include "db.h"
#include "exchange.h"
#include "sqlstate.h"

DEFINE_CLEANUP(json_t, json_decref);

/* The first class that fits decides; longer ones stand before shorter. */
static const struct {
	const char *class;
	enum problem_kind kind;
} classes[] = {
    {"23505", PROBLEM_DUPLICATE},
    {"23P01", PROBLEM_DUPLICATE},
    {"23", PROBLEM_VALIDATION_FAILED},
    {"22", PROBLEM_VALIDATION_FAILED},
    {"40001", PROBLEM_OVERLOADED},
    {"40P01", PROBLEM_OVERLOADED},
    {"55P03", PROBLEM_OVERLOADED},
    {"57014", PROBLEM_TIMEOUT},
    {"25006", PROBLEM_DATABASE_UNAVAILABLE},
    {"08", PROBLEM_DATABASE_UNAVAILABLE},
    {"53", PROBLEM_DATABASE_UNAVAILABLE},
    {"57P", PROBLEM_DATABASE_UNAVAILABLE},
};

static const char *field(const struct db_reply *reply, int code)
{
	const char *text = reply->result ? PQresultErrorField(reply->result, code) : NULL;

	return text ? text : "";
}

bool sqlstate_is_replay(const struct db_reply *reply)
{
	return reply->outcome == DB_FAILED && !strcmp(field(reply, PG_DIAG_SQLSTATE), "PT208");
}

/* <table>_<member>__<rule>: the rule is broken at /member. */
static void note_constraint(struct exchange *ex, const struct db_reply *reply)
{
	const char *text = field(reply, PG_DIAG_CONSTRAINT_NAME),
		   *table = field(reply, PG_DIAG_TABLE_NAME);
	const char *name = arena_text(&ex->arena, text); /* outlives the reply */
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

/* DETAIL of a refusal: a JSON array of violations, or the current version behind a 412. */
static void read_detail(struct exchange *ex, enum problem_kind kind, const char *detail)
{
	json_t *list CLEANUP(json_decref_cleanup) = json_loads(detail, 0, NULL);
	json_t *item;
	size_t i;

	if (kind == PROBLEM_VERSION_MISMATCH && *detail)
		exchange_header(ex, "ETag", arena_printf(&ex->arena, "\"%s\"", detail));
	json_array_foreach(list, i, item) {
		const char *pointer = NULL, *parameter = NULL, *code = "check", *limit = NULL;

		json_unpack(item, "{s?s, s?s, s?s, s?s}", "pointer", &pointer, "parameter",
		    &parameter, "code", &code, "limit", &limit);
		problem_note(ex, arena_text(&ex->arena, pointer), arena_text(&ex->arena, parameter),
		    arena_text(&ex->arena, code), limit);
	}
}

static int refused(struct exchange *ex, const struct db_reply *reply)
{
	enum problem_kind kind = problem_kind_of(field(reply, PG_DIAG_MESSAGE_PRIMARY));

	if (kind == PROBLEM__MAX)
		return 0;
	read_detail(ex, kind, field(reply, PG_DIAG_MESSAGE_DETAIL));
	return problem(ex, kind, NULL);
}

/* 42501 is either a row that a policy's WITH CHECK refuses, or a missing grant. */
static int denied(struct exchange *ex, const struct db_reply *reply)
{
	if (strcmp(field(reply, PG_DIAG_SOURCE_FUNCTION), "ExecWithCheckOptions") != 0)
		return problem(ex, PROBLEM_FORBIDDEN, NULL);
	problem_note(ex, NULL, NULL, "scope", NULL);
	return problem(ex, PROBLEM_VALIDATION_FAILED, NULL);
}

static int failed(struct exchange *ex, const struct db_reply *reply)
{
	const char *state = field(reply, PG_DIAG_SQLSTATE);
	int status = !strncmp(state, "PT", 2) ? refused(ex, reply) : 0;

	if (status)
		return status;
	if (!strcmp(state, "42501"))
		return denied(ex, reply);
	if (!strcmp(state, "55P03") && reply->claiming)
		return problem(ex, PROBLEM_IDEMPOTENCY_IN_FLIGHT, NULL);
	for (size_t i = 0; i < sizeof(classes) / sizeof(classes[0]); i++) {
		if (strncmp(state, classes[i].class, strlen(classes[i].class)) != 0)
			continue;
		if (state[0] == '2' && state[1] == '3')
			note_constraint(ex, reply);
		return problem(ex, classes[i].kind, NULL);
	}
	return problem(ex, PROBLEM_INTERNAL, NULL);
}

int sqlstate_problem(struct exchange *ex, const struct db_reply *reply)
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
