/* says.h - a record that stands alone, and what the report says of it. */
#ifndef REPORT_TEST_SAYS_H
#define REPORT_TEST_SAYS_H

#include <criterion/criterion.h>

#include "asserts/report/report.h"

/* Traces of these tests are made here, one at a time. */
static char buffer[1 << 16] __attribute__((aligned(8)));

static inline void begin(struct trace *t, enum trace_kind kind)
{
    trace_init(t, buffer, sizeof(buffer), NULL);
    trace_begin(t, kind, 0, 1, 0, 0);
}

/* Ends the record. The columns before what it says are 15 wide. */
static inline void says(struct trace *t, const char *expected)
{
    struct strbuf text = STRBUF_INIT;

    trace_end(t);
    report_record(&text, trace_first(t->base, *t->used));
    cr_expect_str_eq(strbuf_str(&text) + 15, expected, "%s",
                     strbuf_str(&text));
    strbuf_release(&text);
}

#endif
