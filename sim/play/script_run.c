/* script_run.c - a step of a script: composite ones, timed actions, and which
 * kind does what. */
#include <string.h>

#include "com/documents_write.h"
#include "play/script.h"

/* --- composite steps --- */

static void select_writer(struct script *s, const struct step *step,
                          const struct writer *w)
{
    for (uint32_t i = 0; i < w->desc->n_components; i++) {
        struct step plain = script_plain_step(step, "SetSelectedForRestore");

        if ((!w->desc->components[i].selectable_for_restore &&
             !w->desc->components[i].selectable) ||
            !component_is_explicit(w->desc, &w->desc->components[i]))
            continue;
        plain.writer = w;
        plain.component = &w->desc->components[i];
        script_do_method(s, &plain);
    }
}

static void step_prepare(struct script *s, const struct step *step)
{
    struct step init = script_plain_step(step, "InitializeForRestore");

    script_do_plain(s, step, "CreateVssBackupComponents", false, step->as);
    init.document = step->document;
    script_do_method(s, &init);
    script_do_plain(s, step, "GatherWriterMetadata", true, NULL);
    if (step->has_select) {
        for (uint32_t i = 0; i < step->n_select; i++)
            select_writer(s, step, step->select[i]);
        return;
    }
    for (struct scenario_writer *w = s->scenario->writers; w; w = w->next)
        if (w->writer.live && w->backed_up &&
            w->writer.desc->writer_restore != VSS_WRE_NEVER)
            select_writer(s, step, &w->writer);
}

static void step_finish(struct script *s, const struct step *step)
{
    script_do_plain(s, step, "PostRestore", true, NULL);
    script_do_plain(s, step, "GatherWriterStatus", true, NULL);
    script_do_plain(s, step, "FreeWriterStatus", false, NULL);
}

static void step_unknown(struct script *s, const struct step *step)
{
    struct proxy *p = script_object_for(s, step, API_BACKUP_COMPONENTS);
    IUnknown *unknown;
    void *out = NULL;

    if (!p)
        return;
    unknown = p->family == API_WRITER_COMPONENTS
                  ? (IUnknown *)(void *)&p->vtbl_unknown
                  : (IUnknown *)(void *)p;
    s->last_call = s->world->last_call + 1;
    if (step->kind == STEP_ADD_REF) {
        unknown->lpVtbl->AddRef(unknown);
        return;
    }
    if (step->kind == STEP_RELEASE) {
        script_release(p);
        return;
    }
    unknown->lpVtbl->QueryInterface(
        unknown,
        step->iface && step->iface->iid ? step->iface->iid : &step->iid, &out);
    script_expect(s, "returns", NULL, step->returns ? step->returns : "S_OK",
                  s->last_call, step->line, step->col);
    if (out)
        script_hold(s, out, step->as, step->keep);
}

/* --- timed actions --- */

struct action {
    struct script *script;
    const struct step *step;
};

/* How a program that did the same would have ended. */
static void step_exit(struct script *s, const struct step *step)
{
    struct trace *t = record(&s->world->recorder, TRACE_PROGRAM, 0);

    trace_str(t, KEY_NAME, "script");
    trace_str(t, KEY_REASON, "exit");
    trace_int(t, KEY_CODE, step->exit_code);
    trace_end(t);
}

static void run_step(struct script *s, const struct step *step)
{
    struct trace *t = record(&s->world->recorder, TRACE_STEP, 0);

    trace_str(t, KEY_NAME, step->name);
    trace_int(t, KEY_LINE, step->line);
    trace_int(t, KEY_COL, step->col);
    trace_end(t);
    switch (step->kind) {
    case STEP_METHOD:
        script_do_method(s, step);
        break;
    case STEP_PREPARE:
        step_prepare(s, step);
        break;
    case STEP_FINISH:
        step_finish(s, step);
        break;
    case STEP_BACKUP:
        script_step_backup(s, step);
        break;
    case STEP_SLEEP:
        world_sleep(s->world, step->at);
        break;
    case STEP_SET:
        world_set_flag(s->world, step->flag);
        break;
    case STEP_EXIT:
        step_exit(s, step);
        break;
    case STEP_CLEAN:
        script_step_clean(s, step);
        break;
    case STEP_REGISTRY:
        script_step_registry(s, step);
        break;
    case STEP_NOTE:
        break;
    default:
        step_unknown(s, step);
    }
}

static void fire_action(void *context, uint32_t a, uint32_t b)
{
    struct action *action = context;
    struct recorder *r = &action->script->world->recorder;
    uint32_t thread = r->thread, call = r->call;
    const char *site = r->site;
    uint32_t last_call = action->script->last_call;
    union api_value outs[API_MAX_PARAMS];

    (void)a;
    (void)b;
    memcpy(outs, action->script->last_out, sizeof(outs));
    r->thread = 2;
    r->call = 0;
    r->site = NULL;
    world_effect(action->script->world, action->step->declared);
    run_step(action->script, action->step);
    r->thread = thread;
    r->call = call;
    r->site = site;
    action->script->last_call = last_call;
    memcpy(action->script->last_out, outs, sizeof(outs));
}

void script_step(struct script *s, const struct step *step)
{
    struct clock *clock = &s->world->clock;

    if (step->has_at && step->kind != STEP_SLEEP) {
        struct action *action = script_alloc(s, sizeof(*action));

        action->script = s;
        action->step = step;
        clock_schedule(clock, clock->now + step->at, fire_action, action, 0,
                       0);
        return;
    }
    run_step(s, step);
}
