/* A small contract for the tests: lanterns, their wicks and their owners. */
#include "contract/contract.h"

#define SCHEMA(...) (&(const struct schema){__VA_ARGS__})
#define LIST(...)   ((const char *const[]){__VA_ARGS__, NULL})

enum role {
	ROLE_PUBLIC,
	ROLE_KEEPER,
	ROLE_GUEST,
	ROLE_ROBOT,
};

const char *const contract_roles[] = {"public", "keeper", "guest", "robot"};
const size_t contract_n_roles = 4;
const char *const contract_scopes[] = {"lanterns:read", "lanterns:write"};
const size_t contract_n_scopes = 2;

#define UUID SCHEMA(.type = SCHEMA_STRING, .format = FORMAT_UUID)

static const char *const no_scopes[] = {NULL};
static const char *const write_scope[] = {"lanterns:write", NULL};
static const struct access readers[] = {{ROLE_KEEPER, no_scopes}, {ROLE_GUEST, no_scopes}};
static const struct access writers[] = {{ROLE_KEEPER, no_scopes}, {ROLE_ROBOT, write_scope}};

static const struct parameter by_id[] = {{"id", PLACE_PATH, true, NULL, UUID}};
static const struct parameter by_id_and_number[] = {
    {"id", PLACE_PATH, true, NULL, UUID},
    {"number", PLACE_PATH, true, NULL, SCHEMA(.type = SCHEMA_INTEGER, .minimum = 1, .maximum = 12)},
};
static const struct parameter filters[] = {
    {"q", PLACE_QUERY, false, NULL, SCHEMA(.type = SCHEMA_STRING, .min_size = 2, .max_size = 10)},
    {"colour", PLACE_QUERY, false, NULL,
	SCHEMA(.type = SCHEMA_ARRAY, .min_size = 1, .max_size = 3,
	    .items = SCHEMA(.type = SCHEMA_STRING, .values = LIST("red", "green", "blue")))},
    {"label", PLACE_QUERY, false, NULL,
	SCHEMA(.type = SCHEMA_ARRAY, .min_size = 1, .max_size = 3,
	    .items = SCHEMA(.type = SCHEMA_STRING, .min_size = 1, .max_size = 9))},
    {"lit", PLACE_QUERY, false, NULL, SCHEMA(.type = SCHEMA_BOOLEAN)},
    {"made_gte", PLACE_QUERY, false, NULL, SCHEMA(.type = SCHEMA_STRING, .format = FORMAT_DATE)},
    {"watts", PLACE_QUERY, false, NULL,
	SCHEMA(.type = SCHEMA_INTEGER, .minimum = -9007199254740991, .maximum = 9007199254740991)},
    {"sort", PLACE_QUERY, false, "name",
	SCHEMA(.type = SCHEMA_STRING, .values = LIST("name", "-name"))},
};
static const struct parameter needed[] = {
    {"at", PLACE_QUERY, true, NULL, SCHEMA(.type = SCHEMA_STRING, .format = FORMAT_DATE)},
};

static const struct parameter as_format[] = {
    {"lit", PLACE_QUERY, false, NULL, SCHEMA(.type = SCHEMA_BOOLEAN)},
    {"format", PLACE_QUERY, false, "json",
	SCHEMA(.type = SCHEMA_STRING, .values = LIST("json", "csv", "geojson"))},
};
static const struct formats formats = {.parameter = 1, .rows = "rows", .columns = LIST("name")};

#define MEMBERS(array) \
	.type = SCHEMA_OBJECT, .members = array, .n_members = sizeof(array) / sizeof((array)[0])

static const struct member lantern[] = {
    {"name", true, SCHEMA(.type = SCHEMA_STRING, .min_size = 1, .max_size = 20)},
    {"watts", false, SCHEMA(.type = SCHEMA_INTEGER, .maximum = 100)},
    {"weight", false, SCHEMA(.type = SCHEMA_NUMBER, .maximum = 10)},
    {"code", false, SCHEMA(.type = SCHEMA_STRING, .max_size = 9, .form = &contract_forms[0])},
};
static const struct member lantern_changes[] = {
    {"name", false, SCHEMA(.type = SCHEMA_STRING, .min_size = 1, .max_size = 20)},
    {"watts", false, SCHEMA(.type = SCHEMA_INTEGER, .nullable = true, .maximum = 100)},
};
static const struct member owner[] = {
    {"name", true,
	SCHEMA(.type = SCHEMA_STRING, .min_size = 1, .max_size = 50, .mask = MASK_INITIALS)},
    {"number", false,
	SCHEMA(.type = SCHEMA_STRING, .nullable = true, .max_size = 16, .mask = MASK_HEAD4)},
    {"phone", false, SCHEMA(.type = SCHEMA_STRING, .max_size = 16, .mask = MASK_PHONE)},
    {"mail", false, SCHEMA(.type = SCHEMA_STRING, .max_size = 50, .mask = MASK_EMAIL)},
    {"home", false, SCHEMA(.type = SCHEMA_STRING, .max_size = 50, .mask = MASK_HIDDEN)},
    {"room", false, SCHEMA(.type = SCHEMA_STRING, .max_size = 50)},
};
static const struct member grant[] = {
    {"grant_type", true, SCHEMA(.type = SCHEMA_STRING, .values = LIST("password"))},
    {"username", false, SCHEMA(.type = SCHEMA_STRING, .min_size = 1, .max_size = 20)},
};

enum operation_index {
	LANTERN_LIST,
	LANTERN_CREATE,
	LANTERN_GET,
	LANTERN_UPDATE,
	LANTERN_DELETE,
	LANTERN_LOST,
	LANTERN_LIGHT,
	LANTERN_REPORT,
	OWNER_PUT,
	WICK_GET,
	ME_GET,
	TOKEN_ISSUE,
	GUIDE_GET,
};

const struct operation contract_operations[] = {
    [LANTERN_LIST] = {.id = "lantern_list",
	.access = readers,
	.n_access = 2,
	.parameters = filters,
	.n_parameters = sizeof(filters) / sizeof(filters[0]),
	.status = 200,
	.list = true,
	.counts = true},
    [LANTERN_CREATE] = {.id = "lantern_create",
	.method = METHOD_POST,
	.access = writers,
	.n_access = 2,
	.body_kind = BODY_JSON,
	.body_required = true,
	.body = SCHEMA(MEMBERS(lantern)),
	.status = 201,
	.idempotent = true},
    [LANTERN_GET] = {.id = "lantern_get", .parameters = by_id, .n_parameters = 1, .status = 200},
    [LANTERN_UPDATE] = {.id = "lantern_update",
	.method = METHOD_PATCH,
	.access = writers,
	.n_access = 2,
	.parameters = by_id,
	.n_parameters = 1,
	.body_kind = BODY_MERGE_PATCH,
	.body_required = true,
	.body = SCHEMA(MEMBERS(lantern_changes), .min_size = 1),
	.status = 200,
	.conditional = true,
	.idempotent = true},
    [LANTERN_DELETE] = {.id = "lantern_delete",
	.method = METHOD_DELETE,
	.access = writers,
	.n_access = 2,
	.parameters = by_id,
	.n_parameters = 1,
	.status = 204,
	.conditional = true},
    /* Without paging and count, and with an optional body. */
    [LANTERN_LOST] = {.id = "lantern_lost",
	.parameters = needed,
	.n_parameters = 1,
	.status = 200,
	.list = true},
    [LANTERN_LIGHT] = {.id = "lantern_light",
	.method = METHOD_POST,
	.access = writers,
	.n_access = 2,
	.parameters = by_id,
	.n_parameters = 1,
	.body_kind = BODY_JSON,
	.body = SCHEMA(MEMBERS(lantern_changes)),
	.status = 200},
    [LANTERN_REPORT] = {.id = "lantern_report",
	.parameters = as_format,
	.n_parameters = 2,
	.formats = &formats,
	.status = 200},
    [OWNER_PUT] = {.id = "owner_put",
	.method = METHOD_PUT,
	.access = writers,
	.n_access = 2,
	.parameters = by_id,
	.n_parameters = 1,
	.body_kind = BODY_JSON,
	.body_required = true,
	.body = SCHEMA(MEMBERS(owner)),
	.status = 200},
    [WICK_GET] = {.id = "wick_get",
	.access = readers,
	.n_access = 2,
	.parameters = by_id_and_number,
	.n_parameters = 2,
	.status = 200},
    [ME_GET] =
	{.id = "me_get", .access = readers, .n_access = 2, .status = 200, .about_caller = true},
    [TOKEN_ISSUE] = {.id = "token_issue",
	.method = METHOD_POST,
	.handler = "token_issue",
	.ignores_token = true,
	.limit = "login",
	.body_kind = BODY_FORM,
	.body_required = true,
	.body = SCHEMA(MEMBERS(grant)),
	.status = 200},
    [GUIDE_GET] = {.id = "guide_get", .handler = "docs", .media = "text/html", .status = 200},
};
const size_t contract_n_operations = sizeof(contract_operations) / sizeof(contract_operations[0]);

#define AT(n, ...) .segments = (const char *const[]){__VA_ARGS__}, .n_segments = n
#define DO(name)   (&contract_operations[name])

/* In the order of compile.py: a literal segment before a parameter. */
const struct route contract_routes[] = {
    {AT(1, "guide"), .by_method = {[METHOD_GET] = DO(GUIDE_GET)}},
    {AT(2, "oauth", "token"), .by_method = {[METHOD_POST] = DO(TOKEN_ISSUE)}},
    {AT(2, "v1", "lanterns"),
	.by_method = {[METHOD_GET] = DO(LANTERN_LIST), [METHOD_POST] = DO(LANTERN_CREATE)}},
    {AT(3, "v1", "lanterns", "lost"), .by_method = {[METHOD_GET] = DO(LANTERN_LOST)}},
    {AT(3, "v1", "lanterns", "report"), .by_method = {[METHOD_GET] = DO(LANTERN_REPORT)}},
    {AT(3, "v1", "lanterns", NULL), .by_method = {[METHOD_GET] = DO(LANTERN_GET),
					[METHOD_PATCH] = DO(LANTERN_UPDATE),
					[METHOD_DELETE] = DO(LANTERN_DELETE)}},
    {AT(5, "v1", "lanterns", NULL, "actions", "light"),
	.by_method = {[METHOD_POST] = DO(LANTERN_LIGHT)}},
    {AT(4, "v1", "lanterns", NULL, "owner"), .by_method = {[METHOD_PUT] = DO(OWNER_PUT)}},
    {AT(5, "v1", "lanterns", NULL, "wicks", NULL), .by_method = {[METHOD_GET] = DO(WICK_GET)}},
    {AT(2, "v1", "me"), .by_method = {[METHOD_GET] = DO(ME_GET)}},
};
const size_t contract_n_routes = sizeof(contract_routes) / sizeof(contract_routes[0]);

const struct rule contract_rules[] = {
    {"enum", "Pilihannya: {values}.", "Allowed: {values}."},
    {"required", "Wajib diisi.", "This is required."},
    {"too_large", "Paling besar {limit}.", "At most {limit}."},
    {"too_long", "Paling banyak {limit} karakter.", "At most {limit} characters."},
    {"too_small", "Paling kecil {limit}.", "At least {limit}."},
};
const size_t contract_n_rules = sizeof(contract_rules) / sizeof(contract_rules[0]);

const struct form contract_forms[] = {
    {"code", .letters = LETTERS_UPPER, .sentence = {"Kode.", "A code."}}};
const size_t contract_n_forms = 1;

const struct migration contract_migrations[] = {{1, "0001_lanterns.sql", "", ""}};
const size_t contract_n_migrations = 1;
const struct object contract_procedures[] = {{"lantern.sql:1", ""}};
const size_t contract_n_procedures = 1;
const struct object contract_functions[] = {{"lantern.sql:9", ""}};
const size_t contract_n_functions = 1;
const struct object contract_triggers[] = {{"lantern.sql:12", ""}};
const size_t contract_n_triggers = 1;
const struct object contract_grants[] = {{"lantern.sql:15", ""}};
const size_t contract_n_grants = 1;
const char contract_functions_checksum[] = "";
const char contract_triggers_checksum[] = "";
const char *const contract_upgrade = NULL;
const struct seed contract_seeds[] = {{"01_lanterns.sql", false, "", "", NULL}};
const size_t contract_n_seeds = 1;
const struct document contract_openapi = {"{}", 2, "\"1\""};
const struct document contract_docs = {"", 0, "\"2\""};
const struct document contract_dictionary = {"", 0, "\"3\""};
