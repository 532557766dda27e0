#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "buffer.h"
#include "exchange.h"
#include "log.h"

struct log {
	atomic_int level;
	atomic_ulong lost;
};

static const char *const names[] = {"debug", "info", "warn", "error"};

/* -1: no such level. */
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

void log_exchange(struct log *log, const struct exchange *ex, long duration_us)
{
	enum log_level level = ex->status >= 500 ? LOG_WARN : LOG_INFO;

	if ((int)level < log->level)
		return;
	/* Who only looks at what is public leaves no trace of where. */
	bool acts = ex->claims.subject || (ex->operation && ex->operation->lane == LANE_WRITE);
	struct buffer line = {0};
	begin(&line, level, "exchange");
	buffer_member(&line, "request_id", ex->id);
	buffer_member(&line, "trace_id", ex->trace);
	buffer_member(&line, "operation", ex->operation ? ex->operation->id : NULL);
	buffer_printf(&line, ",\"status\":%d,\"duration_us\":%ld,\"bytes\":%zu", ex->status,
	    duration_us, ex->reply.size);
	buffer_member(&line, "role", contract_roles[ex->claims.role]);
	buffer_member(&line, "subject", ex->claims.subject);
	buffer_member(&line, "address", acts ? ex->request.address : NULL);
	buffer_member(&line, "problem",
	    ex->problem == PROBLEM__MAX ? NULL : problem_code(ex->problem));
	end(log, &line);
}
