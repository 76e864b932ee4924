/*
 * explore_alphabet.h - what explore does to a subject: the calls, and where it
 * begins. All as steps of a scenario, so that a path is one that vssim run
 * plays.
 */
#ifndef SEARCH_EXPLORE_ALPHABET_H
#define SEARCH_EXPLORE_ALPHABET_H

#include <stdbool.h>

#include "base/strbuf.h"
#include "vss/state.h"

/* EDITS: changes the document of what is restored and nothing else. A path has
 * each once and so many of them together as was asked for, or there would be 2
 * to the power of 11 documents in each state. */
enum need { NEED_OBJECT = 1, NEED_ASYNC = 2, EDITS = 4 };

#define MOST_ASYNCS 2 /* alive at a time; more lead nowhere new */

struct letter {
    const char *step;
    int needs;
};

extern const struct letter explore_letters[];
extern const unsigned explore_n_letters;

/* The outcomes of a writer: what is said of it, and its behaviour. */
extern const char *const explore_outcomes[][2];
extern const unsigned explore_n_outcomes;

/* How to come into a phase of state.def. */
struct beginning {
    const char *phase;
    const char *steps; /* a line each; the object is named object, the async
                          async */
    unsigned n_steps;
    const char *fault; /* that the world must have; NULL: none */
};

extern const struct beginning explore_beginnings[VSS_PHASE_COUNT];
const struct beginning *explore_beginning(const char *phase); /* or NULL */

/* The step of a letter. Each async takes the name, so that the name stands for
 * the latest. */
void explore_add_letter(struct strbuf *out, unsigned letter);
/* A call of any method of the state table, with what a script would give. */
void explore_add_probe(struct strbuf *out, enum vss_method method);
/* All letters, then all probes: step `beginning + n` is letter n. */
void explore_add_all(struct strbuf *out);
/* `writers:` with one that behaves so at PreRestore and PostRestore. */
void explore_add_writer(struct strbuf *out, const char *behaviour);
/* The cell of a call by its names; false: none of the table. */
bool explore_cell(const char *method_name, const char *phase_name,
                  enum vss_method *method, enum vss_phase *phase);
/* A scenario up to its first step. */
void explore_add_world(struct strbuf *out, const char *name, const char *world,
                       const struct beginning *from);

#endif
