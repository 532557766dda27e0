/* What a client holds already need not be sent again (RFC 9110 8.8.3, 13.1.2). */
#pragma once

struct exchange;

/* Gives a successful GET, and every reply with a version, its ETag: "version.stamp", where the stamp tells what is shown of the record
 * and the version alone counts for If-Match. 0, or 304 when the client of a GET holds it. */
int etag_check(struct exchange *ex);
