/* Documents made by the build: the contract, its reference page and its data dictionary. */
#pragma once

#include "handlers/handler.h"

handler_fn documents_contract, documents_dictionary, documents_docs;
