/* What a client holds already need not be sent again (RFC 9110 8.8.3, 13.1.2). */
#pragma once

struct exchange;

/* Gives the reply of a successful GET an ETag where it has none, the digest of what it says; 0, or 304 when the client holds it. */
int etag_check(struct exchange *ex);
