/* Sealing of members that SQL must never see in the clear, and MACs under the service's secret. */
#pragma once

#include <stddef.h>

#include <jansson.h>

struct exchange;
struct schema;
struct service;

/* HMAC-SHA256 (RFC 2104) under the service's secret. Each purpose has MACs of its own. */
void seal_mac(struct service *service, const char *purpose, const void *data, size_t size,
    unsigned char mac[32]);

/* Replaces every member that the schema seals by {"cipher", "hash", "mask"}. */
void seal_members(struct exchange *ex, const struct schema *schema, json_t *body);

/* The clear text of a sealed member in the arena. NULL if no key opens it, or if it was changed or
 * moved to another member. */
char *seal_open(struct exchange *ex, const char *member, const char *cipher);
