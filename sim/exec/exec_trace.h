/*
 * exec_trace.h - the trace of a program's run: what its processes left behind,
 * how it ended, and what the scenario demands of it.
 */
#ifndef EXEC_EXEC_TRACE_H
#define EXEC_EXEC_TRACE_H

#include "exec/merge.h"
#include "exec/program.h"
#include "play/player.h"

/* Writes all of it, from header to end. */
void exec_trace(struct trace *trace, const struct scenario *scenario,
                const char *program, const struct program_result *result,
                struct merge *merge);

/* What vssim itself says of a failure of its own in the program's process;
 * NULL: there was none. Then nothing that the trace holds is a finding. */
const char *exec_failure(const struct trace *trace);

#endif
