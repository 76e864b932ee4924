/*
 * calls.h - calls every method of a backup components object, by its row in
 * state.def, with good arguments or with the first one that can be bad.
 */
#ifndef VSS_TEST_CALLS_H
#define VSS_TEST_CALLS_H

#include "vss/state.h"
#include "vss/test/mini_world.h"

/* `good`: with good arguments. What is handed out is given back. Every
 * out-parameter starts poisoned and must have been written. Methods that
 * take nothing bad answer as with good arguments; `*can_be_bad` says so. */
HRESULT call_method(struct world *world, enum vss_method method, bool good,
                    bool *can_be_bad);

#endif
