#include <malloc.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <time.h>

#include <jansson.h>

#include "base/arena.h"
#include "base/encoding.h"
#include "base/pattern.h"
#include "contract/contract.h"
#include "database/call.h"
#include "database/connection.h"
#include "database/db.h"
#include "database/migrate.h"
#include "handlers/handlers.h"
#include "http/health.h"
#include "http/http.h"
#include "http/stages.h"
#include "identity/keyring.h"
#include "identity/limit.h"
#include "identity/password.h"
#include "operating/log.h"
#include "operating/metrics.h"
#include "service.h"

enum {
	PASSWORD_BYTES = 18,
	WHY_BYTES = 1024,
	HOUSEKEEPING_SECONDS = 30,
	LAST_BYTES_MS = 200,
	MMAP_THRESHOLD_BYTES = 1024 * 1024,
};

extern char **environ;

static void sleep_ms(long ms)
{
	nanosleep(&(struct timespec){ms / 1000, ms % 1000 * 1000000}, NULL);
}

static const struct statement housekeep_statement = {"housekeep", "select housekeep()", NULL, 0};

static void housekeep(struct service *service)
{
	struct db_reply reply;

	db_run(service->db,
	    &(const struct db_call){.role = db_role_engine,
		.lane = LANE_WRITE,
		.statement = &housekeep_statement},
	    &reply);
	const char *done = reply.outcome == DB_DONE ? db_value(&reply, "housekeep") : NULL;
	if (done)
		log_event(service->log, LOG_INFO, "housekeeping", "%s", done);
	else if (reply.outcome != DB_DONE)
		log_event(service->log, LOG_WARN, "housekeeping", "failed; it is retried");
	db_reply_free(&reply);
}

/* The indexes of a collation are in the order of the version that it was made with. */
static const struct statement collation_statement = {"collation",
    "select string_agg(format('%s of version %s is now %s', name, made, now), '; ') as changed"
    " from (select collname as name, collversion as made, pg_collation_actual_version(oid) as now"
    "  from pg_collation where collnamespace = 'public'::regnamespace"
    " union all select datname, datcollversion, pg_database_collation_actual_version(oid)"
    "  from pg_database where datname = current_database()) as c where made <> now",
    NULL, 0};

static void warn_of_collations(struct service *service)
{
	struct db_reply reply;

	db_run(service->db,
	    &(const struct db_call){.role = db_role_engine,
		.lane = LANE_WRITE,
		.statement = &collation_statement},
	    &reply);
	const char *changed = reply.outcome == DB_DONE ? db_value(&reply, "changed") : NULL;
	if (changed)
		log_event(service->log, LOG_WARN, "collation",
		    "%s; lists may miss names until you run deploy/collation.sql", changed);
	else if (reply.outcome != DB_DONE)
		log_event(service->log, LOG_WARN, "collation", "the versions were not compared");
	db_reply_free(&reply);
}

static void *housekeeping(void *context)
{
	struct service *service = context;

	for (int second = 0; !service->draining; second = (second + 1) % HOUSEKEEPING_SECONDS) {
		if (!second)
			housekeep(service);
		sleep_ms(1000);
	}
	return NULL;
}

static void reload(struct service *service)
{
	struct config fresh;
	char why[WHY_BYTES];

	if (config_read(&fresh, environ, why, sizeof(why)))
		log_set_level(service->log, fresh.log_level);
	else
		log_event(service->log, LOG_ERROR, "reload", "the log level stays: %s", why);
	config_free(&fresh);
	if (keyring_reload(service, why, sizeof(why)))
		log_event(service->log, LOG_INFO, "reload", "keys and log level");
	else
		log_event(service->log, LOG_ERROR, "reload", "the keys are unchanged: %s", why);
}

static void log_settings(const struct service *service)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	if (!out)
		return;
	config_print(&service->config, out);
	fclose(out);
	log_event(service->log, LOG_INFO, "settings", "%s", text);
	free(text);
}

/* Waits for SIGTERM or SIGINT; SIGHUP reloads. All threads block these signals. */
static void wait_for_end(struct service *service, const sigset_t *signals)
{
	int signal_number;

	while (!sigwait(signals, &signal_number) && signal_number == SIGHUP)
		reload(service);
}

/* First /readyz answers 503, so that a proxy sends no new requests. Then the listener closes. Then
 * this function waits for running requests. */
static void drain(struct service *service, struct http *api)
{
	service->draining = true;
	log_event(service->log, LOG_INFO, "stop", "draining");
	for (long ms = 0; ms < service->config.drain_seconds * 1000; ms += 100)
		sleep_ms(100);
	http_quiesce(api);
	while (service->in_flight > 0)
		sleep_ms(10);
	sleep_ms(LAST_BYTES_MS);
}

static bool check_handlers(char *reterr_why, size_t size)
{
	for (size_t i = 0; i < contract_n_operations; i++)
		if (contract_operations[i].handler &&
		    !handlers_have(contract_operations[i].handler)) {
			snprintf(reterr_why, size, "%s: unknown handler '%s'",
			    contract_operations[i].id, contract_operations[i].handler);
			return false;
		}
	return true;
}

static bool check_schema(struct service *service, char *reterr_why, size_t size)
{
	int wanted = contract_migrations[contract_n_migrations - 1].number;
	struct db_schema schema;

	if (!db_read_schema(service->db, &schema, reterr_why, size))
		return false;
	bool same = !strcmp(schema.functions, contract_functions_checksum);
	if (schema.version < wanted)
		snprintf(reterr_why, size,
		    "the database has schema %d, this binary needs %d; run `ovopd migrate`",
		    schema.version, wanted);
	else if (schema.version > wanted)
		snprintf(reterr_why, size,
		    "the database has schema %d, newer than this binary's %d; start a newer ovopd",
		    schema.version, wanted);
	else if (!same)
		snprintf(reterr_why, size,
		    "the database has the functions of another build; run `ovopd migrate`");
	return schema.version == wanted && same;
}

/* Opens the operator's port, then the API's; false if a port is not free. */
static bool listen_on(struct service *service, struct http **ret_health, struct http **ret_api,
    char *reterr_why, size_t size)
{
	const struct config *config = &service->config;

	*ret_health = http_open(service, config->listen, (unsigned)config->admin_port,
	    (struct http_stages){.admit = health_answer});
	if (*ret_health)
		*ret_api = http_open(service, config->listen, (unsigned)config->port,
		    (struct http_stages){stages_admit, stages_answer});
	if (!*ret_api)
		snprintf(reterr_why, size,
		    "cannot listen on %s:%ld; set OVOP_LISTEN to an address of this machine and %s to a free port",
		    config->listen, *ret_health ? config->port : config->admin_port,
		    *ret_health ? "OVOP_PORT" : "OVOP_ADMIN_PORT");
	return *ret_api != NULL;
}

static bool run_service(struct service *service, const sigset_t *signals, char *reterr_why,
    size_t size)
{
	struct http *health = NULL, *api = NULL;
	pthread_t keeper;
	bool listening = connection_try(&service->config, reterr_why, size) &&
			 check_schema(service, reterr_why, size) &&
			 listen_on(service, &health, &api, reterr_why, size);

	if (listening) {
		pthread_create(&keeper, NULL, housekeeping, service);
		log_settings(service);
		warn_of_collations(service);
		log_event(service->log, LOG_INFO, "start", "listening on %s:%ld",
		    service->config.listen, service->config.port);
		wait_for_end(service, signals);
		drain(service, api);
		pthread_join(keeper, NULL);
		log_event(service->log, LOG_INFO, "stop", "done");
	}
	http_close(api);
	http_close(health);
	return listening;
}

static bool serve(const struct config *config, char **arguments, char *reterr_why, size_t size)
{
	sigset_t signals;
	struct service service = {.config = *config};

	(void)arguments;
	/* Memory holds keys and personal data: no core files, no ptrace by other processes. */
	prctl(PR_SET_DUMPABLE, 0);
	setrlimit(RLIMIT_CORE, &(const struct rlimit){0, 0});
	if (!config->database_url) {
		snprintf(reterr_why, size,
		    "DATABASE_URL is not set; it is the connection string of the login");
		return false;
	}
	service.keyring = keyring_load(config->keys_dir, reterr_why, size);
	if (!service.keyring || !check_handlers(reterr_why, size))
		return false;
	/* A password's hash takes 19 MiB: with mmap, free returns them to the system at once. */
	mallopt(M_MMAP_THRESHOLD, MMAP_THRESHOLD_BYTES);
	sigemptyset(&signals);
	sigaddset(&signals, SIGTERM);
	sigaddset(&signals, SIGINT);
	sigaddset(&signals, SIGHUP);
	pthread_sigmask(SIG_BLOCK, &signals, NULL);
	signal(SIGPIPE, SIG_IGN);
	json_set_alloc_funcs(arena_malloc, arena_release);
	json_object_seed(0);
	pthread_mutex_init(&service.keyring_lock, NULL);
	sem_init(&service.hashes, 0, (unsigned)config->hash_parallel);
	service.log = log_open(config->log_level);
	service.metrics = metrics_open();
	service.limiter = limiter_open();
	service.patterns = patterns_open();
	service.db = db_open(&service.config);
	bool served = run_service(&service, &signals, reterr_why, size);
	db_close(service.db);
	patterns_close(service.patterns);
	limiter_close(service.limiter);
	metrics_close(service.metrics);
	log_close(service.log);
	sem_destroy(&service.hashes);
	keyring_release(service.keyring);
	return served;
}

static bool is(const char *argument, const char *wanted)
{
	return argument && !strcmp(argument, wanted);
}

static bool migrate(const struct config *config, char **arguments, char *reterr_why, size_t size)
{
	return migrate_run(config, is(arguments[0], "--sample"), reterr_why, size);
}

static bool keygen(const struct config *config, char **arguments, char *reterr_why, size_t size)
{
	return keyring_generate(config->keys_dir, is(arguments[0], "--rotate"),
	    config->token_ttl_seconds, reterr_why, size);
}

static bool admin(const struct config *config, char **arguments, char *reterr_why, size_t size)
{
	bool well_formed = is(arguments[0], "create") && arguments[1] && !arguments[2];
	struct arena arena = {0};
	char hash[PASSWORD_HASH_BYTES];

	if (!well_formed) {
		snprintf(reterr_why, size, "usage: ovopd admin create USERNAME");
		return false;
	}
	const char *password = encoding_random(&arena, PASSWORD_BYTES);
	bool hashed = password_encode(password, hash);
	if (!hashed)
		snprintf(reterr_why, size, "admin create: no memory for the password's hash");
	bool made = hashed && migrate_admin(config, arguments[1], hash, reterr_why, size);
	if (made)
		printf("%s\n", password);
	arena_free(&arena);
	return made;
}

static const struct {
	const char *name, *help;
	/* arguments: those after the command's name, then NULL. */
	bool (*run)(const struct config *config, char **arguments, char *reterr_why, size_t size);
} commands[] = {
    {"serve", "answer requests (the default)", serve},
    {"migrate", "bring the database up to date; --sample adds labelled sample data", migrate},
    {"keygen", "make missing keys; --rotate retires the current token key", keygen},
    {"admin", "admin create USERNAME: an administrator with a one-time password", admin},
};

enum { N_COMMANDS = sizeof(commands) / sizeof(commands[0]) };

static int help(void)
{
	printf("usage: ovopd [COMMAND]\n\n");
	for (size_t i = 0; i < N_COMMANDS; i++)
		printf("  %-9s %s\n", commands[i].name, commands[i].help);
	printf("  %-9s %s\n\nSettings come from the environment:\n\n", "version",
	    "print the version");
	config_help(stdout);
	return 0;
}

static int version(void)
{
	printf("ovopd %s, schema %d\n", OVOP_VERSION,
	    contract_migrations[contract_n_migrations - 1].number);
	return 0;
}

int main(int argc, char **argv)
{
	struct config config;
	char why[1024];
	const char *name = argc > 1 ? argv[1] : "serve";

	if (is(name, "--help") || is(name, "help"))
		return help();
	if (is(name, "version"))
		return version();
	bool done = false;
	if (config_read(&config, environ, why, sizeof(why))) {
		snprintf(why, sizeof(why),
		    "unknown command; the commands are serve, migrate, keygen, admin and version; see ovopd --help");
		for (size_t i = 0; i < N_COMMANDS; i++)
			if (is(name, commands[i].name))
				done = commands[i].run(&config, argv + (argc > 1 ? 2 : 1), why,
				    sizeof(why));
	}
	config_free(&config);
	if (!done)
		fprintf(stderr, "ovopd: %s\n", why);
	return done ? 0 : 1;
}
