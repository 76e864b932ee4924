/* rules_test.c - each rule, seen to hold and seen broken. */
#include <criterion/criterion.h>
#include <string.h>

#include "asserts/tapes/tamper.h"
#include "base/array.h"

#define HEAD "vssim: 1\nscenario: t\n"

/* A whole restore: one writer that takes five seconds. */
static const char whole[] = HEAD
    "writers:\n"
    "  - { profile: test-writer, behaviour: { PreRestore: { after: 5s, veto: "
    "VSS_E_WRITERERROR_RETRYABLE } } }\n"
    "  - { profile: sql-server }\n"
    "  - { profile: frs }\n"
    "requester:\n"
    "  - prepare: { select: [test-writer] }\n"
    "  - PreRestore: { phase: pre-pending }\n"
    "  - QueryStatus: { is: VSS_S_ASYNC_PENDING }\n"
    "  - Wait: { dwMilliseconds: 1s, takes: 1s }\n"
    "  - Wait: { takes: 4s }\n"
    "  - QueryStatus: { is: VSS_S_ASYNC_FINISHED }\n"
    "  - QueryStatus: { is: VSS_S_ASYNC_FINISHED }\n"
    "  - Cancel: { returns: VSS_S_ASYNC_FINISHED }\n"
    "  - PreRestore: { returns: VSS_E_BAD_STATE }\n"
    "  - SetSelectedForRestore: { writer: sql-server, returns: "
    "VSS_E_BAD_STATE }\n"
    "  - GatherWriterStatus: { wait: true }\n"
    "  - GetWriterStatus: { writer: test-writer, state: "
    "VSS_WS_FAILED_AT_PRE_RESTORE, failure: VSS_E_WRITERERROR_RETRYABLE }\n"
    "  - SetFileRestoreStatus: { writer: test-writer }\n"
    "  - PostRestore: { wait: true }\n"
    "  - PostRestore: { returns: VSS_E_BAD_STATE }\n"
    "  - SetFileRestoreStatus: { writer: test-writer, returns: "
    "VSS_E_BAD_STATE }\n"
    "expect: { events: { test-writer: [PreRestore, PostRestore], sql-server: "
    "[] } }\n";

/* What is refused. */
static const char refused[] =
    HEAD "requester:\n"
         "  - CreateVssBackupComponents\n"
         "  - PreRestore: { ppAsync: null, returns: E_INVALIDARG }\n"
         "  - PreRestore: { returns: VSS_E_BAD_STATE }\n"
         "  - InitializeForRestore\n"
         "  - InitializeForRestore: { returns: VSS_E_BAD_STATE }\n"
         "  - PreRestore: { returns: VSS_E_BAD_STATE }\n"
         "  - PostRestore: { returns: VSS_E_BAD_STATE }\n"
         "  - SetFileRestoreStatus: { writer: test-writer, returns: "
         "VSS_E_BAD_STATE }\n";

/* A whole backup. */
static const char whole_backup[] =
    HEAD "writers: [{ profile: test-writer }, { profile: sql-server }]\n"
         "requester:\n"
         "  - backup: { select: [test-writer] }\n";

static const char backup[] =
    HEAD "requester:\n"
         "  - CreateVssBackupComponents\n"
         "  - InitializeForBackup: { bstrXML: null }\n"
         "  - PreRestore: { returns: VSS_E_BAD_STATE }\n";

static const char faults[] =
    HEAD "faults:\n"
         "  - { point: alloc/PreRestore/1 }\n"
         "  - { point: service/PreRestore }\n"
         "requester:\n"
         "  - prepare\n"
         "  - PreRestore: { returns: E_OUTOFMEMORY }\n"
         "  - PreRestore: { returns: VSS_E_UNEXPECTED }\n"
         "expect: { log: [ Unexpected ] }\n";

static const char cancelled[] = HEAD
    "writers:\n"
    "  - { profile: test-writer, behaviour: { PreRestore: { after: 5s } } }\n"
    "requester:\n"
    "  - prepare\n"
    "  - PreRestore\n"
    "  - sleep: 1s\n"
    "  - Cancel\n"
    "  - QueryStatus: { is: VSS_S_ASYNC_CANCELLED }\n"
    "  - Cancel: { returns: VSS_S_ASYNC_CANCELLED }\n";

static const char too_late[] =
    HEAD "requester:\n"
         "  - prepare\n"
         "  - PreRestore\n"
         "  - Wait\n"
         "  - Cancel: { returns: VSS_S_ASYNC_FINISHED }\n"
         "  - QueryStatus: { is: VSS_S_ASYNC_FINISHED }\n";

static const char partial[] = HEAD
    "writers: [{ profile: test-writer, behaviour: { PreRestore: { partial: "
    "{ component: files, application: 1834, text: in use } } } }]\n"
    "requester:\n"
    "  - prepare\n"
    "  - QueryInterface: { iid: IVssBackupComponentsEx3 }\n"
    "  - PreRestore: { wait: true }\n"
    "  - GatherWriterStatus: { wait: true }\n"
    "  - GetWriterStatusEx: { writer: test-writer, text: in use }\n";

static const char read_back[] = HEAD
    "requester:\n"
    "  - prepare\n"
    "  - SetRestoreOptions: { component: files, wszRestoreOptions: quick }\n"
    "  - PreRestore: { wait: true }\n"
    "  - IsSelectedForRestore: { component: files, is: true }\n"
    "  - GetRestoreOptions: { component: files, is: quick }\n"
    "  - SetFileRestoreStatus: { component: files, status: VSS_RS_ALL }\n"
    "  - SetFileRestoreStatus: { component: files, status: VSS_RS_NONE }\n"
    "  - GetFileRestoreStatus: { component: files, is: VSS_RS_NONE }\n";

static const char windows_7[] =
    HEAD "world: { windows: windows-7 }\n"
         "requester:\n"
         "  - prepare\n"
         "  - QueryInterface: { iid: IVssBackupComponentsEx3 }\n"
         "  - QueryInterface: { iid: IVssBackupComponentsEx4, returns: "
         "E_NOINTERFACE }\n";

static const char server_2003[] =
    HEAD "world: { windows: server-2003 }\n"
         "requester:\n"
         "  - prepare\n"
         "  - PreRestore\n"
         "  - Wait: { dwMilliseconds: 5ms, returns: E_INVALIDARG }\n"
         "  - Wait\n";

static const char sleeps[] = HEAD "requester:\n"
                                  "  - CreateVssBackupComponents\n"
                                  "  - sleep: 5s\n"
                                  "  - Release\n";

static const char program[] = HEAD "requester: [ CreateVssBackupComponents ]\n"
                                   "expect: { exit: 3, output: [ done ] }\n";

static const char disaster[] =
    "vssim: 1\nscenario: t\n"
    "world: { role: winpe, machine: { disks: [ { name: system } ] } }\n"
    "requester:\n"
    "  - CreateVssBackupComponents\n"
    "  - InitializeForRestore\n"
    "  - PreRestore: { wait: true }\n"
    "  - PostRestore: { wait: true }\n"
    "expect: { disks: { system: kept } }\n";

static const struct tamper tampers[] = {
    {"expect-exit", program, TRACE_PROGRAM, NULL, 1, T_SET_KEY, "code",
     "int:0"},
    {"expect-output", program, TRACE_EXPECT, "output", 1, T_SET_KEY, "count",
     "int:0"},
    {"program-runs", program, TRACE_PROGRAM, NULL, 1, T_SET_KEY, "reason",
     "signal"},
    {"expect-returns", whole, TRACE_RETURN, "SetSelectedForRestore", 1,
     T_SET_KEY, "hr", "hr:VSS_E_OBJECT_NOT_FOUND"},
    {"expect-out", whole, TRACE_RETURN, "GetWriterStatus", 2, T_SET_OUT,
     "pnStatus", "VSS_WS_STABLE"},
    {"expect-out", whole, TRACE_EXPECT, "pnStatus", 1, T_SET_KEY, "name",
     "pnSomething"},
    {"expect-takes", whole, TRACE_EXPECT, "takes", 1, T_SET_KEY, "want",
     "999"},
    {"expect-phase", whole, TRACE_RETURN, "PreRestore", 1, T_SET_KEY, "phase",
     "pre-done"},
    {"expect-disk", disaster, TRACE_DISK, "system", 1, T_SET_KEY, "outcome",
     "skipped"},
    {"expect-found", whole, TRACE_EXPECT, "found", 1, T_SET_KEY, "want",
     "false"},
    {"expect-events", whole, TRACE_EVENT_BEGIN, "PostRestore", 1, T_DROP,
     NULL, NULL},
    {"expect-log", faults, TRACE_LOG, NULL, 1, T_SET_KEY, "text", "other"},
    {"expect-findings", whole, TRACE_HEADER, NULL, 1, T_SET_KEY, "findings",
     "use-after-release"},
    {"todo-passes", whole, TRACE_HEADER, NULL, 1, T_SET_KEY, "todo",
     "use-after-release"},
    {"never-stuck", sleeps, TRACE_SLEEP, NULL, 1, T_KIND, NULL, "stuck"},
    {"subject-survives", whole, TRACE_END, NULL, 1, T_DROP, NULL, NULL},
    {"subject-survives", sleeps, TRACE_SLEEP, NULL, 1, T_KIND, NULL, "exit"},
    {"allowed-code", whole, TRACE_RETURN, "PreRestore", 1, T_SET_KEY, "hr",
     "hr:VSS_E_PROVIDER_VETO"},
    {"allowed-code", whole, TRACE_RETURN, "Wait", 2, T_SET_KEY, "hr",
     "hr:VSS_S_ASYNC_PENDING"},
    {"not-implemented", whole, TRACE_RETURN, "PostRestore", 1, T_SET_KEY,
     "hr", "hr:E_NOTIMPL"},
    {"unexpected-by-version", faults, TRACE_RETURN, "PreRestore", 2,
     T_SET_KEY, "hr", "hr:E_UNEXPECTED"},
    {"unexpected-is-logged", faults, TRACE_LOG, NULL, 1, T_DROP, NULL, NULL},
    {"out-written", refused, TRACE_RETURN, "PreRestore", 2, T_SET_OUT,
     "ppAsync", "untouched"},
    {"failure-clears-out", refused, TRACE_RETURN, "PreRestore", 2, T_SET_OUT,
     "ppAsync", "obj:1"},
    {"success-hands-over", whole, TRACE_RETURN, "PreRestore", 1, T_SET_OUT,
     "ppAsync", "null"},
    {"null-refused", refused, TRACE_RETURN, "PreRestore", 1, T_SET_KEY, "hr",
     "hr:VSS_E_BAD_STATE"},
    {"refused-changes-nothing", refused, TRACE_RETURN, "PreRestore", 2,
     T_SET_KEY, "state", "0000000000000001"},
    {"memory-failure-changes-nothing", faults, TRACE_RETURN, "PreRestore", 1,
     T_SET_KEY, "state", "0000000000000001"},
    {"failure-tells-no-writer", whole, TRACE_RETURN, "PreRestore", 1,
     T_SET_KEY, "hr", "hr:E_OUTOFMEMORY"},
    {"failure-leaks-nothing", faults, TRACE_RETURN, "PreRestore", 1,
     T_SET_KEY, "live", "int:99999"},
    {"time-stands-still", whole, TRACE_RETURN, "PreRestore", 1, T_LATER, NULL,
     "7"},
    {"released-means-gone", whole, TRACE_BALANCE, NULL, 1, T_SET_KEY, "live",
     "int:1"},
    {"released-means-gone", whole, TRACE_BALANCE, NULL, 1, T_SET_KEY, "bstrs",
     "int:1"},
    {"released-means-gone", whole, TRACE_FORGET, NULL, 1, T_DROP, NULL, NULL},
    {"interface-by-version", windows_7, TRACE_RETURN, "QueryInterface", 2,
     T_SET_KEY, "hr", "hr:S_OK"},
    {"interface-by-version", windows_7, TRACE_RETURN, "QueryInterface", 1,
     T_SET_KEY, "hr", "hr:E_NOINTERFACE"},
    {"reference-is-kept", whole, TRACE_RETURN, "Release", 1, T_SET_OUT,
     "again", "obj:2"},
    {"async-code", whole, TRACE_RETURN, "QueryStatus", 2, T_SET_OUT,
     "pHrResult", "hr:VSS_E_PROVIDER_VETO"},
    {"writer-failure-not-in-async", whole, TRACE_RETURN, "QueryStatus", 3,
     T_SET_OUT, "pHrResult", "hr:VSS_E_WRITERERROR_RETRYABLE"},
    {"async-never-goes-back", whole, TRACE_RETURN, "QueryStatus", 4,
     T_SET_OUT, "pHrResult", "hr:VSS_S_ASYNC_PENDING"},
    {"async-never-goes-back", whole, TRACE_RETURN, "QueryStatus", 4,
     T_SET_OUT, "pHrResult", "hr:E_OUTOFMEMORY"},
    {"async-never-goes-back", too_late, TRACE_RETURN, "QueryStatus", 2,
     T_SET_OUT, "pHrResult", "hr:VSS_S_ASYNC_CANCELLED"},
    {"finished-means-answered", whole, TRACE_RETURN, "QueryStatus", 2,
     T_SET_OUT, "pHrResult", "hr:VSS_S_ASYNC_FINISHED"},
    {"end-is-told", whole, TRACE_RETURN, "QueryStatus", 3, T_SET_OUT,
     "pHrResult", "hr:VSS_S_ASYNC_PENDING"},
    {"wait-waits", whole, TRACE_CALL, "Wait", 2, T_SET_IN, "dwMilliseconds",
     "int:999"},
    {"wait-waits", whole, TRACE_CALL, "Wait", 2, T_SET_IN, "dwMilliseconds",
     "int:4294967295"},
    {"wait-argument-by-version", server_2003, TRACE_RETURN, "Wait", 2,
     T_SET_KEY, "hr", "hr:S_OK"},
    {"wait-argument-by-version", whole, TRACE_RETURN, "Wait", 2, T_SET_KEY,
     "hr", "hr:E_INVALIDARG"},
    {"cancel-tells-the-truth", whole, TRACE_RETURN, "Cancel", 1, T_SET_KEY,
     "hr", "hr:S_OK"},
    {"cancel-tells-the-truth", cancelled, TRACE_RETURN, "QueryStatus", 2,
     T_SET_OUT, "pHrResult", "hr:VSS_S_ASYNC_FINISHED"},
    {"cancel-tells-the-truth", cancelled, TRACE_RETURN, "Cancel", 2,
     T_SET_KEY, "hr", "hr:VSS_S_ASYNC_FINISHED"},
    {"event-from-its-method", whole, TRACE_POST, "PostRestore", 1, T_SET_KEY,
     "event", "PreRestore"},
    {"success-sends-one-event", whole, TRACE_RETURN, "PreRestore", 2,
     T_SET_KEY, "hr", "hr:S_OK"},
    {"unselected-hears-nothing", whole, TRACE_EVENT_BEGIN, "PreRestore", 1,
     T_SET_KEY, "writer", "sql-server"},
    {"selected-hears-once", whole, TRACE_EVENT_BEGIN, "PreRestore", 1,
     T_DOUBLE, NULL, NULL},
    {"selected-hears-once", whole, TRACE_CALL, "SetSelectedForRestore", 1,
     T_SET_IN, "writerId", "a65faa63-5ea8-4ebc-9dbd-a0c4db26912a"},
    {"what-was-set-is-read", read_back, TRACE_RETURN, "GetFileRestoreStatus",
     1, T_SET_OUT, "pStatus", "VSS_RS_ALL"},
    {"what-was-set-is-read", read_back, TRACE_RETURN, "IsSelectedForRestore",
     1, T_SET_OUT, "pbSelectedForRestore", "bool:0"},
    {"what-was-set-is-read", read_back, TRACE_RETURN, "GetRestoreOptions", 1,
     T_SET_OUT, "pbstrRestoreOptions", "null"},
    {"backup-events-in-order", whole_backup, TRACE_EVENT_BEGIN, "Thaw", 1,
     T_SET_KEY, "event", "Freeze"},
    {"frozen-is-thawed", whole_backup, TRACE_EVENT_BEGIN, "Thaw", 1,
     T_SET_KEY, "writer", "sql-server"},
    {"backup-needs-a-component", whole_backup, TRACE_EVENT_BEGIN,
     "PrepareForBackup", 1, T_SET_KEY, "writer", "sql-server"},
    {"never-writer-hears-nothing", whole, TRACE_EVENT_BEGIN, "PreRestore", 1,
     T_SET_KEY, "writer", "frs"},
    {"postrestore-after-prerestore", whole, TRACE_EVENT_BEGIN, "PostRestore",
     1, T_SET_KEY, "writer", "sql-server"},
    {"status-tells-the-failure", whole, TRACE_RETURN, "GetWriterStatus", 1,
     T_SET_OUT, "pnStatus", "VSS_WS_UNKNOWN"},
    {"status-tells-the-failure", whole, TRACE_RETURN, "GetWriterStatus", 1,
     T_SET_OUT, "phResultFailure", "hr:VSS_E_WRITER_NOT_RESPONDING"},
    {"status-tells-the-failure", partial, TRACE_RETURN, "GetWriterStatusEx",
     1, T_SET_OUT, "pbstrApplicationMessage", "null"},
    {"status-tells-the-failure", partial, TRACE_RETURN, "GetWriterStatusEx",
     1, T_SET_OUT, "phrApplication", "hr:E_OUTOFMEMORY"},
    {"status-of-its-own", whole, TRACE_RETURN, "GetWriterStatus", 1,
     T_SET_OUT, "pbstrWriter", "Other Writer"},
    {"status-of-its-own", whole, TRACE_RETURN, "GetWriterStatus", 1,
     T_SET_OUT, "pidWriter", "a65faa63-5ea8-4ebc-9dbd-a0c4db26912b"},
    {"uninitialised-is-refused", refused, TRACE_RETURN, "PreRestore", 2,
     T_SET_KEY, "hr", "hr:S_OK"},
    {"initialise-once", refused, TRACE_RETURN, "InitializeForRestore", 2,
     T_SET_KEY, "hr", "hr:S_OK"},
    {"prerestore-is-for-restores", backup, TRACE_RETURN, "PreRestore", 1,
     T_SET_KEY, "hr", "hr:S_OK"},
    {"prerestore-once", whole, TRACE_RETURN, "PreRestore", 2, T_SET_KEY, "hr",
     "hr:S_OK"},
    {"prerestore-after-gather", refused, TRACE_RETURN, "PreRestore", 3,
     T_SET_KEY, "hr", "hr:S_OK"},
    {"postrestore-needs-prerestore", refused, TRACE_RETURN, "PostRestore", 1,
     T_SET_KEY, "hr", "hr:S_OK"},
    {"postrestore-needs-prerestore", whole, TRACE_RETURN, "PostRestore", 2,
     T_SET_KEY, "hr", "hr:S_OK"},
    {"selection-before-prerestore", whole, TRACE_RETURN,
     "SetSelectedForRestore", 3, T_SET_KEY, "hr", "hr:S_OK"},
    {"file-status-in-its-window", whole, TRACE_RETURN, "SetFileRestoreStatus",
     2, T_SET_KEY, "hr", "hr:S_OK"},
    {"file-status-in-its-window", refused, TRACE_RETURN,
     "SetFileRestoreStatus", 1, T_SET_KEY, "hr", "hr:S_OK"},
    {"use-after-release", sleeps, TRACE_SLEEP, NULL, 1, T_KIND, NULL,
     "dead-call"},
};

#define N_TAMPERS (ARRAY_SIZE(tampers))

static bool is_found(const struct judge *j, const char *rule)
{
    for (uint32_t i = 0; i < j->n_findings; i++)
        if (strcmp(j->findings[i].rule->id, rule) == 0)
            return true;
    return false;
}

static const struct rule *first_finding(const struct judge *j)
{
    return j->n_findings ? j->findings[0].rule : NULL;
}

static void try_one(const struct tamper *t)
{
    const struct rule *rule = rule_find(t->rule);
    struct tape truth = tape_play(t->scenario), lie;
    struct judge j;

    cr_assert(rule, "no rule %s", t->rule);
    judge_init(&j);
    judge_trace(&j, truth.base, truth.used);
    cr_expect_eq(j.verdict, VERDICT_PASS, "%s: the true trace fails by %s: %s",
                 t->rule, first_finding(&j) ? first_finding(&j)->id : "?",
                 first_finding(&j) ? j.findings[0].message : j.reason);
    if (strcmp(t->rule, "expect-findings") != 0 &&
        strcmp(t->rule, "todo-passes") != 0)
        cr_expect_gt(j.checked[rule - rules], 0,
                     "%s had nothing to judge in the true trace", t->rule);
    cr_expect(tape_tamper(&truth, t, &lie), "%s: no such record", t->rule);
    judge_trace(&j, lie.base, lie.used);
    tell(&j, t->rule);
    cr_expect(is_found(&j, t->rule), "%s is not found broken (%s %s)", t->rule,
              t->method ? t->method : "-", t->value ? t->value : "-");
    cr_expect_eq(j.verdict, VERDICT_FAIL, "%s: the changed trace passes",
                 t->rule);
    judge_release(&j);
    tape_free(&truth);
    tape_free(&lie);
}

Test(rules, each_holds_and_is_seen_broken)
{
    for (unsigned i = 0; i < N_TAMPERS; i++)
        try_one(&tampers[i]);
    told_as_kept("rules");
}

Test(rules, every_rule_is_tested)
{
    for (unsigned r = 0; r < N_RULES; r++) {
        bool tested = false;

        for (unsigned i = 0; i < N_TAMPERS; i++)
            tested |= strcmp(tampers[i].rule, rules[r].id) == 0;
        tested |= rules[r].kind == RULE_REQUESTER; /* requester_test.c */
        cr_expect(tested, "no test breaks the rule %s", rules[r].id);
    }
}

/* A rule that is switched off finds nothing. */
Test(rules, can_be_switched_off)
{
    const struct tamper code = {"expect-returns", whole, TRACE_RETURN,
                                "SetSelectedForRestore", 1, T_SET_KEY, "hr",
                                "hr:VSS_E_OBJECT_NOT_FOUND"};
    struct tape truth = tape_play(whole), lie;
    struct judge j;

    judge_init(&j);
    cr_assert(tape_tamper(&truth, &code, &lie));
    j.disabled[rule_find("expect-returns") - rules] = true;
    judge_trace(&j, lie.base, lie.used);
    cr_expect_not(is_found(&j, "expect-returns"));
    judge_release(&j);
    tape_free(&truth);
    tape_free(&lie);
}

/* --- verdicts --- */

static enum verdict verdict_of(const char *yaml, const struct tamper *change)
{
    struct tape tape = tape_play(yaml), other;
    struct judge j;
    enum verdict v;

    judge_init(&j);
    if (change) {
        cr_assert(tape_tamper(&tape, change, &other));
        tape_free(&tape);
        tape = other;
    }
    judge_trace(&j, tape.base, tape.used);
    v = j.verdict;
    judge_release(&j);
    tape_free(&tape);
    return v;
}

static const char idle[] = HEAD "faults: [ { point: alloc/PostRestore/1 } ]\n"
                                "requester: [ prepare, PreRestore ]\n";
static const char wrong[] =
    HEAD "todo: expect-returns\n"
         "requester: [ { CreateVssBackupComponents: { returns: E_INVALIDARG } "
         "} ]\n";
static const char skipped[] =
    HEAD "skip: not today\nrequester: [ CreateVssBackupComponents ]\n";

Test(verdict, each)
{
    const struct tamper named = {.kind = TRACE_HEADER, .nth = 1,
                                 .op = T_SET_KEY, .name = "todo",
                                 .value = "expect-out"};
    const struct tamper headless = {.kind = TRACE_HEADER, .nth = 1,
                                    .op = T_DROP};
    const struct tamper problem = {.kind = TRACE_SLEEP, .nth = 1,
                                   .op = T_KIND, .value = "problem"};

    cr_expect_eq(verdict_of(whole, NULL), VERDICT_PASS);
    cr_expect_eq(verdict_of(idle, NULL), VERDICT_NOT_EXERCISED);
    cr_expect_eq(verdict_of(wrong, NULL), VERDICT_EXPECTED_FAILURE);
    cr_expect_eq(verdict_of(wrong, &named), VERDICT_FAIL);
    cr_expect_eq(verdict_of(skipped, NULL), VERDICT_SKIPPED);
    cr_expect_eq(verdict_of(whole, &headless), VERDICT_ERROR);
    cr_expect_eq(verdict_of(sleeps, &problem), VERDICT_ERROR);
}
