/*
 * retrace_steps.c - the calls of a trace as steps.
 *
 * Objects get the names o1, o2 ... of their numbers. A call from inside
 * another's wait becomes a timed step in front of that one.
 */
#include <string.h>

#include "base/array.h"
#include "com/api.h"
#include "com/hresult.h"
#include "import/retrace.h"

struct steps {
    struct retrace *r;
    struct strbuf *out;
    uint32_t open;       /* the call under way, or 0 */
    uint64_t opened;     /* when */
    size_t before;       /* where its step begins */
    size_t sleep_before; /* the same of the latest sleep */
    uint64_t sleep_until, sleep_from;
    bool named[4096]; /* objects that have a name by now */
};

static const struct api_method *method_of(const struct trace_rec *rec)
{
    const char *iface = trace_get_str(rec, KEY_IFACE, "");
    const char *name = trace_get_str(rec, KEY_METHOD, "");
    const struct api_method *m;

    for (unsigned i = 0; (m = api_find(name, i)); i++)
        if (strcmp(m->iface, iface) == 0 || m->family == API_FUNCTION)
            return m;
    return api_find(name, 0);
}

/* --- arguments --- */

/* A text that the trace shows only the beginning of. */
static bool cut(const struct trace_field *f)
{
    const char *dots = f->str ? strstr(f->str, "... (") : NULL;

    return dots && strstr(dots, " characters)");
}

/* The document that the loader makes of the writers is the default. */
static bool is_default_document(const struct retrace *r,
                                const struct trace_field *f)
{
    const char *dots = strstr(f->str, "... (");
    size_t length = cut(f) ? (size_t)(dots - f->str) : strlen(f->str);
    const struct scenario *s = r->world;

    return s && s->document && s->document_size >= length &&
           (cut(f) || s->document_size == length) &&
           strncmp(s->document, f->str, length) == 0;
}

static bool put_value(struct steps *s, struct strbuf *out,
                      const struct api_param *p, const struct trace_field *f)
{
    const char *name;

    switch (f->type) {
    case TRACE_NULL:
        strbuf_adds(out, "null");
        return true;
    case TRACE_BOOL:
        strbuf_adds(out, f->num ? "true" : "false");
        return true;
    case TRACE_INT:
        if (p->form == API_BITS && (int32_t)f->num == -1)
            strbuf_adds(out, "VSS_CTX_ALL");
        else if (p->kind == API_BOOL)
            strbuf_adds(out, f->num ? "true" : "false");
        else if (p->form == API_TIME && f->num == (int64_t)UINT32_MAX)
            strbuf_adds(out, "INFINITE");
        else
            strbuf_addf(out, "%lld%s", (long long)f->num,
                        p->form == API_TIME ? "ms" : "");
        return true;
    case TRACE_HR:
        name = hresult_name((int32_t)f->num);
        if (name)
            strbuf_adds(out, name);
        return name != NULL;
    case TRACE_STR:
        if (p->kind == API_GUIDS) {
            strbuf_adds(out, "[");
            for (const char *at = f->str; *at; at += strspn(at, " ")) {
                size_t n = strcspn(at, " ");

                strbuf_addf(out, "%s%.*s", at == f->str ? "" : ", ", (int)n,
                            at);
                at += n;
            }
            strbuf_adds(out, "]");
        } else {
            yaml_text(out, f->str);
        }
        return true;
    default:
        (void)s;
        return false;
    }
}

static void put_args(struct steps *s, struct strbuf *out,
                     const struct trace_rec *enter, const struct api_method *m)
{
    const struct trace_rec *rec = enter;
    struct trace_field f;
    struct strbuf one = STRBUF_INIT;

    for (unsigned i = 0; i < m->n_params; i++) {
        const struct api_param *p = &m->params[i];

        if (!trace_find_param(rec, TRACE_IN, p->name, &f))
            continue;
        if (i && m->params[i - 1].kind == API_GUIDS)
            continue; /* their number comes by itself */
        if (p->kind == API_OPAQUE || p->kind == API_OBJECT ||
            p->kind == API_PROP || p->kind == API_PROPS) {
            if (f.type != TRACE_NULL)
                continue;
        }
        if (p->unsaid == API_LEFT_OUT)
            continue;
        if (p->kind == API_TEXT && f.str && strstr(p->name, "XML") &&
            is_default_document(s->r, &f))
            continue;
        if (cut(&f)) {
            import_unread(s->r->im, retrace_line(s->r, enter),
                          "%s of %s is cut off in a trace: left out", p->name,
                          m->name);
            continue;
        }
        strbuf_reset(&one);
        if (put_value(s, &one, p, &f))
            strbuf_addf(out, ", %s: %s", p->name, strbuf_str(&one));
    }
    strbuf_release(&one);
}

/* --- what came of it --- */

static void put_outs(struct steps *s, struct strbuf *out,
                     const struct trace_rec *leave, const struct api_method *m)
{
    struct strbuf list = STRBUF_INIT;

    for (unsigned i = 0; i < m->n_params; i++) {
        const struct api_param *p = &m->params[i];
        struct trace_field f;

        if (p->dir != API_OUT ||
            (p->kind != API_HR && p->kind != API_ENUM &&
             p->kind != API_BOOL) ||
            !trace_find_param(leave, TRACE_OUT, p->name, &f) ||
            f.type == TRACE_NULL || f.type == TRACE_UNTOUCHED)
            continue;
        if (p->kind == API_ENUM && f.type != TRACE_STR)
            continue;
        strbuf_addf(&list, "%s%s: ", list.len ? ", " : "", p->name);
        if (!put_value(s, &list, p, &f))
            strbuf_adds(&list, "any");
    }
    if (list.len)
        strbuf_addf(out, ", out: { %s }", list.buf);
    strbuf_release(&list);
}

static uint32_t handed_out(const struct retrace *r,
                           const struct trace_rec *leave)
{
    uint32_t cursor = 0;
    struct trace_field f;

    (void)r;
    while (leave && trace_field_next(leave, &cursor, &f))
        if (f.group == TRACE_OUT && f.type == TRACE_OBJ && f.num > 0)
            return (uint32_t)f.num;
    return 0;
}

static bool is_destroyed(const struct retrace *r, uint32_t object)
{
    for (EACH_REC(rec, r))
        if (rec->kind == TRACE_DESTROY && rec->object == object)
            return true;
    return false;
}

static void put_result(struct steps *s, struct strbuf *out,
                       const struct trace_rec *enter,
                       const struct trace_rec *leave,
                       const struct api_method *m)
{
    uint32_t object = handed_out(s->r, leave);
    struct trace_field hr;

    if (object && object < ARRAY_SIZE(s->named)) {
        s->named[object] = true;
        strbuf_addf(out, ", as: o%u", object);
        if (!is_destroyed(s->r, object))
            strbuf_adds(out, ", keep: true");
    }
    if (!leave)
        return;
    if (trace_find(leave, KEY_HR, &hr) && hr.num != S_OK) {
        const char *name = hresult_name((int32_t)hr.num);

        if (name)
            strbuf_addf(out, ", returns: %s", name);
        else
            import_unread(s->r->im, retrace_line(s->r, leave),
                          "%s returned 0x%08X, which has no name", m->name,
                          (unsigned)hr.num);
    }
    if (leave->time > enter->time)
        strbuf_addf(out, ", takes: %llums",
                    (unsigned long long)(leave->time - enter->time));
    put_outs(s, out, leave, m);
}

/* --- steps --- */

static bool skipped(const char *name)
{
    return strcmp(name, "VssFreeSnapshotProperties") == 0 ||
           strcmp(name, "FreeComponentInfo") == 0;
}

static bool unknown_step(struct steps *s, struct strbuf *out,
                         const struct trace_rec *enter,
                         const struct trace_rec *leave, const char *name)
{
    struct trace_field iid;

    if (strcmp(name, "QueryInterface") == 0) {
        const struct api_iface *iface = NULL;

        if (trace_find_param(enter, TRACE_IN, "riid", &iid) && iid.str)
            iface = api_iface(iid.str);
        strbuf_addf(out, ", iid: ");
        yaml_text(out, iface ? iface->name : iid.str ? iid.str : "IUnknown");
        if (leave) {
            uint32_t object = handed_out(s->r, leave);
            struct trace_field hr;

            if (object && object < ARRAY_SIZE(s->named)) {
                s->named[object] = true;
                strbuf_addf(out, ", as: o%u", object);
            }
            if (trace_find(leave, KEY_HR, &hr) && hr.num != S_OK &&
                hresult_name((int32_t)hr.num))
                strbuf_addf(out, ", returns: %s",
                            hresult_name((int32_t)hr.num));
        }
        return true;
    }
    return strcmp(name, "AddRef") == 0 || strcmp(name, "Release") == 0;
}

static bool put_step(struct steps *s, struct strbuf *out,
                     const struct trace_rec *enter, const char *at)
{
    const char *name = trace_get_str(enter, KEY_METHOD, "");
    const struct api_method *m = method_of(enter);
    const struct trace_rec *leave = retrace_leave(s->r, enter);
    struct strbuf args = STRBUF_INIT;

    if (skipped(name))
        return false;
    if (enter->object &&
        (enter->object >= ARRAY_SIZE(s->named) || !s->named[enter->object])) {
        import_unread(s->r->im, retrace_line(s->r, enter),
                      "%s on object %u, which nothing handed out", name,
                      enter->object);
        return false;
    }
    if (enter->object)
        strbuf_addf(&args, ", on: o%u", enter->object);
    if (!unknown_step(s, &args, enter, leave, name)) {
        if (!m) {
            import_unread(s->r->im, retrace_line(s->r, enter),
                          "%s: no method of the API", name);
            strbuf_release(&args);
            return false;
        }
        put_args(s, &args, enter, m);
        put_result(s, &args, enter, leave, m);
        name = strcmp(m->iface, "IVssBackupComponents") == 0 ||
                       m->family == API_FUNCTION
                   ? m->name
                   : arena_printf(s->r->im->arena, "%s.%s", m->iface, m->name);
    }
    strbuf_addf(out, "  - %s: {%s%s }\n", name, args.len ? args.buf + 1 : "",
                at);
    strbuf_release(&args);
    return true;
}

/* In front of the step that it happened inside of. */
static void put_timed(struct steps *s, const struct trace_rec *enter)
{
    bool sleeping = !s->open;
    size_t place = sleeping ? s->sleep_before : s->before;
    uint64_t from = sleeping ? s->sleep_from : s->opened;
    struct strbuf one = STRBUF_INIT, rest = STRBUF_INIT;
    const char *at = arena_printf(s->r->im->arena, ", at: %llums",
                                  (unsigned long long)(enter->time - from));

    if (put_step(s, &one, enter, at)) {
        strbuf_add(&rest, s->out->buf + place, s->out->len - place);
        s->out->len = place;
        strbuf_add(s->out, one.buf, one.len);
        strbuf_add(s->out, rest.buf, rest.len);
        if (s->open)
            s->before += one.len;
        if (sleeping)
            s->sleep_before += one.len;
    }
    strbuf_release(&one);
    strbuf_release(&rest);
}

static void enter_call(struct steps *s, const struct trace_rec *rec)
{
    if (rec->thread == 2 && (s->open || (s->sleep_until > s->sleep_from &&
                                         rec->time <= s->sleep_until))) {
        put_timed(s, rec);
        return;
    }
    if (s->open) { /* a call that a call made: it will again */
        return;
    }
    s->before = s->out->len;
    if (put_step(s, s->out, rec, "")) {
        s->open = rec->call;
        s->opened = rec->time;
    }
}

void retrace_steps(struct retrace *r, struct strbuf *out)
{
    struct steps *s = arena_alloc(r->im->arena, sizeof(*s));
    size_t start = out->len;

    s->r = r;
    s->out = out;
    for (EACH_REC(rec, r)) {
        switch (rec->kind) {
        case TRACE_CALL:
            enter_call(s, rec);
            break;
        case TRACE_RETURN:
            if (rec->call == s->open)
                s->open = 0;
            break;
        case TRACE_SLEEP:
            s->sleep_before = out->len;
            s->sleep_from = rec->time;
            s->sleep_until =
                rec->time + (uint64_t)trace_get_int(rec, KEY_MS, 0);
            strbuf_addf(out, "  - sleep: %lldms\n",
                        (long long)trace_get_int(rec, KEY_MS, 0));
            break;
        case TRACE_DEAD_CALL:
            import_unread(r->im, retrace_line(r, rec),
                          "%s on an object that was gone: left out",
                          trace_get_str(rec, KEY_METHOD, "?"));
            break;
        case TRACE_STEP:
            if (strcmp(trace_get_str(rec, KEY_NAME, ""), "set") == 0)
                import_unread(r->im, retrace_line(r, rec),
                              "the step set: a trace does not say which "
                              "flag");
            break;
        default:
            break;
        }
    }
    if (out->len == start)
        strbuf_adds(out, "  - note: no call was made\n");
}
