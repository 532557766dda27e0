#include <stdio.h>
#include <string.h>

#include <libpq-fe.h>

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

/* The owner's connection, what is being done with it, and where to say why that failed. */
struct owner {
	PGconn *pg;
	const char *what;
	char *why;
	size_t size;
};

static bool fail(const struct owner *owner, const char *why)
{
	snprintf(owner->why, owner->size, "%s: %.*s", owner->what, (int)strcspn(why, "\n"), why);
	return false;
}

/* One statement, or with n < 0 a whole script; the result is the caller's, NULL on failure. */
static PGresult *query(const struct owner *owner, const char *sql, int n, const char *const *values)
{
	PGresult *result = n < 0 ? PQexec(owner->pg, sql)
				 : PQexecParams(owner->pg, sql, n, NULL, values, NULL, NULL, 0);
	ExecStatusType status = PQresultStatus(result);

	if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK)
		return result;
	fail(owner, PQerrorMessage(owner->pg));
	PQclear(result);
	return NULL;
}

static bool execute(const struct owner *owner, const char *sql, int n, const char *const *values)
{
	PGresult *result CLEANUP(PQclear_cleanup) = query(owner, sql, n, values);

	return result != NULL;
}

static bool run(const struct owner *owner, const char *sql)
{
	return execute(owner, sql, -1, NULL);
}

static bool connect_owner(struct owner *owner, const struct config *config)
{
	static const char *const names[] = {"dbname", "application_name", "options", NULL};
	const char *const values[] = {config->migrate_url, "ovopd migrate",
	    "-c client_min_messages=warning", NULL};

	owner->what = "OVOP_MIGRATE_URL";
	if (!config->migrate_url)
		return fail(owner, "is not set; it names the database as its owner");
	owner->pg = PQconnectdbParams(names, values, 1);
	if (PQstatus(owner->pg) != CONNECTION_OK)
		return fail(owner, PQerrorMessage(owner->pg));
	/* Forced policies hold for an owner, too: it would change no row, and not be told. */
	PGresult *bypasses CLEANUP(PQclear_cleanup) = query(owner,
	    "select from pg_roles where rolname = current_user and (rolsuper or rolbypassrls)", 0,
	    NULL);
	return bypasses && (PQntuples(bypasses) ||
			       fail(owner, "names an owner that needs BYPASSRLS (alter role)"));
}

/* A migration or a seed. */
struct change {
	const char *kind, *name, *checksum, *sql, *rows;
	const char *applied; /* the query for the checksum that the name was applied with */
	const char *record; /* notes $1 name, $2 checksum and, for a migration, $3 number */
	const char *number;
};

static bool apply(struct owner *owner, const struct change *change)
{
	const char *const values[] = {change->name, change->checksum, change->number};

	owner->what = change->name;
	PGresult *applied CLEANUP(PQclear_cleanup) = query(owner, change->applied, 1, values);
	if (!applied)
		return false;
	if (PQntuples(applied) && !strcmp(PQgetvalue(applied, 0, 0), change->checksum))
		return true;
	if (PQntuples(applied) && change->number)
		return fail(owner,
		    "has been applied with other text; migrations never change once they have landed");
	printf("%s %s\n", change->kind, change->name);
	return run(owner, "begin") &&
	       execute(owner, change->sql, change->rows ? 1 : -1, &change->rows) &&
	       execute(owner, change->record, change->number ? 3 : 2, values) &&
	       run(owner, "commit");
}

static bool migrate(struct owner *owner, const struct migration *migration)
{
	char number[16];
	const struct change change = {.kind = "migration",
	    .name = migration->name,
	    .checksum = migration->checksum,
	    .sql = migration->sql,
	    .applied = "select checksum from schema_migrations where name = $1",
	    .record = "insert into schema_migrations (name, checksum, number) values ($1, $2, $3)",
	    .number = number};

	snprintf(number, sizeof(number), "%d", migration->number);
	return apply(owner, &change);
}

static bool sow(struct owner *owner, const struct seed *seed)
{
	const struct change change = {.kind = "seed",
	    .name = seed->name,
	    .checksum = seed->checksum,
	    .sql = seed->sql,
	    .rows = seed->rows,
	    .applied = "select checksum from schema_seeds where name = $1",
	    .record =
		"insert into schema_seeds (name, checksum) values ($1, $2)"
		" on conflict (name) do update set checksum = excluded.checksum, applied_at = now()"};

	return apply(owner, &change);
}

static const char *option_of(const PQconninfoOption *options, const char *keyword)
{
	for (; options && options->keyword; options++)
		if (!strcmp(options->keyword, keyword))
			return options->val;
	return NULL;
}

static bool create_login(const struct owner *owner, const char *user, const char *password)
{
	const char *secret = password ? password : "";
	char *name = PQescapeIdentifier(owner->pg, user, strlen(user));
	char *text = PQescapeLiteral(owner->pg, secret, strlen(secret));
	char sql[1024];

	snprintf(sql, sizeof(sql), "create role %s login noinherit%s%s", name,
	    password ? " password " : "", password ? text : "");
	PQfreemem(name);
	PQfreemem(text);
	bool made = run(owner, sql);
	explicit_bzero(sql, sizeof(sql));
	return made;
}

/* The login of DATABASE_URL: made when missing, never an owner, allowed to become the API's roles. */
static bool prepare_login(struct owner *owner, const struct config *config)
{
	owner->what = "DATABASE_URL";
	if (!config->database_url)
		return true;
	/* A connection that is only begun: it knows what the string leaves to a service file. */
	PGconn *login CLEANUP(PQfinish_cleanup) = PQconnectStart(config->database_url);
	PQconninfoOption *options CLEANUP(PQconninfoFree_cleanup) = PQconninfo(login);
	const char *user = option_of(options, "user");
	if (!user)
		return fail(owner, "names no user, so there is nobody to let in");
	PGresult *exists CLEANUP(PQclear_cleanup) =
	    query(owner, "select from pg_roles where rolname = $1", 1, &user);
	return exists &&
	       (PQntuples(exists) || create_login(owner, user, option_of(options, "password"))) &&
	       execute(owner, "select grant_login($1)", 1, &user);
}

static bool bring_up_to_date(struct owner *owner, bool with_sample)
{
	owner->what = "schema_migrations";
	if (!run(owner, "select pg_advisory_lock(hashtext('ovopd migrate'))") ||
	    !run(owner,
		"create table if not exists schema_migrations (number int primary key, name text unique, checksum text not null,"
		" applied_at timestamptz not null default now());"
		"create table if not exists schema_seeds (name text primary key, checksum text not null,"
		" applied_at timestamptz not null default now())"))
		return false;
	for (size_t i = 0; i < contract_n_migrations; i++)
		if (!migrate(owner, &contract_migrations[i]))
			return false;
	for (size_t i = 0; i < contract_n_seeds; i++)
		if ((with_sample || !contract_seeds[i].sample) && !sow(owner, &contract_seeds[i]))
			return false;
	return true;
}

bool migrate_run(const struct config *config, bool with_sample, char *reterr_why, size_t size)
{
	struct owner owner = {NULL, NULL, reterr_why, size};
	bool done = connect_owner(&owner, config) && bring_up_to_date(&owner, with_sample) &&
		    prepare_login(&owner, config) &&
		    run(&owner, "set client_min_messages = error; analyze");

	PQfinish(owner.pg);
	return done;
}

bool migrate_admin(const struct config *config, const char *username, char *reterr_why, size_t size)
{
	struct owner owner = {NULL, NULL, reterr_why, size};
	struct arena arena = {0};
	const char *password = encoding_random(&arena, PASSWORD_BYTES);
	char hash[PASSWORD_HASH_BYTES];
	bool made = connect_owner(&owner, config) && password_encode(password, hash);

	owner.what = "admin create";
	made = made && execute(&owner, "select admin_create($1, $2, $1)", 2,
			   (const char *const[]){username, hash});
	if (made)
		printf("%s\n", password);
	PQfinish(owner.pg);
	arena_free(&arena);
	return made;
}
