/*
 * state_words.h - the state table (vss/state.def) in words and in signs.
 *
 * A sign is one character: it fits the row of a method into a line. For list
 * and explain; all that is printed here is known to vssim explain.
 */
#ifndef CLI_STATE_WORDS_H
#define CLI_STATE_WORDS_H

#include <stdio.h>

#include "vss/state.h"

/* Prints what a cell says: "allowed", a code, or which policy decides. */
void state_words(FILE *out, enum vss_cell cell);
/* Prints the row of a method, a sign a phase. */
void state_signs(FILE *out, enum vss_method method);
/* What each sign means that stands in the table, one a line. */
void state_legend(FILE *out);
/* The method of that name, or VSS_METHOD_COUNT. */
enum vss_method state_method(const char *name);

#endif
