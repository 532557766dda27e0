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
};

static const char *const names[] = {"debug", "info", "warn", "error"};

bool log_is_level(const char *name)
{
	for (int i = 0; i <= LOG_ERROR; i++)
		if (!strcmp(name, names[i]))
			return true;
	return false;
}

void log_set_level(struct log *log, const char *level)
{
	for (int i = 0; i <= LOG_ERROR; i++)
		if (!strcmp(level, names[i]))
			log->level = i;
}

struct log *log_open(const char *level)
{
	struct log *log = calloc(1, sizeof(*log));

	if (!log)
		abort();
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

static void end(struct buffer *line)
{
	buffer_puts(line, "}\n");
	/* A log that cannot be written must not stop the service. */
	if (write(STDERR_FILENO, line->data, line->size) < 0)
		line->size = 0;
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
	buffer_puts(&line, ",\"detail\":");
	buffer_json(&line, small);
	end(&line);
}

void log_exchange(struct log *log, const struct exchange *ex, long duration_us)
{
	enum log_level level = ex->status >= 500 ? LOG_WARN : LOG_INFO;

	if ((int)level < log->level)
		return;
	struct buffer line = {0};
	begin(&line, level, "exchange");
	buffer_printf(&line, ",\"request_id\":\"%s\",\"trace_id\":\"%s\",\"operation\":", ex->id,
	    ex->trace);
	buffer_json(&line, ex->operation ? ex->operation->id : NULL);
	buffer_printf(&line,
	    ",\"status\":%d,\"duration_us\":%ld,\"bytes\":%zu,\"role\":", ex->status, duration_us,
	    ex->reply.size);
	buffer_json(&line, contract_roles[ex->claims.role]);
	buffer_puts(&line, ",\"subject\":");
	buffer_json(&line, ex->claims.subject);
	buffer_puts(&line, ",\"problem\":");
	buffer_json(&line, ex->problem == PROBLEM__MAX ? NULL : problem_code(ex->problem));
	end(&line);
}
