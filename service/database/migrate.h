/* The migrations, functions and seeds that are compiled in, and the first administrator. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

struct config;

/* Brings the database of OVOP_MIGRATE_URL up to date, under an advisory lock: migrations and
 * functions in one transaction, then each seed that changed, then the login of DATABASE_URL. It
 * prints its steps on stdout. On failure: false, and one line in reterr_why. */
bool migrate_run(const struct config *config, bool with_sample, char *reterr_why, size_t size);

/* Creates the administrator with this hash of a one-time password. An existing administrator gets
 * it as the new password. */
bool migrate_admin(const struct config *config, const char *username, const char *hash,
    char *reterr_why, size_t size);
