/*
 * damage.h - a trace with one thing wrong: what the rules are asked about.
 *
 * The ways are enumerated, not drawn: for each record that it is missing,
 * doubled, late, somebody else's; for each of its fields some other value,
 * one that the same field has elsewhere in the trace among them.
 */
#ifndef RULES_TEST_DAMAGE_H
#define RULES_TEST_DAMAGE_H

#include "base/trace.h"

/* How many ways there are. */
uint32_t damage_ways(const char *base, uint64_t used);
/* The trace with the `way`-th, from 0, done to it. */
void damage_trace(const char *base, uint64_t used, uint32_t way,
                  struct trace *to);

#endif
