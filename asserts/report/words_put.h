/*
 * words_put.h - the pieces that words_say.c makes its sentences from.
 *
 * Each appends to the text of a `say`; what the record lacks reads "?" or 0.
 */
#ifndef REPORT_WORDS_PUT_H
#define REPORT_WORDS_PUT_H

#include "asserts/report/words_text.h"

/* A record being told. */
struct say {
    struct strbuf *out;
    const struct words *words; /* or NULL */
    const struct trace_rec *rec;
};

/* The call record that this record belongs to, or NULL. */
const struct trace_rec *say_call_of(const struct say *s);
/* "async #4", or "object #4" when what it is cannot be known. */
void say_object(const struct say *s, int64_t n);
/* name=value, ...; `first` goes before the first of them. */
void say_params(const struct say *s, enum trace_group group,
                const char *first);
const char *say_str(const struct say *s, enum trace_key key);
long long say_num(const struct say *s, enum trace_key key);
void say_text(const struct say *s, enum trace_key key);
/* `before` and the code; nothing when there is none. */
void say_hr(const struct say *s, const char *before, bool even_ok);
/* `before` and the text in quotes; nothing when there is none. */
void say_quoted(const struct say *s, const char *before, enum trace_key key);
/* words_asr.c */
void say_disk(const struct say *s);
void say_registry(const struct say *s);
void say_place(const struct say *s); /* " (line 12)" */

#endif
