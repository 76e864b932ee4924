/* script_expect.c - what a step expects, as records of the trace. */
#include <stdio.h>
#include <string.h>

#include "play/play_trace.h"
#include "play/script.h"

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
    const struct play_at at = {s->world->clock.now,
                               s->world->recorder.thread, call};

    play_expect(s->trace, &at, what, name, by_version(s, want), line, col);
    trace_end(s->trace);
}

void script_expect_ms(struct script *s, const char *what, uint64_t want,
                      uint32_t call, int line, int col)
{
    char text[24];

    snprintf(text, sizeof(text), "%llu", (unsigned long long)want);
    script_expect(s, what, NULL, text, call, line, col);
}
