#include <stdlib.h>

#include "base/arena.h"
#include "database/connection.h"
#include "unit.h"

enum {
	APART = CONNECTION_MAX_PREPARED
}; /* the distance in memory that gives two statements the same first slot */

START_TEST(each_statement_has_a_slot_of_its_own_before_it_is_prepared)
{
	static const struct statement statements[APART + 1];
	struct connection *connection = arena_calloc(1, sizeof(*connection));
	struct prepared *slots[] = {
	    connection_slot(connection, &statements[0], NULL),
	    connection_slot(connection, &statements[APART / 2], NULL),
	    connection_slot(connection, &statements[APART], NULL),
	    connection_slot(connection, &statements[0], "dinas"),
	};

	for (size_t i = 0; i < COUNT(slots); i++)
		for (size_t j = 0; j < i; j++)
			ck_assert_ptr_ne(slots[i], slots[j]);
	slots[2]->known = true;
	ck_assert_ptr_eq(connection_slot(connection, &statements[APART], NULL), slots[2]);
	ck_assert_ptr_eq(connection_slot(connection, &statements[0], "dinas"), slots[3]);
	free(connection);
}
END_TEST

SUITE(connection, each_statement_has_a_slot_of_its_own_before_it_is_prepared);
