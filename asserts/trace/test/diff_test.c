/* diff_test.c - what two traces differ in. */
#include "asserts/trace/diff.h"
#include "base/array.h"

#include <criterion/criterion.h>
#include <string.h>

#define BAD_STATE ((int32_t)0x80042301)

/* A call in a step: S a step of that line, else a call by its letter: P
 * PreRestore, R Release, C Create, D Release of what is released; then what it
 * gave. */
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
        trace_begin(t, e->what == 'D' ? TRACE_DEAD_CALL : TRACE_CALL, time, 1,
                    ++call, 1);
        trace_str(t, KEY_METHOD,
                  e->what == 'P'   ? "PreRestore"
                  : e->what == 'C' ? "Create"
                                   : "Release");
        trace_end(t);
        if (e->what == 'D')
            continue;
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
    {"the same",
     {{'S', 3, 0, 0}, {'P', 0, 0, 0}},
     {{'S', 3, 0, 0}, {'P', 0, 0, 0}},
     true,
     0,
     NULL},
    {"another code",
     {{'S', 3, 0, 0}, {'P', 0, 0, 0}},
     {{'S', 3, 0, 0}, {'P', BAD_STATE, 0, 0}},
     false,
     1,
     "one.yaml:3:5: PreRestore (call 1, 1): returned\n        A  S_OK\n"
     "        B  VSS_E_BAD_STATE\n"},
    {"another text",
     {{'P', 0, "a", 0}},
     {{'P', 0, "b", 0}},
     false,
     1,
     "PreRestore (call 1, 1): pText\n        A  \"a\"\n        B  \"b\"\n"},
    {"only A tells",
     {{'P', 0, "a", 0}},
     {{'P', 0, 0, 0}},
     false,
     1,
     "B  not told"},
    {"only B tells",
     {{'P', 0, 0, 0}},
     {{'P', 0, "a", 0}},
     false,
     1,
     "A  not told"},
    {"ids are equal",
     {{'P', 0, "<a id=" ID1 ">", 0}},
     {{'P', 0, "<a id=" ID2 ">", 0}},
     false,
     0,
     NULL},
    {"what is around them counts",
     {{'P', 0, "a" ID1, 0}},
     {{'P', 0, "a-" ID1, 0}},
     false,
     1,
     "A  \"a{id}\""},
    {"... behind them, too",
     {{'P', 0, ID1 "a", 0}},
     {{'P', 0, ID1 "b", 0}},
     false,
     1,
     "A  \"{id}a\""},
    {"times do not count", {{'P', 0, 0, 5}}, {{'P', 0, 0, 7}}, false, 0, NULL},
    {"unless asked for",
     {{'P', 0, 0, 5}},
     {{'P', 0, 0, 7}},
     true,
     1,
     "time taken\n        A  5 ms\n        B  7 ms\n"},
    {"each side by its own number",
     {{'P', 0, 0, 5}},
     {{'C', 0, 0, 0}, {'P', 0, 0, 7}},
     true,
     2,
     "PreRestore (call 1, 2): time taken\n        A  5 ms\n        B  7 ms\n"},
    {"what is no id counts",
     {{'P', 0, "gaffb034-969f-4919-8875-88f830d0ef89", 0}},
     {{'P', 0, "gaffb034-969f-4919-8875-88f830d0ef88", 0}},
     false,
     1,
     "ef89\"\n"},
    {"one more call within a step",
     {{'S', 3, 0, 0}, {'C', 0, 0, 0}, {'P', 0, 0, 0}},
     {{'S', 3, 0, 0}, {'P', 0, 0, 0}},
     false,
     1,
     "Create (call 1): only in A: S_OK"},
    {"... does not shift what follows",
     {{'S', 3, 0, 0}, {'P', 0, 0, 0}, {'S', 4, 0, 0}, {'R', 0, 0, 0}},
     {{'S', 3, 0, 0},
      {'C', 0, 0, 0},
      {'P', 0, 0, 0},
      {'S', 4, 0, 0},
      {'R', 1, 0, 0}},
     false,
     2,
     "Create (call 1): only in B: S_OK"},
    {"a step that made no call in A",
     {{'S', 3, 0, 0}, {'S', 4, 0, 0}, {'R', 0, 0, 0}},
     {{'S', 3, 0, 0}, {'P', 0, 0, 0}, {'S', 4, 0, 0}, {'R', 0, 0, 0}},
     false,
     1,
     "one.yaml:3:5: PreRestore (call 1): only in B: S_OK"},
    {"a step that made no call in B",
     {{'S', 3, 0, 0}, {'P', 0, 0, 0}},
     {{'S', 3, 0, 0}},
     false,
     1,
     "PreRestore (call 1): only in A: S_OK"},
    {"no call at all in A",
     {{'S', 3, 0, 0}},
     {{'S', 3, 0, 0}, {'P', 0, 0, 0}},
     false,
     1,
     "PreRestore (call 1): only in B: S_OK"},
    {"... does not shift what follows",
     {{'S', 3, 0, 0}, {'P', 0, 0, 0}, {'S', 4, 0, 0}, {'R', 0, 0, 0}},
     {{'S', 3, 0, 0}, {'S', 4, 0, 0}, {'R', 0, 0, 0}},
     false,
     1,
     "PreRestore (call 1): only in A: S_OK"},
    {"B goes on after A's end",
     {{'S', 3, 0, 0}, {'P', 0, 0, 0}},
     {{'S', 3, 0, 0}, {'P', 0, 0, 0}, {'S', 4, 0, 0}, {'R', 0, 0, 0}},
     false,
     1,
     "one.yaml:4:5: Release (call 2): only in B: S_OK"},
    {"a call on what is released",
     {{'R', 1, 0, 0}},
     {{'D', 0, 0, 0}},
     false,
     1,
     "B  a call on a released object\n"},
    {"nothing in common",
     {{'P', 0, 0, 0}, {'P', 0, 0, 0}},
     {{'R', 0, 0, 0}},
     false,
     3,
     "Release (call 1): only in B: S_OK"},
};

Test(diff, tells_what_differs)
{
    static char left[8192] __attribute__((aligned(8)));
    static char right[8192] __attribute__((aligned(8)));

    for (unsigned i = 0; i < ARRAY_SIZE(cases); i++) {
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
    static const struct event events[] = {{'P', 0, "a", 0}, {0, 0, 0, 0}};
    struct strbuf out = STRBUF_INIT;
    struct trace a, b;
    struct diff_side x = make(&a, left, sizeof(left), events);
    struct diff_side y = make(&b, right, sizeof(right), events);
    const struct trace_rec *last = trace_first(y.base, y.used);

    last = trace_next(y.base, y.used, last); /* the call */
    y.used = (uint64_t)((const char *)last - y.base) + last->size;
    cr_expect_eq(diff_traces(&out, &x, &y, true), 2);
    cr_expect(strstr(strbuf_str(&out), "B  did not return"), "%s",
              strbuf_str(&out));
    cr_expect(strstr(strbuf_str(&out), "A  \"a\"\n        B  not told"), "%s",
              strbuf_str(&out));
    strbuf_reset(&out);
    cr_expect_eq(diff_traces(&out, &y, &x, true), 2);
    cr_expect(strstr(strbuf_str(&out), "A  did not return"), "%s",
              strbuf_str(&out));
    cr_expect(strstr(strbuf_str(&out), "A  not told\n        B  \"a\""), "%s",
              strbuf_str(&out));
    strbuf_release(&out);
}

static void put(struct trace *t, enum trace_kind kind, uint32_t call)
{
    trace_begin(t, kind, 0, 1, call, 1);
    trace_str(t, KEY_METHOD, "Release");
    if (kind != TRACE_RETURN)
        trace_end(t);
}

/* A code without a name, a parameter left alone, a call on a released object
 * and returns of calls that are none. */
Test(diff, odd_records)
{
    static char left[8192] __attribute__((aligned(8)));
    static char right[8192] __attribute__((aligned(8)));
    struct strbuf out = STRBUF_INIT;
    struct trace t[2];

    for (int i = 0; i < 2; i++) {
        trace_init(&t[i], i ? right : left, sizeof(left), NULL);
        put(&t[i], TRACE_HEADER, 0);
        put(&t[i], TRACE_CALL, 1);
        put(&t[i], TRACE_DEAD_CALL, 2);
        put(&t[i], TRACE_RETURN, 2);
        trace_param(&t[i], TRACE_OUT, "x", TRACE_INT, i, NULL); /* no call's */
        trace_end(&t[i]);
        put(&t[i], TRACE_RETURN, 1);
        trace_hr(&t[i], KEY_HR, i ? 0 : (int32_t)0x8BADF00D);
        trace_param(&t[i], TRACE_OUT, "p", i ? TRACE_NULL : TRACE_UNTOUCHED, 0,
                    NULL);
        trace_param(&t[i], TRACE_OUT, "yes", TRACE_BOOL, i, NULL);
        trace_end(&t[i]);
    }
    cr_expect_eq(diff_traces(&out, &(struct diff_side){left, *t[0].used},
                             &(struct diff_side){right, *t[1].used}, false),
                 3, "%s", strbuf_str(&out));
    cr_expect(strstr(strbuf_str(&out), "A  false\n        B  true"), "%s",
              strbuf_str(&out));
    cr_expect(strstr(strbuf_str(&out), "A  0x8BADF00D\n        B  S_OK"), "%s",
              strbuf_str(&out));
    cr_expect(strstr(strbuf_str(&out), "A  untouched\n        B  null"), "%s",
              strbuf_str(&out));
    strbuf_release(&out);
}

/* There is room for as many calls as there are. */
Test(diff, many_calls)
{
    static char left[65536] __attribute__((aligned(8)));
    static char right[65536] __attribute__((aligned(8)));
    struct event events[200] = {{0, 0, 0, 0}};
    struct strbuf out = STRBUF_INIT;
    struct trace a, b;
    struct diff_side x, y;

    for (int i = 0; i < 199; i++)
        events[i] = (struct event){'P', 0, NULL, 0};
    x = make(&a, left, sizeof(left), events);
    events[198].hr = BAD_STATE;
    y = make(&b, right, sizeof(right), events);
    cr_expect_eq(diff_traces(&out, &x, &y, true), 1);
    cr_expect(strstr(strbuf_str(&out), "PreRestore (call 199, 199): returned"),
              "%s", strbuf_str(&out));
    strbuf_release(&out);
}
