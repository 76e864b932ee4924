/* player.c - see player.h. */
#include "play/player.h"

#include <stdio.h>
#include <string.h>

#include "base/strbuf.h"
#include "base/version.h"
#include "com/enums.h"
#include "com/text.h"
#include "play/script.h"
#include "subjects/system.h"
#include "world/state_dir.h"

static void put_text(struct trace *t, enum trace_key key, const char *text)
{
    if (text)
        trace_str(t, key, text);
}

void play_header(struct trace *t, const struct scenario *s,
                 const char *subject, const char *mode)
{
    struct strbuf policies = STRBUF_INIT;
    char value[64];

    for (int i = 0; i < VSSIM_POLICY_COUNT; i++)
        strbuf_addf(&policies, "%s%s=%s", i ? " " : "",
                    policy_key((enum vssim_policy)i),
                    policy_value((enum vssim_policy)i, s->policy[i], value,
                                 sizeof(value)));
    trace_begin(t, TRACE_HEADER, 0, 0, 0, 0);
    trace_int(t, KEY_SCHEMA, TRACE_SCHEMA);
    trace_str(t, KEY_VERSION, VSSIM_VERSION);
    trace_str(t, KEY_FILE, s->file);
    trace_str(t, KEY_SCENARIO, s->title);
    trace_str(t, KEY_TOPIC, s->topic);
    trace_str(t, KEY_WINDOWS, windows_key(s->windows));
    trace_str(t, KEY_POLICIES, strbuf_str(&policies));
    trace_int(t, KEY_SEED, (int64_t)s->seed);
    trace_str(t, KEY_SUBJECT, subject);
    trace_str(t, KEY_MODE, mode);
    if (strcmp(mode, "system") == 0)
        system_header(t);
    put_text(t, KEY_TAGS, s->tags);
    put_text(t, KEY_CITES, s->cites);
    put_text(t, KEY_SKIP, s->skip);
    if (!s->has_requester || strcmp(mode, "exec") != 0) {
        /* what is said of a scenario's own script holds for no program */
        put_text(t, KEY_TODO, s->todo);
        put_text(t, KEY_FINDINGS, s->findings);
    }
    if (s->requester_rules || s->findings)
        trace_str(t, KEY_RULES, "requester");
    trace_end(t);
    strbuf_release(&policies);
}

/* What a program cannot bring about is not declared for one. */
static bool concerns_program(const struct declared *d)
{
    return strcmp(d->what, "action") != 0;
}

void play_declare(struct trace *t, const struct scenario *s, bool program)
{
    char text[GUID_TEXT];

    for (const struct scenario_writer *w = s->writers; w; w = w->next) {
        trace_begin(t, TRACE_WRITER, 0, 0, 0, 0);
        trace_str(t, KEY_NAME, w->writer.handle);
        put_text(t, KEY_LABEL, w->writer.desc->name);
        trace_str(t, KEY_CLASS, guid_text(&w->writer.desc->writer, text));
        trace_str(t, KEY_INSTANCE, guid_text(&w->writer.instance, text));
        put_text(t, KEY_RESTORE,
                 enum_name("VSS_WRITERRESTORE_ENUM",
                           w->writer.desc->writer_restore));
        trace_end(t);
    }
    for (const struct declared *d = s->declared; d; d = d->next) {
        if (program && !concerns_program(d))
            continue;
        trace_begin(t, TRACE_DECLARE, 0, 0, 0, 0);
        trace_int(t, KEY_INDEX, d->index);
        trace_str(t, KEY_WHAT, d->what);
        trace_str(t, KEY_NAME, d->name);
        trace_int(t, KEY_LINE, d->line);
        trace_int(t, KEY_COL, d->col);
        trace_end(t);
    }
}

void play_balance(struct world *w)
{
    struct trace *t;
    uint32_t objects = 0;

    for (const struct proxy *p = w->proxies; p; p = p->next)
        objects += !p->dead;
    t = record(&w->recorder, TRACE_BALANCE, 0);
    if (!w->opaque) {
        trace_int(t, KEY_LIVE, (int64_t)w->live);
        trace_int(t, KEY_BYTES, (int64_t)w->bytes);
        trace_int(t, KEY_BSTRS, (int64_t)w->bstrs);
    }
    trace_int(t, KEY_OBJECTS, objects);
    if (!w->opaque)
        trace_int(t, KEY_ALLOCATIONS, (int64_t)w->allocations);
    trace_end(t);
}

void play_expect(struct trace *t, uint64_t time, const char *what,
                 const char *name, const char *want, int line, int col)
{
    trace_begin(t, TRACE_EXPECT, time, 0, 0, 0);
    trace_str(t, KEY_WHAT, what);
    if (name)
        trace_str(t, KEY_NAME, name);
    trace_str(t, KEY_WANT, want);
    trace_int(t, KEY_LINE, line);
    trace_int(t, KEY_COL, col);
}

void play_demands(struct trace *t, uint64_t time, const struct scenario *s)
{
    for (const struct expected_events *e = s->events; e; e = e->next) {
        play_expect(t, time, "events", e->writer->handle, e->events, e->line,
                    e->col);
        trace_end(t);
    }
    for (const struct expected_disk *e = s->disks; e; e = e->next) {
        play_expect(t, time, "disk", e->name, e->want, e->line, e->col);
        trace_end(t);
    }
    for (const struct expected_text *e = s->log; e; e = e->next) {
        play_expect(t, time, "log", NULL, e->want, e->line, e->col);
        trace_end(t);
    }
}

void play_end(struct trace *t, uint64_t time)
{
    trace_begin(t, TRACE_END, time, 0, 0, 0);
    trace_end(t);
}

struct world *play_world(const struct scenario *scenario,
                         const struct vssim_subject *subject,
                         struct heap *heap, struct trace *trace)
{
    struct world_setup setup = {.windows = scenario->windows,
                                .policy = scenario->policy,
                                .hung = scenario->hung,
                                .freeze = scenario->freeze,
                                .slots = scenario->slots,
                                .seed = scenario->seed,
                                .sweep = scenario->sweep,
                                .volumes = scenario->volumes,
                                .providers = scenario->providers,
                                .machine = scenario->machine};
    struct world *w = world_create(heap, trace, subject, &setup);

    if (!w)
        return NULL;
    for (const struct scenario_writer *i = scenario->writers; i; i = i->next)
        world_add_writer(w, &i->writer);
    for (const struct fault *f = scenario->faults; f; f = f->next)
        world_add_fault(w, f);
    return w;
}

static void run_steps(struct script *s)
{
    jmp_buf stuck;

    s->world->stuck = &stuck;
    if (setjmp(stuck) == 0) {
        for (const struct step *step = s->scenario->steps; step;
             step = step->next)
            script_step(s, step);
        s->world->recorder.site = NULL;
        if (s->scenario->explore)
            play_digest(s->world);
        script_release_all(s);
    }
    s->world->recorder.call = 0;
    s->world->recorder.thread = 1;
    s->world->stuck = NULL;
}

static void record_problem(struct trace *t, const struct problem *p)
{
    trace_begin(t, TRACE_PROBLEM, 0, 0, 0, 0);
    trace_str(t, KEY_FILE, p->file);
    trace_str(t, KEY_TEXT, p->text);
    trace_int(t, KEY_LINE, p->line);
    trace_int(t, KEY_COL, p->col);
    trace_end(t);
}

/* False, and recorded, when the folder does not hold a usable state. */
static bool load_state(struct script *s)
{
    struct arena arena = ARENA_INIT;
    struct problems problems = {.arena = &arena};
    bool good = !s->scenario->state_dir ||
                state_dir_load(s->world, s->scenario->state_dir, &problems);

    for (const struct problem *p = problems.first; !good && p; p = p->next)
        record_problem(s->trace, p);
    arena_release(&arena);
    return good;
}

static void save_state(struct script *s)
{
    char error[300];
    struct problem problem = {.file = s->scenario->state_dir, .text = error};

    if (s->scenario->state_dir && !s->world->is_stuck &&
        !state_dir_save(s->world, s->scenario->state_dir, error,
                        sizeof(error)))
        record_problem(s->trace, &problem);
}

/* Against the machine's own library, as far as that can be. */
static void play_system(struct scenario scenario,
                        const struct vssim_subject *subject, struct heap *heap,
                        struct trace *trace)
{
    struct script s = {.scenario = &scenario, .trace = trace};

    if (!scenario.skip)
        scenario.skip = system_skips(&scenario);
    play_header(trace, &scenario, subject->name, "system");
    if (!scenario.skip)
        s.world = play_world(&scenario, subject, heap, trace);
    if (s.world) {
        system_attach(s.world);
        run_steps(&s);
        play_balance(s.world);
    }
    play_end(trace, s.world ? s.world->clock.now : 0);
}

void play_scenario(const struct scenario *scenario,
                   const struct vssim_subject *subject, struct heap *heap,
                   struct trace *trace)
{
    struct script s = {.scenario = scenario, .trace = trace};

    if (system_is(subject)) {
        play_system(*scenario, subject, heap, trace);
        return;
    }
    play_header(trace, scenario, subject->name, "script");
    if (scenario->skip) {
        play_end(trace, 0);
        return;
    }
    play_declare(trace, scenario, false);
    s.world = play_world(scenario, subject, heap, trace);
    if (!s.world)
        return;
    if (load_state(&s)) {
        run_steps(&s);
        play_demands(trace, s.world->clock.now, scenario);
        play_balance(s.world);
        save_state(&s);
    }
    play_end(trace, s.world->clock.now);
}

void play_problems(const char *file, const char *topic, const char *subject,
                   const struct problems *problems, struct trace *trace)
{
    trace_begin(trace, TRACE_HEADER, 0, 0, 0, 0);
    trace_int(trace, KEY_SCHEMA, TRACE_SCHEMA);
    trace_str(trace, KEY_VERSION, VSSIM_VERSION);
    trace_str(trace, KEY_FILE, file);
    trace_str(trace, KEY_TOPIC, topic);
    trace_str(trace, KEY_SUBJECT, subject);
    trace_end(trace);
    for (const struct problem *p = problems->first; p; p = p->next)
        record_problem(trace, p);
    play_end(trace, 0);
}
