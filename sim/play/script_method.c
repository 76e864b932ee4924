/* script_method.c - a step that calls a method, with all that goes with it. */
#include <string.h>

#include "com/text.h"
#include "play/script.h"

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

struct proxy *script_object_for(struct script *s, const struct step *step,
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
    script_release(async);
}

/* --- methods --- */

static void keep_document(struct script *s, const struct step *step)
{
    const WCHAR *text = s->last_out[0].text;
    size_t length = wide_length(text);
    struct held *h = script_hold(s, NULL, step->as, false);

    h->document = script_alloc(s, (length + 1) * sizeof(WCHAR));
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
            script_expect(s, "found", "an allocation in each-alloc", "true",
                          n > 1 ? s->last_call : 0, step->line, step->col);
            break;
        }
        script_expect(s, "returns", NULL, step->each_alloc, s->last_call,
                      step->line, step->col);
        if (SUCCEEDED(hr)) { /* it swallowed the failure: keep what it gave */
            struct proxy *out = script_handed_out(s);

            if (out)
                script_release(out);
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
        script_release(script_handed_out(s));
}

static void call_by_writer(struct script *s, const struct step *step,
                           struct proxy *on)
{
    const struct api_method *m = step->method;
    uint32_t n, i;

    if (strcmp(m->name, "GetWriterComponents") == 0) {
        struct proxy *wc = script_writer_components(s, step, on);

        expect_writer(s, step, wc ? s->last_call : 0);
        if (wc)
            script_hold(s, wc, step->as, step->keep);
        return;
    }
    n = script_count(s, step, on);
    for (i = 0; i < n; i++) {
        struct step probe = *step;
        bool match;

        probe.args[0].given = true;
        probe.args[0].num = i;
        if (FAILED(script_call(s, &probe, m, on, false))) {
            script_drop_outs(s, m);
            continue;
        }
        match = script_is_writer(s, m, step->writer);
        script_drop_outs(s, m);
        if (script_handed_out(s))
            script_release(script_handed_out(s));
        if (match)
            break;
    }
    if (i < n)
        call_at_index(s, step, on, i, true);
    else
        expect_writer(s, step, 0);
}

/* --- methods of IVssComponent: fetch, call, release --- */

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
        script_release(out);
}

static void call_on_component(struct script *s, const struct step *step)
{
    struct proxy *on = script_object_for(s, step, API_BACKUP_COMPONENTS);
    struct proxy *wc, *component = NULL;

    if (!on)
        return;
    if (on->family == API_COMPONENT) {
        call_method(s, step, on);
        return;
    }
    wc = step->writer ? script_writer_components(s, step, on) : NULL;
    if (wc && step->component)
        component = script_component(s, step, wc);
    if (!component)
        expect_found(s, step, true, 0);
    else {
        if (needs_ex(step->method))
            query_component(s, step, component);
        call_method(s, step, component);
        script_release(component);
    }
    if (wc)
        script_release(wc);
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
    on = script_object_for(s, step, step->method->family);
    if (!on)
        return;
    if (step->by_writer && step->writer)
        call_by_writer(s, step, on);
    else
        call_method(s, step, on);
}

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
