/* All settings. One table reads the environment, answers --help and fills the README. */
#pragma once

#include <stdbool.h>
#include <stdio.h>

struct config {
	const char *database_url, *migrate_url;
	const char *cors_origins, *file, *issuer, *keys_dir, *listen, *log_level;
	long admin_port, port;
	long drain_seconds, hash_parallel, login_rate_limit, max_body_bytes, max_clients;
	long list_connections, pool_wait_ms, queue_length, read_connections, slow_connections,
	    write_connections;
	long rate_limit;
	long refresh_ttl_seconds, statement_timeout_ms, token_ttl_seconds, trust_proxy;
	char **entries, *default_issuer; /* memory of the texts above */
	size_t n_entries;
};

/* Reads the environment and the file that OVOP_CONFIG names, in the forms that shells, Docker and
 * Windows write: blanks, quotation marks, a word before the name, CR LF. If a value is refused:
 * false, and one line in reterr_why (of size bytes) that names the variable and what it accepts. */
bool config_read(struct config *ret_config, char **environment, char *reterr_why, size_t size);

/* Call it after a failed config_read as well. */
void config_free(struct config *config);

/* One line of effective settings, secrets masked. */
void config_print(const struct config *config, FILE *out);

/* The table, as Markdown rows for --help and the README. */
void config_help(FILE *out);
