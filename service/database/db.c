#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "database/call.h"
#include "database/db.h"
#include "database/lane.h"
#include "database/pipeline.h"
#include "database/primary.h"
#include "database/sqlstate.h"
#include "operating/config.h"

enum { MAX_RETRIES = 3 };

struct db {
	struct primary primary;
	struct lane writes, probe; /* the probe has a connection of its own */
	struct lane *reads; /* [lane * contract_n_roles + role] */
};

static const struct statement version_statement = {"version",
    "select (select max(number) from schema_migrations) as number,"
    " (select checksum from schema_functions) as functions,"
    " current_setting('session_replication_role') as role",
    NULL, 0};

/* An unknown role reads as the public. */
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
	int64_t waited_us = 0; /* in all attempts */

	for (int attempt = 0;; attempt++) {
		lane_run(lane, call, ret_reply);
		waited_us += ret_reply->waited_us;
		ret_reply->waited_us = waited_us;
		bool undone =
		    ret_reply->outcome == DB_FAILED && sqlstate_may_retry(ret_reply->result);
		bool lost = ret_reply->outcome == DB_UNAVAILABLE && call->lane != LANE_WRITE &&
			    !ret_reply->late;
		if (attempt >= (undone ? MAX_RETRIES : 1) || !(undone || lost))
			return;
		db_reply_free(ret_reply);
	}
}

bool db_read_schema(struct db *db, struct db_schema *ret_schema, char *reterr_why, size_t size)
{
	const char *const failures[] = {
	    [CONNECTION_SILENT] = "the database does not answer",
	    [CONNECTION_STANDBY] = connection_only_standby,
	    [CONNECTION_REPLACED] =
		"only a server answers that another one has replaced as primary",
	};
	struct db_reply reply;

	lane_run(&db->probe,
	    &(const struct db_call){.lane = LANE_WRITE, .statement = &version_statement}, &reply);
	bool done = reply.outcome == DB_DONE;
	const char *number = done ? db_value(&reply, "number") : NULL;
	const char *functions = done ? db_value(&reply, "functions") : NULL;
	/* Only a superuser can set it, so the session cannot reset it. */
	bool unguarded = done && strcmp(db_value(&reply, "role"), "origin") != 0;
	enum sqlstate state = sqlstate_of(reply.result);
	bool empty = state == SQLSTATE_UNDEFINED_TABLE || state == SQLSTATE_UNDEFINED_FUNCTION;
	bool read = number && functions && !unguarded;
	if (read) {
		ret_schema->version = atoi(number);
		snprintf(ret_schema->functions, sizeof(ret_schema->functions), "%s", functions);
	} else if (unguarded) {
		snprintf(reterr_why, size,
		    "session_replication_role is not origin, so triggers would not run; reset it for the database and the login");
	} else {
		snprintf(reterr_why, size, "%s",
		    done || empty
			? "the database has no schema, or one from before 1.0; run `ovopd migrate`"
			: failures[db->probe.failure]);
	}
	db_reply_free(&reply);
	return read;
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
	    {"waiting", "gauge", "Requests that wait for a database connection.",
		offsetof(struct lane, waiting)},
	    {"calls_total", "counter", "Statements run.", offsetof(struct lane, calls)},
	    {"batches_total", "counter", "Transactions that they shared.",
		offsetof(struct lane, batches)},
	    {"refused_total", "counter", "Requests that waited too long for a database connection.",
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

/* Only reads of one record share a sync: they are short, so none delays those behind it. They have
 * one plan for all values. Other statements are planned for their values, unless the call says
 * one_plan. */
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
	primary_open(&db->primary);
	lane_open(&db->writes, config, &db->primary, NULL, kind_of(config, LANE_WRITE));
	lane_open(&db->probe, config, &db->primary, NULL,
	    (struct lane_kind){"probe", 1, 1, "auto"});
	for (size_t i = 0; i < LANE_WRITE * contract_n_roles; i++)
		lane_open(&db->reads[i], config, &db->primary, contract_roles[i % contract_n_roles],
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
	primary_close(&db->primary);
	free(db->reads);
	free(db);
}
