/* rules_decide_test.c - what decides whether a rule finds something: traces
 * that differ in one thing, and only one of them breaks the rule. */
#include <criterion/criterion.h>

#include "asserts/tapes/tamper.h"
#include "base/array.h"

#define HEAD "vssim: 1\nscenario: t\n"
#define PREPARE HEAD "requester:\n  - prepare\n"
#define BACKUP PREPARED "  - DoSnapshotSet: { wait: true }\n"

static const char waits[] = PREPARE
    "  - PreRestore: { phase: pre-pending }\n"
    "  - Wait: { dwMilliseconds: 1s }\n"
    "  - Cancel: { returns: VSS_S_ASYNC_FINISHED }\n"
    "  - QueryStatus\n"
    "  - GatherWriterStatus: { wait: true }\n"
    "  - GetWriterStatus: { iWriter: 0, out: { pnStatus: VSS_WS_STABLE } }\n"
    "  - SetFileRestoreStatus\n"
    "  - PostRestore\n"
    "  - Wait\n"
    "  - Cancel: { returns: VSS_S_ASYNC_FINISHED }\n";

/* Cancelled, but after PostRestore was tried. */
static const char cancelled[] = HEAD
    "writers:\n"
    "  - { profile: test-writer, behaviour: { PreRestore: { after: 5s } } }\n"
    "requester:\n"
    "  - prepare\n"
    "  - PreRestore: { as: pre }\n"
    "  - PostRestore: { returns: VSS_E_BAD_STATE }\n"
    "  - Cancel: { on: pre }\n";

static const char completed[] =
    HEAD "requester:\n" BACKUP "  - BackupComplete\n"
         "  - Wait\n"
         "  - Cancel: { returns: VSS_S_ASYNC_FINISHED }\n";

static const char reverted[] =
    HEAD "world: { volumes: [{ path: 'C:\\', system-files: true }, "
         "{ path: 'D:\\', revert-takes: 20s }] }\n"
         "requester:\n"
         "  - CreateVssBackupComponents\n"
         "  - InitializeForBackup\n"
         "  - SetContext: { lContext: VSS_CTX_NAS_ROLLBACK }\n"
         "  - StartSnapshotSet\n"
         "  - AddToSnapshotSet: { pwszVolumeName: 'D:\\' }\n"
         "  - DoSnapshotSet: { wait: true }\n"
         "  - RevertToSnapshot: { bForceDismount: 1 }\n"
         "  - QueryRevertStatus: { pwszVolume: 'D:\\' }\n"
         "  - Cancel: { returns: VSS_E_UNEXPECTED }\n"
         "  - Wait\n"
         "  - Cancel: { returns: VSS_S_ASYNC_FINISHED }\n";

static const char imported[] =
    HEAD "world:\n"
         "  providers: [{ name: Array }]\n"
         "  volumes: [{ path: 'H:\\', provider: Array, device: shadow/h }]\n"
         "requester:\n"
         "  - CreateVssBackupComponents: { as: first }\n"
         "  - InitializeForBackup\n"
         "  - SetContext: { lContext: [VSS_CTX_APP_ROLLBACK, "
         "VSS_VOLSNAP_ATTR_TRANSPORTABLE] }\n"
         "  - SetBackupState\n"
         "  - GatherWriterMetadata: { wait: true }\n"
         "  - AddComponent\n"
         "  - StartSnapshotSet\n"
         "  - AddToSnapshotSet: { pwszVolumeName: 'H:\\' }\n"
         "  - PrepareForBackup: { wait: true }\n"
         "  - DoSnapshotSet: { wait: true }\n"
         "  - SaveAsXML: { as: saved }\n"
         "  - BackupComplete: { wait: true }\n"
         "  - Release: { on: first }\n"
         "  - CreateVssBackupComponents\n"
         "  - InitializeForBackup: { document: { saved: saved } }\n"
         "  - ImportSnapshots: { wait: true }\n";

static const char reserved[] =
    PREPARE "  - QueryInterface: { iid: IVssBackupComponentsEx2 }\n"
            "  - PreFastRecovery: { returns: E_NOTIMPL }\n";

static const char null[] =
    HEAD "requester:\n"
         "  - CreateVssBackupComponents\n"
         "  - PreRestore: { ppAsync: null, returns: E_INVALIDARG }\n";

static const char faults[] =
    HEAD "faults: [{ point: service/PreRestore }]\n"
         "requester:\n"
         "  - prepare\n"
         "  - PreRestore: { returns: VSS_E_UNEXPECTED }\n";

/* Two components, one at a logical path. */
static const char options[] = PREPARE
    "  - SetRestoreOptions: { component: database, wszRestoreOptions: quick }\n"
    "  - SetRestoreOptions: { component: files, wszRestoreOptions: slow }\n"
    "  - PreRestore: { wait: true }\n"
    "  - GetWriterComponents: { iWriter: 0, as: theirs }\n"
    "  - GetWriterInfo: { on: theirs }\n"
    "  - GetComponent: { on: theirs, iComponent: 1, as: one }\n"
    "  - GetComponentName: { on: one }\n"
    "  - GetLogicalPath: { on: one }\n"
    "  - GetRestoreOptions: { on: one, is: quick }\n";

static const char ex3[] =
    PREPARE "  - QueryInterface: { iid: IVssBackupComponentsEx3 }\n"
            "  - GatherWriterStatus: { wait: true }\n"
            "  - GetWriterStatusEx: { iWriter: 0 }\n"
            "  - PreRestore: { wait: true }\n"
            "  - GatherWriterStatus: { wait: true }\n"
            "  - GetWriterStatusEx: { iWriter: 0 }\n";

static const char program[] = HEAD "requester:\n"
                                   "  - CreateVssBackupComponents\n"
                                   "  - sleep: 5s\n"
                                   "  - Release\n"
                                   "expect: { exit: 0 }\n";

static const char disaster[] =
    HEAD "world: { role: winpe, machine: { disks: [ { name: system } ] } }\n"
         "requester:\n"
         "  - CreateVssBackupComponents\n"
         "  - InitializeForRestore\n"
         "  - PreRestore: { wait: true }\n"
         "  - PreRestore: { returns: VSS_E_BAD_STATE }\n";

static const char infos[] =
    PREPARE "  - GetWriterMetadata: { iWriter: 0, as: theirs }\n"
            "  - GetComponent: { on: theirs, iComponent: 0 }\n"
            "  - GetComponentInfo\n";

static const char on_xp[] = HEAD "world: { windows: windows-xp }\n"
                                 "requester:\n"
                                 "  - prepare\n"
                                 "  - PreRestore: { wait: true }\n";

static const char both[] =
    HEAD "requester:\n"
         "  - CreateVssBackupComponents\n"
         "  - InitializeForBackup\n"
         "  - InitializeForRestore: { returns: VSS_E_BAD_STATE }\n";

static const char entry[] =
    HEAD "faults: [{ point: service/PreRestore }]\n"
         "requester:\n"
         "  - prepare\n"
         "  - PreRestore: { returns: VSS_E_UNEXPECTED }\n"
         "expect: { log: [ Unexpected ] }\n";

static const char prints[] = HEAD "requester: [ CreateVssBackupComponents ]\n"
                                  "expect: { exit: 0, output: [ done ] }\n";

#define OTHER_OPTIONS OUT("GetRestoreOptions", 1, "pbstrRestoreOptions", "x")

static const struct decision decisions[] = {
    {"expect-phase", waits, 0,
     {SET(EXPECT, "phase", 1, "want", "a|not-pre-pending"),
      SET(EXPECT, "phase", 1, "want", "a|pre-pending")}},
    {"expect-out", waits, 1,
     {OUT("GetWriterStatus", 1, "pnStatus", "obj:3")}},
    {"expect-out", waits, 0,
     {SET(EXPECT, "pnStatus", 1, "want", "VSS_WS_UNKNOWN|VSS_WS_STABLEST"),
      SET(EXPECT, "pnStatus", 1, "want", "VSS_WS_UNKNOWN|VSS_WS_STABLE")}},
    {"expect-out", waits, 1,
     {SET(EXPECT, "pnStatus", 1, "want", "*"),
      OUT("GetWriterStatus", 1, "pnStatus", "null")}},
    /* stuck outside of any call, and with a program */
    {"never-stuck", program, 1, {CHANGE(SLEEP, NULL, 1, T_KIND, "stuck")}},
    /* a program's end in a call is not the subject's; that of both is */
    {"subject-survives", program, 1,
     {CHANGE(RETURN, "CreateVssBackupComponents", 1, T_DROP, NULL),
      CHANGE(SLEEP, NULL, 1, T_KIND, "exit")}},
    /* a call that is not in the trace is not the one it was in */
    {"program-runs", program, 1,
     {NO_CALL("CreateVssBackupComponents", 1),
      SET(PROGRAM, NULL, 1, "reason", "signal")}},
    /* COM refuses, whatever the page says */
    {"allowed-code", waits, 0,
     {RETURNS("SetFileRestoreStatus", 1, "E_ACCESSDENIED"),
      SET(HEADER, NULL, 1, "policies", "access=denied")}},
    {"allowed-code", faults, 0,
     {RETURNS("PreRestore", 1, "VSS_E_PROVIDER_VETO"),
      SET(HEADER, NULL, 1, "policies", "async-codes=any")}},
    {"not-implemented", waits, 1, {RETURNS("InitializeForRestore", 1, "E_NOTIMPL")}},
    /* reserved by its page; the other is not */
    {"not-implemented", reserved, 1,
     {RENAME("PreFastRecovery", 1, "SetRestoreName")}},
    {"interface-by-version", reserved, 0,
     {RETURNS("QueryInterface", 1, "E_NOINTERFACE"),
      IN("QueryInterface", 1, "ppvObject", "null")}},
    {"interface-by-version", reserved, 0,
     {RETURNS("QueryInterface", 1, "E_NOINTERFACE"),
      FAULTED("QueryInterface", 1)}},
    /* what is logged about writers explains nothing */
    {"unexpected-is-logged", faults, 1, {SET(LOG, NULL, 1, "id", "int:8229")}},
    {"unexpected-is-logged", faults, 1,
     {SET(LOG, NULL, 1, "id", "int:12289")}},
    {"unexpected-is-logged", faults, 1,
     {SET(LOG, NULL, 1, "id", "int:12297")}},
    {"null-refused", null, 1, {RETURNS("PreRestore", 1, "E_POINTER")}},
    {"null-refused", null, 0,
     {RETURNS("PreRestore", 1, "VSS_E_BAD_STATE"),
      RENAME("PreRestore", 1, "QueryInterface")}},
    {"null-refused", null, 0,
     {RETURNS("PreRestore", 1, "VSS_E_BAD_STATE"),
      RENAME("PreRestore", 1, "FreeWriterStatus")}},
    /* a code without a name is on no page */
    {"async-code", waits, 1,
     {OUT("QueryStatus", 2, "pHrResult", "hr:0x8004ABCD")}},
    {"async-code", imported, 0,
     {OUT("QueryStatus", 5, "pHrResult", "hr:VSS_E_PROVIDER_VETO"),
      OUT("QueryStatus", 5, "pHrResult", "hr:VSS_E_NO_SNAPSHOTS_IMPORTED")}},
    {"async-code", reverted, 1, {RETURNS("Cancel", 1, "VSS_E_PROVIDER_VETO")}},
    {"wait-argument-by-version", waits, 0,
     {RETURNS("Wait", 2, "E_INVALIDARG"),
      SET(HEADER, NULL, 1, "policies", "access=denied")}},
    /* over: Cancel may tell the failure, but of PreRestore there is none */
    {"cancel-tells-the-truth", waits, 1, {RETURNS("Cancel", 1, "E_OUTOFMEMORY")}},
    {"cancel-tells-the-truth", waits, 0,
     {RETURNS("Cancel", 1, "E_OUTOFMEMORY"), RETURNS("Cancel", 1, "E_ACCESSDENIED")}},
    {"cancel-tells-the-truth", waits, 0,
     {RETURNS("Cancel", 2, "S_OK"), RETURNS("Cancel", 2, "E_OUTOFMEMORY")}},
    {"cancel-tells-the-truth", completed, 0,
     {RETURNS("Cancel", 1, "S_OK"), RETURNS("Cancel", 1, "E_OUTOFMEMORY")}},
    {"cancel-tells-the-truth", reverted, 0,
     {RETURNS("Cancel", 2, "S_OK"), RETURNS("Cancel", 2, "E_OUTOFMEMORY")}},
    {"what-was-set-is-read", options, 1, {OTHER_OPTIONS}},
    /* nothing is certain when it was set for another, or for nobody knows
     * which of two, or with a method that names instances */
    {"what-was-set-is-read", options, 0,
     {OTHER_OPTIONS, IN("SetRestoreOptions", 1, "wszLogicalPath", "other")}},
    {"what-was-set-is-read", options, 0,
     {OTHER_OPTIONS, IN("SetRestoreOptions", 1, "wszLogicalPath", "null")}},
    {"what-was-set-is-read", options, 0,
     {OTHER_OPTIONS, NO_CALL("GetLogicalPath", 1),
      IN("SetRestoreOptions", 2, "wszComponentName", "database")}},
    {"what-was-set-is-read", options, 0,
     {OTHER_OPTIONS,
      RENAME("SetSelectedForRestore", 1, "SetSelectedForRestoreEx")}},
    /* nothing was set, or nothing was given */
    {"what-was-set-is-read", options, 0,
     {OTHER_OPTIONS,
      IN("SetRestoreOptions", 1, "wszRestoreOptions", "null")}},
    {"what-was-set-is-read", options, 0,
     {OTHER_OPTIONS, IN("SetRestoreOptions", 1, "wszRestoreOptions", "")}},
    {"what-was-set-is-read", options, 1,
     {RENAME("SetRestoreOptions", 1, "SetRestoreName"),
      IN("SetRestoreName", 1, "wszRestoreName", "quick"),
      RENAME("GetRestoreOptions", 1, "GetRestoreName"),
      OUT("GetRestoreName", 1, "pbstrName", "x")}},
    /* a writer that nothing ever happened to has nothing to say */
    {"status-tells-the-failure", ex3, 1,
     {OUT("GetWriterStatusEx", 1, "phrApplication", "hr:E_OUTOFMEMORY")}},
    {"status-tells-the-failure", ex3, 1,
     {OUT("GetWriterStatusEx", 1, "pbstrApplicationMessage", "x")}},
    /* older traces do not know what the application said */
    {"status-tells-the-failure", ex3, 0,
     {OUT("GetWriterStatusEx", 2, "phrApplication", "hr:E_OUTOFMEMORY"),
      SET(STATUS, NULL, 1, "application", "int:-1")}},
    {"postrestore-needs-prerestore", cancelled, 1,
     {RETURNS("PostRestore", 1, "S_OK")}},
    {"efi-disk-is-cleaned", disaster, 1,
     {SET(DISK, "system", 1, "reason", "other-drive")}},
    {"expect-out", waits, 1,
     {SET(EXPECT, "pnStatus", 1, "want", "*"),
      OUT("GetWriterStatus", 1, "pnStatus", "untouched")}},
    {"unexpected-by-version", on_xp, 1,
     {RETURNS("PreRestore", 1, "VSS_E_UNEXPECTED")}},
    {"unexpected-by-version", waits, 1,
     {OUT("QueryStatus", 1, "pHrResult", "hr:E_UNEXPECTED")}},
    {"interface-by-version", ex3, 1,
     {IN("QueryInterface", 1, "riid", "IVssBackupComponents"),
      RETURNS("QueryInterface", 1, "E_NOINTERFACE")}},
    {"expect-exit", program, 0,
     {SET(EXPECT, NULL, 2, "want", "3"), SET(EXPECT, NULL, 2, "want", "3|0")}},
    {"expect-exit", program, 0,
     {SET(EXPECT, NULL, 2, "want", "3"),
      SET(PROGRAM, NULL, 1, "reason", "signal")}},
    {"backup-events-in-order", completed, 1,
     {SET(EVENT_BEGIN, "Thaw", 1, "event", "BackupShutdown")}},
    /* what needs no initialised object */
    {"uninitialised-is-refused", null, 0,
     {RENAME("PreRestore", 1, "GetSessionId"), RETURNS("GetSessionId", 1, "S_OK"),
      RENAME("GetSessionId", 1, "IsVolumeSupported")}},
    {"uninitialised-is-refused", null, 0,
     {RENAME("PreRestore", 1, "GetSessionId"), RETURNS("GetSessionId", 1, "S_OK"),
      RENAME("GetSessionId", 1, "QueryRevertStatus")}},
    /* of an operation that failed Cancel tells how, and not S_OK */
    {"cancel-tells-the-truth", waits, 2,
     {SET(TICKET_DONE, "PreRestore", 1, "hr", "hr:E_OUTOFMEMORY"),
      RETURNS("Cancel", 1, "E_OUTOFMEMORY"), RETURNS("Cancel", 1, "S_OK")}},
    /* a writer that died in Freeze is not waiting */
    {"frozen-is-thawed", completed, 0,
     {CHANGE(EVENT_BEGIN, "Thaw", 1, T_DROP, NULL),
      SET(EVENT_END, "Freeze", 1, "outcome", "died")}},
    /* the components of a document that was there before */
    {"backup-needs-a-component", completed, 0,
     {NO_CALL("AddComponent", 1),
      IN("InitializeForBackup", 1, "bstrXML", "text")}},
    /* no event of a restore comes of DoSnapshotSet */
    {"event-from-its-method", completed, 1,
     {SET(POST, "Freeze", 1, "event", "PreRestore")}},
    {"event-from-its-method", completed, 1,
     {SET(POST, "Freeze", 1, "event", "PostRestore")}},
    {"event-from-its-method", completed, 1,
     {SET(POST, "Freeze", 1, "event", "Identify")}},
    {"event-from-its-method", completed, 1,
     {SET(POST, "Freeze", 1, "event", "Status")}},
    /* a program's QueryStatus lets time pass, or it would poll for ever */
    {"time-stands-still", waits, 0,
     {CHANGE(RETURN, "QueryStatus", 1, T_LATER, "1000"),
      SET(HEADER, NULL, 1, "mode", "exec")}},
    /* what was not freed is no leak of the subject */
    {"released-means-gone", infos, 0,
     {SET(BALANCE, NULL, 1, "live", "int:5"),
      RETURNS("FreeComponentInfo", 1, "E_INVALIDARG")}},
    /* what has no number is not number 0 */
    {"expect-log", entry, 1,
     {SET(EXPECT, "log", 1, "want", "0"), SET(LOG, NULL, 1, "id", "int:0"),
      SET(LOG, NULL, 1, "id", "x")}},
    {"expect-exit", program, 1, {SET(PROGRAM, NULL, 1, "code", "x")}},
    {"expect-output", prints, 1, {SET(EXPECT, "output", 1, "count", "x")}},
    /* what was not written is no value that can be asked for */
    {"expect-out", waits, 1,
     {SET(EXPECT, "pnStatus", 1, "want", "untouched|VSS_WS_STABLE"),
      OUT("GetWriterStatus", 1, "pnStatus", "untouched")}},
    /* a program's wait that came back was not for ever */
    {"never-stuck", program, 1,
     {CHANGE(CREATE, NULL, 1, T_KIND, "stuck"),
      CHANGE(RETURN, "CreateVssBackupComponents", 1, T_DROP, NULL)}},
    /* U17: of PostRestore alone, and that alone */
    {"async-code", waits, 0,
     {RETURNS("Wait", 4, "VSS_E_REBOOT_REQUIRED"),
      RETURNS("Wait", 4, "VSS_E_UNEXPECTED_WRITER_ERROR")}},
    {"async-code", waits, 1, {RETURNS("Wait", 2, "VSS_E_UNEXPECTED_WRITER_ERROR")}},
    /* a Cancel that did not come back, or that a fault fired in */
    {"cancel-tells-the-truth", waits, 0,
     {RETURNS("Cancel", 1, "E_OUTOFMEMORY"),
      CHANGE(RETURN, "Cancel", 1, T_DROP, NULL)}},
    {"cancel-tells-the-truth", waits, 0,
     {RETURNS("Cancel", 1, "E_OUTOFMEMORY"), FAULTED("Cancel", 1)}},
    /* what it says of an operation that is under way, and of one that failed */
    {"cancel-tells-the-truth", cancelled, 1,
     {RETURNS("Cancel", 1, "E_OUTOFMEMORY")}},
    {"cancel-tells-the-truth", cancelled, 1,
     {RETURNS("Cancel", 1, "VSS_S_ASYNC_FINISHED")}},
    {"cancel-tells-the-truth", waits, 0,
     {SET(TICKET_DONE, "PreRestore", 1, "hr", "hr:E_OUTOFMEMORY"),
      RETURNS("Cancel", 1, "E_OUTOFMEMORY")}},
    /* a Release that does not say how many are left */
    {"reference-is-kept", waits, 0,
     {OUT("Release", 1, "again", "obj:2"),
      SET(RETURN, "Release", 1, "count", "x")}},
    /* a method of that name of another interface */
    {"what-was-set-is-read", options, 0,
     {OTHER_OPTIONS,
      SET(CALL, "GetRestoreOptions", 1, "iface", "IVssWMComponent")}},
    {"status-tells-the-failure", ex3, 0,
     {OUT("GetWriterStatusEx", 2, "phrApplication", "hr:E_OUTOFMEMORY"),
      SET(STATUS, NULL, 1, "application", "x")}},
    {"released-means-gone", both, 1,
     {SET(BALANCE, NULL, 1, "bytes", "int:40"),
      SET(BALANCE, NULL, 1, "live", "int:2")}},
    {"released-means-gone", both, 1,
     {SET(BALANCE, NULL, 1, "bytes", "x"),
      SET(BALANCE, NULL, 1, "live", "int:2")}},
    {"released-means-gone", both, 0,
     {SET(BALANCE, NULL, 1, "live", "int:2"),
      SET(BALANCE, NULL, 1, "live", "x")}},
    {"released-means-gone", both, 0,
     {SET(BALANCE, NULL, 1, "bstrs", "int:2"),
      SET(BALANCE, NULL, 1, "bstrs", "x")}},
    {"released-means-gone", both, 1,
     {SET(BALANCE, NULL, 1, "objects", "x"),
      SET(BALANCE, NULL, 1, "live", "int:2")}},
    {"initialise-once", both, 1, {RETURNS("InitializeForRestore", 1, "S_OK")}},
    {"interface-by-version", reserved, 1,
     {SET(CALL, "QueryInterface", 1, "iface", "IVssBackupComponentsEx"),
      RETURNS("QueryInterface", 1, "E_NOINTERFACE")}},
};

Test(rules, one_thing_decides)
{
    decide(decisions, ARRAY_SIZE(decisions), false);
    told_as_kept("rules-decided");
}

/* What only damaged traces have: nothing is found for it that was not. */
static const struct decision damaged[] = {
    {"null-refused", options, 0,
     {IN("SetRestoreOptions", 1, "pData", "x")}},
    {"wait-waits", waits, 0, {IN("Wait", 1, "dwMilliseconds", "x")}},
    {"unexpected-by-version", waits, 0,
     {SET(RETURN, "PreRestore", 1, "hr", "x")}},
    {"reference-is-kept", waits, 0,
     {OUT("PreRestore", 1, "ppAsync", "obj:0")}},
    /* the state before it is not told */
    {"refused-changes-nothing", cancelled, 0,
     {SET(CALL, "PostRestore", 1, "state", "null")}},
    /* a selection that does not say of what kind it is is one */
    {"unselected-hears-nothing", waits, 0,
     {IN("SetSelectedForRestore", 1, "bSelectedForRestore", "x"),
      IN("SetSelectedForRestore", 2, "bSelectedForRestore", "x")}},
    {"backup-needs-a-component", completed, 3,
     {NO_CALL("AddComponent", 1),
      IN("SetBackupState", 1, "bSelectComponents", "x")}},
};

Test(rules, damage_convicts_nobody)
{
    decide(damaged, ARRAY_SIZE(damaged), true);
    told_as_kept("rules-damaged");
}

/* The PreRestore that restored the disk, not one that came later. */
Test(rules, a_disk_is_restored_by_the_call_before)
{
    const struct tamper drive =
        SET(DISK, "system", 1, "reason", "other-drive");
    struct tape truth = tape_play(disaster), lie;
    struct judge j;

    cr_assert(tape_tamper(&truth, &drive, &lie));
    judge_init(&j);
    judge_trace(&j, lie.base, lie.used);
    cr_assert_gt(j.n_findings, 0);
    cr_expect_eq(j.findings[0].call, 3, "call %u", j.findings[0].call);
    judge_release(&j);
    tape_free(&truth);
    tape_free(&lie);
}
