/* QR codes of addresses on this service. */
#pragma once

#include "handlers/handler.h"

/* The code of the address that the step "target" finds for the first parameter. */
handler_fn qr_draw;
