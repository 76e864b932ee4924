/* diff_test.c - what two traces differ in. */
#include "asserts/diff.h"

#include <criterion/criterion.h>
#include <string.h>

#define BAD_STATE ((int32_t)0x80042301)

/* A call in a step: S a step of that line, else a call by its letter: P
 * PreRestore, R Release, C Create; then what it gave. */
struct event {
    char what;
    int32_t hr; /* or the line */
    const char *text;
    uint64_t took;
};

static struct diff_side make(struct trace *t, char *room, size_t size,
                             const struct event *events)
{
    uint64_t time = 0;
    uint32_t call = 0;

    trace_init(t, room, size, NULL);
    trace_begin(t, TRACE_HEADER, 0, 0, 0, 0);
    trace_str(t, KEY_FILE, "one.yaml");
    trace_end(t);
    for (const struct event *e = events; e->what; e++) {
        if (e->what == 'S') {
            trace_begin(t, TRACE_STEP, time, 1, 0, 0);
            trace_int(t, KEY_LINE, e->hr);
            trace_int(t, KEY_COL, 5);
            trace_end(t);
            continue;
        }
        trace_begin(t, TRACE_CALL, time, 1, ++call, 1);
        trace_str(t, KEY_METHOD, e->what == 'P'   ? "PreRestore"
                                 : e->what == 'R' ? "Release"
                                                  : "Create");
        trace_end(t);
        time += e->took;
        trace_begin(t, TRACE_RETURN, time, 1, call, 1);
        trace_hr(t, KEY_HR, e->hr);
        if (e->text)
            trace_param(t, TRACE_OUT, "pText", TRACE_STR, 0, e->text);
        trace_end(t);
    }
    return (struct diff_side){t->base, *t->used};
}

#define ID1 "5affb034-969f-4919-8875-88f830d0ef89"
#define ID2 "a65faa63-5ea8-4ebc-9dbd-a0c4db26912a"

static const struct {
    const char *name;
    struct event a[8], b[8];
    bool times;
    unsigned n;
    const char *says; /* one of them */
} cases[] = {
    {"the same", {{'S', 3, 0, 0}, {'P', 0, 0, 0}},
     {{'S', 3, 0, 0}, {'P', 0, 0, 0}}, true, 0, NULL},
    {"another code", {{'S', 3, 0, 0}, {'P', 0, 0, 0}},
     {{'S', 3, 0, 0}, {'P', BAD_STATE, 0, 0}}, false, 1,
     "one.yaml:3:5: PreRestore (call 1, 1): returned\n        A  S_OK\n"
     "        B  VSS_E_BAD_STATE\n"},
    {"another text", {{'P', 0, "a", 0}}, {{'P', 0, "b", 0}}, false, 1,
     "PreRestore (call 1, 1): pText\n        A  \"a\"\n        B  \"b\"\n"},
    {"only A tells", {{'P', 0, "a", 0}}, {{'P', 0, 0, 0}}, false, 1,
     "B  not told"},
    {"only B tells", {{'P', 0, 0, 0}}, {{'P', 0, "a", 0}}, false, 1,
     "A  not told"},
    {"ids are equal", {{'P', 0, "<a id=" ID1 ">", 0}},
     {{'P', 0, "<a id=" ID2 ">", 0}}, false, 0, NULL},
    {"what is around them counts", {{'P', 0, "a" ID1, 0}},
     {{'P', 0, "a-" ID1, 0}}, false, 1, "A  \"a{id}\""},
    {"times do not count", {{'P', 0, 0, 5}}, {{'P', 0, 0, 7}}, false, 0, NULL},
    {"unless asked for", {{'P', 0, 0, 5}}, {{'P', 0, 0, 7}}, true, 1,
     "time taken\n        A  5 ms\n        B  7 ms\n"},
    {"one more call within a step",
     {{'S', 3, 0, 0}, {'C', 0, 0, 0}, {'P', 0, 0, 0}},
     {{'S', 3, 0, 0}, {'P', 0, 0, 0}}, false, 1,
     "Create (call 1): only in A: S_OK"},
    {"... does not shift what follows",
     {{'S', 3, 0, 0}, {'P', 0, 0, 0}, {'S', 4, 0, 0}, {'R', 0, 0, 0}},
     {{'S', 3, 0, 0}, {'C', 0, 0, 0}, {'P', 0, 0, 0}, {'S', 4, 0, 0},
      {'R', 1, 0, 0}},
     false, 2, "Create (call 1): only in B: S_OK"},
    {"a step that made no call in A",
     {{'S', 3, 0, 0}, {'S', 4, 0, 0}, {'R', 0, 0, 0}},
     {{'S', 3, 0, 0}, {'P', 0, 0, 0}, {'S', 4, 0, 0}, {'R', 0, 0, 0}}, false,
     1, "one.yaml:3:5: PreRestore (call 1): only in B: S_OK"},
    {"a step that made no call in B", {{'S', 3, 0, 0}, {'P', 0, 0, 0}},
     {{'S', 3, 0, 0}}, false, 1, "PreRestore (call 1): only in A: S_OK"},
    {"... does not shift what follows",
     {{'S', 3, 0, 0}, {'P', 0, 0, 0}, {'S', 4, 0, 0}, {'R', 0, 0, 0}},
     {{'S', 3, 0, 0}, {'S', 4, 0, 0}, {'R', 0, 0, 0}}, false, 1,
     "PreRestore (call 1): only in A: S_OK"},
    {"nothing in common", {{'P', 0, 0, 0}, {'P', 0, 0, 0}},
     {{'R', 0, 0, 0}}, false, 3, "Release (call 1): only in B: S_OK"},
};

Test(diff, tells_what_differs)
{
    static char left[8192] __attribute__((aligned(8)));
    static char right[8192] __attribute__((aligned(8)));

    for (unsigned i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct strbuf out = STRBUF_INIT;
        struct trace a, b;
        struct diff_side x = make(&a, left, sizeof(left), cases[i].a);
        struct diff_side y = make(&b, right, sizeof(right), cases[i].b);
        unsigned n = diff_traces(&out, &x, &y, cases[i].times);

        cr_expect_eq(n, cases[i].n, "%s: %u differences, not %u:\n%s",
                     cases[i].name, n, cases[i].n, strbuf_str(&out));
        cr_expect(!cases[i].says || strstr(strbuf_str(&out), cases[i].says),
                  "%s: it says\n%s", cases[i].name, strbuf_str(&out));
        strbuf_release(&out);
    }
}

/* Ends in the middle of a call: nothing came back. */
Test(diff, a_call_that_did_not_return)
{
    static char left[8192] __attribute__((aligned(8)));
    static char right[8192] __attribute__((aligned(8)));
    static const struct event events[] = {{'P', 0, 0, 0}, {0, 0, 0, 0}};
    struct strbuf out = STRBUF_INIT;
    struct trace a, b;
    struct diff_side x = make(&a, left, sizeof(left), events);
    struct diff_side y = make(&b, right, sizeof(right), events);
    const struct trace_rec *last = trace_first(y.base, y.used);

    last = trace_next(y.base, y.used, last); /* the call */
    y.used = (uint64_t)((const char *)last - y.base) + last->size;
    cr_expect_eq(diff_traces(&out, &x, &y, true), 1);
    cr_expect(strstr(strbuf_str(&out), "B  did not return"), "%s",
              strbuf_str(&out));
    strbuf_release(&out);
}
