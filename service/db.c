#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libpq-fe.h>

#include "arena.h"
#include "buffer.h"
#include "config.h"
#include "db.h"
#include "lane.h"
#include "leader.h"
#include "pipeline.h"

enum { MAX_RETRIES = 3 };

struct db {
	struct leader leader;
	struct lane writes, probe; /* the probe waits behind no request */
	struct lane *reads; /* [lane * contract_n_roles + role] */
};

const char db_role_engine[] = "engine";

static const struct statement version_statement = {"version",
    "select max(number) from schema_migrations", NULL, 0};

bool db_error_is(const PGresult *error, const char *class)
{
	const char *state = error ? PQresultErrorField(error, PG_DIAG_SQLSTATE) : NULL;

	return state && !strncmp(state, class, strlen(class));
}

static bool is_raised_by(const PGresult *error, const char *class, const char *function)
{
	const char *raised_by = error ? PQresultErrorField(error, PG_DIAG_SOURCE_FUNCTION) : NULL;

	return db_error_is(error, class) && raised_by && !strcmp(raised_by, function);
}

/* The result of its plan, or of a plan inside a function that it calls, has another form now; or such a function was made anew while
 * the statement was planned. */
bool db_error_is_outdated(const PGresult *error)
{
	const char *text = error ? PQresultErrorField(error, PG_DIAG_MESSAGE_PRIMARY) : NULL;

	return is_raised_by(error, "0A000", "RevalidateCachedQuery") ||
	       is_raised_by(error, "42804", "build_attrmap_by_position") ||
	       (db_error_is(error, "XX000") && text && strstr(text, "cache lookup failed"));
}

/* A role that is none reads as the public. */
static struct lane *lane_for(struct db *db, const struct db_call *call)
{
	if (call->lane == LANE_WRITE)
		return &db->writes;
	size_t role = contract_n_roles - 1;
	while (role && strcmp(contract_roles[role], call->role) != 0)
		role--;
	return &db->reads[(size_t)call->lane * contract_n_roles + role];
}

void db_run(struct db *db, const struct db_call *call, struct db_reply *ret_reply)
{
	struct lane *lane = lane_for(db, call);

	for (int attempt = 0;; attempt++) {
		lane_run(lane, call, ret_reply);
		bool undone = ret_reply->outcome == DB_FAILED &&
			      (db_error_is(ret_reply->result, "40001") ||
				  db_error_is(ret_reply->result, "40P01") ||
				  db_error_is_outdated(ret_reply->result));
		bool lost = ret_reply->outcome == DB_UNAVAILABLE && call->lane != LANE_WRITE &&
			    !ret_reply->late;
		if (attempt >= (undone ? MAX_RETRIES : 1) || !(undone || lost))
			return;
		db_reply_free(ret_reply);
	}
}

void db_reply_free(struct db_reply *reply)
{
	if (!reply->holders || --*reply->holders == 0) {
		PQclear(reply->result);
		free(reply->holders);
	}
	reply->result = NULL;
	reply->holders = NULL;
}

size_t db_rows(const struct db_reply *reply)
{
	return (size_t)(PQntuples(reply->result) - reply->row);
}

const char *db_value(const struct db_reply *reply, const char *column)
{
	int at = db_rows(reply) ? PQfnumber(reply->result, column) : -1;

	return at < 0 || PQgetisnull(reply->result, reply->row, at)
		   ? NULL
		   : PQgetvalue(reply->result, reply->row, at);
}

int db_schema_version(struct db *db, char *reterr_why, size_t size)
{
	static const char *const failures[] = {
	    [CONNECTION_SILENT] = "the database does not answer",
	    [CONNECTION_STANDBY] = "only a standby answers, which takes no writes",
	    [CONNECTION_REPLACED] = "only a server answers in whose place another leads",
	};
	struct db_reply reply;
	int version = -1;

	lane_run(&db->probe,
	    &(const struct db_call){.lane = LANE_WRITE, .statement = &version_statement}, &reply);
	if (reply.outcome == DB_DONE && !PQgetisnull(reply.result, 0, 0))
		version = atoi(PQgetvalue(reply.result, 0, 0));
	else if (db_error_is(reply.result, "42P01") || db_error_is(reply.result, "42883"))
		snprintf(reterr_why, size, "the database has no schema; run `ovopd migrate`");
	else
		snprintf(reterr_why, size, "%s", failures[db->probe.failure]);
	db_reply_free(&reply);
	return version;
}

static void write_lane(struct buffer *out, const char *metric, const struct lane *lane,
    unsigned long value)
{
	buffer_printf(out, "ovop_lane_%s{lane=\"%s\",role=\"%s\"} %lu\n", metric, lane->kind.name,
	    lane->role ? lane->role : "", value);
}

void db_write_metrics(struct db *db, struct buffer *out)
{
	static const struct {
		const char *name, *type, *help;
		size_t offset;
	} metrics[] = {
	    {"waiting", "gauge", "Requests that wait for their turn at the database.",
		offsetof(struct lane, waiting)},
	    {"calls_total", "counter", "Statements run.", offsetof(struct lane, calls)},
	    {"batches_total", "counter", "Transactions that they shared.",
		offsetof(struct lane, batches)},
	    {"refused_total", "counter", "Requests whose turn did not come in time.",
		offsetof(struct lane, refused)},
	};

	for (size_t m = 0; m < sizeof(metrics) / sizeof(metrics[0]); m++) {
		buffer_printf(out, "# HELP ovop_lane_%s %s\n# TYPE ovop_lane_%s %s\n",
		    metrics[m].name, metrics[m].help, metrics[m].name, metrics[m].type);
		for (size_t i = 0; i <= LANE_WRITE * contract_n_roles; i++) {
			struct lane *lane =
			    i < LANE_WRITE * contract_n_roles ? &db->reads[i] : &db->writes;
			const char *at = (const char *)lane + metrics[m].offset;
			write_lane(out, metrics[m].name, lane,
			    *(const atomic_ulong *)(const void *)at);
		}
	}
}

/* Only reads of one record share a sync: they are short, so that none makes those behind it wait. They have one plan; what walks gets one
 * for the values at hand, unless the call says one_plan. */
static struct lane_kind kind_of(const struct config *config, enum lane_name lane)
{
	const struct lane_kind kinds[] = {
	    [LANE_POINT] = {"point", (size_t)config->read_connections, PIPELINE_MAX_CALLS,
		"force_generic_plan"},
	    [LANE_LIST] = {"list", (size_t)config->list_connections, 1, "force_custom_plan"},
	    [LANE_SLOW] = {"slow", (size_t)config->slow_connections, 1, "force_custom_plan"},
	    [LANE_WRITE] = {"write", (size_t)config->write_connections, 1, "auto"},
	};

	return kinds[lane];
}

struct db *db_open(const struct config *config)
{
	struct db *db = arena_calloc(1, sizeof(*db));

	db->reads = arena_calloc(LANE_WRITE * contract_n_roles, sizeof(*db->reads));
	leader_open(&db->leader);
	lane_open(&db->writes, config, &db->leader, NULL, kind_of(config, LANE_WRITE));
	lane_open(&db->probe, config, &db->leader, NULL, (struct lane_kind){"probe", 1, 1, "auto"});
	for (size_t i = 0; i < LANE_WRITE * contract_n_roles; i++)
		lane_open(&db->reads[i], config, &db->leader, contract_roles[i % contract_n_roles],
		    kind_of(config, (enum lane_name)(i / contract_n_roles)));
	return db;
}

void db_close(struct db *db)
{
	if (!db)
		return;
	lane_close(&db->writes);
	lane_close(&db->probe);
	for (size_t i = 0; i < LANE_WRITE * contract_n_roles; i++)
		lane_close(&db->reads[i]);
	leader_close(&db->leader);
	free(db->reads);
	free(db);
}
