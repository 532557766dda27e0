#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <jansson.h>

#include "http/stages.h"
#include "operating/log.h"
#include "unit.h"

/* Captures the output to stderr between listen() and heard(). */
static FILE *ear;
static int mouth;

static void listen_to(void)
{
	ear = tmpfile();
	fflush(stderr);
	mouth = dup(STDERR_FILENO);
	dup2(fileno(ear), STDERR_FILENO);
}

static const char *heard(void)
{
	static char text[5000];

	dup2(mouth, STDERR_FILENO);
	close(mouth);
	rewind(ear);
	text[fread(text, 1, sizeof(text) - 1, ear)] = 0;
	fclose(ear);
	return text;
}

START_TEST(levels_below_the_set_one_are_silent)
{
	static const char *const levels[] = {"info", "warn", "error"};

	for (int set = 0; set < 3; set++) {
		int lines = 0;

		log_set_level(service.log, levels[set]);
		listen_to();
		for (int level = LOG_INFO; level <= LOG_ERROR; level++)
			log_event(service.log, (enum log_level)level, "event", "x");
		for (const char *c = heard(); *c; c++)
			lines += *c == '\n';
		ck_assert_int_eq(lines, 3 - set);
	}
	log_set_level(service.log, "verbose");
	listen_to();
	log_event(service.log, LOG_WARN, "event", "x");
	ck_assert_str_eq(heard(), "");
}

START_TEST(one_event_is_one_line_of_json)
{
	listen_to();
	log_event(service.log, LOG_ERROR, "start", "a\"b\n{\"level\":\"%s\"}\x1b[31m", "debug");
	const char *text = heard();

	ck_assert_ptr_eq(strchr(text, '\n'), text + strlen(text) - 1);
	json_t *line = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
	const char *level, *event, *detail, *stamp;

	ck_assert_int_eq(json_unpack(line, "{s:s, s:s, s:s, s:s!}", "time", &stamp, "level", &level,
			     "event", &event, "detail", &detail),
	    0);
	ck_assert_str_eq(level, "error");
	ck_assert_str_eq(event, "start");
	ck_assert_str_eq(detail, "a\"b\n{\"level\":\"debug\"}\x1b[31m");
	ck_assert_uint_eq(strlen(stamp), 24);
	json_decref(line);
}

START_TEST(an_exchange_is_logged_without_what_the_client_wrote)
{
	log_set_level(service.log, "info");
	unit_find("GET", "/v1/lanterns?q=secret");
	ex.request.authorization = "Bearer secret";
	ex.request.body = "secret";
	ex.claims.subject = "subject-1";
	ex.status = 200;
	listen_to();
	stages_log(&ex, 1234);
	const char *text = heard();

	ck_assert_ptr_null(strstr(text, "secret"));
	json_t *line = json_loads(text, JSON_REJECT_DUPLICATES, NULL);

	ck_assert_str_eq(json_string_value(json_object_get(line, "request_id")), "test-id-1");
	ck_assert_str_eq(json_string_value(json_object_get(line, "operation")), "lantern_list");
	ck_assert_str_eq(json_string_value(json_object_get(line, "role")), "public");
	ck_assert_str_eq(json_string_value(json_object_get(line, "subject")), "subject-1");
	ck_assert_int_eq(json_integer_value(json_object_get(line, "status")), 200);
	ck_assert_int_eq(json_integer_value(json_object_get(line, "duration_us")), 1234);
	ck_assert(json_is_null(json_object_get(line, "problem")));
	json_decref(line);
}

START_TEST(a_failed_exchange_is_a_warning)
{
	log_set_level(service.log, "warn");
	unit_find("GET", "/v1/nothing");
	listen_to();
	stages_log(&ex, 1);
	ck_assert_str_eq(heard(), "");
	problem(&ex, PROBLEM_INTERNAL, NULL);
	listen_to();
	stages_log(&ex, 1);
	const char *text = heard();

	ck_assert_ptr_nonnull(strstr(text, "\"level\":\"warn\""));
	ck_assert_ptr_nonnull(strstr(text, "\"problem\":\"internal\""));
	ck_assert_ptr_nonnull(strstr(text, "\"operation\":null"));
}

START_TEST(a_line_that_cannot_be_written_is_counted)
{
	unsigned long before = log_lost(service.log);
	int full = open("/dev/full", O_WRONLY);

	log_set_level(service.log, "info");
	listen_to();
	log_event(service.log, LOG_ERROR, "event", "x");
	ck_assert_uint_eq(log_lost(service.log), before);
	dup2(full, STDERR_FILENO);
	close(full);
	log_event(service.log, LOG_ERROR, "event", "x");
	heard();
	ck_assert_uint_eq(log_lost(service.log), before + 1);
}

SUITE(log, levels_below_the_set_one_are_silent, one_event_is_one_line_of_json,
    an_exchange_is_logged_without_what_the_client_wrote, a_failed_exchange_is_a_warning,
    a_line_that_cannot_be_written_is_counted);
