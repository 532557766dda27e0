#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include <jansson.h>

#include "db.h"
#include "handler.h"
#include "health.h"
#include "http.h"
#include "keyring.h"
#include "limit.h"
#include "log.h"
#include "metrics.h"
#include "migrate.h"
#include "pattern.h"
#include "service.h"

enum { WHY_BYTES = 1024, HOUSEKEEPING_SECONDS = 30, LAST_BYTES_MS = 200 };

extern char **environ;

int64_t service_clock_us(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static void sleep_ms(long ms)
{
	nanosleep(&(struct timespec){ms / 1000, ms % 1000 * 1000000}, NULL);
}

static int refuse(const char *why)
{
	fprintf(stderr, "ovopd: %s\n", why);
	return 1;
}

/* ---- housekeeping --------------------------------------------------------------------------------------------------- */

static const struct statement housekeep_statement = {"housekeep", "select housekeep()", NULL, 0};

static void housekeep(struct service *service)
{
	struct db_reply reply;

	db_run(service->db,
	    &(const struct db_call){.role = db_role_engine,
		.write = true,
		.statement = &housekeep_statement},
	    &reply);
	const char *done = reply.outcome == DB_DONE ? db_value(&reply, "housekeep") : NULL;
	if (done)
		log_event(service->log, LOG_INFO, "housekeeping", "%s", done);
	else if (reply.outcome != DB_DONE)
		log_event(service->log, LOG_WARN, "housekeeping",
		    "was not done; it is tried again");
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

/* ---- serve ---------------------------------------------------------------------------------------------------------- */

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
		log_event(service->log, LOG_ERROR, "reload", "the old keys stay: %s", why);
}

/* Waits for SIGTERM or SIGINT; SIGHUP reloads. The signals are blocked in every thread. */
static void wait_for_end(struct service *service, const sigset_t *signals)
{
	int signal_number;

	while (!sigwait(signals, &signal_number) && signal_number == SIGHUP)
		reload(service);
}

/* /readyz says 503 first, so that a proxy sends nothing new; then no new connections; then what is running ends. */
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
		    !handler_exists(contract_operations[i].handler)) {
			snprintf(reterr_why, size, "%s: there is no handler '%s'",
			    contract_operations[i].id, contract_operations[i].handler);
			return false;
		}
	return true;
}

static bool check_schema(struct service *service, char *reterr_why, size_t size)
{
	int wanted = contract_migrations[contract_n_migrations - 1].number;
	int version = db_schema_version(service->db, reterr_why, size);

	if (version >= 0 && version < wanted)
		snprintf(reterr_why, size,
		    "the database has schema %d, this binary needs %d; run `ovopd migrate`",
		    version, wanted);
	else if (version > wanted)
		snprintf(reterr_why, size,
		    "the database has schema %d, newer than this binary's %d; start a newer ovopd",
		    version, wanted);
	return version == wanted;
}

static int run(struct service *service, const sigset_t *signals)
{
	const struct config *config = &service->config;
	char why[WHY_BYTES];
	pthread_t keeper;
	int code = 0;

	if (!check_schema(service, why, sizeof(why)))
		return refuse(why);
	struct http *health =
	    http_open(service, config->listen, (unsigned)config->admin_port, health_answer);
	struct http *api =
	    health ? http_open(service, config->listen, (unsigned)config->port, http_answer_api)
		   : NULL;
	if (!api) {
		snprintf(why, sizeof(why),
		    "%s:%ld cannot be listened on; set OVOP_LISTEN to an address of this machine and %s to a free port",
		    config->listen, health ? config->port : config->admin_port,
		    health ? "OVOP_PORT" : "OVOP_ADMIN_PORT");
		code = refuse(why);
	} else {
		pthread_create(&keeper, NULL, housekeeping, service);
		log_event(service->log, LOG_INFO, "start", "listening on %s:%ld", config->listen,
		    config->port);
		wait_for_end(service, signals);
		drain(service, api);
		pthread_join(keeper, NULL);
		log_event(service->log, LOG_INFO, "stop", "done");
	}
	http_close(api);
	http_close(health);
	return code;
}

static int serve(const struct config *config)
{
	char why[WHY_BYTES];
	sigset_t signals;
	struct service service = {.config = *config};
	/* Keys and personal data pass through memory: no core files, no ptrace by others. */
	prctl(PR_SET_DUMPABLE, 0);
	setrlimit(RLIMIT_CORE, &(const struct rlimit){0, 0});
	if (!service.config.issuer)
		service.config.issuer = service.config.issuer_default;
	if (!config->database_url)
		return refuse("DATABASE_URL is not set; it names the database as the login");
	service.keyring = keyring_load(config->keys_dir, why, sizeof(why));
	if (!service.keyring || !check_handlers(why, sizeof(why)))
		return refuse(why);
	sigemptyset(&signals);
	sigaddset(&signals, SIGTERM);
	sigaddset(&signals, SIGINT);
	sigaddset(&signals, SIGHUP);
	pthread_sigmask(SIG_BLOCK, &signals, NULL);
	signal(SIGPIPE, SIG_IGN);
	json_object_seed(0);
	pthread_mutex_init(&service.keyring_lock, NULL);
	sem_init(&service.hashes, 0, (unsigned)config->hash_parallel);
	service.log = log_open(config->log_level);
	service.metrics = metrics_open();
	service.limiter = limiter_open();
	service.patterns = patterns_open();
	service.db = db_open(&service.config);
	int code = run(&service, &signals);
	db_close(service.db);
	patterns_close(service.patterns);
	limiter_close(service.limiter);
	metrics_close(service.metrics);
	log_close(service.log);
	sem_destroy(&service.hashes);
	keyring_release(service.keyring);
	return code;
}

/* ---- the command line ----------------------------------------------------------------------------------------------- */

static int run_migrate(const struct config *config, int argc, char **argv)
{
	char why[WHY_BYTES];
	bool sample = argc > 2 && !strcmp(argv[2], "--sample");

	return migrate_run(config, sample, why, sizeof(why)) ? 0 : refuse(why);
}

static int run_keygen(const struct config *config, int argc, char **argv)
{
	char why[WHY_BYTES];
	bool rotate = argc > 2 && !strcmp(argv[2], "--rotate");

	return keyring_generate(config->keys_dir, rotate, config->token_ttl_seconds, why,
		   sizeof(why))
		   ? 0
		   : refuse(why);
}

static int run_admin(const struct config *config, int argc, char **argv)
{
	char why[WHY_BYTES];

	if (argc != 4 || strcmp(argv[2], "create") != 0)
		return refuse("usage: ovopd admin create USERNAME");
	return migrate_admin(config, argv[3], why, sizeof(why)) ? 0 : refuse(why);
}

static int run_serve(const struct config *config, int argc, char **argv)
{
	(void)argc;
	(void)argv;
	return serve(config);
}

static int run_version(const struct config *config, int argc, char **argv)
{
	(void)config;
	(void)argc;
	(void)argv;
	printf("ovopd %s, schema %d\n", OVOP_VERSION,
	    contract_migrations[contract_n_migrations - 1].number);
	return 0;
}

static const struct {
	const char *name, *help;
	int (*run)(const struct config *config, int argc, char **argv);
} commands[] = {
    {"serve", "answer requests (the default)", run_serve},
    {"migrate", "bring the database up to date; --sample adds labelled sample data", run_migrate},
    {"keygen", "make missing keys; --rotate retires the current token key", run_keygen},
    {"admin", "admin create USERNAME: an administrator with a one-time password", run_admin},
    {"version", "print the version", run_version},
};

static int help(void)
{
	printf("usage: ovopd [COMMAND]\n\n");
	for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++)
		printf("  %-9s %s\n", commands[i].name, commands[i].help);
	printf("\nSettings come from the environment:\n\n");
	config_help(stdout);
	return 0;
}

static int dispatch(const struct config *config, const char *name, int argc, char **argv)
{
	for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++)
		if (!strcmp(name, commands[i].name))
			return commands[i].run(config, argc, argv);
	return refuse(
	    "no such command; there are serve, migrate, keygen, admin and version; see ovopd --help");
}

int main(int argc, char **argv)
{
	struct config config;
	char why[WHY_BYTES];
	const char *name = argc > 1 ? argv[1] : "serve";

	if (!strcmp(name, "--help") || !strcmp(name, "help"))
		return help();
	if (!config_read(&config, environ, why, sizeof(why)))
		return refuse(why);
	int code = dispatch(&config, name, argc, argv);
	config_free(&config);
	return code;
}
