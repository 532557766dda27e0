/* Access tokens: ES256 JWTs (RFC 7519, much of RFC 9068). libjwt signs and verifies, behind strict
 * checks. */
#pragma once

#include <jansson.h>

#include "contract/vocabulary.h"

struct buffer;
struct claims;
struct exchange;

/* A signed token in the arena with these claims and iss, aud, iat, exp, jti. NULL if libjwt
 * fails. */
const char *token_issue(struct exchange *ex, const json_t *claims);

/* PROBLEM_NONE for a valid token, whose claims it fills (strings in the arena); else
 * PROBLEM_INVALID_TOKEN or PROBLEM_TOKEN_EXPIRED. */
enum problem_kind token_verify(struct exchange *ex, const char *token, struct claims *ret_claims);

/* The public keys as a JSON Web Key Set (RFC 7517). */
void token_write_keys(struct exchange *ex, struct buffer *out);
