/* words_say_test.c - what the records of each kind say. */
#include <criterion/criterion.h>

#include "asserts/report/report.h"
#include "asserts/report/test/says.h"
#include "asserts/report/words.h"
#include "base/array.h"

/* A record with every field there is: texts read as their keys, numbers as
 * what they are in the table of keys. */
static void every_field(struct trace *t, enum trace_kind kind, uint32_t object)
{
    static const enum trace_key numbers[] = {
        KEY_LINE, KEY_COL, KEY_COUNT, KEY_TARGETS, KEY_TICKET, KEY_INDEX,
        KEY_ID, KEY_MS, KEY_LIVE, KEY_OBJECTS, KEY_BSTRS, KEY_ALLOCATIONS,
        KEY_BYTES, KEY_CODE};

    trace_init(t, buffer, sizeof(buffer), NULL);
    trace_begin(t, kind, 0, 1, 0, object);
    trace_hr(t, KEY_HR, (int32_t)0x80042301);
    for (unsigned i = 0; i < ARRAY_SIZE(numbers); i++)
        trace_int(t, numbers[i], (int64_t)i + 2);
    for (int key = 1; key < TRACE_KEY_COUNT; key++)
        trace_str(t, (enum trace_key)key, trace_key_name((enum trace_key)key));
}

static const struct {
    enum trace_kind kind;
    uint32_t object;
    const char *text;
} full[] = {
    {TRACE_HEADER, 0,
     "file: \"scenario\", subject subject, on windows (machine, "
     "provenance), skipped: \"skip\", expected to fail by: \"todo\""},
    {TRACE_DECLARE, 0, "set up: what name (line 2)"},
    {TRACE_EFFECT, 0, "took effect: number 7"},
    {TRACE_WRITER, 0, "writer name: \"label\", class class, restore"},
    {TRACE_CREATE, 5, "new: object #5, iface"},
    {TRACE_CALL, 5, "method() on object #5"},
    {TRACE_CALL, 0, "method()"},
    {TRACE_RETURN, 5, "-> VSS_E_BAD_STATE 4 references left"},
    {TRACE_DEAD_CALL, 5,
     "method on object #5 after its last release: the call was not made"},
    {TRACE_DESTROY, 5, "object #5 is gone: its last reference was released"},
    {TRACE_POST, 0, "event goes out to 5 writers (event 6)"},
    {TRACE_EVENT_BEGIN, 0, "writer: handles event"},
    {TRACE_EVENT_END, 0,
     "writer: is over with event, VSS_E_BAD_STATE, \"message\""},
    {TRACE_EDIT, 0,
     "writer: method \"value\" of component \"component\" -> "
     "VSS_E_BAD_STATE"},
    {TRACE_STATUS, 0, "writer: is now state, VSS_E_BAD_STATE"},
    {TRACE_TICKET_DONE, 0, "event is over (event 6): VSS_E_BAD_STATE"},
    {TRACE_FORGET, 0, "nobody waits for event 6 any more"},
    {TRACE_FAULT, 0, "FAULT name -> VSS_E_BAD_STATE"},
    {TRACE_LOG, 0, "event log: source 8: \"text\""},
    {TRACE_DISK, 0,
     "ASR: disk name of the backup outcome on disk \"disk\": "
     "VSS_E_BAD_STATE, to be cleaned first: \"reason\", cleaned: "
     "\"cleaned\""},
    {TRACE_REGISTRY, 0,
     "registry: 4 restored volumes, LastInstance = \"value\""},
    {TRACE_STEP, 0, "-- name (line 2)"},
    {TRACE_EXPECT, 0, "expected: what name want (line 2)"},
    {TRACE_SLEEP, 0, "sleeps 0.009s"},
    {TRACE_STUCK, 0, "waits for ever: nothing is going to happen"},
    {TRACE_BALANCE, 0,
     "left over: 11 objects, 12 BSTRs, 10 of 13 allocations (14 bytes)"},
    {TRACE_PROBLEM, 0, "file:2:3: text"},
    {TRACE_EXIT, 0, "the process is gone: reason 15, \"text\""},
    {TRACE_PROGRAM, 0, "name: text"},
    {TRACE_END, 0, "end"},
};

Test(words, say_each_field)
{
    for (unsigned i = 0; i < ARRAY_SIZE(full); i++) {
        struct trace t;

        every_field(&t, full[i].kind, full[i].object);
        says(&t, full[i].text);
    }
}

/* With an S_OK, which some do not mention; with one of a kind; with less. */
Test(words, say_what_went_well)
{
    static const char *const outcomes[][2] = {
        {"true", "w: is done with e"},
        {"false", "w: vetoes e"},
        {"gave-up", "w: has not answered in time: e"},
        {"died", "w: dies in e"},
        {"lost", "w: never got e"},
        {"refused", "w: is refused: e"},
        {"", "w: is over with e"}};
    struct trace t;

    for (unsigned i = 0; i < ARRAY_SIZE(outcomes); i++) {
        begin(&t, TRACE_EVENT_END);
        trace_str(&t, KEY_WRITER, "w");
        trace_str(&t, KEY_EVENT, "e");
        trace_str(&t, KEY_OUTCOME, outcomes[i][0]);
        trace_hr(&t, KEY_HR, 0);
        says(&t, outcomes[i][1]);
    }
    begin(&t, TRACE_TICKET_DONE);
    trace_hr(&t, KEY_HR, 0);
    says(&t, "? is over (event 0): S_OK");
    begin(&t, TRACE_STATUS);
    trace_hr(&t, KEY_HR, 0);
    says(&t, "?: is now ?, S_OK");
    begin(&t, TRACE_EDIT);
    trace_hr(&t, KEY_HR, 0);
    says(&t, "?: ? -> S_OK");
    begin(&t, TRACE_FAULT);
    trace_hr(&t, KEY_HR, 0);
    says(&t, "FAULT ? -> S_OK");
    begin(&t, TRACE_RETURN);
    trace_int(&t, KEY_COUNT, 1);
    says(&t, "-> 1 reference left");
    begin(&t, TRACE_POST);
    trace_int(&t, KEY_TARGETS, 1);
    says(&t, "? goes out to 1 writer (event 0)");
    begin(&t, TRACE_BALANCE); /* of an opaque subject */
    trace_int(&t, KEY_OBJECTS, 2);
    says(&t, "left over: 2 objects");
    begin(&t, TRACE_BALANCE);
    trace_int(&t, KEY_LIVE, 0);
    says(&t, "left over: 0 objects, 0 BSTRs, 0 of 0 allocations (0 bytes)");
    begin(&t, TRACE_DISK);
    trace_str(&t, KEY_WHAT, "clean");
    trace_str(&t, KEY_NAME, "d");
    trace_str(&t, KEY_REASON, "changed");
    trace_hr(&t, KEY_HR, 0);
    says(&t, "Clean of disk d, due: \"changed\"");
    begin(&t, TRACE_REGISTRY);
    trace_str(&t, KEY_WHAT, "set");
    trace_str(&t, KEY_NAME, "LastInstance");
    trace_str(&t, KEY_VALUE, "1");
    says(&t, "registry: LastInstance = \"1\"");
    begin(&t, TRACE_HEADER);
    trace_str(&t, KEY_MACHINE, "LAB7");
    says(&t, "?, subject ? (LAB7, ?)");
    begin(&t, TRACE_WRITER);
    says(&t, "writer ?, class ?");
    begin(&t, TRACE_STEP);
    trace_int(&t, KEY_LINE, 3);
    says(&t, "-- ? (line 3)");
    begin(&t, TRACE_STEP);
    trace_int(&t, KEY_COL, 3);
    says(&t, "-- ?");
    begin(&t, TRACE_PROBLEM);
    trace_int(&t, KEY_LINE, 3);
    says(&t, "?:3:0: ?");
    begin(&t, TRACE_PROBLEM);
    trace_int(&t, KEY_COL, 3);
    says(&t, "?: ?");
}

/* Codes of the disk service have names of their own. */
Test(words, say_codes_by_their_interface)
{
    struct trace t;

    begin(&t, TRACE_RETURN);
    trace_str(&t, KEY_IFACE, "IVdsAdvancedDisk");
    trace_hr(&t, KEY_HR, (int32_t)0x80042409);
    trace_param(&t, TRACE_OUT, "p", TRACE_HR, (int32_t)0x80042409, NULL);
    says(&t, "-> VDS_E_OPERATION_PENDING, p=VDS_E_OPERATION_PENDING");
}

/* What is said of a call that is known by its number. */
Test(words, say_what_belongs_to_a_call)
{
    struct strbuf text = STRBUF_INIT;
    struct trace t;

    trace_init(&t, buffer, sizeof(buffer), NULL);
    trace_begin(&t, TRACE_DECLARE, 0, 1, 0, 0);
    trace_int(&t, KEY_INDEX, 1);
    trace_str(&t, KEY_NAME, "a fault");
    trace_end(&t);
    trace_begin(&t, TRACE_DECLARE, 0, 1, 0, 0);
    trace_int(&t, KEY_INDEX, 2);
    trace_str(&t, KEY_NAME, "a delay");
    trace_end(&t);
    trace_begin(&t, TRACE_CALL, 0, 1, 99, 0);
    trace_str(&t, KEY_METHOD, "Wait");
    trace_str(&t, KEY_STATE, "0a");
    trace_str(&t, KEY_PHASE, "done");
    trace_end(&t);
    trace_begin(&t, TRACE_EFFECT, 0, 1, 99, 0);
    trace_int(&t, KEY_INDEX, 2);
    trace_end(&t);
    trace_begin(&t, TRACE_STUCK, 0, 1, 99, 0);
    trace_end(&t);
    trace_begin(&t, TRACE_RETURN, 0, 2, 99, 0);
    trace_hr(&t, KEY_HR, 0);
    trace_str(&t, KEY_STATE, "0b");
    trace_str(&t, KEY_PHASE, "done");
    trace_end(&t);
    trace_begin(&t, TRACE_RETURN, 0, 1, 99, 0); /* it says less */
    trace_hr(&t, KEY_HR, (int32_t)0x80042301);
    trace_end(&t);
    trace_begin(&t, TRACE_CALL, 0, 1, 98, 0);
    trace_end(&t);
    trace_begin(&t, TRACE_RETURN, 0, 1, 98, 0); /* it says more */
    trace_hr(&t, KEY_HR, (int32_t)0x80042301);
    trace_str(&t, KEY_STATE, "0b");
    trace_str(&t, KEY_PHASE, "done");
    trace_end(&t);
    trace_begin(&t, TRACE_RETURN, 0, 1, 100, 0); /* of no call */
    trace_end(&t);
    trace_begin(&t, TRACE_DESTROY, 0, 1, 0, 1); /* of no object */
    trace_end(&t);
    words_trace(&text, t.base, *t.used);
    cr_expect_str_eq(
        strbuf_str(&text),
        "   0.000s      set up: ? a fault\n"
        "   0.000s      set up: ? a delay\n"
        "   0.000s  #99 Wait()\n"
        "   0.000s        took effect: ? a delay\n"
        "   0.000s        Wait waits for ever: nothing is going to happen\n"
        "   0.000s  #99 Wait -> S_OK  [thread 2]\n"
        "   0.000s  #99 Wait -> VSS_E_BAD_STATE\n"
        "   0.000s  #98 ?()\n"
        "   0.000s  #98 ? -> VSS_E_BAD_STATE\n"
        "   0.000s  #100 ->\n"
        "   0.000s      object #1 is gone: its last reference was released\n",
        "%s", strbuf_str(&text));
    strbuf_reset(&text);
    trace_init(&t, buffer, sizeof(buffer), NULL);
    trace_begin(&t, TRACE_CALL, 0, 1, 100, 0);
    trace_end(&t);
    words_trace(&text, t.base, *t.used);
    cr_expect_str_eq(strbuf_str(&text), "   0.000s  #100 ?()\n");
    strbuf_reset(&text);
    begin(&t, TRACE_END);
    trace_end(&t);
    words_trace(&text, t.base, *t.used);
    cr_expect_str_eq(strbuf_str(&text), "   0.000s      end\n");
    strbuf_release(&text);
}
