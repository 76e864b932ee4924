/* script_steps.c - the steps of a script. */
#include <string.h>

#include "com/documents_write.h"
#include "com/text.h"
#include "play/script.h"

/* --- what the script holds --- */

struct held *script_hold(struct script *s, struct proxy *proxy,
                         const char *name, bool keep)
{
    struct held *h = arena_alloc(&s->scratch, sizeof(*h));

    h->name = name;
    h->proxy = proxy;
    h->keep = keep;
    h->next = s->held;
    s->held = h;
    return h;
}

struct held *script_named(struct script *s, const char *name)
{
    struct held *h = s->held;

    while (h && (!h->name || strcmp(h->name, name) != 0))
        h = h->next;
    return h;
}

/* The latest of a family that is alive, or else the latest tombstone. */
struct proxy *script_latest(struct script *s, enum api_family family)
{
    struct proxy *dead = NULL;

    for (struct held *h = s->held; h; h = h->next) {
        if (!h->proxy || h->proxy->family != family)
            continue;
        if (!h->proxy->dead)
            return h->proxy;
        if (!dead)
            dead = h->proxy;
    }
    return dead;
}

static ULONG release(struct proxy *p)
{
    IUnknown *unknown = p->family == API_WRITER_COMPONENTS
                            ? (IUnknown *)(void *)&p->vtbl_unknown
                            : (IUnknown *)(void *)p;

    return unknown->lpVtbl->Release(unknown);
}

void script_release(struct script *s, struct proxy *p)
{
    (void)s;
    release(p);
}

static void expect_found(struct script *s, const struct step *step, bool want,
                         uint32_t call)
{
    script_expect(s, "found", NULL, want ? "true" : "false", call, step->line,
                  step->col);
}

/* Which writers another machine has is no deviation. */
static void expect_writer(struct script *s, const struct step *step,
                          uint32_t call)
{
    if (!s->world->opaque)
        expect_found(s, step, step->found, call);
}

static struct proxy *object_for(struct script *s, const struct step *step,
                                enum api_family family)
{
    struct proxy *p;

    if (step->on) {
        struct held *h = script_named(s, step->on);

        p = h ? h->proxy : NULL;
    } else {
        p = script_latest(s, family);
    }
    /* An earlier step failed to hand it out: said of each step, but of a
     * library that lacks everything once is enough. */
    if (!p && !(s->world->opaque && s->lost++))
        expect_found(s, step, true, 0);
    return p;
}

/* --- waiting for an async --- */

void script_wait(struct script *s, const struct step *step,
                 struct proxy *async)
{
    const char *ends = step->ends ? step->ends : "VSS_S_ASYNC_FINISHED";

    script_simple(s, step, "Wait", async, -1, true);
    if (step->has_takes)
        script_expect_ms(s, "takes", step->takes, s->last_call, step->line,
                         step->col);
    script_simple(s, step, "QueryStatus", async, -1, true);
    script_expect(s, "out", "pHrResult", ends, s->last_call, step->line,
                  step->col);
    release(async);
}

/* --- methods --- */

static void keep_document(struct script *s, const struct step *step)
{
    const WCHAR *text = s->last_out[0].text;
    size_t length = wide_length(text);
    struct held *h = script_hold(s, NULL, step->as, false);

    h->document = arena_alloc(&s->scratch, (length + 1) * sizeof(WCHAR));
    if (text)
        memcpy(h->document, text, length * sizeof(WCHAR));
}

static void free_component_info(struct script *s, const struct step *step,
                                struct proxy *on)
{
    const struct api_method *m = api_find("FreeComponentInfo", 0);
    union api_value v[API_MAX_PARAMS] = {{0}};

    (void)step;
    if (!s->last_out[0].out)
        return;
    v[0].out = s->last_out[0].out;
    m->invoke(on, v);
}

/* After a call: take what it handed out, wait if told to, drop the rest. */
static void settle(struct script *s, const struct step *step,
                   const struct api_method *m, struct proxy *on, HRESULT hr)
{
    struct proxy *out = SUCCEEDED(hr) ? script_handed_out(s) : NULL;

    if (strcmp(m->name, "SaveAsXML") == 0 && step->as && SUCCEEDED(hr))
        keep_document(s, step);
    if (strcmp(m->name, "GetComponentInfo") == 0 && SUCCEEDED(hr))
        free_component_info(s, step, on);
    if (SUCCEEDED(hr)) {
        script_keep_ids(s, step, m);
        script_drop_props(s, m, step->keep);
    }
    script_drop_outs(s, m);
    if (!out)
        return;
    if (step->wait)
        script_wait(s, step, out);
    else
        script_hold(s, out, step->as, step->keep);
}

/* each-alloc: its N-th allocation fails, N = 1, 2, 3 ..., until none does. */
static HRESULT call_each_alloc(struct script *s, const struct step *step,
                               struct proxy *on)
{
    struct world *w = s->world;
    HRESULT hr;

    for (uint32_t n = 1;; n++) {
        w->each.method = step->method->name;
        w->each.nth = n;
        w->each.seen = 0;
        w->each.fired = false;
        hr = script_call(s, step, step->method, on, false);
        w->each.method = NULL;
        if (!w->each.fired) {
            script_expect(s, "found", "an allocation in each-alloc",
                          "true", n > 1 ? s->last_call : 0, step->line,
                          step->col);
            break;
        }
        script_expect(s, "returns", NULL, step->each_alloc, s->last_call,
                      step->line, step->col);
        if (SUCCEEDED(hr)) { /* it swallowed the failure: keep what it gave */
            struct proxy *out = script_handed_out(s);

            if (out)
                release(out);
            script_drop_outs(s, step->method);
        }
    }
    /* The last call is the one that the step's expectations speak of. */
    return hr;
}

static void expect_again(struct script *s, const struct step *step)
{
    script_expect(s, "returns", NULL, step->returns ? step->returns : "S_OK",
                  s->last_call, step->line, step->col);
    for (const struct step_want *w = step->wants; w; w = w->next)
        script_expect(s, "out", w->param, w->want, s->last_call, w->line,
                      w->col);
}

static void call_method(struct script *s, const struct step *step,
                        struct proxy *on)
{
    HRESULT hr;

    if (step->each_alloc) {
        hr = call_each_alloc(s, step, on);
        expect_again(s, step);
    } else {
        hr = script_call(s, step, step->method, on, true);
    }
    settle(s, step, step->method, on, hr);
}

/* --- looking an index up by writer, as a requester does --- */

static bool is_writer(const struct script *s, const struct api_method *m,
                      const struct writer *w)
{
    /* The instances of another machine's writers have ids of their own. */
    for (unsigned i = 0; s->world->opaque && i < m->n_params; i++)
        if (strcmp(m->params[i].name, "pidWriter") == 0)
            return guid_equal(&s->last_out[i].guid, &w->desc->writer);
    for (unsigned i = 0; i < m->n_params; i++)
        if (strcmp(m->params[i].name, "pidInstance") == 0)
            return guid_equal(&s->last_out[i].guid, &w->instance);
    return false;
}

static uint32_t count_of(struct script *s, const struct step *step,
                         struct proxy *on)
{
    const char *counter = strstr(step->method->name, "Status")
                              ? "GetWriterStatusCount"
                          : strstr(step->method->name, "Metadata")
                              ? "GetWriterMetadataCount"
                              : "GetWriterComponentsCount";

    if (FAILED(script_simple(s, step, counter, on, -1, true)))
        return 0;
    return (uint32_t)s->last_out[0].num;
}

static void call_at_index(struct script *s, const struct step *step,
                          struct proxy *on, uint32_t index, bool judge)
{
    struct step indexed = *step;
    HRESULT hr;

    indexed.args[0].given = true;
    indexed.args[0].num = index;
    hr = script_call(s, &indexed, step->method, on, judge);
    if (judge) {
        expect_writer(s, step, s->last_call);
        settle(s, step, step->method, on, hr);
        return;
    }
    script_drop_outs(s, step->method);
    if (SUCCEEDED(hr) && script_handed_out(s))
        release(script_handed_out(s));
}

/* Is this what a document says of the writer? The instance it was backed up
 * from, or, since instances come and go, the only one of its class. */
static bool is_in_document(const struct script *s, const struct writer *w)
{
    unsigned same_class = 0;

    if (guid_equal(&s->last_out[0].guid, &w->instance))
        return true;
    for (const struct scenario_writer *i = s->scenario->writers; i;
         i = i->next)
        same_class += guid_equal(&i->writer.desc->writer, &w->desc->writer);
    return same_class == 1 &&
           guid_equal(&s->last_out[1].guid, &w->desc->writer);
}

/* IVssWriterComponentsExt tells whose it is by GetWriterInfo. */
static struct proxy *writer_components(struct script *s,
                                       const struct step *step,
                                       struct proxy *on)
{
    uint32_t n;

    if (FAILED(script_simple(s, step, "GetWriterComponentsCount", on, -1,
                             true)))
        return NULL;
    n = (uint32_t)s->last_out[0].num;
    for (uint32_t i = 0; i < n; i++) {
        struct proxy *wc;

        if (FAILED(script_simple(s, step, "GetWriterComponents", on, i, true)))
            return NULL;
        wc = script_handed_out(s);
        if (!wc)
            return NULL;
        script_simple(s, step, "GetWriterInfo", wc, -1, true);
        if (is_in_document(s, step->writer))
            return wc;
        release(wc);
    }
    return NULL;
}

static void call_by_writer(struct script *s, const struct step *step,
                           struct proxy *on)
{
    const struct api_method *m = step->method;
    uint32_t n, i;

    if (strcmp(m->name, "GetWriterComponents") == 0) {
        struct proxy *wc = writer_components(s, step, on);

        expect_writer(s, step, wc ? s->last_call : 0);
        if (wc)
            script_hold(s, wc, step->as, step->keep);
        return;
    }
    n = count_of(s, step, on);
    for (i = 0; i < n; i++) {
        struct step probe = *step;
        bool match;

        probe.args[0].given = true;
        probe.args[0].num = i;
        if (FAILED(script_call(s, &probe, m, on, false))) {
            script_drop_outs(s, m);
            continue;
        }
        match = is_writer(s, m, step->writer);
        script_drop_outs(s, m);
        if (script_handed_out(s))
            release(script_handed_out(s));
        if (match)
            break;
    }
    if (i < n)
        call_at_index(s, step, on, i, true);
    else
        expect_writer(s, step, 0);
}

/* --- methods of IVssComponent: fetch, call, release --- */

static struct proxy *find_component(struct script *s, const struct step *step,
                                    struct proxy *wc)
{
    const struct vss_component_desc *c = step->component;
    WCHAR want[512];
    uint32_t n;

    utf8_to_wide(c->name, strlen(c->name), want, 512);
    if (FAILED(script_simple(s, step, "GetComponentCount", wc, -1, true)))
        return NULL;
    n = (uint32_t)s->last_out[0].num;
    for (uint32_t i = 0; i < n; i++) {
        struct step get = *step;
        struct proxy *p;
        bool match;

        memset(get.args, 0, sizeof(get.args));
        get.method = api_find("IVssWriterComponents.GetComponent", 0);
        get.returns = NULL;
        get.wants = NULL;
        get.phase = NULL;
        get.has_takes = false;
        get.args[0].given = true;
        get.args[0].num = i;
        if (FAILED(script_call(s, &get, get.method, wc, true)))
            return NULL;
        p = script_handed_out(s);
        if (!p)
            return NULL;
        script_simple(s, step, "GetComponentName", p, -1, true);
        match = wide_equal(s->last_out[0].text, want);
        script_drop_outs(s, api_find("GetComponentName", 0));
        if (match)
            return p;
        release(p);
    }
    return NULL;
}

static bool needs_ex(const struct api_method *m)
{
    return strcmp(m->iface, "IVssComponent") != 0;
}

static void query_component(struct script *s, const struct step *step,
                            struct proxy *component)
{
    const struct api_iface *iface = api_iface(step->method->iface);
    IVssComponent *c = (IVssComponent *)(void *)component;
    void *out = NULL;

    (void)s;
    if (SUCCEEDED(c->lpVtbl->QueryInterface(c, iface->iid, &out)) && out)
        release(out);
}

static void call_on_component(struct script *s, const struct step *step)
{
    struct proxy *on = object_for(s, step, API_BACKUP_COMPONENTS);
    struct proxy *wc, *component = NULL;

    if (!on)
        return;
    if (on->family == API_COMPONENT) {
        call_method(s, step, on);
        return;
    }
    wc = step->writer ? writer_components(s, step, on) : NULL;
    if (wc && step->component)
        component = find_component(s, step, wc);
    if (!component)
        expect_found(s, step, true, 0);
    else {
        if (needs_ex(step->method))
            query_component(s, step, component);
        call_method(s, step, component);
        release(component);
    }
    if (wc)
        release(wc);
}

void script_do_method(struct script *s, const struct step *step)
{
    struct proxy *on;

    if (step->method->family == API_FUNCTION) {
        call_method(s, step, NULL);
        return;
    }
    if (step->method->family == API_COMPONENT) {
        call_on_component(s, step);
        return;
    }
    on = object_for(s, step, step->method->family);
    if (!on)
        return;
    if (step->by_writer && step->writer)
        call_by_writer(s, step, on);
    else
        call_method(s, step, on);
}

/* --- composite steps --- */

struct step script_plain_step(const struct step *step, const char *method)
{
    struct step plain = {.kind = STEP_METHOD,
                         .name = method,
                         .line = step->line,
                         .col = step->col,
                         .method = api_find(method, 0),
                         .found = true};

    return plain;
}

void script_do_plain(struct script *s, const struct step *step,
                     const char *method, bool wait, const char *as)
{
    struct step plain = script_plain_step(step, method);

    plain.wait = wait;
    plain.as = as;
    script_do_method(s, &plain);
}

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
    struct proxy *p = object_for(s, step, API_BACKUP_COMPONENTS);
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
        release(p);
        return;
    }
    unknown->lpVtbl->QueryInterface(
        unknown, step->iface && step->iface->iid ? step->iface->iid
                                                 : &step->iid,
        &out);
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
        struct action *action = arena_alloc(&s->scratch, sizeof(*action));

        action->script = s;
        action->step = step;
        clock_schedule(clock, clock->now + step->at, fire_action, action, 0,
                       0);
        return;
    }
    run_step(s, step);
}
