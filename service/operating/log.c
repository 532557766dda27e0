#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "operating/log.h"

struct log {
	atomic_int level;
	atomic_ulong lost;
};

static const char *const names[] = {"info", "warn", "error"};

/* The level, or -1 if there is no such name. */
static int level_of(const char *name)
{
	int level = LOG_ERROR;

	while (level >= 0 && strcmp(name, names[level]) != 0)
		level--;
	return level;
}

bool log_is_level(const char *name)
{
	return level_of(name) >= 0;
}

void log_set_level(struct log *log, const char *level)
{
	if (log_is_level(level))
		log->level = level_of(level);
}

struct log *log_open(const char *level)
{
	struct log *log = arena_calloc(1, sizeof(*log));
	log->level = LOG_INFO;
	log_set_level(log, level);
	return log;
}

void log_close(struct log *log)
{
	free(log);
}

static void begin(struct buffer *line, enum log_level level, const char *event)
{
	struct timespec now;
	struct tm utc;
	char stamp[32];

	clock_gettime(CLOCK_REALTIME, &now);
	gmtime_r(&now.tv_sec, &utc);
	strftime(stamp, sizeof(stamp), "%Y-%m-%dT%H:%M:%S", &utc);
	buffer_printf(line, "{\"time\":\"%s.%03ldZ\",\"level\":\"%s\",\"event\":", stamp,
	    now.tv_nsec / 1000000, names[level]);
	buffer_json(line, event);
}

unsigned long log_lost(const struct log *log)
{
	return log->lost;
}

static void end(struct log *log, struct buffer *line)
{
	buffer_puts(line, "}\n");
	/* A log that cannot be written must not stop the service. */
	if (write(STDERR_FILENO, line->data, line->size) != (ssize_t)line->size)
		log->lost++;
	buffer_free(line);
}

void log_event(struct log *log, enum log_level level, const char *event, const char *detail, ...)
{
	if ((int)level < log->level)
		return;
	struct buffer line = {0};
	va_list args;
	char small[2048];
	begin(&line, level, event);
	va_start(args, detail);
	vsnprintf(small, sizeof(small), detail, args);
	va_end(args);
	buffer_member(&line, "detail", small);
	end(log, &line);
}

void log_exchange(struct log *log, const struct log_exchange *exchange)
{
	enum log_level level = exchange->status >= 500 ? LOG_WARN : LOG_INFO;
	struct buffer line = {0};

	if ((int)level < log->level)
		return;
	begin(&line, level, "exchange");
	buffer_member(&line, "request_id", exchange->request_id);
	buffer_member(&line, "client_request_id", exchange->client_request_id);
	buffer_member(&line, "trace_id", exchange->trace_id);
	buffer_member(&line, "operation", exchange->operation);
	buffer_printf(&line, ",\"status\":%d,\"duration_us\":%ld,\"bytes\":%zu", exchange->status,
	    exchange->duration_us, exchange->bytes);
	buffer_member(&line, "role", exchange->role);
	buffer_member(&line, "subject", exchange->subject);
	buffer_member(&line, "address", exchange->address);
	buffer_member(&line, "problem", exchange->problem);
	end(log, &line);
}
