/*
 * trace.c - a trace of vssim becomes the script that reproduces it.
 *
 * Whatever a trace does not carry (what a writer would have done to an event
 * that never came, the text of a long document) is said or assumed.
 */
#include "import/trace.h"

#include <stdio.h>
#include <string.h>

#include "asserts/trace_json.h"
#include "base/os.h"
#include "com/hresult.h"

#define TRACES_MAX 100

unsigned long retrace_line(const struct retrace *r,
                           const struct trace_rec *rec)
{
    return r->line + (rec->seq > r->header->seq ? rec->seq - r->header->seq
                                                : 0);
}

/* --- the world --- */

static void put_policy(struct strbuf *out, const char *word, size_t length,
                       unsigned *n)
{
    const char *is = memchr(word, '=', length);
    char key[64], value[64], usual[64];
    int policy;

    if (!is || is - word >= 64 || word + length - is >= 64)
        return;
    snprintf(key, sizeof(key), "%.*s", (int)(is - word), word);
    snprintf(value, sizeof(value), "%.*s",
             (int)(word + length - is - 1), is + 1);
    policy = policy_of(key);
    if (policy < 0 ||
        policy_alternative((enum vssim_policy)policy, value) < 0)
        return;
    policy_value((enum vssim_policy)policy,
                 policy_default((enum vssim_policy)policy, false), usual,
                 sizeof(usual));
    if (strcmp(usual, value) != 0)
        strbuf_addf(out, "%s%s: %s", (*n)++ ? ", " : "", key, value);
}

static void put_world(struct retrace *r, struct strbuf *out)
{
    const char *windows = trace_get_str(r->header, KEY_WINDOWS, "");
    const char *at = trace_get_str(r->header, KEY_POLICIES, "");
    struct strbuf policies = STRBUF_INIT;
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
    if (n && windows_of(windows) < 0)
        strbuf_adds(out, "world:\n");
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
    count = slash ? occasions(r, rec, slash + 1) : 0;
    if (count > 1 && strncmp(point, "alloc/", 6) != 0)
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
        if (strchr(point, '/') && strncmp(point, "argument/", 9) != 0 &&
            strncmp(point, "async/", 6) != 0 &&
            strcmp(point, "service/crash") != 0)
            put_fault(r, &list, rec, point);
        else
            import_unread(r->im, retrace_line(r, rec),
                          "the fault %s: when it was due, or what became of "
                          "the argument, is not in a trace",
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
    strbuf_addf(&head, "vssim: 1\nscenario: x\n%srequester:\n  - note: x\n",
                strbuf_str(&body));
    scenario_overrides_init(&overrides);
    r->world = scenario_parse(im->arena, "imported", head.buf, head.len,
                              &overrides, &problems);
    strbuf_adds(&body, "requester:\n");
    retrace_steps(r, &body);
    title = arena_printf(im->arena, "%s, reproduced",
                         trace_get_str(r->header, KEY_SCENARIO, "A trace"));
    out = import_output(im,
                        im->outputs ? arena_printf(im->arena, "line-%lu",
                                                   r->line)
                                    : "",
                        title);
    yaml_opening(im, out, title, "a trace of vssim");
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
            import_unread(im, reader.line, "more than %d traces: the rest is "
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
        import_problem(im, reader.line, "%s",
                       strbuf_str(&reader.problem));
    else if (!im->outputs)
        import_problem(im, 0, "unreadable: no trace in it begins with a "
                              "header record");
    trace_reader_release(&reader);
    fclose(in);
    return true;
}
