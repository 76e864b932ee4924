/* player.c - see player.h. */
#include "play/player.h"

#include "play/play_trace.h"
#include "play/script.h"
#include "subjects/system.h"
#include "world/state_dir.h"

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

/* False, and recorded, when the folder does not hold a usable state. */
static bool load_state(struct script *s)
{
    struct arena arena = ARENA_INIT;
    struct problems problems = {.arena = &arena};
    bool good = !s->scenario->state_dir ||
                state_dir_load(s->world, s->scenario->state_dir, &problems);

    for (const struct problem *p = problems.first; !good && p; p = p->next)
        play_problem(s->trace, p);
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
        play_problem(s->trace, &problem);
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
