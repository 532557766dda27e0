#include "database/connection.h"
#include "database/primary.h"
#include "unit.h"

static struct primary primary;

static bool is_over(const char *cluster, const char *timeline)
{
	struct connection connection = {.primary = &primary,
	    .generation = primary_generation_of(&primary, cluster, timeline)};

	return connection_is_replaced(&connection);
}

START_TEST(a_later_timeline_replaces_an_earlier_one)
{
	primary_open(&primary);
	struct connection first = {.primary = &primary,
	    .generation = primary_generation_of(&primary, "7", "00000001")};
	struct connection unknown = {.primary = &primary};

	ck_assert(!connection_is_replaced(&first));
	ck_assert(!is_over("7", "00000001"));
	ck_assert(!is_over("7", "0000000A"));
	ck_assert(connection_is_replaced(&first));
	ck_assert(!connection_is_replaced(&unknown));
	ck_assert(is_over("7", "00000009"));
	ck_assert(!is_over("7", "0000000A"));
	ck_assert(!is_over("7", "00000010"));
	primary_close(&primary);
}

START_TEST(another_cluster_begins_its_own_count)
{
	primary_open(&primary);
	struct connection old = {.primary = &primary,
	    .generation = primary_generation_of(&primary, "7", "00000003")};

	ck_assert(!is_over("8", "00000001"));
	ck_assert(connection_is_replaced(&old));
	ck_assert(!is_over("8", "00000002"));
	ck_assert(is_over("8", "00000001"));
	primary_close(&primary);
}

START_TEST(two_on_the_same_server_move_the_next_search_once)
{
	primary_open(&primary);
	struct connection one = {.primary = &primary}, other = one,
			  later = {.primary = &primary, .at = 1};

	connection_look_elsewhere(&one);
	connection_look_elsewhere(&other);
	ck_assert_uint_eq(primary.first, 1);
	connection_look_elsewhere(&later);
	ck_assert_uint_eq(primary.first, 2);
	primary_close(&primary);
}

SUITE(primary, a_later_timeline_replaces_an_earlier_one, another_cluster_begins_its_own_count,
    two_on_the_same_server_move_the_next_search_once);
