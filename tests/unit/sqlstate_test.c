#include "database/sqlstate.h"
#include "unit.h"

START_TEST(a_code_has_the_most_specific_name)
{
	static const struct {
		const char *code;
		enum sqlstate state;
	} cases[] = {
	    {"PT208", SQLSTATE_REPLAY},
	    {"PT409", SQLSTATE_REFUSED},
	    {"08006", SQLSTATE_CONNECTION_EXCEPTION},
	    {"0A000", SQLSTATE_FEATURE_NOT_SUPPORTED},
	    {"22001", SQLSTATE_DATA_EXCEPTION},
	    {"23502", SQLSTATE_INTEGRITY_VIOLATION},
	    {"23505", SQLSTATE_UNIQUE_VIOLATION},
	    {"23514", SQLSTATE_INTEGRITY_VIOLATION},
	    {"23P01", SQLSTATE_EXCLUSION_VIOLATION},
	    {"25006", SQLSTATE_READ_ONLY_TRANSACTION},
	    {"40001", SQLSTATE_SERIALIZATION_FAILURE},
	    {"40P01", SQLSTATE_DEADLOCK_DETECTED},
	    {"42501", SQLSTATE_INSUFFICIENT_PRIVILEGE},
	    {"42804", SQLSTATE_DATATYPE_MISMATCH},
	    {"42883", SQLSTATE_UNDEFINED_FUNCTION},
	    {"42P01", SQLSTATE_UNDEFINED_TABLE},
	    {"53300", SQLSTATE_INSUFFICIENT_RESOURCES},
	    {"55P03", SQLSTATE_LOCK_NOT_AVAILABLE},
	    {"57014", SQLSTATE_QUERY_CANCELED},
	    {"57P01", SQLSTATE_SHUTDOWN},
	    {"57P05", SQLSTATE_SHUTDOWN},
	    {"XX000", SQLSTATE_INTERNAL_ERROR},
	    {"XX002", SQLSTATE_CORRUPTED},
	    {"0A001", SQLSTATE_OTHER},
	    {"25001", SQLSTATE_OTHER},
	    {"40003", SQLSTATE_OTHER},
	    {"57000", SQLSTATE_OTHER},
	    {"P0001", SQLSTATE_OTHER},
	    {"", SQLSTATE_OTHER},
	};
	bool named[SQLSTATE__MAX] = {[SQLSTATE_NONE] = true, [SQLSTATE_LIBPQ] = true};

	for (size_t i = 0; i < COUNT(cases); i++) {
		ck_assert_msg(sqlstate_named(cases[i].code) == cases[i].state, "row %zu", i);
		named[cases[i].state] = true;
	}
	for (size_t i = 0; i < COUNT(named); i++)
		ck_assert_msg(named[i], "no code for state %zu", i);
}

START_TEST(no_error_has_no_consequence)
{
	ck_assert_int_eq(sqlstate_of(NULL), SQLSTATE_NONE);
	ck_assert(!sqlstate_ends_connection(NULL));
	ck_assert(!sqlstate_is_outdated(NULL));
	ck_assert(!sqlstate_may_retry(NULL));
}

SUITE(sqlstate, a_code_has_the_most_specific_name, no_error_has_no_consequence);
