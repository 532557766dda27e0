#include <arpa/inet.h>
#include <ctype.h>
#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "operating/config.h"
#include "operating/log.h"

enum kind { KIND_ADDRESS, KIND_LEVEL, KIND_NUMBER, KIND_ORIGINS, KIND_SECRET, KIND_TEXT, KIND_URL };

struct setting {
	const char *name;
	enum kind kind;
	size_t offset;
	const char *initial; /* NULL: no default */
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
    {"OVOP_CORS_ORIGINS", KIND_ORIGINS, AT(cors_origins), "", 0, 0,
	"origins that browsers may call from, such as https://app.example, separated by commas"},
    {"OVOP_DRAIN_SECONDS", KIND_NUMBER, AT(drain_seconds), "5", 0, 600,
	"how long /readyz answers 503 before the listener closes"},
    {"OVOP_HASH_PARALLEL", KIND_NUMBER, AT(hash_parallel), "2", 1, 64,
	"argon2 hashes at once, 19 MiB each"},
    {"OVOP_ISSUER", KIND_URL, AT(issuer), "", 0, 0,
	"public base URL, the token's issuer; empty = http://127.0.0.1:OVOP_PORT"},
    {"OVOP_KEYS_DIR", KIND_TEXT, AT(keys_dir), "keys", 0, 0,
	"directory of the key files (0400) that `keygen` makes"},
    {"OVOP_LISTEN", KIND_ADDRESS, AT(listen), "127.0.0.1", 0, 0, "IPv4 address to listen on"},
    {"OVOP_LIST_CONNECTIONS", KIND_NUMBER, AT(list_connections), "2", 1, 100,
	"database connections for lists, each role"},
    {"OVOP_LOGIN_RATE_LIMIT", KIND_NUMBER, AT(login_rate_limit), "60", 0, 1000000,
	"token requests a minute and address; 0 = off"},
    {"OVOP_LOG_LEVEL", KIND_LEVEL, AT(log_level), "info", 0, 0,
	"info, warn or error; read again on SIGHUP"},
    {"OVOP_MAX_BODY_BYTES", KIND_NUMBER, AT(max_body_bytes), "1048576", 1024, 67108864,
	"largest body accepted"},
    {"OVOP_MAX_CLIENTS", KIND_NUMBER, AT(max_clients), "1024", 1, 100000,
	"connections at once; more are closed unanswered, so a proxy should allow fewer"},
    {"OVOP_MIGRATE_URL", KIND_SECRET, AT(migrate_url), NULL, 0, 0,
	"PostgreSQL as the owner; `migrate` and `admin create` need it"},
    {"OVOP_POOL_WAIT_MS", KIND_NUMBER, AT(pool_wait_ms), "1000", 1, 60000,
	"longest wait for a database connection, then 503"},
    {"OVOP_PORT", KIND_NUMBER, AT(port), "8080", 1, 65535, "port of the API"},
    {"OVOP_QUEUE_LENGTH", KIND_NUMBER, AT(queue_length), "1000", 1, 100000,
	"requests that wait for one kind of database connection; more get 503 at once"},
    {"OVOP_RATE_LIMIT", KIND_NUMBER, AT(rate_limit), "1200", 0, 100000000,
	"requests a minute and caller, with one more for each 25 ms of work on a long one; 0 = off"},
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
static char *entry_value(char *entry, const char *name)
{
	size_t size = strlen(name);

	return !strncmp(entry, name, size) && entry[size] == '=' ? entry + size + 1 : NULL;
}

static char *setting_value(char **entries, const char *name)
{
	char *value = NULL;

	for (; *entries && !value; entries++)
		value = entry_value(*entries, name);
	return value;
}

/* http or https, a host, perhaps a port. Returns what follows, or NULL. */
static char *after_origin(char *text)
{
	size_t scheme = !strncasecmp(text, "https://", 8)  ? 8
			: !strncasecmp(text, "http://", 7) ? 7
							   : 0;
	size_t host = strcspn(text + scheme, "/?#");

	if (!scheme || !host || strpbrk(text, " \t@\\'\"<>*"))
		return NULL;
	for (char *c = text; c < text + scheme + host; c++)
		*c = (char)tolower((unsigned char)*c);
	return text + scheme + host;
}

static bool tidy_url(char *url)
{
	char *rest = after_origin(url);

	if (!rest || strpbrk(rest, "?#"))
		return false;
	for (size_t end = strlen(url); url[end - 1] == '/'; end--)
		url[end - 1] = 0;
	return true;
}

/* Writes the list again without spaces and closing slashes. */
static bool tidy_origins(char *list)
{
	char *out = list, *at = list, *item;

	while ((item = strsep(&at, ",")) != NULL) {
		item += strspn(item, " \t");
		item[strcspn(item, " \t")] = 0;
		char *rest = *item ? after_origin(item) : item;
		if (!rest || (*rest && strcmp(rest, "/") != 0))
			return false;
		if (out > list && *item)
			*out++ = ',';
		size_t size = (size_t)(rest - item);
		memmove(out, item, size);
		out += size;
	}
	*out = 0;
	return true;
}

/* Brings a text into the one form that the service compares. False: it has another form. */
static bool tidy_text(enum kind kind, char *value)
{
	struct in_addr address;

	switch (kind) {
	case KIND_ADDRESS: return inet_pton(AF_INET, value, &address) == 1;
	case KIND_LEVEL: return log_is_level(value);
	case KIND_ORIGINS: return tidy_origins(value);
	case KIND_URL: return !*value || tidy_url(value);
	default: return true;
	}
}

static const char *const forms[] = {
    [KIND_ADDRESS] = "an IPv4 address, such as 127.0.0.1 or 0.0.0.0",
    [KIND_LEVEL] = "info, warn or error",
    [KIND_ORIGINS] = "a list of origins, such as https://app.example,https://admin.example:8443",
    [KIND_URL] = "an address such as https://ovop.example",
};

static bool parse_setting(const struct setting *setting, char *value, struct config *config,
    char *why, size_t size)
{
	char *place = (char *)config + setting->offset, *end;

	if (setting->kind != KIND_NUMBER) {
		char *shown = strdup(value);
		bool fits = shown && tidy_text(setting->kind, value);

		*(const char **)(void *)place = value;
		if (!fits)
			snprintf(why, size, "%s is %s, not '%s'", setting->name,
			    forms[setting->kind], shown ? shown : "");
		free(shown);
		return fits;
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

	while (i < N_SETTINGS && (strncmp(entry, settings[i].name, strlen(settings[i].name)) != 0 ||
				     entry[strlen(settings[i].name)] != '='))
		i++;
	return i < N_SETTINGS;
}

/* Trims the value and takes away a pair of quotation marks, in which shells and .env files write
 * it. False if only the first mark stands there. */
static bool tidy_value(char *value)
{
	char *text = value + strspn(value, " \t\r");
	size_t size = strlen(text);

	while (size && strchr(" \t\r", text[size - 1]))
		size--;
	bool opens = size && strchr("'\"", *text);
	bool quoted = size > 1 && opens && text[size - 1] == *text;
	memmove(value, text + quoted, size - 2 * quoted);
	value[size - 2 * quoted] = 0;
	return quoted || !opens;
}

static void add_entry(struct config *config, const char *entry)
{
	size_t n = config->n_entries++;

	config->entries = reallocarray(config->entries, n + 2, sizeof(*config->entries));
	if (!config->entries || !(config->entries[n] = strdup(entry)))
		abort();
	config->entries[n + 1] = NULL;
}

/* A line of a shell or .env file as NAME=VALUE. "": it says nothing. NULL: it has another form. */
static const char *entry_of_line(char *line)
{
	if (!strncmp(line, "\xef\xbb\xbf", 3)) /* the mark that Windows writes first */
		line += 3;
	line += strspn(line, " \t\r");
	if (!*line || *line == '#')
		return "";
	if (!strncmp(line, "export ", 7))
		line += 7 + strspn(line + 7, " \t");
	char *equals = strchr(line, '=');
	size_t name = strcspn(line, " \t=");
	if (!equals || line + name + strspn(line + name, " \t") != equals)
		return NULL;
	memmove(line + name, equals, strlen(equals) + 1);
	bool quoted = strchr("'\"", line[name + 1 + strspn(line + name + 1, " \t")]) != NULL;
	return quoted || !strstr(line, " #") ? line : NULL;
}

static bool read_lines(struct config *config, FILE *file, const char *path, char *why, size_t size)
{
	char *line = NULL;
	size_t room = 0, first = config->n_entries;
	bool fine = true;

	for (int number = 1; fine && getline(&line, &room, file) >= 0; number++) {
		line[strcspn(line, "\n")] = 0;
		const char *entry = entry_of_line(line);
		char name[64] = "";
		if (entry)
			snprintf(name, sizeof(name), "%.*s", (int)strcspn(entry, "="), entry);
		if (!entry)
			snprintf(why, size,
			    "line %d of %s is not NAME=VALUE; a comment has a line of its own",
			    number, path);
		else if (*entry && !is_setting(entry))
			snprintf(why, size,
			    "line %d of %s: %s is no setting of ovopd; ovopd --help lists them",
			    number, path, name);
		else if (*entry && setting_value(config->entries + first, name))
			snprintf(why, size, "line %d of %s sets %s again", number, path, name);
		else if (*entry)
			add_entry(config, entry);
		fine = !*why;
	}
	free(line);
	return fine;
}

/* The environment's entries, then the file's lines, so that the environment wins. */
static bool read_entries(struct config *config, char **environment, char *why, size_t size)
{
	for (; *environment; environment++)
		add_entry(config, *environment);
	add_entry(config, "OVOP_CONFIG=");
	char *path = setting_value(config->entries, "OVOP_CONFIG");
	if (!tidy_value(path) || !*path)
		return true;
	FILE *file = fopen(path, "re");
	if (!file) {
		snprintf(why, size, "%s cannot be read; OVOP_CONFIG names it", path);
		return false;
	}
	bool read = read_lines(config, file, path, why, size);
	fclose(file);
	return read;
}

static bool check_names(char **entries, char *why, size_t size)
{
	for (char **entry = entries; *entry; entry++)
		if (!strncmp(*entry, "OVOP_", 5) && !is_setting(*entry)) {
			snprintf(why, size, "%.*s is no setting of ovopd; ovopd --help lists them",
			    (int)strcspn(*entry, "="), *entry);
			return false;
		}
	return true;
}

static bool read_settings(struct config *config, char *why, size_t size)
{
	for (const struct setting *setting = settings; setting < settings + N_SETTINGS; setting++) {
		char entry[100];

		if (!setting_value(config->entries, setting->name) && setting->initial) {
			snprintf(entry, sizeof(entry), "%s=%s", setting->name, setting->initial);
			add_entry(config, entry);
		}
		char *value = setting_value(config->entries, setting->name);
		if (value && !tidy_value(value)) {
			snprintf(why, size,
			    "%s begins with a quotation mark and does not end with it",
			    setting->name);
			return false;
		}
		if (value && !parse_setting(setting, value, config, why, size))
			return false;
	}
	return true;
}

bool config_read(struct config *ret_config, char **environment, char *reterr_why, size_t size)
{
	struct config config = {0};

	*reterr_why = 0;
	bool read = read_entries(&config, environment, reterr_why, size) &&
		    check_names(config.entries, reterr_why, size) &&
		    read_settings(&config, reterr_why, size);
	*ret_config = config;
	if (!read)
		return false;
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
