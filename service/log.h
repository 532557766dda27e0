/* JSON lines on stderr, one write each. */
#pragma once

#include <stdbool.h>

struct exchange;
struct log;

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR };

struct log *log_open(const char *level);
void log_close(struct log *log);

bool log_is_level(const char *name);

/* Changes the level; an unknown name keeps it. */
void log_set_level(struct log *log, const char *level);

/* Lines that could not be written, or not whole: the disk was full, or nobody reads on. */
unsigned long log_lost(const struct log *log);

/* {"time", "level", "event", "detail"}; detail is made as printf does. */
void log_event(struct log *log, enum log_level level, const char *event, const char *detail, ...)
    __attribute__((format(printf, 4, 5)));

/* The one line of an exchange: id, operation, status, duration, subject; never a query, a body or a header. */
void log_exchange(struct log *log, const struct exchange *ex, long duration_us);
