/*
 * wrap.h - text in lines of at most WRAP_WIDTH columns.
 *
 * For what vssim prints as a table or a help: text that does not fit goes on
 * below itself. A word that is wider than the column stays whole.
 */
#ifndef BASE_WRAP_H
#define BASE_WRAP_H

#include <stdio.h>

enum { WRAP_WIDTH = 79 };

/* Prints the words of `text` and ends the line. The line has `at` columns
 * already; the text begins at `column`, in this line and in those below. A
 * line that has more than that goes on behind a blank. */
void wrap(FILE *out, const char *text, int at, int column);

#endif
