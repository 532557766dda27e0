/* JSON lines on stderr, one write each. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

struct log;

enum log_level { LOG_INFO, LOG_WARN, LOG_ERROR };

struct log *log_open(const char *level);
void log_close(struct log *log);

bool log_is_level(const char *name);

/* Changes the level; an unknown name keeps it. */
void log_set_level(struct log *log, const char *level);

/* Lines that were not written, or only in part, such as on a full disk. */
unsigned long log_lost(const struct log *log);

/* {"time", "level", "event", "detail"}; detail is a format of printf. */
void log_event(struct log *log, enum log_level level, const char *event, const char *detail, ...)
    __attribute__((format(printf, 4, 5)));

/* What the log holds of an exchange: never a query, a body or a header. NULL is written as null. */
struct log_exchange {
	const char *request_id, *client_request_id, *trace_id, *operation;
	int status;
	long duration_us;
	size_t bytes; /* of the reply */
	const char *role, *subject, *address;
	const char *problem; /* its code */
};

/* The one line of an exchange. */
void log_exchange(struct log *log, const struct log_exchange *exchange);
