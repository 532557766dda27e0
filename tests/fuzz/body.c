/* A letter for the operation (c create, u update, o owner) and a JSON body. */
#include <string.h>

#include <jansson.h>

#include "fuzz.h"
#include "http/body.h"

static void check_body(const struct exchange *ex, bool sealed)
{
	json_t *body = json_loads(ex->body, JSON_REJECT_DUPLICATES, NULL), *member;
	const char *name;

	MUST(json_is_object(body));
	json_object_foreach(body, name, member)
		if (sealed && strcmp(name, "room") != 0)
			MUST(json_is_null(member) || json_object_size(member) == 3);
	json_decref(body);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct exchange ex;
	char letter = size ? (char)data[0] : 'c';

	fuzz_begin(&ex,
	    letter == 'o'   ? "PUT"
	    : letter == 'u' ? "PATCH"
			    : "POST",
	    letter == 'o'   ? "/v1/lanterns/1/owner"
	    : letter == 'u' ? "/v1/lanterns/1"
			    : "/v1/lanterns");
	ex.request.content_type = "application/json";
	ex.request.body = (const char *)data + (size > 0);
	ex.request.length = ex.request.body_size = size - (size > 0);
	int status = body_admit(&ex);

	if (!status)
		status = body_read(&ex);
	if (!status)
		check_body(&ex, letter == 'o');
	fuzz_end(&ex, status);
	return 0;
}
