/* words_say.c - what a record says; see words.h. */
#include <string.h>

#include "asserts/report/words_put.h"

/* --- calls --- */

static void say_call(const struct say *s)
{
    say_text(s, KEY_METHOD);
    strbuf_addc(s->out, '(');
    say_params(s, TRACE_IN, "");
    strbuf_addc(s->out, ')');
    if (s->rec->object) {
        strbuf_adds(s->out, " on ");
        say_object(s, s->rec->object);
    }
}

/* How the object's phase moved; and, after a failure, that its state did. */
static void put_moves(const struct say *s, const struct trace_rec *call)
{
    const char *phase[2] = {trace_get_str(call, KEY_PHASE, NULL),
                            trace_get_str(s->rec, KEY_PHASE, NULL)};
    const char *state[2] = {trace_get_str(call, KEY_STATE, NULL),
                            trace_get_str(s->rec, KEY_STATE, NULL)};

    if (phase[0] && phase[1] && strcmp(phase[0], phase[1]) != 0) {
        strbuf_adds(s->out, "  [phase ");
        words_plain(s->out, phase[0]);
        strbuf_adds(s->out, " -> ");
        words_plain(s->out, phase[1]);
        strbuf_addc(s->out, ']');
    }
    if (state[0] && state[1] && strcmp(state[0], state[1]) != 0 &&
        trace_get_int(s->rec, KEY_HR, 0) < 0)
        strbuf_adds(s->out, "  [state changed]");
}

static void say_return(const struct say *s)
{
    const struct trace_rec *call = say_call_of(s);
    struct trace_field f;

    if (call) {
        words_plain(s->out, trace_get_str(call, KEY_METHOD, "?"));
        strbuf_addc(s->out, ' ');
    }
    strbuf_adds(s->out, "->");
    say_hr(s, " ", true);
    if (trace_find(s->rec, KEY_COUNT, &f))
        strbuf_addf(s->out, " %lld reference%s left", (long long)f.num,
                    f.num == 1 ? "" : "s");
    say_params(s, TRACE_OUT, ", ");
    if (call)
        put_moves(s, call);
}

static void say_dead_call(const struct say *s)
{
    say_text(s, KEY_METHOD);
    strbuf_adds(s->out, " on ");
    say_object(s, s->rec->object);
    strbuf_adds(s->out, " after its last release: the call was not made");
}

/* --- the world --- */

static void say_header(const struct say *s)
{
    say_text(s, KEY_FILE);
    say_quoted(s, ": ", KEY_SCENARIO);
    strbuf_adds(s->out, ", subject ");
    say_text(s, KEY_SUBJECT);
    if (trace_get_str(s->rec, KEY_WINDOWS, NULL)) {
        strbuf_adds(s->out, ", on ");
        say_text(s, KEY_WINDOWS);
    }
    if (trace_get_str(s->rec, KEY_MACHINE, NULL)) {
        strbuf_adds(s->out, " (");
        say_text(s, KEY_MACHINE);
        strbuf_adds(s->out, ", ");
        say_text(s, KEY_PROVENANCE);
        strbuf_adds(s->out, ")");
    }
    say_quoted(s, ", skipped: ", KEY_SKIP);
    say_quoted(s, ", expected to fail by: ", KEY_TODO);
}

static void put_declared(const struct say *s)
{
    say_text(s, KEY_WHAT);
    strbuf_addc(s->out, ' ');
    say_text(s, KEY_NAME);
    say_place(s);
}

static void say_declare(const struct say *s)
{
    strbuf_adds(s->out, "set up: ");
    put_declared(s);
}

static void say_effect(const struct say *s)
{
    const struct trace_rec *rec =
        s->words ? trace_first(s->words->base, s->words->used) : NULL;
    struct say declared = {s->out, s->words, rec};

    while (rec && (rec->kind != TRACE_DECLARE ||
                   say_num(&declared, KEY_INDEX) != say_num(s, KEY_INDEX)))
        declared.rec = rec = trace_next(s->words->base, s->words->used, rec);
    strbuf_adds(s->out, "took effect: ");
    if (rec)
        put_declared(&declared);
    else
        strbuf_addf(s->out, "number %lld", say_num(s, KEY_INDEX));
}

static void say_writer(const struct say *s)
{
    strbuf_adds(s->out, "writer ");
    say_text(s, KEY_NAME);
    say_quoted(s, ": ", KEY_LABEL);
    strbuf_adds(s->out, ", class ");
    say_text(s, KEY_CLASS);
    if (trace_get_str(s->rec, KEY_RESTORE, NULL)) {
        strbuf_adds(s->out, ", ");
        say_text(s, KEY_RESTORE);
    }
}

static void say_create(const struct say *s)
{
    strbuf_adds(s->out, "new: ");
    say_object(s, s->rec->object);
    if (!s->words) {
        strbuf_adds(s->out, ", ");
        say_text(s, KEY_IFACE);
    }
}

static void say_destroy(const struct say *s)
{
    say_object(s, s->rec->object);
    strbuf_adds(s->out, " is gone: its last reference was released");
}

static void say_post(const struct say *s)
{
    long long n = say_num(s, KEY_TARGETS);

    say_text(s, KEY_EVENT);
    strbuf_addf(s->out, " goes out to %lld writer%s (event %lld)", n,
                n == 1 ? "" : "s", say_num(s, KEY_TICKET));
}

static void say_event_begin(const struct say *s)
{
    say_text(s, KEY_WRITER);
    strbuf_adds(s->out, ": handles ");
    say_text(s, KEY_EVENT);
}

static const char *ending(const char *outcome)
{
    static const char *const endings[][2] = {
        {"true", "is done with"},
        {"false", "vetoes"},
        {"gave-up", "has not answered in time:"},
        {"died", "dies in"},
        {"lost", "never got"},
        {"refused", "is refused:"},
        {NULL, "is over with"},
    };
    unsigned i = 0;

    while (endings[i][0] && strcmp(outcome, endings[i][0]) != 0)
        i++;
    return endings[i][1];
}

static void say_event_end(const struct say *s)
{
    say_text(s, KEY_WRITER);
    strbuf_addf(s->out, ": %s ", ending(say_str(s, KEY_OUTCOME)));
    say_text(s, KEY_EVENT);
    say_hr(s, ", ", false);
    say_quoted(s, ", ", KEY_MESSAGE);
}

static void say_edit(const struct say *s)
{
    say_text(s, KEY_WRITER);
    strbuf_adds(s->out, ": ");
    say_text(s, KEY_METHOD);
    say_quoted(s, " ", KEY_VALUE);
    say_quoted(s, " of component ", KEY_COMPONENT);
    say_hr(s, " -> ", true);
}

static void say_status(const struct say *s)
{
    say_text(s, KEY_WRITER);
    strbuf_adds(s->out, ": is now ");
    say_text(s, KEY_STATE);
    say_hr(s, ", ", true);
}

static void say_ticket_done(const struct say *s)
{
    say_text(s, KEY_EVENT);
    strbuf_addf(s->out, " is over (event %lld)", say_num(s, KEY_TICKET));
    say_hr(s, ": ", true);
}

static void say_forget(const struct say *s)
{
    strbuf_addf(s->out, "nobody waits for event %lld any more",
                say_num(s, KEY_TICKET));
}

static void say_fault(const struct say *s)
{
    strbuf_adds(s->out, "FAULT ");
    say_text(s, KEY_NAME);
    say_hr(s, " -> ", true);
}

static void say_log(const struct say *s)
{
    strbuf_adds(s->out, "event log: ");
    say_text(s, KEY_SOURCE);
    strbuf_addf(s->out, " %lld", say_num(s, KEY_ID));
    say_quoted(s, ": ", KEY_TEXT);
}

/* --- the script --- */

static void say_step(const struct say *s)
{
    strbuf_adds(s->out, "-- ");
    say_text(s, KEY_NAME);
    say_place(s);
}

static void say_expect(const struct say *s)
{
    strbuf_adds(s->out, "expected: ");
    say_text(s, KEY_WHAT);
    if (trace_get_str(s->rec, KEY_NAME, NULL)) {
        strbuf_addc(s->out, ' ');
        say_text(s, KEY_NAME);
    }
    if (trace_get_str(s->rec, KEY_WANT, NULL)) {
        strbuf_addc(s->out, ' ');
        say_text(s, KEY_WANT);
    }
    say_place(s);
}

static void say_sleep(const struct say *s)
{
    strbuf_adds(s->out, "sleeps ");
    words_time(s->out, (uint64_t)say_num(s, KEY_MS));
}

static void say_stuck(const struct say *s)
{
    const struct trace_rec *call = say_call_of(s);

    if (call) {
        words_plain(s->out, trace_get_str(call, KEY_METHOD, "?"));
        strbuf_addc(s->out, ' ');
    }
    strbuf_adds(s->out, "waits for ever: nothing is going to happen");
}

static void say_balance(const struct say *s)
{
    if (trace_get_int(s->rec, KEY_LIVE, -1) < 0) { /* of an opaque subject */
        strbuf_addf(s->out, "left over: %lld objects",
                    say_num(s, KEY_OBJECTS));
        return;
    }
    strbuf_addf(s->out,
                "left over: %lld objects, %lld BSTRs, %lld of %lld "
                "allocations (%lld bytes)",
                say_num(s, KEY_OBJECTS), say_num(s, KEY_BSTRS),
                say_num(s, KEY_LIVE), say_num(s, KEY_ALLOCATIONS),
                say_num(s, KEY_BYTES));
}

static void say_problem(const struct say *s)
{
    say_text(s, KEY_FILE);
    if (say_num(s, KEY_LINE))
        strbuf_addf(s->out, ":%lld:%lld", say_num(s, KEY_LINE),
                    say_num(s, KEY_COL));
    strbuf_adds(s->out, ": ");
    words_line(s->out, say_str(s, KEY_TEXT));
}

static void say_exit(const struct say *s)
{
    strbuf_adds(s->out, "the process is gone: ");
    say_text(s, KEY_REASON);
    strbuf_addf(s->out, " %lld", say_num(s, KEY_CODE));
    say_quoted(s, ", ", KEY_TEXT);
}

static void say_program(const struct say *s)
{
    say_text(s, KEY_NAME);
    strbuf_adds(s->out, ": ");
    words_line(s->out, say_str(s, KEY_TEXT));
}

static void say_end(const struct say *s)
{
    strbuf_adds(s->out, "end");
}

static void (*const say[TRACE_KIND_COUNT])(const struct say *) = {
    [TRACE_HEADER] = say_header,
    [TRACE_DECLARE] = say_declare,
    [TRACE_EFFECT] = say_effect,
    [TRACE_WRITER] = say_writer,
    [TRACE_CREATE] = say_create,
    [TRACE_CALL] = say_call,
    [TRACE_RETURN] = say_return,
    [TRACE_DEAD_CALL] = say_dead_call,
    [TRACE_DESTROY] = say_destroy,
    [TRACE_POST] = say_post,
    [TRACE_EVENT_BEGIN] = say_event_begin,
    [TRACE_EVENT_END] = say_event_end,
    [TRACE_EDIT] = say_edit,
    [TRACE_STATUS] = say_status,
    [TRACE_TICKET_DONE] = say_ticket_done,
    [TRACE_FORGET] = say_forget,
    [TRACE_FAULT] = say_fault,
    [TRACE_LOG] = say_log,
    [TRACE_DISK] = say_disk,
    [TRACE_REGISTRY] = say_registry,
    [TRACE_STEP] = say_step,
    [TRACE_EXPECT] = say_expect,
    [TRACE_SLEEP] = say_sleep,
    [TRACE_STUCK] = say_stuck,
    [TRACE_BALANCE] = say_balance,
    [TRACE_PROBLEM] = say_problem,
    [TRACE_EXIT] = say_exit,
    [TRACE_PROGRAM] = say_program,
    [TRACE_END] = say_end,
};

void words_say(struct strbuf *out, const struct words *words,
               const struct trace_rec *rec)
{
    const struct say s = {out, words, rec};

    if (rec->kind < TRACE_KIND_COUNT && say[rec->kind])
        say[rec->kind](&s);
    else if (rec->kind < TRACE_KIND_COUNT)
        strbuf_adds(out, trace_kind_name((enum trace_kind)rec->kind));
}
