/*
 * runtime.c - see runtime.h.
 *
 * VSSIM_SCENARIO   the scenario; without one: a machine with one test writer
 * VSSIM_TRACE      where the trace goes: a file to be created (trace_file.h)
 * VSSIM_TIME       virtual (default), real, or a factor: 60x
 * VSSIM_POLL       virtual: what a QueryStatus takes, in ms (1000)
 * VSSIM_POLICY     strict, lenient (default), KEY=VALUE, comma separated
 * VSSIM_WINDOWS    a Windows version
 * VSSIM_SEED       a number
 * VSSIM_STATE      a folder for what outlives a process, see state_dir.h
 */
#include "vssapi/runtime.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "exec/trace_file.h"
#include "os/assert.h"
#include "play/play_trace.h"
#include "play/player.h"
#include "vssapi/gate.h"
#include "world/state_dir.h"

#define BUFFER_SIZE ((uint64_t)4 << 20)
#define HEAP_SIZE ((uint64_t)256 << 20)
#define DEFAULT_POLL 1000

static struct runtime {
    bool (*guarded)(void);
    bool started, ended, failed;
    uint32_t process;
    struct arena arena;
    struct scenario *scenario;
    struct heap *heap;
    struct world *world;
    struct trace trace;
    bool real; /* time is real, times `factor` */
    uint64_t factor;
    uint64_t poll;
    uint64_t began;   /* gate_now() then */
    unsigned waiting; /* threads inside Wait */
} rt;

/* --- time --- */

static uint64_t real_time(void)
{
    return (gate_now() - rt.began) * rt.factor;
}

static void catch_up(struct world *w)
{
    uint64_t now = real_time();

    if (rt.real && now > w->clock.now)
        world_advance(w, now);
}

/* --- around each call --- */

static void start_trace(void);

static void enter(struct world *w, const char *method)
{
    gate_lock();
    if (rt.process != gate_process()) /* a fork: its trace is its own */
        start_trace();
    w->recorder.thread = gate_thread();
    catch_up(w);
    if (!rt.real && strcmp(method, "QueryStatus") == 0)
        world_advance(w, w->clock.now + rt.poll);
}

static void leave(struct world *w)
{
    (void)w;
    assert(rt.started);
    if (rt.waiting)
        gate_wake(); /* what was done may end a wait */
    gate_unlock();
}

/* --- waiting --- */

/* Virtual: to the next thing that happens. False when nothing ever will. */
static bool jump(struct world *w, uint64_t until)
{
    if (clock_step(&w->clock, until))
        return true;
    if (until == UINT64_MAX)
        return false;
    world_advance(w, until);
    return true;
}

/* Real: until the next thing is due. */
static bool sleep_a_while(struct world *w, uint64_t until)
{
    uint64_t due = until, now = real_time();

    if (clock_next(&w->clock, &due) && due > until)
        due = until;
    if (due == UINT64_MAX)
        return false;
    if (due > now) {
        uint64_t ms = (due - now + rt.factor - 1) / rt.factor;

        gate_wait(ms > 1000 ? 1000 : (uint32_t)ms);
    }
    catch_up(w);
    return true;
}

/* Nothing is scheduled: only another thread can end this wait. */
static void be_stuck(struct world *w)
{
    trace_end(record(&w->recorder, TRACE_STUCK, 0));
    gate_wait(UINT32_MAX);
}

static void wait_for(struct world *w, uint32_t ticket, uint32_t ms)
{
    struct recorder mine = w->recorder;
    uint64_t until = ms == VSSIM_FOREVER ? UINT64_MAX : w->clock.now + ms;
    bool stuck = false;

    rt.waiting++;
    while (bus_poll(&w->bus, ticket) == VSS_S_ASYNC_PENDING &&
           w->woken != ticket && w->clock.now < until) {
        bool moves;

        w->recorder = mine;
        moves = rt.real ? sleep_a_while(w, until) : jump(w, until);
        w->recorder.call = 0;
        w->recorder.site = NULL;
        if (moves) {
            gate_yield();
        } else if (!stuck) {
            stuck = true;
            w->recorder = mine;
            be_stuck(w);
        } else {
            gate_wait(UINT32_MAX);
        }
    }
    if (w->woken == ticket)
        w->woken = 0;
    w->recorder = mine;
    rt.waiting--;
}

static const struct world_driver driver = {
    .enter = enter,
    .leave = leave,
    .wait = wait_for,
    .bstr_alloc = runtime_bstr,
    .bstr_free = runtime_bstr_free,
    .task_alloc = runtime_task,
    .task_free = runtime_task_free,
};

/* --- the trace --- */

static void write_record(void *context, const struct trace_rec *rec)
{
    (void)context;
    gate_file_write(rec, rec->size);
}

/* An assertion of ours that fails: whoever reads the trace must not take it
 * for the program's end. */
static void tell_reader(const char *message)
{
    char room[1024];
    struct trace t;

    trace_init(&t, room, sizeof(room), NULL);
    t.seq = rt.trace.seq;
    trace_begin(&t, TRACE_PROBLEM, 0, 0, 0, 0);
    trace_str(&t, KEY_FILE, TRACE_FILE_OURS);
    trace_str(&t, KEY_TEXT, message);
    trace_end(&t);
    if (!rt.trace.off)
        gate_file_write(trace_first(room, *t.used), *t.used);
}

/* A new file, with the magic; with the header when there is a scenario. */
static void start_trace(void)
{
    const char *name = getenv("VSSIM_TRACE");

    rt.process = gate_process();
    rt.trace.off = !name || !*name;
    if (rt.trace.off)
        return;
    if (!gate_file_create(name)) {
        fprintf(stderr, "vssim: cannot create the trace %s\n", name);
        rt.trace.off = true;
        return;
    }
    gate_file_write(TRACE_FILE_MAGIC, strlen(TRACE_FILE_MAGIC));
    if (rt.scenario) {
        play_header(&rt.trace, rt.scenario, "reference", "exec");
        play_declare(&rt.trace, rt.scenario, true);
    }
}

/* A program that was killed has left behind what stood there before. */
static void save_state(void)
{
    const char *folder = getenv("VSSIM_STATE");
    char error[512];

    if (folder && *folder &&
        !state_dir_save(rt.world, folder, error, sizeof(error)))
        fprintf(stderr, "vssim: %s\n", error);
}

static void at_end(void)
{
    gate_lock();
    if (rt.world && !rt.ended && rt.process == gate_process()) {
        rt.ended = true;
        rt.world->recorder.call = 0;
        play_balance(rt.world);
        trace_end(record(&rt.world->recorder, TRACE_END, 0));
        save_state();
    }
    gate_unlock();
}

void runtime_loaded(bool (*guarded)(void))
{
    rt.guarded = guarded;
    gate_at_end(at_end);
    assert_told = tell_reader;
    rt.trace.sink = write_record;
    start_trace();
}

/* --- what the environment says --- */

static bool read_time(void)
{
    const char *text = getenv("VSSIM_TIME"), *poll = getenv("VSSIM_POLL");
    char *end;

    rt.factor = 1;
    rt.poll = poll && *poll ? strtoull(poll, NULL, 10) : DEFAULT_POLL;
    if (!text || !*text || strcmp(text, "virtual") == 0)
        return true;
    rt.real = true;
    if (strcmp(text, "real") == 0)
        return true;
    rt.factor = strtoull(text, &end, 10);
    if (rt.factor >= 1 && rt.factor <= 1000000 && strcmp(end, "x") == 0)
        return true;
    fprintf(stderr,
            "vssim: VSSIM_TIME=%s: virtual, real or a factor like 60x "
            "is allowed\n",
            text);
    return false;
}

static bool read_overrides(struct scenario_overrides *o)
{
    const char *windows = getenv("VSSIM_WINDOWS");
    const char *policy = getenv("VSSIM_POLICY"), *seed = getenv("VSSIM_SEED");
    char one[256];

    scenario_overrides_init(o);
    o->lenient = true;
    if (windows && *windows && !scenario_override_windows(o, windows))
        return false;
    if (seed && *seed) {
        o->has_seed = true;
        o->seed = strtoull(seed, NULL, 10);
    }
    while (policy && *policy) {
        size_t length = strcspn(policy, ",");

        if (length >= sizeof(one))
            return false;
        memcpy(one, policy, length);
        one[length] = '\0';
        if (!scenario_override_policy(o, one))
            return false;
        policy += length + (policy[length] == ',');
    }
    return true;
}

static const char default_scenario[] =
    "vssim: 1\nscenario: A machine with the plain test writer\n";

static struct scenario *read_scenario(void)
{
    struct problems problems = {.arena = &rt.arena};
    const char *file = getenv("VSSIM_SCENARIO");
    struct scenario_overrides overrides;
    struct scenario *s;

    if (!read_overrides(&overrides))
        return NULL;
    if (file && *file)
        s = scenario_load(&rt.arena, file, &overrides, &problems);
    else
        s = scenario_parse(&rt.arena, "(no VSSIM_SCENARIO)", default_scenario,
                           sizeof(default_scenario) - 1, &overrides,
                           &problems);
    for (const struct problem *p = problems.first; p; p = p->next)
        fprintf(stderr, "%s:%d:%d: %s\n", p->file, p->line, p->col, p->text);
    return problems.count ? NULL : s;
}

static bool load_state(void)
{
    struct problems problems = {.arena = &rt.arena};
    const char *folder = getenv("VSSIM_STATE");

    if (!folder || !*folder || state_dir_load(rt.world, folder, &problems))
        return true;
    for (const struct problem *p = problems.first; p; p = p->next)
        fprintf(stderr, "%s:%d:%d: %s\n", p->file, p->line, p->col, p->text);
    return false;
}

static void start(void)
{
    const struct vssim_subject *subject = vssim_reference_subject();

    rt.started = true;
    rt.failed = true;
    rt.began = gate_now();
    if (!read_time() || !(rt.scenario = read_scenario()))
        return;
    rt.heap = heap_create(HEAP_SIZE);
    if (!rt.heap) /* no fault of the program's */
        vssim_failed("there is no room for the simulation's heap");
    trace_init(&rt.trace, xmalloc(BUFFER_SIZE), BUFFER_SIZE, NULL);
    rt.trace.sink = write_record;
    rt.trace.off = !getenv("VSSIM_TRACE");
    play_header(&rt.trace, rt.scenario, subject->name, "exec");
    play_declare(&rt.trace, rt.scenario, true);
    rt.world = play_world(rt.scenario, subject, rt.heap, &rt.trace);
    if (!rt.world || !load_state())
        return;
    rt.world->driver = &driver;
    rt.failed = false;
}

struct world *runtime_world(void)
{
    if (rt.guarded && !rt.guarded())
        return NULL;
    gate_lock();
    if (rt.process != gate_process()) /* a fork before the first call */
        start_trace();
    if (!rt.started)
        start();
    gate_unlock();
    return rt.failed ? NULL : rt.world;
}
