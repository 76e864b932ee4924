/*
 * wildcard.h - patterns with *, ? and [...], the same on every system.
 */
#ifndef CLI_WILDCARD_H
#define CLI_WILDCARD_H

#include <stdbool.h>

/* The whole of `name` matches: * is any text, ? any byte, [a-z] and [!a-z]
 * one of a set, \ takes the special meaning away. No byte of `name` is
 * special: a / is matched like any other. */
bool wildcard_match(const char *pattern, const char *name);
bool wildcard_has(const char *pattern);

#endif
