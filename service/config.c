#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "config.h"
#include "log.h"

enum kind {
	KIND_LEVEL,
	KIND_TEXT,
	KIND_NUMBER,
	KIND_SECRET,
};

struct setting {
	const char *name;
	enum kind kind;
	size_t offset;
	const char *initial; /* NULL: must be set where it is needed */
	long minimum, maximum;
	const char *help;
};

#define TEXT(name, member, initial, help)                                             \
	{                                                                             \
		name, KIND_TEXT, offsetof(struct config, member), initial, 0, 0, help \
	}
#define SECRET(name, member, help)                                                   \
	{                                                                            \
		name, KIND_SECRET, offsetof(struct config, member), NULL, 0, 0, help \
	}
#define NUMBER(name, member, initial, min, max, help)                                       \
	{                                                                                   \
		name, KIND_NUMBER, offsetof(struct config, member), initial, min, max, help \
	}

static const struct setting settings[] = {
    SECRET("DATABASE_URL", database_url,
	"PostgreSQL as the login: a libpq URI or key=value string; `serve` needs it"),
    NUMBER("OVOP_ADMIN_PORT", admin_port, "0", 0, 65535,
	"port of /livez, /readyz and /metrics; 0 = OVOP_PORT + 1"),
    TEXT("OVOP_CONFIG", file, "",
	"a file of NAME=VALUE lines, for what the environment does not set; read again on SIGHUP"),
    TEXT("OVOP_CORS_ORIGINS", cors_origins, "",
	"origins that browsers may call from, separated by commas"),
    NUMBER("OVOP_DRAIN_SECONDS", drain_seconds, "5", 0, 600,
	"how long /readyz says 503 before the listener closes"),
    NUMBER("OVOP_HASH_PARALLEL", hash_parallel, "2", 1, 64, "argon2 hashes at once, 19 MiB each"),
    TEXT("OVOP_ISSUER", issuer, "",
	"public base URL, the token's issuer; empty = http://127.0.0.1:OVOP_PORT"),
    TEXT("OVOP_KEYS_DIR", keys_dir, "keys", "directory of the 0400 key files that `keygen` makes"),
    TEXT("OVOP_LISTEN", listen, "127.0.0.1", "IPv4 address to listen on"),
    NUMBER("OVOP_LOGIN_RATE_LIMIT", login_rate_limit, "60", 0, 1000000,
	"token requests a minute and address; 0 = off"),
    {"OVOP_LOG_LEVEL", KIND_LEVEL, offsetof(struct config, log_level), "info", 0, 0,
	"debug, info, warn or error; read again on SIGHUP"},
    NUMBER("OVOP_MAX_BODY_BYTES", max_body_bytes, "1048576", 1024, 67108864, "largest body taken"),
    NUMBER("OVOP_MAX_CLIENTS", max_clients, "1024", 1, 100000,
	"connections at once; more wait in the listen queue"),
    SECRET("OVOP_MIGRATE_URL", migrate_url,
	"PostgreSQL as the owner; `migrate` and `admin create` need it"),
    NUMBER("OVOP_POOL_WAIT_MS", pool_wait_ms, "1000", 1, 60000,
	"longest wait for a database connection, then 503"),
    NUMBER("OVOP_PORT", port, "8080", 1, 65535, "port of the API"),
    NUMBER("OVOP_RATE_LIMIT", rate_limit, "1200", 0, 100000000,
	"requests a minute and caller; 0 = off"),
    NUMBER("OVOP_READ_CONNECTIONS", read_connections, "4", 1, 100,
	"database connections for reads, each role"),
    NUMBER("OVOP_REFRESH_TTL_SECONDS", refresh_ttl_seconds, "2592000", 60, 31536000,
	"life of a refresh token"),
    NUMBER("OVOP_SLOW_CONNECTIONS", slow_connections, "2", 1, 100,
	"database connections for slow operations, each role"),
    NUMBER("OVOP_STATEMENT_TIMEOUT_MS", statement_timeout_ms, "5000", 10, 600000,
	"longest statement, then 504"),
    NUMBER("OVOP_TOKEN_TTL_SECONDS", token_ttl_seconds, "600", 1, 3600, "life of an access token"),
    NUMBER("OVOP_TRUST_PROXY", trust_proxy, "0", 0, 1,
	"1 = take the client's address from X-Forwarded-For"),
    NUMBER("OVOP_WRITE_CONNECTIONS", write_connections, "8", 1, 100,
	"database connections for writes"),
};

enum { N_SETTINGS = sizeof(settings) / sizeof(settings[0]) };

static const char *find(char **environment, const char *name)
{
	size_t size = strlen(name);

	for (char **entry = environment; *entry; entry++)
		if (!strncmp(*entry, name, size) && (*entry)[size] == '=')
			return *entry + size + 1;
	return NULL;
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

static const struct setting *setting_of(const char *entry)
{
	for (size_t i = 0; i < N_SETTINGS; i++) {
		size_t size = strlen(settings[i].name);

		if (!strncmp(entry, settings[i].name, size) && entry[size] == '=')
			return &settings[i];
	}
	return NULL;
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

	if (!config.entries) {
		snprintf(reterr_why, size, "%s cannot be read; OVOP_CONFIG names it", path);
		return false;
	}
	*ret_config = config;
	for (char **entry = config.entries; *entry; entry++)
		if (!strncmp(*entry, "OVOP_", 5) && !setting_of(*entry)) {
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
	*ret_config = config;
	if (!*config.issuer) {
		snprintf(ret_config->issuer_default, sizeof(ret_config->issuer_default),
		    "http://127.0.0.1:%ld", config.port);
		ret_config->issuer =
		    NULL; /* main points it at issuer_default, where the struct has come to rest */
	}
	return true;
}

void config_help(FILE *out)
{
	fprintf(out, "| setting | default | meaning |\n|---|---|---|\n");
	for (size_t i = 0; i < N_SETTINGS; i++) {
		const char *initial = settings[i].initial;

		fprintf(out, "| `%s` | %s%s%s | %s |\n", settings[i].name,
		    initial && *initial ? "`" : "", initial && *initial ? initial : "none",
		    initial && *initial ? "`" : "", settings[i].help);
	}
}

void config_print(const struct config *config, FILE *out)
{
	for (size_t i = 0; i < N_SETTINGS; i++) {
		const char *place = (const char *)config + settings[i].offset;
		const char *separator = i ? " " : "";

		if (settings[i].kind == KIND_NUMBER)
			fprintf(out, "%s%s=%ld", separator, settings[i].name,
			    *(const long *)(const void *)place);
		else if (settings[i].kind == KIND_SECRET)
			fprintf(out, "%s%s=***", separator, settings[i].name);
		else
			fprintf(out, "%s%s=%s", separator, settings[i].name,
			    *(const char *const *)(const void *)place);
	}
}

void config_free(struct config *config)
{
	for (char **entry = config->entries; entry && *entry; entry++) {
		explicit_bzero(*entry, strlen(*entry));
		free(*entry);
	}
	free(config->entries);
	config->entries = NULL;
}
