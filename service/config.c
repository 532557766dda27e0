#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "arena.h"
#include "config.h"
#include "log.h"

enum kind { KIND_LEVEL, KIND_NUMBER, KIND_SECRET, KIND_TEXT };

struct setting {
	const char *name;
	enum kind kind;
	size_t offset;
	const char *initial; /* NULL: must be set where it is needed */
	long minimum, maximum;
	const char *help;
};

#define AT(member) offsetof(struct config, member)

static const struct setting settings[] = {
    {"DATABASE_URL", KIND_SECRET, AT(database_url), NULL, 0, 0,
	"PostgreSQL as the login: a libpq URI or key=value string; `serve` needs it"},
    {"OVOP_ADMIN_PORT", KIND_NUMBER, AT(admin_port), "0", 0, 65535,
	"port of /livez, /readyz and /metrics; 0 = OVOP_PORT + 1"},
    {"OVOP_CONFIG", KIND_TEXT, AT(file), "", 0, 0,
	"a file of NAME=VALUE lines, for what the environment does not set; read again on SIGHUP"},
    {"OVOP_CORS_ORIGINS", KIND_TEXT, AT(cors_origins), "", 0, 0,
	"origins that browsers may call from, separated by commas"},
    {"OVOP_DRAIN_SECONDS", KIND_NUMBER, AT(drain_seconds), "5", 0, 600,
	"how long /readyz says 503 before the listener closes"},
    {"OVOP_HASH_PARALLEL", KIND_NUMBER, AT(hash_parallel), "2", 1, 64,
	"argon2 hashes at once, 19 MiB each"},
    {"OVOP_ISSUER", KIND_TEXT, AT(issuer), "", 0, 0,
	"public base URL, the token's issuer; empty = http://127.0.0.1:OVOP_PORT"},
    {"OVOP_KEYS_DIR", KIND_TEXT, AT(keys_dir), "keys", 0, 0,
	"directory of the 0400 key files that `keygen` makes"},
    {"OVOP_LISTEN", KIND_TEXT, AT(listen), "127.0.0.1", 0, 0, "IPv4 address to listen on"},
    {"OVOP_LIST_CONNECTIONS", KIND_NUMBER, AT(list_connections), "2", 1, 100,
	"database connections for lists, each role"},
    {"OVOP_LOGIN_RATE_LIMIT", KIND_NUMBER, AT(login_rate_limit), "60", 0, 1000000,
	"token requests a minute and address; 0 = off"},
    {"OVOP_LOG_LEVEL", KIND_LEVEL, AT(log_level), "info", 0, 0,
	"debug, info, warn or error; read again on SIGHUP"},
    {"OVOP_MAX_BODY_BYTES", KIND_NUMBER, AT(max_body_bytes), "1048576", 1024, 67108864,
	"largest body taken"},
    {"OVOP_MAX_CLIENTS", KIND_NUMBER, AT(max_clients), "1024", 1, 100000,
	"connections at once; more are closed unanswered, so a proxy should allow fewer"},
    {"OVOP_MIGRATE_URL", KIND_SECRET, AT(migrate_url), NULL, 0, 0,
	"PostgreSQL as the owner; `migrate` and `admin create` need it"},
    {"OVOP_POOL_WAIT_MS", KIND_NUMBER, AT(pool_wait_ms), "1000", 1, 60000,
	"longest wait for a turn at the database, then 503"},
    {"OVOP_PORT", KIND_NUMBER, AT(port), "8080", 1, 65535, "port of the API"},
    {"OVOP_QUEUE_LENGTH", KIND_NUMBER, AT(queue_length), "1000", 1, 100000,
	"requests that wait for one kind of database connection; more get 503 at once"},
    {"OVOP_RATE_LIMIT", KIND_NUMBER, AT(rate_limit), "1200", 0, 100000000,
	"requests a minute and caller; 0 = off"},
    {"OVOP_READ_CONNECTIONS", KIND_NUMBER, AT(read_connections), "2", 1, 100,
	"database connections for reads of one record, each role"},
    {"OVOP_REFRESH_TTL_SECONDS", KIND_NUMBER, AT(refresh_ttl_seconds), "2592000", 60, 31536000,
	"life of a refresh token"},
    {"OVOP_SLOW_CONNECTIONS", KIND_NUMBER, AT(slow_connections), "2", 1, 100,
	"database connections for slow operations, each role"},
    {"OVOP_STATEMENT_TIMEOUT_MS", KIND_NUMBER, AT(statement_timeout_ms), "5000", 10, 600000,
	"longest statement, then 504"},
    {"OVOP_TOKEN_TTL_SECONDS", KIND_NUMBER, AT(token_ttl_seconds), "600", 1, 3600,
	"life of an access token"},
    {"OVOP_TRUST_PROXY", KIND_NUMBER, AT(trust_proxy), "0", 0, 1,
	"1 = take the client's address from X-Forwarded-For"},
    {"OVOP_WRITE_CONNECTIONS", KIND_NUMBER, AT(write_connections), "8", 1, 100,
	"database connections for writes"},
};

enum { N_SETTINGS = sizeof(settings) / sizeof(settings[0]) };

/* The value of a NAME=VALUE entry that has this name, or NULL. */
static const char *value_of(const char *entry, const char *name)
{
	size_t size = strlen(name);

	return !strncmp(entry, name, size) && entry[size] == '=' ? entry + size + 1 : NULL;
}

static const char *find(char **entries, const char *name)
{
	const char *value = NULL;

	for (; *entries && !value; entries++)
		value = value_of(*entries, name);
	return value;
}

static bool parse(const struct setting *setting, const char *value, struct config *config,
    char *why, size_t size)
{
	char *place = (char *)config + setting->offset, *end;

	if (setting->kind == KIND_LEVEL && !log_is_level(value)) {
		snprintf(why, size, "%s is debug, info, warn or error, not '%s'", setting->name,
		    value);
		return false;
	}
	if (setting->kind != KIND_NUMBER) {
		*(const char **)(void *)place = value;
		return true;
	}
	errno = 0;
	long number = strtol(value, &end, 10);
	if (errno || end == value || *end || number < setting->minimum ||
	    number > setting->maximum) {
		snprintf(why, size, "%s is a number from %ld to %ld, not '%s'", setting->name,
		    setting->minimum, setting->maximum, value);
		return false;
	}
	*(long *)(void *)place = number;
	return true;
}

static bool is_setting(const char *entry)
{
	size_t i = 0;

	while (i < N_SETTINGS && !value_of(entry, settings[i].name))
		i++;
	return i < N_SETTINGS;
}

/* The file's lines behind the environment's entries, so that those are found first; NULL when it cannot be read. */
static char **merge(char **environment, const char *path)
{
	FILE *file = *path ? fopen(path, "re") : NULL;
	char **entries = NULL, *line = NULL;
	size_t n = 0, room = 0;
	if (*path && !file)
		return NULL;
	for (char **entry = environment; *entry || file; entry += *entry != NULL) {
		entries = reallocarray(entries, n + 2, sizeof(*entries));
		if (!entries)
			abort();
		if (!*entry && getline(&line, &room, file) < 0)
			break;
		if (!*entry)
			line[strcspn(line, "\n")] = 0;
		if (*entry || (*line && *line != '#'))
			entries[n++] = strdup(*entry ? *entry : line);
	}
	entries[n] = NULL;
	free(line);
	if (file)
		fclose(file);
	return entries;
}

bool config_read(struct config *ret_config, char **environment, char *reterr_why, size_t size)
{
	const char *path = find(environment, "OVOP_CONFIG");
	struct config config = {.entries = merge(environment, path ? path : "")};

	*ret_config = config;
	if (!config.entries) {
		snprintf(reterr_why, size, "%s cannot be read; OVOP_CONFIG names it", path);
		return false;
	}
	for (char **entry = config.entries; *entry; entry++)
		if (!strncmp(*entry, "OVOP_", 5) && !is_setting(*entry)) {
			snprintf(reterr_why, size,
			    "%.*s is no setting of ovopd; ovopd --help lists them",
			    (int)strcspn(*entry, "="), *entry);
			return false;
		}
	for (size_t i = 0; i < N_SETTINGS; i++) {
		const char *value = find(config.entries, settings[i].name);

		if (!value)
			value = settings[i].initial;
		if (value && !parse(&settings[i], value, &config, reterr_why, size))
			return false;
	}
	if (!config.admin_port)
		config.admin_port = config.port + 1;
	if (config.admin_port > 65535) {
		snprintf(reterr_why, size, "OVOP_ADMIN_PORT must be set: no port follows %ld",
		    config.port);
		return false;
	}
	if (!*config.issuer &&
	    asprintf(&config.default_issuer, "http://127.0.0.1:%ld", config.port) > 0)
		config.issuer = config.default_issuer;
	*ret_config = config;
	return true;
}

void config_help(FILE *out)
{
	fprintf(out, "| setting | default | meaning |\n|---|---|---|\n");
	for (const struct setting *setting = settings; setting < settings + N_SETTINGS; setting++)
		if (setting->initial && *setting->initial)
			fprintf(out, "| `%s` | `%s` | %s |\n", setting->name, setting->initial,
			    setting->help);
		else
			fprintf(out, "| `%s` | none | %s |\n", setting->name, setting->help);
}

void config_print(const struct config *config, FILE *out)
{
	for (const struct setting *setting = settings; setting < settings + N_SETTINGS; setting++) {
		const void *place = (const char *)config + setting->offset;

		fprintf(out, "%s%s=", setting > settings ? " " : "", setting->name);
		if (setting->kind == KIND_NUMBER)
			fprintf(out, "%ld", *(const long *)place);
		else
			fputs(setting->kind == KIND_SECRET ? "***" : *(const char *const *)place,
			    out);
	}
}

void config_free(struct config *config)
{
	for (char **entry = config->entries; entry && *entry; entry++)
		arena_release(*entry);
	free(config->entries);
	free(config->default_issuer);
	config->entries = NULL;
	config->default_issuer = NULL;
}
