/* script_call.c - one call of a script: arguments, call, expectations. */
#include <string.h>

#include "com/text.h"
#include "os/assert.h"
#include "play/script.h"

/* --- expectations --- */

static void expect_step(struct script *s, const struct step *step)
{
    uint32_t call = s->last_call;

    script_expect(s, "returns", NULL, step->returns ? step->returns : "S_OK",
                  call, step->returns ? step->returns_line : step->line,
                  step->returns ? step->returns_col : step->col);
    for (const struct step_want *w = step->wants; w; w = w->next) {
        struct held *id = w->saved ? script_named(s, w->want) : NULL;
        char text[GUID_TEXT];

        script_expect(s, "out", w->param,
                      id ? guid_text(&id->id, text) : w->want, call, w->line,
                      w->col);
    }
    if (step->has_takes && !step->wait)
        script_expect_ms(s, "takes", step->takes, call, step->line, step->col);
    if (step->phase)
        script_expect(s, "phase", NULL, step->phase, call, step->line,
                      step->col);
}

/* --- arguments --- */

static const WCHAR *widen(struct script *s, const char *text, size_t size)
{
    size_t need = utf8_to_wide(text, size, NULL, 0) + 1;
    WCHAR *wide = script_alloc(s, need * sizeof(*wide));

    utf8_to_wide(text, size, wide, need);
    return wide;
}

static int64_t default_number(const struct step *step,
                              const struct api_param *p)
{
    if (p->unsaid == API_COMPONENT_TYPE && step->component)
        return step->component->type;
    return p->value;
}

static const WCHAR *document(struct script *s, const struct step *step)
{
    if (step->document.saved) {
        struct held *h = script_named(s, step->document.saved);

        return h ? h->document : NULL;
    }
    if (step->document.file_text)
        return widen(s, step->document.file_text, step->document.file_size);
    return widen(s, s->scenario->document, s->scenario->document_size);
}

static const WCHAR *default_text(struct script *s, const struct step *step,
                                 const struct api_param *p)
{
    const struct vss_component_desc *c = step->component;
    const char *text = "";

    switch (p->unsaid) {
    case API_DOCUMENT:
        return document(s, step);
    case API_GIVEN_DOCUMENT:
        return step->document.saved || step->document.file_text
                   ? document(s, step)
                   : NULL;
    case API_NULL:
        return NULL;
    case API_COMPONENT_PATH:
        text = c ? c->logical_path : text;
        break;
    case API_COMPONENT_NAME:
        text = c ? c->name : text;
        break;
    case API_WORDS:
        text = p->words;
        break;
    default:
        break;
    }
    return text ? widen(s, text, strlen(text)) : NULL;
}

static void default_guid(const struct step *step, const struct api_param *p,
                         union api_value *v)
{
    memset(&v->guid, 0, sizeof(v->guid));
    if (p->unsaid == API_ID)
        v->guid = *p->id;
    else if (p->unsaid == API_WRITER_CLASS && step->writer)
        v->guid = step->writer->desc->writer;
    else if (p->unsaid == API_WRITER_INSTANCE && step->writer)
        v->guid = step->writer->instance;
}

static void fill_in(struct script *s, const struct step *step,
                    const struct api_method *m, unsigned i, union api_value *v)
{
    const struct api_param *p = &m->params[i];
    const struct step_arg *a = step->method == m ? &step->args[i] : NULL;
    bool given = a && a->given;
    GUID *one;

    switch (p->kind) {
    case API_GUID:
        if (given && a->saved) {
            struct held *id = script_named(s, a->saved);

            v->guid = id ? id->id : a->guid;
        } else if (given) {
            v->guid = a->guid;
        } else if (!script_default_id(s, step, p, &v->guid)) {
            default_guid(step, p, v);
        }
        break;
    case API_GUIDS:
        if (given) {
            v->guids = a->null ? NULL : a->guids;
            v[1].num = a->null ? 1 : a->n_guids;
        } else {
            one = script_alloc(s, sizeof(*one));
            default_guid(step, p, v);
            *one = v->guid;
            v->guids = one;
            v[1].num = 1;
        }
        break;
    case API_TEXT:
        v->text = given ? a->null ? NULL : widen(s, a->text, strlen(a->text))
                        : default_text(s, step, p);
        break;
    case API_OPAQUE:
        v->out = strcmp(p->type, "VSS_SNAPSHOT_PROP") == 0 ? &s->prop : NULL;
        break;
    default:
        if (given)
            v->num = a->num;
        else if (i == 0 || m->params[i - 1].kind != API_GUIDS)
            v->num = default_number(step, p);
    }
}

/* Out-parameters: storage in last_out, NULL when the step says so, and for
 * the reserved ones, which requesters leave out. */
static void fill_out(struct script *s, const struct step *step,
                     const struct api_method *m, unsigned i,
                     union api_value *v)
{
    const struct step_arg *a = step->method == m ? &step->args[i] : NULL;

    memset(&s->last_out[i], 0, sizeof(s->last_out[i]));
    if (m->params[i].kind == API_PROP || m->params[i].kind == API_PROPS) {
        memset(&s->prop, 0, sizeof(s->prop));
        memset(s->props, 0, sizeof(s->props));
        v->out = a && a->null                    ? NULL
                 : m->params[i].kind == API_PROP ? (void *)&s->prop
                                                 : (void *)s->props;
        return;
    }
    v->out = (a && a->null) || m->params[i].unsaid == API_LEFT_OUT
                 ? NULL
                 : &s->last_out[i];
}

/* --- the call --- */

static HRESULT call_function(struct script *s, const struct api_method *m,
                             union api_value *v)
{
    if (strcmp(m->name, "CreateVssBackupComponents") == 0)
        return proxy_CreateVssBackupComponents(s->world, v[0].out);
    if (strcmp(m->name, "IsVolumeSnapshotted") == 0)
        return proxy_IsVolumeSnapshotted(s->world, v[0].text, v[1].out,
                                         v[2].out);
    if (strcmp(m->name, "ShouldBlockRevert") == 0)
        return proxy_ShouldBlockRevert(s->world, v[0].text, v[1].out);
    if (strcmp(m->name, "VssFreeSnapshotProperties") == 0) {
        proxy_VssFreeSnapshotProperties(s->world, v[0].out);
        return S_OK;
    }
    if (strcmp(m->name, "CoCreateInstance") == 0)
        return proxy_CoCreateInstance(s->world, &v[0].guid, (DWORD)v[1].num,
                                      &v[2].guid, v[3].out);
    return proxy_CreateVssExamineWriterMetadata(s->world, v[0].text, v[1].out);
}

HRESULT script_call(struct script *s, const struct step *step,
                    const struct api_method *m, struct proxy *on, bool judge)
{
    union api_value v[API_MAX_PARAMS];
    uint32_t thread = s->world->recorder.thread;
    HRESULT hr;

    assert(m && m->n_params <= API_MAX_PARAMS);
    memset(v, 0, sizeof(v));
    memset(s->last_out, 0, sizeof(s->last_out)); /* the earlier call's */
    for (unsigned i = 0; i < m->n_params; i++)
        if (m->params[i].dir == API_OUT)
            fill_out(s, step, m, i, &v[i]);
        else
            fill_in(s, step, m, i, &v[i]);
    s->last_call = s->world->last_call + 1;
    {
        uint32_t call = s->last_call;

        hr = m->family == API_FUNCTION ? call_function(s, m, v)
                                       : m->invoke(on, v);
        s->last_call = call; /* timed actions may have called meanwhile */
        /* --sweep: once the fault is gone the same call succeeds. */
        if (FAILED(hr) && s->world->sweep_call == call &&
            !s->world->sweep.persistent) {
            s->last_call = s->world->last_call + 1;
            call = s->last_call;
            hr = m->family == API_FUNCTION ? call_function(s, m, v)
                                           : m->invoke(on, v);
            s->last_call = call;
        }
    }
    s->world->recorder.thread = thread;
    if (s->world->last_call < s->last_call) /* a tombstone: no call was made */
        s->last_call = 0;
    else if (judge)
        expect_step(s, step);
    return hr;
}

HRESULT script_simple(struct script *s, const struct step *step,
                      const char *method, struct proxy *on, int64_t index,
                      bool judge)
{
    struct step plain = {.kind = STEP_METHOD,
                         .name = method,
                         .line = step->line,
                         .col = step->col,
                         .method = api_find(method, 0),
                         .writer = step->writer,
                         .component = step->component};

    for (unsigned i = 0; index >= 0 && i < plain.method->n_params; i++)
        if (plain.method->params[i].dir == API_IN) {
            plain.args[i].given = true;
            plain.args[i].num = index;
            break;
        }
    return script_call(s, &plain, plain.method, on, judge);
}

struct proxy *script_handed_out(struct script *s)
{
    /* Interface pointers are the only out-values that proxies are. */
    for (unsigned i = 0; i < API_MAX_PARAMS; i++)
        for (struct proxy *p = s->world->proxies; p; p = p->next)
            if (s->last_out[i].out == p)
                return p;
    return NULL;
}

void script_drop_outs(struct script *s, const struct api_method *m)
{
    for (unsigned i = 0; i < m->n_params; i++) {
        const struct api_param *p = &m->params[i];

        if (p->dir == API_OUT && p->kind == API_TEXT && s->last_out[i].text) {
            WCHAR *text = (WCHAR *)(uintptr_t)s->last_out[i].text;

            if (strcmp(p->type, "VSS_PWSZ") == 0)
                s->world->host.task_free(&s->world->host, text);
            else
                world_bstr_free(s->world, text);
            s->last_out[i].text = NULL;
        }
    }
}
