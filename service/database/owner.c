#include <stdio.h>
#include <string.h>

#include "base/cleanup.h"
#include "database/connection.h"
#include "database/owner.h"
#include "database/sqlstate.h"
#include "operating/config.h"

DEFINE_CLEANUP(PGresult, PQclear);

bool owner_fail(const struct owner *owner, const char *why)
{
	snprintf(owner->why, owner->size, "%s: %.*s", owner->step, (int)strcspn(why, "\n"), why);
	return false;
}

PGresult *owner_query(struct owner *owner, const char *sql, int n, const char *const *values)
{
	PGresult *result = n < 0 ? PQexec(owner->pg, sql)
				 : PQexecParams(owner->pg, sql, n, NULL, values, NULL, NULL, 0);
	ExecStatusType status = PQresultStatus(result);

	if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK)
		return result;
	enum sqlstate state = sqlstate_of(result);
	owner->blocked =
	    state == SQLSTATE_LOCK_NOT_AVAILABLE || state == SQLSTATE_DEADLOCK_DETECTED;
	owner_fail(owner, PQerrorMessage(owner->pg));
	PQclear(result);
	return NULL;
}

bool owner_execute(struct owner *owner, const char *sql, int n, const char *const *values)
{
	PGresult *result CLEANUP(PQclear_cleanup) = owner_query(owner, sql, n, values);

	return result != NULL;
}

bool owner_run(struct owner *owner, const char *sql)
{
	return owner_execute(owner, sql, -1, NULL);
}

bool owner_connect(struct owner *owner, const struct config *config)
{
	static const char *const names[] = {"dbname", "application_name", "client_encoding", NULL};
	static const char session[] =
	    "set default_transaction_read_only = off; set client_min_messages = warning; set plan_cache_mode = auto;"
	    "set lock_timeout = 0; set idle_in_transaction_session_timeout = 0";
	const char *const values[] = {config->migrate_url, "ovopd migrate", "UTF8", NULL};

	owner->step = "OVOP_MIGRATE_URL";
	if (!config->migrate_url)
		return owner_fail(owner, "is not set; it is the connection string of the owner");
	if (!connection_check_url(owner->step, config->migrate_url, owner->why, owner->size))
		return false;
	owner->pg = PQconnectdbParams(names, values, 1);
	if (PQstatus(owner->pg) != CONNECTION_OK)
		return owner_fail(owner, PQerrorMessage(owner->pg));
	if (!connection_is_utf8(owner->pg))
		return owner_fail(owner, connection_not_utf8);
	if (!owner_run(owner, "set statement_timeout = 0") ||
	    !owner_run(owner, connection_session) || !owner_run(owner, session))
		return false;
	/* Forced policies apply to the owner too: without BYPASSRLS its changes would silently
	 * reach no row. */
	PGresult *bypasses CLEANUP(PQclear_cleanup) = owner_query(owner,
	    "select from pg_roles where rolname = current_user and (rolsuper or rolbypassrls)", 0,
	    NULL);
	if (!bypasses || !PQntuples(bypasses))
		return bypasses &&
		       owner_fail(owner,
			   "names an owner without BYPASSRLS; grant it with alter role");
	return !strcmp(PQparameterStatus(owner->pg, "server_encoding"), "UTF8") ||
	       owner_fail(owner,
		   "names a database whose encoding is not UTF8; create it with UTF8");
}
