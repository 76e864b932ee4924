/*
 * calls_fuzz.c - libFuzzer on sequences of calls: the first byte chooses the
 * world, each further one a call of explore's alphabet or of any method of the
 * state table. The reference breaks no invariant and no cell of the table.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "cli/explore_alphabet.h"
#include "cli/explore_search.h"

#define WORLDS (sizeof(behaviours) / sizeof(behaviours[0]))

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const behaviours[] = {
    "{}",
    "{ after: 3s }",
    "{ veto: VSS_E_WRITERERROR_RETRYABLE }",
    "{ returns: false }",
    "{ hang: true }",
    "{ crash: before }",
    "{ after: 2s, crash: during }",
    "{ crash: after }",
};

static struct rewind *open_world(const char *behaviour)
{
    const struct beginning *from = explore_beginning("uninitialised");
    struct scenario_overrides overrides;
    struct strbuf world = STRBUF_INIT, text = STRBUF_INIT;
    struct rewind *made;
    char error[1024];

    scenario_overrides_init(&overrides);
    strbuf_addf(&world,
                "writers:\n  - profile: test-writer\n    behaviour: "
                "{ PreRestore: %s, PostRestore: %s }\n",
                behaviour, behaviour);
    explore_add_world(&text, "fuzz", strbuf_str(&world), from);
    for (unsigned i = 0; i < explore_n_letters; i++)
        explore_add_letter(&text, i);
    for (unsigned i = 0; i < VSS_METHOD_COUNT; i++)
        explore_add_probe(&text, (enum vss_method)i);
    made = rewind_open("fuzz", strbuf_str(&text), text.len, &overrides, error,
                       sizeof(error));
    strbuf_release(&world);
    strbuf_release(&text);
    if (!made) {
        fprintf(stderr, "%s\n", error);
        abort();
    }
    return made;
}

/* A cell of the table that refuses has refused. */
static void check_cell(const struct m_call *c)
{
    int method = 0, phase = 0;

    while (method < VSS_METHOD_COUNT &&
           strcmp(vss_method_name((enum vss_method)method), c->name) != 0)
        method++;
    while (phase < VSS_PHASE_COUNT &&
           strcmp(vss_phase_name((enum vss_phase)phase), c->phase[0]) != 0)
        phase++;
    if (method < VSS_METHOD_COUNT && phase < VSS_PHASE_COUNT && c->leave &&
        c->hr >= 0 &&
        vss_cell((enum vss_method)method, (enum vss_phase)phase) ==
            VSS_CELL_BAD) {
        fprintf(stderr, "%s succeeds in %s\n", c->name, c->phase[0]);
        abort();
    }
}

static void check(struct judge *judge)
{
    for (uint32_t i = 0; i < judge->n_findings; i++)
        if (judge->findings[i].rule->kind == RULE_INVARIANT &&
            judge->findings[i].rule->severity == SEVERITY_ERROR) {
            fprintf(stderr, "%s: %s\n", judge->findings[i].rule->id,
                    judge->findings[i].message);
            abort();
        }
    for (uint32_t i = 0; i < judge->model.n_calls; i++)
        if (judge->model.calls[i].phase[0])
            check_cell(&judge->model.calls[i]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct rewind *worlds[WORLDS];
    static struct judge judge;
    struct rewind *r;
    const char *trace;
    uint64_t used;
    static bool ready;
    bool there = true;

    if (size == 0 || size > 256)
        return 0;
    if (!ready)
        judge_init(&judge);
    ready = true;
    if (!worlds[data[0] % WORLDS])
        worlds[data[0] % WORLDS] = open_world(behaviours[data[0] % WORLDS]);
    r = worlds[data[0] % WORLDS];
    if (!rewind_restart(r))
        abort();
    rewind_step(r, 0); /* the object */
    for (size_t i = 1; there && i < size; i++)
        there = rewind_step(
            r, 1 + data[i] % (explore_n_letters + VSS_METHOD_COUNT));
    rewind_end(r, &trace, &used);
    judge_trace(&judge, trace, used);
    check(&judge);
    rewind_stop(r); /* the sanitizer does not look for pointers in a heap */
    return 0;
}
