/* The token service: RFC 6749 (grants), 7009 (revocation), 7517 (keys) and 8414 (discovery). */
#pragma once

#include "handlers/handler.h"

handler_fn oauth_issue, oauth_revoke, oauth_keys, oauth_metadata;
