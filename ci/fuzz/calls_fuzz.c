/*
 * calls_fuzz.c - libFuzzer on sequences of calls: the first byte chooses the
 * world, each further one a call of explore's alphabet or of any method of the
 * state table. The reference breaks no invariant and no cell of the table.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "asserts/rules/judge.h"
#include "play/rewind.h"
#include "search/explore_alphabet.h"

#define MOST_WORLDS 16

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct rewind *open_world(const char *behaviour)
{
    const struct beginning *from = explore_beginning("uninitialised");
    struct scenario_overrides overrides;
    struct strbuf world = STRBUF_INIT, text = STRBUF_INIT;
    struct rewind *made;
    char error[1024];

    scenario_overrides_init(&overrides);
    explore_add_writer(&world, behaviour);
    explore_add_world(&text, "fuzz", strbuf_str(&world), from);
    explore_add_all(&text);
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
    enum vss_method method;
    enum vss_phase phase;

    if (explore_cell(c->name, c->phase[0], &method, &phase) && c->leave &&
        c->hr >= 0 && vss_cell(method, phase) == VSS_CELL_BAD) {
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
    static struct rewind *worlds[MOST_WORLDS];
    static struct judge judge;
    struct rewind *r;
    const char *trace;
    uint64_t used;
    static bool ready;
    bool there = true;
    unsigned world;

    if (size == 0 || size > 256)
        return 0;
    if (!ready)
        judge_init(&judge);
    ready = true;
    world = data[0] % explore_n_outcomes;
    if (!worlds[world])
        worlds[world] = open_world(explore_outcomes[world][1]);
    r = worlds[world];
    if (!rewind_restart(r))
        abort();
    rewind_step(r, 0); /* the object */
    for (size_t i = 1; there && i < size; i++)
        there = rewind_step(r, 1 + data[i] %
                                       (explore_n_letters + VSS_METHOD_COUNT));
    rewind_end(r, &trace, &used);
    judge_trace(&judge, trace, used);
    check(&judge);
    rewind_stop(r); /* the sanitizer does not look for pointers in a heap */
    return 0;
}
