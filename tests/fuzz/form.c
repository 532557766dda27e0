/* The body of a token request. */
#include <string.h>

#include <jansson.h>

#include "fuzz.h"
#include "http/body.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct exchange ex;

	fuzz_begin(&ex, "POST", "/oauth/token");
	ex.request.content_type = "application/x-www-form-urlencoded";
	ex.request.body = (const char *)data;
	ex.request.length = ex.request.body_size = size;
	int status = body_admit(&ex);

	if (!status)
		status = body_read(&ex);
	if (!status) {
		json_t *form = json_loads(ex.body, JSON_REJECT_DUPLICATES, NULL);

		MUST(!strcmp(json_string_value(json_object_get(form, "grant_type")), "password"));
		json_decref(form);
	}
	fuzz_end(&ex, status);
	return 0;
}
