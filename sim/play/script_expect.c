/* script_expect.c - what a step expects, as records of the trace. */
#include <stdio.h>
#include <string.h>

#include "play/script.h"

static struct trace *begin_expect(struct script *s, const char *what,
                                  const char *name, uint32_t call)
{
    trace_begin(s->trace, TRACE_EXPECT, s->world->clock.now,
                s->world->recorder.thread, call, 0);
    trace_str(s->trace, KEY_WHAT, what);
    if (name)
        trace_str(s->trace, KEY_NAME, name);
    return s->trace;
}

/* --windows: the same failure has another code before Windows 7. */
static const char *by_version(const struct script *s, const char *want)
{
    static const bool old[] = {
#define WINDOWS(id, key, label, old_unexpected, wait_rule, ex, partial) \
    old_unexpected,
#include <vssim/windows.def>
#undef WINDOWS
    };

    if (!s->scenario->windows_overridden)
        return want;
    if (strcmp(want, "VSS_E_UNEXPECTED") == 0 && old[s->scenario->windows])
        return "E_UNEXPECTED";
    if (strcmp(want, "E_UNEXPECTED") == 0 && !old[s->scenario->windows])
        return "VSS_E_UNEXPECTED";
    return want;
}

void script_expect(struct script *s, const char *what, const char *name,
                   const char *want, uint32_t call, int line, int col)
{
    struct trace *t = begin_expect(s, what, name, call);

    trace_str(t, KEY_WANT, by_version(s, want));
    trace_int(t, KEY_LINE, line);
    trace_int(t, KEY_COL, col);
    trace_end(t);
}

void script_expect_ms(struct script *s, const char *what, uint64_t want,
                      uint32_t call, int line, int col)
{
    char text[24];

    snprintf(text, sizeof(text), "%llu", (unsigned long long)want);
    script_expect(s, what, NULL, text, call, line, col);
}
