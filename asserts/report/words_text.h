/*
 * words_text.h - text of a trace, made fit for one line of a terminal.
 *
 * For words.c and the reports beside it: whatever the text holds, what comes
 * out is valid UTF-8 without control characters or newlines.
 */
#ifndef REPORT_WORDS_TEXT_H
#define REPORT_WORDS_TEXT_H

#include "asserts/report/words.h"

/* Not quoted, cut when long. */
void words_plain(struct strbuf *out, const char *text);
/* Not quoted, not cut. */
void words_line(struct strbuf *out, const char *text);
/* Quoted, unless it is a name, a GUID or an interface. */
void words_value(struct strbuf *out, const char *text);
/* What the record says, after time and call; in words_say.c. */
void words_say(struct strbuf *out, const struct words *words,
               const struct trace_rec *rec);

#endif
