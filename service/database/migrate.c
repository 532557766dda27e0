#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <libpq-fe.h>

#include "base/cleanup.h"
#include "contract/contract.h"
#include "database/connection.h"
#include "database/migrate.h"
#include "database/owner.h"
#include "operating/config.h"

enum { MAX_ATTEMPTS = 40 };

DEFINE_CLEANUP(PGconn, PQfinish);
DEFINE_CLEANUP(PGresult, PQclear);
DEFINE_CLEANUP(PQconninfoOption, PQconninfoFree);

/* schema_objects lists what sql/functions created, so that the next run can drop it. */
static const char prepare_records[] =
    "create table if not exists schema_migrations (number int primary key, name text unique,"
    " checksum text not null, applied_at timestamptz not null default now());"
    "create table if not exists schema_seeds (name text primary key, checksum text not null,"
    " applied_at timestamptz not null default now());"
    "create table if not exists schema_functions (checksum text not null,"
    " triggers text not null, applied_at timestamptz not null default now());"
    "create table if not exists schema_objects (position int generated always as identity"
    " primary key, kind text not null, identity text not null);"
    /* Only roles that a grant names may execute a function. */
    "alter default privileges revoke execute on functions from public";

/* Drops in reverse order, since a later object may need an earlier one. If another object needs one
 * of them, such as a view made by hand, the drop fails with PostgreSQL's error. */
#define DROP_OBJECTS(WHICH)                                                                    \
	"do $$ declare one schema_objects; begin"                                              \
	" for one in select * from schema_objects where " WHICH " order by position desc loop" \
	"  execute format('drop %s if exists %s', replace(one.kind, 'trigger function',"       \
	"   'function'), one.identity);"                                                       \
	"  delete from schema_objects where position = one.position;"                          \
	" end loop;"                                                                           \
	" end $$"

static const char drop_all[] = DROP_OBJECTS("true");
static const char drop_all_but_triggers[] =
    DROP_OBJECTS("kind not in ('trigger', 'trigger function')");

#define OBJECTS                                                                             \
	"(select oid, case when prokind = 'p' then 'procedure'"                             \
	" when prorettype = 'trigger'::regtype then 'trigger function'"                     \
	" else 'function' end as kind,"                                                     \
	" oid::regprocedure::text as identity"                                              \
	" from pg_proc where pronamespace = 'public'::regnamespace"                         \
	" union all select oid, 'view', oid::regclass::text"                                \
	" from pg_class where relnamespace = 'public'::regnamespace and relkind = 'v'"      \
	" union all select t.oid, 'trigger', format('%I on %s', t.tgname, c.oid::regclass)" \
	" from pg_trigger t join pg_class c on c.oid = t.tgrelid"                           \
	" where c.relnamespace = 'public'::regnamespace and not t.tgisinternal) o"

static const char note_what_is_there[] =
    "create temp table if not exists schema_before (kind text, identity text) on commit drop;"
    "delete from schema_before;"
    "insert into schema_before select kind, identity from " OBJECTS;

static const char record_what_is_new[] =
    "insert into schema_objects (kind, identity) select kind, identity from " OBJECTS
    " where (kind, identity) not in (select kind, identity from schema_before) order by oid";

static const char check_bodies[] =
    "do $$ declare one record; begin"
    " for one in select p.oid, l.lanvalidator::regproc as validator"
    "  from schema_objects o join pg_proc p on p.oid ="
    "   case when o.kind not in ('trigger', 'view') then o.identity::regprocedure end"
    "  join pg_language l on l.oid = p.prolang loop"
    "  begin"
    "   execute format('select %s(%s)', one.validator, one.oid);"
    "  exception when others then"
    "   raise exception '%: %', one.oid::regprocedure, sqlerrm;"
    "  end;"
    " end loop;"
    " end $$";

/* Dropping the functions also dropped the grants of the logins. A login is a role that may read
 * schema_migrations; no other role may. */
static const char grant_logins_again[] =
    "select grant_login(r.rolname) from pg_class c cross join aclexplode(c.relacl) a"
    " join pg_roles r on r.oid = a.grantee"
    " where c.oid = 'schema_migrations'::regclass and r.rolcanlogin and r.oid <> c.relowner";

/* A database of before 1.0 has another chain of migrations. sql/upgrade.sql brings it to the state
 * after the first n of ours, and returns n. For every other database it returns 0. */
static bool take_over(struct owner *owner)
{
	static const char record[] =
	    "insert into schema_migrations (number, name, checksum) values ($1, $2, $3)";

	if (!contract_upgrade)
		return true;
	owner->step = "sql/upgrade.sql";
	PGresult *held CLEANUP(PQclear_cleanup) = owner_query(owner, contract_upgrade, -1, NULL);
	int n = held ? atoi(PQgetvalue(held, 0, 0)) : 0;
	if (n)
		printf("upgrade of a database of before 1.0\n");
	for (int i = 0; i < n; i++) {
		const struct migration *migration = &contract_migrations[i];
		char number[16];
		snprintf(number, sizeof(number), "%d", migration->number);
		if (!owner_execute(owner, record, 3,
			(const char *const[]){number, migration->name, migration->checksum}))
			return false;
	}
	return held != NULL;
}

/* The number of migrations in the database; -1 if they are not the first ones of this binary. */
static int count_applied(struct owner *owner)
{
	PGresult *rows CLEANUP(PQclear_cleanup) = owner_query(owner,
	    "select name, checksum from schema_migrations order by number", 0, NULL);
	int n = rows ? PQntuples(rows) : -1;

	for (int i = 0; i < n; i++) {
		const struct migration *migration = &contract_migrations[i];
		if ((size_t)i >= contract_n_migrations) {
			owner_fail(owner,
			    "the database is newer than this binary; use a newer ovopd");
			return -1;
		}
		owner->step = migration->name;
		if (strcmp(PQgetvalue(rows, i, 0), migration->name) != 0 ||
		    strcmp(PQgetvalue(rows, i, 1), migration->checksum) != 0) {
			owner_fail(owner,
			    "was applied with another text; an applied migration must not change");
			return -1;
		}
	}
	return n;
}

/* The parts of the database that are up to date. */
struct state {
	int applied; /* migrations */
	bool functions, triggers;
};

static bool read_state(struct owner *owner, struct state *ret_state)
{
	const char *const ours[] = {contract_functions_checksum, contract_triggers_checksum};
	PGresult *same CLEANUP(PQclear_cleanup) = owner_query(owner,
	    "select count(*) filter (where checksum = $1), count(*) filter (where triggers = $2)"
	    " from schema_functions",
	    2, ours);

	ret_state->applied = same ? count_applied(owner) : -1;
	if (ret_state->applied < 0)
		return false;
	ret_state->functions = atoi(PQgetvalue(same, 0, 0)) > 0;
	ret_state->triggers =
	    atoi(PQgetvalue(same, 0, 1)) > 0 && (size_t)ret_state->applied == contract_n_migrations;
	return true;
}

static bool make_objects(struct owner *owner, const struct object *objects, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		owner->step = objects[i].where;
		if (!owner_run(owner, objects[i].sql))
			return false;
	}
	owner->step = "sql/functions";
	return true;
}

static bool apply_migration(struct owner *owner, const struct migration *migration)
{
	char number[16];
	const char *const values[] = {number, migration->name, migration->checksum};

	snprintf(number, sizeof(number), "%d", migration->number);
	printf("migration %s\n", migration->name);
	owner->step = migration->name;
	return owner_run(owner, migration->sql) &&
	       owner_execute(owner,
		   "insert into schema_migrations (number, name, checksum) values ($1, $2, $3)", 3,
		   values);
}

static bool migrate_from(struct owner *owner, size_t applied)
{
	for (size_t i = applied; i < contract_n_migrations; i++)
		if (!apply_migration(owner, &contract_migrations[i]))
			return false;
	owner->step = "sql/functions";
	return true;
}

/* PostgreSQL checks the bodies when all functions exist, since they may call each other. */
static bool make_functions(struct owner *owner, bool with_triggers)
{
	return owner_run(owner, note_what_is_there) &&
	       owner_run(owner, "set local check_function_bodies = off") &&
	       make_objects(owner, contract_functions, contract_n_functions) &&
	       (!with_triggers || make_objects(owner, contract_triggers, contract_n_triggers)) &&
	       make_objects(owner, contract_grants, contract_n_grants) &&
	       owner_run(owner, record_what_is_new) &&
	       owner_run(owner, "set local check_function_bodies = on") &&
	       owner_run(owner, check_bodies);
}

/* Creates the procedures that migrations call. */
static bool make_procedures(struct owner *owner)
{
	return owner_run(owner, note_what_is_there) &&
	       owner_run(owner, "set local check_function_bodies = off") &&
	       make_objects(owner, contract_procedures, contract_n_procedures) &&
	       owner_run(owner, record_what_is_new) &&
	       owner_run(owner, "set local check_function_bodies = on");
}

static bool record_functions(struct owner *owner)
{
	const char *const ours[] = {contract_functions_checksum, contract_triggers_checksum};

	return owner_run(owner, grant_logins_again) &&
	       owner_run(owner, "delete from schema_functions") &&
	       owner_execute(owner,
		   "insert into schema_functions (checksum, triggers) values ($1, $2)", 2, ours);
}

/* Drops all functions before the migrations and creates them afterwards, so that none blocks a
 * migration. If no migration runs and the triggers are unchanged, they stay: dropping a trigger
 * locks its table. */
static bool replace(struct owner *owner, const struct state *state)
{
	owner->step = "sql/functions";
	return owner_run(owner, state->triggers ? drop_all_but_triggers : drop_all) &&
	       make_procedures(owner) && migrate_from(owner, (size_t)state->applied) &&
	       make_functions(owner, !state->triggers) && record_functions(owner);
}

/* One transaction with a short lock_timeout: requests queue behind its wait for a lock, and they
 * give up after three seconds. */
static bool try_evolve(struct owner *owner)
{
	struct state state;

	owner->step = "schema_migrations";
	if (!owner_run(owner, "begin; set local lock_timeout = '500ms'") ||
	    !owner_run(owner, prepare_records) || !take_over(owner) || !read_state(owner, &state))
		return false;
	if (!state.functions || !state.triggers) {
		printf("functions\n");
		if (!replace(owner, &state))
			return false;
	}
	return owner_run(owner, "commit");
}

static bool evolve(struct owner *owner)
{
	for (int attempt = 1; !try_evolve(owner); attempt++) {
		if (!owner->blocked || attempt == MAX_ATTEMPTS)
			return false;
		printf("waiting for other transactions\n");
		if (!owner_run(owner, "rollback"))
			return false;
		sleep(1);
	}
	return true;
}

/* Runs a seed in its own transaction, unless the database has it with this checksum. */
static bool sow(struct owner *owner, const struct seed *seed)
{
	const char *const values[] = {seed->name, seed->checksum};

	owner->step = seed->name;
	PGresult *applied CLEANUP(PQclear_cleanup) =
	    owner_query(owner, "select checksum from schema_seeds where name = $1", 1, values);
	if (!applied)
		return false;
	if (PQntuples(applied) && !strcmp(PQgetvalue(applied, 0, 0), seed->checksum))
		return true;
	printf("seed %s\n", seed->name);
	return owner_run(owner, "begin") &&
	       owner_execute(owner, seed->sql, seed->rows ? 1 : -1, &seed->rows) &&
	       owner_execute(owner,
		   "insert into schema_seeds (name, checksum) values ($1, $2) on conflict (name) do"
		   " update set checksum = excluded.checksum, applied_at = now()",
		   2, values) &&
	       owner_run(owner, "commit");
}

static const char *option_of(const PQconninfoOption *options, const char *keyword)
{
	for (; options && options->keyword; options++)
		if (!strcmp(options->keyword, keyword))
			return options->val;
	return NULL;
}

static bool create_login(struct owner *owner, const char *user, const char *password)
{
	if (!password || !*password)
		return owner_fail(owner,
		    "names no password; `migrate` creates no login without one: add it, or create the role yourself");
	/* The server gets a SCRAM verifier, so no log can show the password. */
	char *verifier = PQencryptPasswordConn(owner->pg, password, user, NULL);
	char *name = PQescapeIdentifier(owner->pg, user, strlen(user));
	char sql[1024];

	if (verifier)
		snprintf(sql, sizeof(sql), "create role %s login noinherit password '%s'", name,
		    verifier);
	bool made = verifier && owner_run(owner, sql);
	PQfreemem(verifier);
	PQfreemem(name);
	return made ||
	       (!verifier && owner_fail(owner, "the password of the login cannot be hashed"));
}

/* Creates the login of DATABASE_URL if it is missing, and grants it the roles of the API. The login
 * never owns anything. */
static bool prepare_login(struct owner *owner, const struct config *config)
{
	owner->step = "DATABASE_URL";
	if (!config->database_url)
		return true;
	if (!connection_check_url(owner->step, config->database_url, owner->why, owner->size))
		return false;
	/* Never completed: it only resolves what the string leaves to a service file. */
	PGconn *login CLEANUP(PQfinish_cleanup) = PQconnectStart(config->database_url);
	PQconninfoOption *options CLEANUP(PQconninfoFree_cleanup) = PQconninfo(login);
	const char *user = option_of(options, "user");
	if (!user)
		return owner_fail(owner, "names no user; `migrate` needs the name of the login");
	PGresult *exists CLEANUP(PQclear_cleanup) =
	    owner_query(owner, "select from pg_roles where rolname = $1", 1, &user);
	return exists &&
	       (PQntuples(exists) || create_login(owner, user, option_of(options, "password"))) &&
	       owner_execute(owner, "select grant_login($1)", 1, &user);
}

static bool bring_up_to_date(struct owner *owner, bool with_sample)
{
	owner->step = "schema_migrations";
	if (!owner_run(owner, "select pg_advisory_lock(hashtext('ovopd migrate'))") ||
	    !evolve(owner))
		return false;
	for (size_t i = 0; i < contract_n_seeds; i++)
		if ((with_sample || !contract_seeds[i].sample) && !sow(owner, &contract_seeds[i]))
			return false;
	return true;
}

bool migrate_run(const struct config *config, bool with_sample, char *reterr_why, size_t size)
{
	struct owner owner = {NULL, NULL, reterr_why, size, false};
	bool done = owner_connect(&owner, config) && bring_up_to_date(&owner, with_sample) &&
		    prepare_login(&owner, config) &&
		    owner_run(&owner, "set client_min_messages = error; analyze");

	PQfinish(owner.pg);
	return done;
}

bool migrate_admin(const struct config *config, const char *username, const char *hash,
    char *reterr_why, size_t size)
{
	struct owner owner = {NULL, NULL, reterr_why, size, false};
	bool connected = owner_connect(&owner, config);

	owner.step = "admin create";
	bool made = connected && owner_execute(&owner, "select admin_create($1, $2, $1)", 2,
				     (const char *const[]){username, hash});
	PQfinish(owner.pg);
	return made;
}
