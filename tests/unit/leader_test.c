#include "connection.h"
#include "leader.h"
#include "unit.h"

static struct leader leader;

static bool is_over(const char *cluster, const char *timeline)
{
	struct connection connection = {.leader = &leader,
	    .reign = leader_reign_of(&leader, cluster, timeline)};

	return connection_is_replaced(&connection);
}

START_TEST(a_later_timeline_ends_the_reign_of_an_earlier_one)
{
	leader_open(&leader);
	struct connection first = {.leader = &leader,
	    .reign = leader_reign_of(&leader, "7", "00000001")};
	struct connection unknown = {.leader = &leader};

	ck_assert(!connection_is_replaced(&first));
	ck_assert(!is_over("7", "00000001"));
	ck_assert(!is_over("7", "0000000A"));
	ck_assert(connection_is_replaced(&first));
	ck_assert(!connection_is_replaced(&unknown));
	ck_assert(is_over("7", "00000009"));
	ck_assert(!is_over("7", "0000000A"));
	ck_assert(!is_over("7", "00000010"));
	leader_close(&leader);
}

START_TEST(another_cluster_counts_anew)
{
	leader_open(&leader);
	struct connection old = {.leader = &leader,
	    .reign = leader_reign_of(&leader, "7", "00000003")};

	ck_assert(!is_over("8", "00000001"));
	ck_assert(connection_is_replaced(&old));
	ck_assert(!is_over("8", "00000002"));
	ck_assert(is_over("8", "00000001"));
	leader_close(&leader);
}

START_TEST(who_found_the_same_server_moves_the_next_search_once)
{
	leader_open(&leader);
	struct connection one = {.leader = &leader}, other = one,
			  later = {.leader = &leader, .at = 1};

	connection_look_elsewhere(&one);
	connection_look_elsewhere(&other);
	ck_assert_uint_eq(leader.first, 1);
	connection_look_elsewhere(&later);
	ck_assert_uint_eq(leader.first, 2);
	leader_close(&leader);
}

SUITE(leader, a_later_timeline_ends_the_reign_of_an_earlier_one, another_cluster_counts_anew,
    who_found_the_same_server_moves_the_next_search_once);
