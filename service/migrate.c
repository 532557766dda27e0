#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libpq-fe.h>
#include <openssl/rand.h>

#include "arena.h"
#include "cleanup.h"
#include "config.h"
#include "contract.h"
#include "encoding.h"
#include "migrate.h"
#include "password.h"

enum { PASSWORD_BYTES = 18 };

DEFINE_CLEANUP(PGconn, PQfinish);
DEFINE_CLEANUP(PGresult, PQclear);
DEFINE_CLEANUP(PQconninfoOption, PQconninfoFree);

struct failure {
	char *why;
	size_t size;
};

static bool fail(const struct failure *failure, const char *what, const char *why)
{
	snprintf(failure->why, failure->size, "%s: %.*s", what, (int)strcspn(why, "\n"), why);
	return false;
}

/* One statement, or with no values a whole script; the result is the caller's, NULL on failure. */
static PGresult *query(PGconn *pg, const char *sql, int n, const char *const *values,
    const struct failure *failure, const char *what)
{
	PGresult *result =
	    n < 0 ? PQexec(pg, sql) : PQexecParams(pg, sql, n, NULL, values, NULL, NULL, 0);
	ExecStatusType status = PQresultStatus(result);

	if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK)
		return result;
	fail(failure, what, PQerrorMessage(pg));
	PQclear(result);
	return NULL;
}

static bool execute(PGconn *pg, const char *sql, int n, const char *const *values,
    const struct failure *failure, const char *what)
{
	PGresult *result CLEANUP(PQclear_cleanup) = query(pg, sql, n, values, failure, what);

	return result != NULL;
}

static PGconn *connect_owner(const struct config *config, const struct failure *failure)
{
	if (!config->migrate_url) {
		fail(failure, "OVOP_MIGRATE_URL", "is not set; it names the database as its owner");
		return NULL;
	}
	PGconn *pg =
	    PQconnectdbParams((const char *const[]){"dbname", "application_name", "options", NULL},
		(const char *const[]){config->migrate_url, "ovopd migrate",
		    "-c client_min_messages=warning", NULL},
		1);
	if (PQstatus(pg) == CONNECTION_OK)
		return pg;
	fail(failure, "OVOP_MIGRATE_URL", PQerrorMessage(pg));
	PQfinish(pg);
	return NULL;
}

/* The checksum that a name was applied with, "" when it was not; false on failure. */
static bool applied(PGconn *pg, const char *table, const char *name, char checksum[65],
    const struct failure *failure)
{
	char sql[200];

	snprintf(sql, sizeof(sql), "select checksum from %s where name = $1", table);
	PGresult *result CLEANUP(PQclear_cleanup) = query(pg, sql, 1, &name, failure, name);
	if (!result)
		return false;
	snprintf(checksum, 65, "%s", PQntuples(result) ? PQgetvalue(result, 0, 0) : "");
	return true;
}

static bool apply(PGconn *pg, const struct migration *migration, const struct failure *failure)
{
	char checksum[65], number[16];
	const char *const values[] = {number, migration->name, migration->checksum};

	if (!applied(pg, "schema_migrations", migration->name, checksum, failure))
		return false;
	if (!strcmp(checksum, migration->checksum))
		return true;
	if (*checksum)
		return fail(failure, migration->name,
		    "has been applied with other text; migrations never change once they have landed");
	printf("migration %s\n", migration->name);
	snprintf(number, sizeof(number), "%d", migration->number);
	return execute(pg, "begin", -1, NULL, failure, migration->name) &&
	       execute(pg, migration->sql, -1, NULL, failure, migration->name) &&
	       execute(pg,
		   "insert into schema_migrations (number, name, checksum) values ($1, $2, $3)", 3,
		   values, failure, migration->name) &&
	       execute(pg, "commit", -1, NULL, failure, migration->name);
}

static bool sow(PGconn *pg, const struct seed *seed, const struct failure *failure)
{
	char checksum[65];
	const char *const values[] = {seed->name, seed->checksum};

	if (!applied(pg, "schema_seeds", seed->name, checksum, failure))
		return false;
	if (!strcmp(checksum, seed->checksum))
		return true;
	printf("seed %s\n", seed->name);
	return execute(pg, "begin", -1, NULL, failure, seed->name) &&
	       execute(pg, seed->sql, seed->rows ? 1 : 0, &seed->rows, failure, seed->name) &&
	       execute(pg,
		   "insert into schema_seeds (name, checksum) values ($1, $2)"
		   " on conflict (name) do update set checksum = excluded.checksum, applied_at = now()",
		   2, values, failure, seed->name) &&
	       execute(pg, "commit", -1, NULL, failure, seed->name);
}

static const char *option_of(const PQconninfoOption *options, const char *keyword)
{
	for (; options && options->keyword; options++)
		if (!strcmp(options->keyword, keyword))
			return options->val;
	return NULL;
}

/* The login of DATABASE_URL: made when missing, never an owner, allowed to become the API's roles. */
static bool prepare_login(PGconn *pg, const struct config *config, const struct failure *failure)
{
	if (!config->database_url)
		return true;
	/* A connection that is only begun: it knows what the string leaves to a service file. */
	PGconn *login CLEANUP(PQfinish_cleanup) = PQconnectStart(config->database_url);
	PQconninfoOption *options CLEANUP(PQconninfoFree_cleanup) = PQconninfo(login);
	const char *user = option_of(options, "user"), *password = option_of(options, "password");
	if (!options || !user)
		return fail(failure, "DATABASE_URL", "names no user, so there is nobody to let in");
	PGresult *exists CLEANUP(PQclear_cleanup) =
	    query(pg, "select from pg_roles where rolname = $1", 1, &user, failure, "DATABASE_URL");
	if (!exists)
		return false;
	char *name = PQescapeIdentifier(pg, user, strlen(user)),
	     *text = PQescapeLiteral(pg, password ? password : "", password ? strlen(password) : 0);
	char sql[1024];
	snprintf(sql, sizeof(sql), "create role %s login noinherit%s%s", name,
	    password ? " password " : "", password ? text : "");
	PQfreemem(name);
	PQfreemem(text);
	bool made = PQntuples(exists) || execute(pg, sql, -1, NULL, failure, "DATABASE_URL");
	explicit_bzero(sql, sizeof(sql));
	return made && execute(pg, "select grant_login($1)", 1, &user, failure, "DATABASE_URL");
}

bool migrate_run(const struct config *config, bool with_sample, char *reterr_why, size_t size)
{
	const struct failure failure = {reterr_why, size};
	PGconn *pg CLEANUP(PQfinish_cleanup) = connect_owner(config, &failure);

	if (!pg ||
	    !execute(pg, "select pg_advisory_lock(hashtext('ovopd migrate'))", -1, NULL, &failure,
		"lock") ||
	    !execute(pg,
		"create table if not exists schema_migrations (number int primary key, name text unique, checksum text not null,"
		" applied_at timestamptz not null default now());"
		"create table if not exists schema_seeds (name text primary key, checksum text not null,"
		" applied_at timestamptz not null default now())",
		-1, NULL, &failure, "schema_migrations"))
		return false;
	for (size_t i = 0; i < contract_n_migrations; i++)
		if (!apply(pg, &contract_migrations[i], &failure))
			return false;
	for (size_t i = 0; i < contract_n_seeds; i++)
		if ((with_sample || !contract_seeds[i].sample) &&
		    !sow(pg, &contract_seeds[i], &failure))
			return false;
	return prepare_login(pg, config, &failure) &&
	       execute(pg, "analyze", -1, NULL, &failure, "analyze");
}

bool migrate_admin(const struct config *config, const char *username, char *reterr_why, size_t size)
{
	const struct failure failure = {reterr_why, size};
	PGconn *pg CLEANUP(PQfinish_cleanup) = connect_owner(config, &failure);
	struct arena arena = {0};
	unsigned char bytes[PASSWORD_BYTES];
	char hash[PASSWORD_HASH_BYTES];

	RAND_bytes(bytes, sizeof(bytes));
	const char *password = encoding_base64url(&arena, bytes, sizeof(bytes));
	bool made = pg && password_encode(password, hash) &&
		    execute(pg, "select admin_create($1, $2, $1)", 2,
			(const char *const[]){username, hash}, &failure, "admin create");
	if (made)
		printf("%s\n", password);
	arena_free(&arena);
	return made;
}
