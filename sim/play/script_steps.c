/* script_steps.c - the steps of a script. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "com/documents_write.h"
#include "com/text.h"
#include "play/script.h"

/* --- what the script holds --- */

void *script_alloc(struct script *s, size_t size)
{
    void *memory = heap_alloc(s->world->heap, size);

    if (!memory) {
        fputs("vssim: the script does not fit into the heap\n", stderr);
        exit(99);
    }
    return memory;
}

struct held *script_hold(struct script *s, struct proxy *proxy,
                         const char *name, bool keep)
{
    struct held *h = script_alloc(s, sizeof(*h));

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

ULONG script_release(struct proxy *p)
{
    IUnknown *unknown = p->family == API_WRITER_COMPONENTS
                            ? (IUnknown *)(void *)&p->vtbl_unknown
                            : (IUnknown *)(void *)p;

    return unknown->lpVtbl->Release(unknown);
}

void script_release_all(struct script *s)
{
    for (struct held *h = s->held; h; h = h->next) {
        if (!h->proxy || h->keep)
            continue;
        while (!h->proxy->dead && h->proxy->refs > 0)
            script_release(h->proxy);
    }
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
    const char *counter =
        strstr(step->method->name, "Status")     ? "GetWriterStatusCount"
        : strstr(step->method->name, "Metadata") ? "GetWriterMetadataCount"
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
        script_release(script_handed_out(s));
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

    if (FAILED(
            script_simple(s, step, "GetWriterComponentsCount", on, -1, true)))
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
        script_release(wc);
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
        script_release(p);
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
    wc = step->writer ? writer_components(s, step, on) : NULL;
    if (wc && step->component)
        component = find_component(s, step, wc);
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
