/* ETags, and 304 for a client that has the reply already (RFC 9110 8.8.3, 13.1.2). */
#pragma once

struct exchange;

/* Sets the ETag of a successful GET and of every reply with a version: "version.stamp". 0, or 304
 * if the client of a GET has this reply. */
int etag_check(struct exchange *ex);
