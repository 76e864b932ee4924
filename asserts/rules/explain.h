/*
 * explain.h - what a rule is, and what a method may return, in words.
 *
 * For vssim explain and vssim list; made from rules.def and returns.def.
 */
#ifndef RULES_EXPLAIN_H
#define RULES_EXPLAIN_H

#include <stdbool.h>
#include <stdio.h>

/* False, and nothing printed, when no rule has that id. */
bool explain_rule(FILE *out, const char *id);
/* All rules: id, kind, severity; below them the first sentence. */
void explain_list(FILE *out);
/* The codes that the method's page lists, with the page. */
void explain_returns(FILE *out, const char *iface, const char *method);
/* The same in few lines, for a list. */
void explain_codes(FILE *out, const char *iface, const char *method);

#endif
