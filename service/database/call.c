#include <stdlib.h>

#include <libpq-fe.h>

#include "database/call.h"

const char db_role_engine[] = "engine";

void db_reply_free(struct db_reply *reply)
{
	if (!reply->holders || --*reply->holders == 0) {
		PQclear(reply->result);
		free(reply->holders);
	}
	reply->result = NULL;
	reply->holders = NULL;
}

size_t db_rows(const struct db_reply *reply)
{
	return (size_t)(PQntuples(reply->result) - reply->row);
}

const char *db_value(const struct db_reply *reply, const char *column)
{
	int at = db_rows(reply) ? PQfnumber(reply->result, column) : -1;
	bool absent = at < 0 || PQgetisnull(reply->result, reply->row, at);

	return absent ? NULL : PQgetvalue(reply->result, reply->row, at);
}
