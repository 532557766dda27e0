/* Foreign objects that a variable holds and that are released at the end of its scope. */
#pragma once

#define CLEANUP(function) __attribute__((cleanup(function)))

/* Defines function_cleanup() for a destructor that takes a pointer. */
#define DEFINE_CLEANUP(type, destroy)                       \
	static inline void destroy##_cleanup(type **object) \
	{                                                   \
		if (*object)                                \
			destroy(*object);                   \
	}                                                   \
	struct destroy##_cleanup_needs_a_semicolon
