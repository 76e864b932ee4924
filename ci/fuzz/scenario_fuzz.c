/*
 * scenario_fuzz.c - libFuzzer on the scenario loader: whatever the bytes are,
 * it reads them or says what is wrong, and what it reads can be played.
 */
#include <stddef.h>
#include <stdint.h>

#include "asserts/rules/judge.h"
#include "base/heap.h"
#include "base/memory.h"
#include "play/player.h"

#define BUFFER ((uint64_t)8 << 20)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct heap *heap;
    static char *buffer;
    static struct judge judge;
    struct arena arena = ARENA_INIT;
    struct problems problems = {.arena = &arena};
    struct scenario_overrides overrides;
    struct scenario *s;
    struct trace trace;

    if (!heap) {
        heap = heap_create((uint64_t)64 << 20);
        buffer = xmalloc(BUFFER);
        judge_init(&judge);
    }
    scenario_overrides_init(&overrides);
    s = scenario_parse(&arena, "fuzz.yaml", (const char *)data, size,
                       &overrides, &problems);
    if (!s && !problems.count)
        __builtin_trap(); /* refused without a word */
    trace_init(&trace, buffer, BUFFER, NULL);
    if (s && s->has_requester) {
        play_scenario(s, vssim_reference_subject(), heap, &trace);
        judge_trace(&judge, trace.base, *trace.used);
        for (uint32_t i = 0; i < judge.n_findings; i++)
            if (judge.findings[i].rule->kind == RULE_INVARIANT &&
                judge.findings[i].rule->severity == SEVERITY_ERROR &&
                !trace.overflow)
                __builtin_trap(); /* the reference breaks no invariant */
        /* The sanitizer does not look for pointers in a heap. */
        heap_reset(heap);
    }
    arena_release(&arena);
    return 0;
}
