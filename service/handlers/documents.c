#include "handlers/documents.h"
#include "request/exchange.h"

static int serve_document(struct exchange *ex, const struct document *document)
{
	exchange_header(ex, "ETag", document->etag);
	exchange_header(ex, "Content-Language", "en");
	buffer_put(&ex->reply, document->text, document->size);
	return handler_finish(ex);
}

int documents_contract(struct exchange *ex, const json_t *body)
{
	(void)body;
	return serve_document(ex, &contract_openapi);
}

int documents_dictionary(struct exchange *ex, const json_t *body)
{
	(void)body;
	return serve_document(ex, &contract_dictionary);
}

int documents_docs(struct exchange *ex, const json_t *body)
{
	(void)body;
	exchange_header(ex, "Content-Security-Policy",
	    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
	return serve_document(ex, &contract_docs);
}
