/* The compiled-in migrations and seeds, and the first administrator. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

struct config;

/* Brings the database of OVOP_MIGRATE_URL up to date: one transaction a migration, under an advisory lock, checksums compared; then
 * the seeds that changed, and the login of DATABASE_URL. Says what it does on stdout. False with one line in reterr_why. */
bool migrate_run(const struct config *config, bool with_sample, char *reterr_why, size_t size);

/* Makes the administrator, or gives an existing one a new one-time password, which is printed on stdout alone. */
bool migrate_admin(const struct config *config, const char *username, char *reterr_why,
    size_t size);
