/* JSON values by jansson, and their release at the end of a scope. */
#pragma once

#include <stdlib.h>

#include <jansson.h>

#include "base/cleanup.h"

DEFINE_CLEANUP(json_t, json_decref);
