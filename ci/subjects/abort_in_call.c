/* abort_in_call.c - a PreRestore whose assertion fails. */
#include <stdlib.h>

#define NAME "abort-in-call"
#define NEVER_RETURN abort()
#include "dies_in_call.h"
