/*
 * play_trace.h - how the trace of a run begins and ends, whoever makes the
 * calls: a script, a program under exec, or nobody.
 */
#ifndef PLAY_PLAY_TRACE_H
#define PLAY_PLAY_TRACE_H

#include "scenario/scenario.h"

/* The header record. */
void play_header(struct trace *trace, const struct scenario *scenario,
                 const char *subject, const char *mode);
/* The writers, and what must take effect. */
void play_declare(struct trace *trace, const struct scenario *scenario,
                  bool program);
/* The header of a run that came to no scenario: its file is wrong, or its
 * worker died. `version` and `subject` may be NULL. */
void play_no_scenario(struct trace *trace, const char *version,
                      const char *file, const char *topic,
                      const char *subject);
void play_problem(struct trace *trace, const struct problem *problem);
/* The trace of a file that cannot be played: header, problems, end. */
void play_problems(const char *file, const char *topic, const char *subject,
                   const struct problems *problems, struct trace *trace);

/* What an expectation speaks of: a call, or (0) the whole run. */
struct play_at {
    uint64_t time;
    uint32_t thread, call;
};
/* Opens an expect record; the caller may add fields and ends it. `name` may be
 * NULL. */
void play_expect(struct trace *trace, const struct play_at *at,
                 const char *what, const char *name, const char *want,
                 int line, int col);
/* What the scenario demands of the whole run, whoever makes the calls. */
void play_demands(struct trace *trace, uint64_t time,
                  const struct scenario *scenario);
/* What is still held. */
void play_balance(struct world *world);
/* The last record. */
void play_end(struct trace *trace, uint64_t time);

#endif
