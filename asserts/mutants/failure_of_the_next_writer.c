/*
 * failure_of_the_next_writer.c - the failures are in another order than the
 * writers.
 *
 * Wrong: GetWriterStatus mixes up which of two writers failed
 * Rule: status-tells-the-failure
 */
#define MIX (*pnStatus = state, *phResultFailure = failure)
#include "next_writer.h"

static const struct mutation mutation = {.name = "failure-of-the-next-writer",
                                         .components = components};
