#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "operating/config.h"
#include "unit.h"

static struct config config;
static char why[300];

/* Frees the result of the previous call first. */
static bool read_one(const char *entry)
{
	char *environment[] = {(char *)"HOME=/root", (char *)entry, NULL};

	config_free(&config);
	why[0] = 0;
	return config_read(&config, environment, why, sizeof(why));
}

START_TEST(defaults_stand_where_nothing_is_set)
{
	ck_assert(read_one(NULL));
	ck_assert_pstr_eq(config.database_url, NULL);
	ck_assert_pstr_eq(config.migrate_url, NULL);
	ck_assert_str_eq(config.listen, "127.0.0.1");
	ck_assert_str_eq(config.keys_dir, "keys");
	ck_assert_str_eq(config.cors_origins, "");
	ck_assert_str_eq(config.log_level, "info");
	ck_assert_str_eq(config.issuer, "http://127.0.0.1:8080");
	ck_assert_int_eq(config.port, 8080);
	ck_assert_int_eq(config.admin_port, 8081);
	ck_assert_int_eq(config.drain_seconds, 5);
	ck_assert_int_eq(config.hash_parallel, 2);
	ck_assert_int_eq(config.login_rate_limit, 60);
	ck_assert_int_eq(config.max_body_bytes, 1048576);
	ck_assert_int_eq(config.max_clients, 1024);
	ck_assert_int_eq(config.pool_wait_ms, 1000);
	ck_assert_int_eq(config.rate_limit, 1200);
	ck_assert_int_eq(config.queue_length, 1000);
	ck_assert_int_eq(config.read_connections, 2);
	ck_assert_int_eq(config.list_connections, 2);
	ck_assert_int_eq(config.write_connections, 8);
	ck_assert_int_eq(config.slow_connections, 2);
	ck_assert_int_eq(config.refresh_ttl_seconds, 2592000);
	ck_assert_int_eq(config.statement_timeout_ms, 5000);
	ck_assert_int_eq(config.token_ttl_seconds, 600);
	ck_assert_int_eq(config.trust_proxy, 0);
}

START_TEST(each_number_has_bounds)
{
	static const struct {
		const char *name;
		long *place, minimum, maximum;
	} settings[] = {
	    {"OVOP_DRAIN_SECONDS", &config.drain_seconds, 0, 600},
	    {"OVOP_HASH_PARALLEL", &config.hash_parallel, 1, 64},
	    {"OVOP_LIST_CONNECTIONS", &config.list_connections, 1, 100},
	    {"OVOP_LOGIN_RATE_LIMIT", &config.login_rate_limit, 0, 1000000},
	    {"OVOP_MAX_BODY_BYTES", &config.max_body_bytes, 1024, 67108864},
	    {"OVOP_MAX_CLIENTS", &config.max_clients, 1, 100000},
	    {"OVOP_POOL_WAIT_MS", &config.pool_wait_ms, 1, 60000},
	    {"OVOP_QUEUE_LENGTH", &config.queue_length, 1, 100000},
	    {"OVOP_RATE_LIMIT", &config.rate_limit, 0, 100000000},
	    {"OVOP_READ_CONNECTIONS", &config.read_connections, 1, 100},
	    {"OVOP_REFRESH_TTL_SECONDS", &config.refresh_ttl_seconds, 60, 31536000},
	    {"OVOP_SLOW_CONNECTIONS", &config.slow_connections, 1, 100},
	    {"OVOP_STATEMENT_TIMEOUT_MS", &config.statement_timeout_ms, 10, 600000},
	    {"OVOP_TOKEN_TTL_SECONDS", &config.token_ttl_seconds, 1, 3600},
	    {"OVOP_TRUST_PROXY", &config.trust_proxy, 0, 1},
	    {"OVOP_WRITE_CONNECTIONS", &config.write_connections, 1, 100},
	};
	static const char *const nonsense[] = {"", "x", "5x", "5 5", "'5", "0x10", "1e3", "1.5",
	    "-", "99999999999999999999"};
	char entry[100];

	for (size_t i = 0; i < COUNT(settings); i++) {
		for (int edge = 0; edge < 4; edge++) {
			const long value = (const long[]){settings[i].minimum, settings[i].maximum,
			    settings[i].minimum - 1, settings[i].maximum + 1}[edge];

			snprintf(entry, sizeof(entry), "%s=%ld", settings[i].name, value);
			ck_assert_msg(read_one(entry) == (edge < 2), "%s", entry);
			if (edge < 2)
				ck_assert_int_eq(*settings[i].place, value);
			else
				ck_assert(
				    !strncmp(why, settings[i].name, strlen(settings[i].name)));
		}
		for (size_t k = 0; k < COUNT(nonsense); k++) {
			snprintf(entry, sizeof(entry), "%s=%s", settings[i].name, nonsense[k]);
			ck_assert_msg(!read_one(entry), "%s", entry);
		}
	}
	ck_assert_str_eq(why, "OVOP_WRITE_CONNECTIONS is a number from 1 to 100, not "
			      "'99999999999999999999'");
}

START_TEST(texts_are_trimmed_and_their_quotation_marks_taken_away)
{
	static const struct {
		const char *name;
		const char **place;
	} settings[] = {
	    {"DATABASE_URL", &config.database_url},
	    {"OVOP_MIGRATE_URL", &config.migrate_url},
	    {"OVOP_KEYS_DIR", &config.keys_dir},
	};
	static const char *const forms[] = {"a=b c", " a=b c\t", "'a=b c'", "\"a=b c\" ",
	    "a=b c\r"};
	char entry[100];

	for (size_t i = 0; i < COUNT(settings); i++) {
		for (size_t k = 0; k < COUNT(forms); k++) {
			snprintf(entry, sizeof(entry), "%s=%s", settings[i].name, forms[k]);
			ck_assert_msg(read_one(entry), "%s: %s", entry, why);
			ck_assert_str_eq(*settings[i].place, "a=b c");
		}
		snprintf(entry, sizeof(entry), "%s=\"a=b c", settings[i].name);
		ck_assert(!read_one(entry));
		ck_assert_ptr_nonnull(strstr(why, "quotation mark"));
	}
	ck_assert(read_one("DATABASE_URL=host=/run password='a b'"));
	ck_assert_str_eq(config.database_url, "host=/run password='a b'");
}

START_TEST(addresses_have_one_form)
{
	static const char *const issuers[][2] = {
	    {"https://ovop.example", "https://ovop.example"},
	    {"https://ovop.example/", "https://ovop.example"},
	    {"https://ovop.example/api//", "https://ovop.example/api"},
	    {" 'HTTPS://OVOP.example:8443/Api' ", "https://ovop.example:8443/Api"},
	    {"", "http://127.0.0.1:8080"},
	    {"ovop.example", NULL},
	    {"https://", NULL},
	    {"ftp://ovop.example", NULL},
	    {"https://ovop.example?x", NULL},
	    {"https://a b", NULL},
	    {"https://user@ovop.example", NULL},
	};
	static const char *const origins[][2] = {
	    {"", ""},
	    {"https://a.example", "https://a.example"},
	    {"https://a.example, https://B.example:8443/ ,",
		"https://a.example,https://b.example:8443"},
	    {"\"https://a.example,\thttp://localhost:3000\"",
		"https://a.example,http://localhost:3000"},
	    {"*", NULL},
	    {"https://*.example", NULL},
	    {"a.example", NULL},
	    {"https://a.example/app", NULL},
	    {"https://a.example;https://b.example", NULL},
	    {"null", NULL},
	};
	char entry[200];

	for (size_t i = 0; i < COUNT(issuers); i++) {
		snprintf(entry, sizeof(entry), "OVOP_ISSUER=%s", issuers[i][0]);
		ck_assert_msg(read_one(entry) == (issuers[i][1] != NULL), "%s: %s", entry, why);
		if (issuers[i][1])
			ck_assert_str_eq(config.issuer, issuers[i][1]);
		else
			ck_assert_ptr_nonnull(strstr(why, "OVOP_ISSUER is an address such as"));
	}
	for (size_t i = 0; i < COUNT(origins); i++) {
		snprintf(entry, sizeof(entry), "OVOP_CORS_ORIGINS=%s", origins[i][0]);
		ck_assert_msg(read_one(entry) == (origins[i][1] != NULL), "%s: %s", entry, why);
		if (origins[i][1])
			ck_assert_str_eq(config.cors_origins, origins[i][1]);
	}
	ck_assert(read_one("OVOP_LISTEN= 0.0.0.0 "));
	ck_assert_str_eq(config.listen, "0.0.0.0");
	ck_assert(!read_one("OVOP_LISTEN=localhost"));
	ck_assert_str_eq(why,
	    "OVOP_LISTEN is an IPv4 address, such as 127.0.0.1 or 0.0.0.0, not 'localhost'");
}

START_TEST(log_levels_are_three)
{
	ck_assert(read_one("OVOP_LOG_LEVEL=info"));
	ck_assert(read_one("OVOP_LOG_LEVEL=error"));
	ck_assert(!read_one("OVOP_LOG_LEVEL=debug"));
	ck_assert(!read_one("OVOP_LOG_LEVEL=verbose"));
	ck_assert_ptr_nonnull(strstr(why, "OVOP_LOG_LEVEL"));
	ck_assert(!read_one("OVOP_LOG_LEVEL="));
	ck_assert(!read_one("OVOP_LOG_LEVEL=INFO"));
}

START_TEST(ports_follow_each_other)
{
	ck_assert(read_one("OVOP_PORT=9000"));
	ck_assert_int_eq(config.admin_port, 9001);
	ck_assert_str_eq(config.issuer, "http://127.0.0.1:9000");
	ck_assert(read_one("OVOP_ADMIN_PORT=9100"));
	ck_assert_int_eq(config.port, 8080);
	ck_assert_int_eq(config.admin_port, 9100);
	ck_assert(!read_one("OVOP_PORT=0"));
	ck_assert(!read_one("OVOP_PORT=65536"));
	ck_assert(!read_one("OVOP_ADMIN_PORT=65536"));
	/* No port follows 65535. */
	ck_assert(!read_one("OVOP_PORT=65535"));
	ck_assert_ptr_nonnull(strstr(why, "OVOP_ADMIN_PORT"));
}

START_TEST(unknown_settings_are_an_error)
{
	static const char *const entries[] = {"OVOP_PROT=8080", "OVOP_=1", "OVOP_PORTS=8080",
	    "OVOP_POR=1", "OVOP_port=8080", "OVOP_X"};

	for (size_t i = 0; i < COUNT(entries); i++) {
		ck_assert_msg(!read_one(entries[i]), "%s", entries[i]);
		ck_assert_ptr_nonnull(strstr(why, "is no setting of ovopd"));
	}
	ck_assert(read_one("XOVOP_PROT=1"));
	ck_assert(read_one("ovop_prot=1"));
}

static bool read_file(const char *text, char *first)
{
	char path[100], entry[120];
	char *environment[] = {first, entry, NULL};

	snprintf(path, sizeof(path), "%s/settings", unit_directory());
	snprintf(entry, sizeof(entry), "OVOP_CONFIG=%s", path);
	FILE *file = fopen(path, "w");
	fputs(text, file);
	fclose(file);
	config_free(&config);
	return config_read(&config, environment, why, sizeof(why));
}

START_TEST(a_file_sets_what_the_environment_does_not)
{
	char port[] = "OVOP_PORT=9000";

	ck_assert(read_file("# lanterns\n\nOVOP_PORT=9100\nOVOP_LISTEN=0.0.0.0\n"
			    "DATABASE_URL=host=/run user=lantern\nOVOP_RATE_LIMIT=7",
	    port));
	ck_assert_int_eq(config.port, 9000);
	ck_assert_str_eq(config.listen, "0.0.0.0");
	ck_assert_str_eq(config.database_url, "host=/run user=lantern");
	ck_assert_int_eq(config.rate_limit, 7);
	ck_assert(!read_file("OVOP_PROT=1\n", port));
	ck_assert(read_file(
	    "\xef\xbb\xbfOVOP_RATE_LIMIT=8\r\n  # all\r\n\r\nexport OVOP_LISTEN = \"127.0.0.2\" \r\n"
	    "OVOP_KEYS_DIR='/a #b'\n",
	    port));
	ck_assert_int_eq(config.rate_limit, 8);
	ck_assert_str_eq(config.listen, "127.0.0.2");
	ck_assert_str_eq(config.keys_dir, "/a #b");
	static const char *const refused[][2] = {
	    {"OVOP_RATE_LIMIT=1\nOVOP_RATE_LIMIT 2\n", "line 2 of "},
	    {"OVOP_KEYS_DIR=/a # the keys\n", "a comment has a line of its own"},
	    {"PORT=1\n", "PORT is no setting of ovopd"},
	    {"OVOP_RATE_LIMIT=1\nOVOP_RATE_LIMIT=2\n", "sets OVOP_RATE_LIMIT again"},
	    {"\xff\xfeO", "is not NAME=VALUE"},
	    {"export OVOP_LISTEN\n", "is not NAME=VALUE"},
	};
	for (size_t i = 0; i < COUNT(refused); i++) {
		ck_assert_msg(!read_file(refused[i][0], port), "%s", refused[i][0]);
		ck_assert_msg(strstr(why, refused[i][1]) != NULL, "%s", why);
	}
	ck_assert(!read_file("OVOP_RATE_LIMIT=many\n", port));
	ck_assert(read_file("", port));
	ck_assert(!read_one("OVOP_CONFIG=/nonexistent"));
	ck_assert_str_eq(why, "/nonexistent cannot be read; OVOP_CONFIG names it");
	ck_assert(read_one("OVOP_CONFIG="));
}

static const char *printed(void (*print)(FILE *out))
{
	static char text[20000];
	FILE *out = fmemopen(text, sizeof(text), "w");

	print(out);
	fclose(out);
	return text;
}

static void print_settings(FILE *out)
{
	config_print(&config, out);
}

START_TEST(secrets_are_masked)
{
	char *environment[] = {(char *)"DATABASE_URL=postgresql://u:hunter2@h/d",
	    (char *)"OVOP_MIGRATE_URL=postgresql://o:hunter3@h/d",
	    (char *)"OVOP_ISSUER=https://lanterns.example", NULL};

	config_free(&config);
	ck_assert(config_read(&config, environment, why, sizeof(why)));
	const char *text = printed(print_settings);

	ck_assert_ptr_null(strstr(text, "hunter"));
	ck_assert_ptr_nonnull(strstr(text, "DATABASE_URL=***"));
	ck_assert_ptr_nonnull(strstr(text, "OVOP_PORT=8080"));
	ck_assert_ptr_nonnull(strstr(text, "OVOP_ISSUER=https://lanterns.example"));
}

START_TEST(help_is_a_table_in_the_order_of_names)
{
	const char *text = printed(config_help), *last = "DATABASE_URL";
	size_t rows = 0;

	for (const char *at = text; (at = strstr(at, "\n| `")); rows++) {
		at += 4;
		ck_assert_int_ge(strncmp(at, last, strcspn(at, "`")), 0);
		last = at;
	}
	ck_assert_uint_gt(rows, 20);
	ck_assert_ptr_nonnull(strstr(text, "| `OVOP_PORT` | `8080` | port of the API |\n"));
}

SUITE(config, defaults_stand_where_nothing_is_set, each_number_has_bounds,
    texts_are_trimmed_and_their_quotation_marks_taken_away, addresses_have_one_form,
    log_levels_are_three, ports_follow_each_other, unknown_settings_are_an_error,
    a_file_sets_what_the_environment_does_not, secrets_are_masked,
    help_is_a_table_in_the_order_of_names);
