/* Access tokens: ES256 JWTs (RFC 7519, 9068 in spirit), signed and verified with libjwt behind strict checks. */
#pragma once

#include <jansson.h>

#include "problem.h"

struct buffer;
struct claims;
struct exchange;

/* A signed token in the arena with these claims, iss, aud, iat, exp and jti; NULL when libjwt cannot sign. */
const char *token_issue(struct exchange *ex, const json_t *claims);

/* Fills the claims (strings in the arena) of a valid token: PROBLEM__MAX, else INVALID_TOKEN or TOKEN_EXPIRED. */
enum problem_kind token_verify(struct exchange *ex, const char *token, struct claims *ret_claims);

/* The public keys as a JSON Web Key Set (RFC 7517). */
void token_write_keys(struct exchange *ex, struct buffer *out);
