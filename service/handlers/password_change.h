/* The change of a caller's own password. */
#pragma once

#include "handlers/handler.h"

handler_fn password_change;
