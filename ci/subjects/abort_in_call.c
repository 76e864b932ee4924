/* abort_in_call.c - a PreRestore whose assertion fails. */
#include <stdlib.h>

#define NAME "abort-in-call"
#define INSTEAD abort()
#include "other_prerestore.h"
