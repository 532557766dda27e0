#include "database/call.h"
#include "database/db.h"
#include "operating/config.h"
#include "unit.h"

START_TEST(an_unknown_role_waits_where_the_public_does)
{
	struct config config = {.database_url = "host=/nowhere",
	    .read_connections = 1,
	    .list_connections = 1,
	    .slow_connections = 1,
	    .write_connections = 1};
	struct db *db = db_open(&config);
	const struct db_call call = {.role = "nobody", .lane = LANE_SLOW};
	struct db_reply reply;

	db_run(db, &call, &reply);
	ck_assert_int_eq(reply.outcome, DB_UNAVAILABLE);
	db_close(db);
}
END_TEST

SUITE(db, an_unknown_role_waits_where_the_public_does);
