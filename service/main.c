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

#include "arena.h"
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

enum {
	WHY_BYTES = 1024,
	HOUSEKEEPING_SECONDS = 30,
	LAST_BYTES_MS = 200,
	MMAP_THRESHOLD_BYTES = 1024 * 1024,
};

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

/* Opens the operator's port, then the API's; false when one cannot be had. */
static bool listen_on(struct service *service, struct http **ret_health, struct http **ret_api,
    char *reterr_why, size_t size)
{
	const struct config *config = &service->config;

	*ret_health =
	    http_open(service, config->listen, (unsigned)config->admin_port, health_answer);
	if (*ret_health)
		*ret_api =
		    http_open(service, config->listen, (unsigned)config->port, http_answer_api);
	if (!*ret_api)
		snprintf(reterr_why, size,
		    "%s:%ld cannot be listened on; set OVOP_LISTEN to an address of this machine and %s to a free port",
		    config->listen, *ret_health ? config->port : config->admin_port,
		    *ret_health ? "OVOP_PORT" : "OVOP_ADMIN_PORT");
	return *ret_api != NULL;
}

static bool run(struct service *service, const sigset_t *signals, char *reterr_why, size_t size)
{
	struct http *health = NULL, *api = NULL;
	pthread_t keeper;
	bool listening = check_schema(service, reterr_why, size) &&
			 listen_on(service, &health, &api, reterr_why, size);

	if (listening) {
		pthread_create(&keeper, NULL, housekeeping, service);
		log_settings(service);
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
	/* Keys and personal data pass through memory: no core files, no ptrace by others. */
	prctl(PR_SET_DUMPABLE, 0);
	setrlimit(RLIMIT_CORE, &(const struct rlimit){0, 0});
	if (!config->database_url) {
		snprintf(reterr_why, size,
		    "DATABASE_URL is not set; it names the database as the login");
		return false;
	}
	service.keyring = keyring_load(config->keys_dir, reterr_why, size);
	if (!service.keyring || !check_handlers(reterr_why, size))
		return false;
	/* A password's hash takes 19 MiB: malloc gives them back at once, where each of its arenas would keep them. */
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
	bool served = run(&service, &signals, reterr_why, size);
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
	if (is(arguments[0], "create") && arguments[1] && !arguments[2])
		return migrate_admin(config, arguments[1], reterr_why, size);
	snprintf(reterr_why, size, "usage: ovopd admin create USERNAME");
	return false;
}

static const struct {
	const char *name, *help;
	/* Of the arguments behind the command's name; NULL is the last. */
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
	char why[1024] = "no such command; there are serve, migrate, keygen, admin and version;"
			 " see ovopd --help";
	const char *name = argc > 1 ? argv[1] : "serve";

	if (is(name, "--help") || is(name, "help"))
		return help();
	if (is(name, "version"))
		return version();
	bool done = false;
	if (config_read(&config, environ, why, sizeof(why)))
		for (size_t i = 0; i < N_COMMANDS; i++)
			if (is(name, commands[i].name))
				done = commands[i].run(&config, argv + (argc > 1 ? 2 : 1), why,
				    sizeof(why));
	config_free(&config);
	if (!done)
		fprintf(stderr, "ovopd: %s\n", why);
	return done ? 0 : 1;
}
