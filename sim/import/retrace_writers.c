/* retrace_writers.c - the writers of a trace and how they behaved. */
#include <string.h>

#include "com/hresult.h"
#include "com/text.h"
#include "import/retrace.h"
#include "writers/events.h"

/* How one event went for one writer, first to last delivery. */
struct delivery {
    const char *outcome; /* "" when it never ended */
    uint64_t takes;
    HRESULT hr;
    const char *message;
    bool no_status;
    const struct trace_rec *begin;
};

static bool same(const struct delivery *a, const struct delivery *b)
{
    return strcmp(a->outcome, b->outcome) == 0 && a->takes == b->takes &&
           a->hr == b->hr && !a->message == !b->message &&
           (!a->message || strcmp(a->message, b->message) == 0) &&
           a->no_status == b->no_status;
}

static bool usual(const struct delivery *d)
{
    return (strcmp(d->outcome, "true") == 0 && d->takes == 0 &&
            d->hr == S_OK && !d->message && !d->no_status) ||
           strcmp(d->outcome, "lost") == 0;
}

static bool is_of(const struct trace_rec *rec, const char *writer,
                  const char *event)
{
    return strcmp(trace_get_str(rec, KEY_WRITER, ""), writer) == 0 &&
           (!event || strcmp(trace_get_str(rec, KEY_EVENT, ""), event) == 0);
}

static void read_end(struct delivery *d, const struct trace_rec *rec)
{
    struct trace_field hr;

    d->outcome = trace_get_str(rec, KEY_OUTCOME, "true");
    d->takes = rec->time - d->begin->time;
    d->hr = trace_find(rec, KEY_HR, &hr) ? (HRESULT)hr.num : S_OK;
    d->message = trace_get_str(rec, KEY_MESSAGE, NULL);
}

/* The delivery that begins at `begin`. */
static struct delivery follow(const struct retrace *r,
                              const struct trace_rec *begin,
                              const char *writer, const char *event)
{
    struct delivery d = {.outcome = "", .begin = begin};
    int64_t ticket = trace_get_int(begin, KEY_TICKET, -1);
    bool no_status = false;
    const struct trace_rec *rec = begin;

    while ((rec = trace_next(r->base, r->used, rec))) {
        struct trace_field hr;

        if (rec->kind == TRACE_STATUS && is_of(rec, writer, NULL))
            no_status = trace_find(rec, KEY_HR, &hr) &&
                        (HRESULT)hr.num == VSS_E_WRITER_STATUS_NOT_AVAILABLE;
        if (rec->kind != TRACE_EVENT_END || !is_of(rec, writer, event) ||
            trace_get_int(rec, KEY_TICKET, -1) != ticket)
            continue;
        read_end(&d, rec);
        d.no_status = no_status;
        break;
    }
    return d;
}

static void put(struct strbuf *out, const struct delivery *d,
                const char *event, unsigned times)
{
    const char *code = hresult_name(d->hr);
    const char *comma = "";

    strbuf_addf(out, "      %s: { ", event);
    if (strcmp(d->outcome, "") == 0 || strcmp(d->outcome, "gave-up") == 0) {
        strbuf_adds(out, "hang: true");
        comma = ", ";
    } else if (d->takes) {
        strbuf_addf(out, "after: %llums", (unsigned long long)d->takes);
        comma = ", ";
    }
    if (strcmp(d->outcome, "died") == 0)
        strbuf_addf(out, "%scrash: during", comma), comma = ", ";
    else if (strcmp(d->outcome, "refused") == 0)
        strbuf_addf(out, "%srefuse: true", comma), comma = ", ";
    else if (strcmp(d->outcome, "true") == 0 ||
             strcmp(d->outcome, "false") == 0) {
        bool well = d->outcome[0] == 't';

        if (d->hr != S_OK && code)
            strbuf_addf(out, "%sveto: %s", comma, code), comma = ", ";
        if (d->hr != S_OK && well)
            strbuf_addf(out, "%sreturns: true", comma), comma = ", ";
    }
    if (d->message) {
        strbuf_addf(out, "%smessage: ", comma);
        yaml_text(out, d->message);
        comma = ", ";
    }
    if (d->no_status)
        strbuf_addf(out, "%sstatus: not-available", comma);
    if (times)
        strbuf_addf(out, ", times: %u", times);
    strbuf_adds(out, " }\n");
}

static void event(struct retrace *r, struct strbuf *out, const char *writer,
                  const char *name)
{
    struct delivery first, next;
    unsigned n = 0, alike = 0;
    bool mixed = false;

    for (EACH_REC(rec, r)) {
        if (rec->kind != TRACE_EVENT_BEGIN || !is_of(rec, writer, name))
            continue;
        next = follow(r, rec, writer, name);
        if (n++ == 0)
            first = next;
        if (alike == n - 1 && same(&first, &next))
            alike++;
        else if (!usual(&next))
            mixed = true;
    }
    if (n && !usual(&first))
        put(out, &first, name, alike < n ? alike : 0);
    if (mixed)
        import_unread(r->im, r->line,
                      "%s of %s goes otherwise later on: a scenario says only "
                      "how the first deliveries go",
                      name, writer);
}

/* --- components --- */

static bool in_profile(const struct scenario *s, const char *name,
                       const char *path)
{
    const struct vss_writer_desc *d = s->writers->writer.desc;

    for (uint32_t i = 0; i < d->n_components; i++) {
        const char *own = d->components[i].logical_path;

        if (strcmp(d->components[i].name, name) == 0 &&
            strcmp(own ? own : "", path ? path : "") == 0)
            return true;
    }
    return false;
}

static const struct scenario *profile_alone(struct retrace *r,
                                            const char *profile)
{
    struct problems problems = {.arena = r->im->arena};
    struct scenario_overrides overrides;
    const char *text =
        arena_printf(r->im->arena,
                     "vssim: 1\nscenario: x\nwriters: [ { profile: %s } ]\n"
                     "requester: [ { note: x } ]\n",
                     profile);

    scenario_overrides_init(&overrides);
    return scenario_parse(r->im->arena, "profile", text, strlen(text),
                          &overrides, &problems);
}

/* Components that calls which succeeded speak of, as far as the profile does
 * not have them. */
static void components(struct retrace *r, const char *class,
                       const char *profile, struct strbuf *out)
{
    const struct scenario *known = profile ? profile_alone(r, profile) : NULL;
    struct strbuf seen = STRBUF_INIT;

    for (EACH_REC(rec, r)) {
        struct trace_field id, name, type, path;
        struct strbuf one = STRBUF_INIT;
        bool has_path;

        if (rec->kind != TRACE_CALL ||
            !trace_find_param(rec, TRACE_IN, "writerId", &id) || !id.str ||
            strcmp(id.str, class) != 0 ||
            !trace_find_param(rec, TRACE_IN, "wszComponentName", &name) ||
            !name.str || !*name.str ||
            !trace_find_param(rec, TRACE_IN, "ct", &type) || !type.str ||
            (strcmp(type.str, "VSS_CT_FILEGROUP") != 0 &&
             strcmp(type.str, "VSS_CT_DATABASE") != 0) ||
            !retrace_succeeded(r, rec))
            continue;
        has_path = trace_find_param(rec, TRACE_IN, "wszLogicalPath", &path) &&
                   path.str && *path.str;
        if (known && known->writers &&
            in_profile(known, name.str, has_path ? path.str : NULL))
            continue;
        strbuf_addf(&one, "      - { type: %s, ", type.str);
        if (has_path) {
            strbuf_adds(&one, "path: ");
            yaml_text(&one, path.str);
            strbuf_adds(&one, ", ");
        }
        strbuf_adds(&one, "name: ");
        yaml_text(&one, name.str);
        strbuf_adds(&one, " }\n");
        if (!seen.len || !strstr(seen.buf, one.buf))
            strbuf_add(&seen, one.buf, one.len);
        strbuf_release(&one);
    }
    if (seen.len && profile)
        import_assume(r->im, r->line,
                      "components that the profile %s does not have: it is "
                      "taken to have these only",
                      profile);
    if (seen.len)
        strbuf_addf(out, "    components:\n%s", seen.buf);
    strbuf_release(&seen);
}

/* --- writers --- */

static void edits(struct retrace *r)
{
    for (EACH_REC(rec, r)) {
        const char *method = trace_get_str(rec, KEY_METHOD, "");

        if (rec->kind == TRACE_EDIT && !strstr(method, "FailureMsg"))
            import_unread(r->im, retrace_line(r, rec),
                          "%s, called by the writer %s: left out", method,
                          trace_get_str(rec, KEY_WRITER, "?"));
    }
}

static void put_writer(struct retrace *r, struct strbuf *out,
                       const struct trace_rec *rec)
{
    const char *handle = trace_get_str(rec, KEY_NAME, "writer");
    const char *label = trace_get_str(rec, KEY_LABEL, NULL);
    const char *class = trace_get_str(rec, KEY_CLASS, "");
    const char *restore = trace_get_str(rec, KEY_RESTORE, NULL);
    struct strbuf behaviour = STRBUF_INIT;
    struct known_profile known;
    GUID guid = {0};
    bool has =
        guid_parse(class, &guid) && facts_profile(r->im, &guid, NULL, &known);

    strbuf_adds(out, "  - as: ");
    yaml_text(out, handle);
    strbuf_addc(out, '\n');
    if (has)
        strbuf_addf(out, "    profile: %s\n", known.profile);
    else if (guid_parse(class, &guid))
        strbuf_addf(out, "    class: %s\n", class);
    if (label && (!has || strcmp(label, known.name) != 0)) {
        strbuf_adds(out, "    name: ");
        yaml_text(out, label);
        strbuf_addc(out, '\n');
    }
    if (restore && (strcmp(restore, "VSS_WRE_NEVER") == 0 ||
                    strcmp(restore, "VSS_WRE_ALWAYS") == 0 ||
                    strcmp(restore, "VSS_WRE_IF_REPLACE_FAILS") == 0))
        strbuf_addf(out, "    writer-restore: %s\n", restore);
    components(r, class, has ? known.profile : NULL, out);
    for (int i = 0; i < VSSIM_EVENT_COUNT; i++)
        if (writer_hears((enum vssim_event_kind)i))
            event(r, &behaviour, handle,
                  writer_event_name((enum vssim_event_kind)i));
    if (behaviour.len)
        strbuf_addf(out, "    behaviour:\n%s", behaviour.buf);
    strbuf_release(&behaviour);
}

void retrace_writers(struct retrace *r, struct strbuf *out)
{
    unsigned n = 0;

    for (EACH_REC(rec, r))
        if (rec->kind == TRACE_WRITER && ++n <= 60) {
            if (n == 1)
                strbuf_adds(out, "writers:\n");
            put_writer(r, out, rec);
        } else if (rec->kind == TRACE_WRITER && n == 61) {
            import_unread(r->im, retrace_line(r, rec),
                          "more than 60 writers: the rest is left out");
        }
    edits(r);
}
