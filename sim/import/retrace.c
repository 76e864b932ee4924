/*
 * retrace.c - a trace of vssim becomes the script that reproduces it.
 *
 * Whatever a trace does not carry (what a writer would have done to an event
 * that never came, the text of a long document) is said or assumed.
 */
#include "import/retrace.h"

#include <stdio.h>
#include <string.h>

#include "asserts/trace/trace_json.h"
#include "com/hresult.h"
#include "os/os.h"

#define TRACES_MAX 100

/* --- the world --- */

static uint64_t trace_end_time(const struct retrace *r)
{
    uint64_t time = 0;

    for (EACH_REC(rec, r))
        time = rec->time;
    return time;
}

/* What providers did that only a world can say again. */
static void tell_providers(struct retrace *r)
{
    for (EACH_REC(rec, r)) {
        const char *event = trace_get_str(rec, KEY_EVENT, "");
        const struct trace_rec *done = rec;

        if (rec->kind != TRACE_POST ||
            (strcmp(event, "Commit") != 0 && strcmp(event, "Provider") != 0))
            continue;
        while ((done = trace_next(r->base, r->used, done)))
            if (done->kind == TRACE_TICKET_DONE &&
                trace_get_int(done, KEY_TICKET, -1) ==
                    trace_get_int(rec, KEY_TICKET, -2))
                break;
        if (!done || done->time > rec->time)
            import_unread(r->im, retrace_line(r, rec),
                          "the time that volumes or providers took: it "
                          "belongs into world: { volumes: ... }");
    }
}

/* How long VSS waited for writers, when it is not the usual minute. */
static void put_patience(struct retrace *r, struct strbuf *out)
{
    uint64_t gave_up[2] = {0, 0}, longest = 0;
    bool never = false;

    for (EACH_REC(rec, r)) {
        const struct trace_rec *end = rec;
        const char *event = trace_get_str(rec, KEY_EVENT, "");
        const char *writer = trace_get_str(rec, KEY_WRITER, "");
        bool freeze = strcmp(event, "Freeze") == 0;
        uint64_t took;

        if (rec->kind != TRACE_EVENT_BEGIN)
            continue;
        while ((end = trace_next(r->base, r->used, end)))
            if (end->kind == TRACE_EVENT_END &&
                strcmp(trace_get_str(end, KEY_EVENT, ""), event) == 0 &&
                strcmp(trace_get_str(end, KEY_WRITER, ""), writer) == 0)
                break;
        took = end ? end->time - rec->time : 0;
        never |= !end && !freeze && trace_end_time(r) - rec->time > 60000;
        if (end && strcmp(trace_get_str(end, KEY_OUTCOME, ""), "gave-up") == 0)
            gave_up[freeze] = took;
        else if (!freeze && took > longest)
            longest = took;
    }
    if (!gave_up[0] && longest > 60000)
        gave_up[0] = longest;
    if (never)
        strbuf_adds(out, "  hung-writer: never\n");
    else if (gave_up[0] && gave_up[0] != 60000)
        strbuf_addf(out, "  hung-writer: %llums\n",
                    (unsigned long long)gave_up[0]);
    if (gave_up[1] && gave_up[1] != 60000)
        strbuf_addf(out, "  freeze-timeout: %llums\n",
                    (unsigned long long)gave_up[1]);
}

static void put_policy(struct strbuf *out, const char *word, size_t length,
                       unsigned *n)
{
    const char *is = memchr(word, '=', length);
    char key[64], value[64], usual[64];
    int policy;

    if (!is || is - word >= 64 || word + length - is >= 64)
        return;
    snprintf(key, sizeof(key), "%.*s", (int)(is - word), word);
    snprintf(value, sizeof(value), "%.*s", (int)(word + length - is - 1),
             is + 1);
    policy = policy_of(key);
    if (policy < 0 || policy_alternative((enum vssim_policy)policy, value) < 0)
        return;
    policy_value((enum vssim_policy)policy,
                 policy_default((enum vssim_policy)policy, false), usual,
                 sizeof(usual));
    if (strcmp(usual, value) != 0)
        strbuf_addf(out, "%s%s: %s", (*n)++ ? ", " : "", key, value);
}

/* Volumes of which shadow copies were made, when there are others than C:. */
static void put_volumes(struct retrace *r, struct strbuf *out)
{
    bool others = false;

    for (EACH_REC(rec, r)) {
        struct strbuf one = STRBUF_INIT;
        struct trace_field f;

        if (rec->kind != TRACE_CALL ||
            strcmp(trace_get_str(rec, KEY_METHOD, ""), "AddToSnapshotSet") ||
            !trace_find_param(rec, TRACE_IN, "pwszVolumeName", &f) || !f.str ||
            !retrace_succeeded(r, rec))
            continue;
        others |= strcmp(f.str, "C:\\") != 0;
        strbuf_adds(&one, "    - { path: ");
        if (strncmp(f.str, "\\\\?\\", 4) == 0)
            strbuf_adds(&one, "'V:\', volume: ");
        yaml_text(&one, f.str);
        strbuf_adds(&one, " }\n");
        if (!strstr(strbuf_str(out), one.buf))
            strbuf_add(out, one.buf, one.len);
        strbuf_release(&one);
    }
    if (!others)
        strbuf_reset(out);
    else
        import_assume(r->im, r->line,
                      "the volumes are those that shadow "
                      "copies were made of");
}

static void put_world(struct retrace *r, struct strbuf *out)
{
    const char *windows = trace_get_str(r->header, KEY_WINDOWS, "");
    const char *at = trace_get_str(r->header, KEY_POLICIES, "");
    struct strbuf policies = STRBUF_INIT, volumes = STRBUF_INIT;
    struct strbuf patience = STRBUF_INIT;
    unsigned n = 0;

    for (; *at; at += strspn(at, " ")) {
        put_policy(&policies, at, strcspn(at, " "), &n);
        at += strcspn(at, " ");
    }
    if (windows_of(windows) < 0)
        import_unread(r->im, r->line, "windows \"%s\": played as the default",
                      windows);
    else
        strbuf_addf(out, "world:\n  windows: %s\n", windows);
    put_volumes(r, &volumes);
    put_patience(r, &patience);
    if ((n || volumes.len || patience.len) && windows_of(windows) < 0)
        strbuf_adds(out, "world:\n");
    if (patience.len)
        strbuf_adds(out, patience.buf);
    strbuf_release(&patience);
    if (volumes.len)
        strbuf_addf(out, "  volumes:\n%s", volumes.buf);
    strbuf_release(&volumes);
    if (n)
        strbuf_addf(out, "  policy: { %s }\n", policies.buf);
    strbuf_release(&policies);
}

/* --- faults --- */

static bool seen_before(struct retrace *r, const struct trace_rec *until,
                        const char *point)
{
    for (EACH_REC(rec, r)) {
        if (rec == until)
            return false;
        if (rec->kind == TRACE_FAULT &&
            strcmp(trace_get_str(rec, KEY_NAME, ""), point) == 0)
            return true;
    }
    return false;
}

/* How often the method was entered up to `until`. */
static unsigned occasions(struct retrace *r, const struct trace_rec *until,
                          const char *method)
{
    unsigned n = 0;

    for (EACH_REC(rec, r)) {
        if (rec == until)
            break;
        if (rec->kind == TRACE_CALL &&
            strcmp(trace_get_str(rec, KEY_METHOD, ""), method) == 0)
            n++;
    }
    return n;
}

/* When what `rec` announces came to be: an async's failure with its event's
 * end, the service's death at its own time. */
static uint64_t due(struct retrace *r, const struct trace_rec *rec,
                    const char *point)
{
    const struct trace_rec *done = rec;
    const char *event = strchr(point, '/') + 1;

    if (strcmp(point, "service/crash") == 0)
        return rec->time;
    if (strncmp(point, "async/", 6) != 0)
        return 0;
    while ((done = trace_next(r->base, r->used, done)))
        if (done->kind == TRACE_TICKET_DONE &&
            strcmp(trace_get_str(done, KEY_EVENT, ""), event) == 0)
            return done->time - rec->time;
    return 0;
}

static void put_fault(struct retrace *r, struct strbuf *out,
                      const struct trace_rec *rec, const char *point)
{
    struct trace_field hr;
    const char *slash = strchr(point, '/');
    bool again = false, passed = false;
    unsigned count;

    for (EACH_REC(other, r)) {
        if (passed && other->kind == TRACE_FAULT)
            again |= strcmp(trace_get_str(other, KEY_NAME, ""), point) == 0;
        passed |= other == rec;
    }
    strbuf_adds(out, "  - { point: ");
    yaml_text(out, point);
    if (trace_find(rec, KEY_HR, &hr) && hresult_name((int32_t)hr.num))
        strbuf_addf(out, ", code: %s", hresult_name((int32_t)hr.num));
    if (again)
        strbuf_adds(out, ", persistent: true");
    if (due(r, rec, point))
        strbuf_addf(out, ", after: %llums",
                    (unsigned long long)due(r, rec, point));
    count = slash ? occasions(r, rec, slash + 1) : 0;
    if (count > 1 && strncmp(point, "alloc/", 6) != 0 &&
        strncmp(point, "async/", 6) != 0)
        strbuf_addf(out, ", count: %u", count);
    strbuf_adds(out, " }\n");
}

static void put_faults(struct retrace *r, struct strbuf *out)
{
    struct strbuf list = STRBUF_INIT;

    for (EACH_REC(rec, r)) {
        const char *point;

        if (rec->kind != TRACE_FAULT)
            continue;
        point = trace_get_str(rec, KEY_NAME, "");
        if (seen_before(r, rec, point))
            continue;
        if (strchr(point, '/') && strncmp(point, "argument/", 9) != 0)
            put_fault(r, &list, rec, point);
        else
            import_unread(r->im, retrace_line(r, rec),
                          "the fault %s: what it needs to be said again is "
                          "not in a trace",
                          point);
    }
    if (list.len)
        strbuf_addf(out, "faults:\n%s", list.buf);
    strbuf_release(&list);
}

/* --- one trace --- */

static void retrace_one(struct retrace *r)
{
    struct import *im = r->im;
    struct strbuf body = STRBUF_INIT, head = STRBUF_INIT;
    struct problems problems = {.arena = im->arena};
    struct scenario_overrides overrides;
    struct strbuf *out;
    const char *title;

    r->header = trace_first(r->base, r->used);
    if (!r->header || r->header->kind != TRACE_HEADER)
        return;
    put_world(r, &body);
    retrace_writers(r, &body);
    put_faults(r, &body);
    tell_providers(r);
    strbuf_addf(&head, "vssim: 1\nscenario: x\n%srequester:\n  - note: x\n",
                strbuf_str(&body));
    scenario_overrides_init(&overrides);
    r->world = scenario_parse(im->arena, "imported", head.buf, head.len,
                              &overrides, &problems);
    strbuf_adds(&body, "requester:\n");
    retrace_steps(r, &body);
    title = arena_printf(im->arena, "%s, reproduced",
                         trace_get_str(r->header, KEY_SCENARIO, "A trace"));
    out = import_output(
        im, im->outputs ? arena_printf(im->arena, "line-%lu", r->line) : "",
        title);
    import_opening(im, out, title, "a trace of vssim");
    strbuf_add(out, body.buf, body.len);
    strbuf_release(&body);
    strbuf_release(&head);
    /* The next trace's notes are its own. */
    im->assumed = NULL;
}

bool import_trace(struct import *im, const char *text, size_t size)
{
    struct trace_reader reader;
    enum trace_read got;
    unsigned n = 0;
    FILE *in;

    if (!strstr(text, "\"header\"") || !size)
        return false;
    in = os_open_bytes(text, size);
    if (!in)
        return import_problem(im, 0, "out of memory"), true;
    trace_reader_init(&reader, in, im->name);
    do {
        struct retrace r = {.im = im, .line = reader.line ? reader.line : 1};

        got = trace_reader_next(&reader);
        if (got != TRACE_READ_TRACE)
            break;
        if (++n > TRACES_MAX) {
            import_unread(im, reader.line,
                          "more than %d traces: the rest is "
                          "left out",
                          TRACES_MAX);
            break;
        }
        r.base = arena_alloc(im->arena, *reader.trace.used + 8);
        memcpy((void *)(uintptr_t)r.base, reader.trace.base,
               *reader.trace.used);
        r.used = *reader.trace.used;
        retrace_one(&r);
    } while (!im->problem);
    if (got == TRACE_READ_BAD)
        import_problem(im, reader.line, "%s", strbuf_str(&reader.problem));
    else if (!im->outputs)
        import_problem(im, 0,
                       "unreadable: no trace in it begins with a "
                       "header record");
    trace_reader_release(&reader);
    fclose(in);
    return true;
}
