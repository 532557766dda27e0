/* Reads the head of a request, which is all but its body. */
#pragma once

struct MHD_Connection;
struct exchange;

/* Fills ex->request but its target and body. The strings of the headers belong to the
 * connection and live until the request ends. */
void head_read(struct exchange *ex, struct MHD_Connection *connection, const char *method,
    const char *version);
