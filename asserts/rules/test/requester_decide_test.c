/* requester_decide_test.c - what decides whether a requester is at fault:
 * traces that differ in one thing, and only one of them breaks the rule. */
#include <criterion/criterion.h>
#include <stdio.h>

#include "asserts/tapes/tamper.h"
#include "base/array.h"

#define HEAD "vssim: 1\nscenario: t\nrequester-rules: true\n"
#define SLOW \
    "writers:\n" \
    "  - { profile: test-writer, behaviour: { PreRestore: { after: 5s } } }\n"

/* A restore that breaks no rule. */
static const char careful[] =
    HEAD SLOW "requester:\n"
              "  - prepare\n"
              "  - GetWriterMetadata: { iWriter: 0 }\n"
              "  - FreeWriterMetadata\n"
              "  - PreRestore\n"
              "  - QueryStatus: { is: VSS_S_ASYNC_PENDING }\n"
              "  - Wait\n"
              "  - QueryStatus\n"
              "  - GatherWriterStatus: { wait: true }\n"
              "  - GetWriterStatusCount\n"
              "  - GetWriterStatus: { iWriter: 0 }\n"
              "  - FreeWriterStatus\n"
              "  - SetFileRestoreStatus: { component: files }\n"
              "  - SetFileRestoreStatus: { component: database }\n"
              "  - PostRestore: { wait: true }\n"
              "  - GatherWriterStatus: { wait: true }\n"
              "  - GetWriterStatus: { iWriter: 0 }\n"
              "  - exit: 0\n";

/* One that does some things too often and too late. */
static const char again[] =
    HEAD "requester:\n"
         "  - prepare\n"
         "  - PreRestore: { wait: true }\n"
         "  - PreRestore: { returns: VSS_E_BAD_STATE }\n"
         "  - SetSelectedForRestore: { component: files, returns: "
         "VSS_E_BAD_STATE }\n"
         "  - GatherWriterStatus: { wait: true }\n"
         "  - GatherWriterStatus: { wait: true }\n"
         "  - GetWriterStatus: { iWriter: 0 }\n"
         "  - SetFileRestoreStatus: { component: files }\n"
         "  - SetFileRestoreStatus: { component: database }\n"
         "  - PostRestore: { wait: true }\n"
         "  - SetFileRestoreStatus: { component: files, returns: "
         "VSS_E_BAD_STATE }\n"
         "  - exit: 0\n";

static const char post_twice[] =
    HEAD "requester:\n"
         "  - prepare\n"
         "  - PreRestore: { wait: true }\n"
         "  - PostRestore: { wait: true }\n"
         "  - PostRestore: { returns: VSS_E_BAD_STATE }\n";

static const char post_first[] =
    HEAD "requester:\n"
         "  - CreateVssBackupComponents\n"
         "  - InitializeForRestore\n"
         "  - PostRestore: { returns: VSS_E_BAD_STATE }\n"
         "  - GatherWriterMetadata: { wait: true }\n"
         "  - SetSelectedForRestore: { component: files }\n"
         "  - PreRestore: { wait: true }\n";

/* Without a program behind it. */
static const char script[] = HEAD SLOW "requester:\n"
                                       "  - prepare\n"
                                       "  - PreRestore\n"
                                       "  - Wait\n";

static const char polls[] =
    HEAD SLOW "requester:\n"
              "  - prepare\n"
              "  - PreRestore: { keep: true }\n"
              "  - QueryStatus: { is: VSS_S_ASYNC_PENDING }\n"
              "  - exit: 0\n";

static const char two[] =
    HEAD "writers: [{ profile: test-writer }, { profile: sql-server }]\n"
         "requester:\n"
         "  - prepare: { select: [test-writer, sql-server] }\n"
         "  - PreRestore: { wait: true }\n"
         "  - GatherWriterStatus: { wait: true }\n"
         "  - GetWriterStatusCount\n"
         "  - GetWriterStatus: { iWriter: 0 }\n"
         "  - PostRestore: { wait: true }\n"
         "  - exit: 0\n";

static const char stale[] =
    HEAD "requester:\n"
         "  - prepare\n"
         "  - GetWriterComponents: { iWriter: 0, as: old }\n"
         "  - GetComponent: { on: old, iComponent: 0 }\n"
         "  - PreRestore: { wait: true }\n"
         "  - GetComponentCount: { on: old }\n";

static const char half[] = HEAD "requester:\n" PREPARED;
static const char backup[] =
    HEAD "requester:\n" PREPARED "  - DoSnapshotSet: { wait: true }\n"
         "  - BackupComplete: { wait: true }\n";

static const char unended[] =
    HEAD "requester:\n" PREPARED "  - DoSnapshotSet: { wait: true }\n";

static const char no_volume[] =
    HEAD "requester:\n"
         "  - CreateVssBackupComponents\n"
         "  - InitializeForBackup\n"
         "  - SetBackupState\n"
         "  - GatherWriterMetadata: { wait: true }\n"
         "  - StartSnapshotSet\n"
         "  - PrepareForBackup: { wait: true }\n"
         "  - DoSnapshotSet: { returns: VSS_E_BAD_STATE }\n"
         "  - AbortBackup\n";

static const char held_twice[] =
    HEAD "requester:\n"
         "  - prepare\n"
         "  - PreRestore: { as: pre, keep: true }\n"
         "  - Wait\n"
         "  - AddRef: { on: pre }\n";

/* It keeps the async while it gives one of two references back. */
static const char held[] =
    HEAD SLOW "requester:\n"
              "  - prepare\n"
              "  - PreRestore: { as: pre, keep: true }\n"
              "  - AddRef: { on: pre }\n"
              "  - Release: { on: pre }\n"
              "  - sleep: 10s\n";

static const char held_backup[] = HEAD SLOW "requester:\n"
                                            "  - prepare: { as: backup }\n"
                                            "  - PreRestore: { as: pre }\n"
                                            "  - AddRef: { on: backup }\n"
                                            "  - Release: { on: backup }\n"
                                            "  - Wait: { on: pre }\n";

/* A shadow copy set whose async is released two seconds after it was begun,
 * while the writer handles that event. */
#define DROPPED(event) \
    HEAD "writers:\n" \
         "  - profile: test-writer\n" \
         "    behaviour: { " event ": { after: 5s } }\n" \
         "requester:\n" PREPARED \
         "  - DoSnapshotSet: { as: set, keep: true }\n" \
         "  - Wait: { on: set, dwMilliseconds: 2s }\n" \
         "  - Release: { on: set }\n"

static const char dropped_object[] =
    HEAD SLOW "requester:\n"
              "  - CreateVssBackupComponents: { as: backup }\n"
              "  - InitializeForBackup\n"
              "  - SetBackupState\n"
              "  - GatherWriterMetadata: { wait: true }\n"
              "  - StartSnapshotSet\n"
              "  - AddToSnapshotSet\n"
              "  - PrepareForBackup: { wait: true }\n"
              "  - DoSnapshotSet: { as: set, keep: true }\n"
              "  - Release: { on: backup }\n";

/* What was aborted before has nothing to do with the set. */
static const char aborted_before[] =
    HEAD "writers:\n"
         "  - { profile: test-writer, behaviour: { Freeze: { after: 5s } } }\n"
         "requester:\n"
         "  - CreateVssBackupComponents\n"
         "  - InitializeForBackup\n"
         "  - SetBackupState\n"
         "  - GatherWriterMetadata: { wait: true }\n"
         "  - AbortBackup\n"
         "  - StartSnapshotSet\n"
         "  - AddToSnapshotSet\n"
         "  - PrepareForBackup: { wait: true }\n"
         "  - DoSnapshotSet: { as: set, keep: true }\n"
         "  - Release: { on: set }\n";

static const char restore_aborted[] =
    HEAD SLOW "requester:\n"
              "  - prepare\n"
              "  - PreRestore: { as: pre, keep: true }\n"
              "  - Release: { on: pre }\n"
              "  - AbortBackup\n";

static const char two_sets[] =
    HEAD "requester:\n" PREPARED "  - DoSnapshotSet: { wait: true }\n"
         "  - BackupComplete: { wait: true }\n" PREPARED
         "  - DoSnapshotSet: { wait: true }\n"
         "  - BackupComplete: { wait: true }\n";

/* A Wait with a limit that is long enough, and no QueryStatus. */
static const char unasked_set[] =
    HEAD "requester:\n" PREPARED "  - DoSnapshotSet: { as: set, keep: true }\n"
         "  - Wait: { on: set, dwMilliseconds: 60s }\n"
         "  - BackupComplete: { wait: true }\n";

/* Status between, of which nothing depends. */
static const char status_between[] =
    HEAD "requester:\n" PREPARED "  - GatherWriterStatus: { wait: true }\n"
         "  - DoSnapshotSet: { wait: true }\n"
         "  - BackupComplete: { wait: true }\n";

/* Cancelled, but only after something else was done. */
static const char late_cancel[] =
    HEAD SLOW "requester:\n"
              "  - prepare\n"
              "  - PreRestore: { as: pre }\n"
              "  - QueryStatus: { is: VSS_S_ASYNC_PENDING }\n"
              "  - GetWriterComponentsCount\n"
              "  - Cancel: { on: pre }\n";

static const char no_last_instance[] =
    HEAD "world: { role: winpe, machine: { disks: [ { name: system } ] } }\n"
         "requester:\n"
         "  - CreateVssBackupComponents\n"
         "  - InitializeForRestore\n"
         "  - PreRestore: { wait: true }\n"
         "  - PostRestore: { wait: true }\n";

/* A status that was gathered before PreRestore. */
static const char gathered_before[] =
    HEAD "requester:\n"
         "  - prepare\n"
         "  - GatherWriterStatus: { wait: true }\n"
         "  - PreRestore: { wait: true }\n"
         "  - GetWriterStatus: { iWriter: 0 }\n";

/* Components of after PreRestore, used after PostRestore. */
static const char between[] =
    HEAD "requester:\n"
         "  - prepare\n"
         "  - PreRestore: { wait: true }\n"
         "  - GetWriterComponents: { iWriter: 0, as: old }\n"
         "  - PostRestore: { wait: true }\n"
         "  - GetComponentCount: { on: old, returns: VSS_E_BAD_STATE }\n";

#define PRE_FAILS SET(EVENT_END, "PreRestore", 1, "outcome", "false")
#define RESULT(nth, code) OUT("QueryStatus", nth, "pHrResult", "hr:" code)
#define EX(kind, which) \
    SET(kind, which, 1, "iface", "IVssBackupComponentsEx")
#define EXITS(reason) SET(PROGRAM, NULL, 1, "reason", reason)
#define FAILS SET(PROGRAM, NULL, 1, "code", "int:3")

static const struct decision decisions[] = {
    {"success-is-no-error", half, 1, {{0}}},
    {"async-is-released", held_twice, 1, {{0}}},
    /* nobody was told that the files are there */
    {"querystatus-is-no-verdict", careful, 0,
     {RESULT(3, "VSS_E_WRITER_INFRASTRUCTURE"),
      IN("SetFileRestoreStatus", 1, "status", "null"),
      IN("SetFileRestoreStatus", 2, "status", "null")}},
    {"querystatus-is-no-verdict", careful, 1,
     {RESULT(3, "VSS_E_WRITER_INFRASTRUCTURE")}},
    {"querystatus-is-no-verdict", careful, 0,
     {RESULT(3, "VSS_E_WRITER_INFRASTRUCTURE"),
      IN("SetFileRestoreStatus", 1, "status", "VSS_RS_NONE"),
      IN("SetFileRestoreStatus", 2, "status", "VSS_RS_FAILED")}},
    /* another gathering makes good for the one that failed, if it can */
    {"querystatus-is-no-verdict", again, 1,
     {RESULT(3, "VSS_E_WRITER_INFRASTRUCTURE"),
      RETURNS("GatherWriterStatus", 2, "E_OUTOFMEMORY")}},
    {"waits-before-going-on", careful, 1,
     {NO_CALL("Wait", 3), NO_CALL("QueryStatus", 4),
      RENAME("GetWriterStatusCount", 1, "GetSessionId")}},
    /* a Wait that is refused tells nothing that could be asked about */
    {"async-result-is-read", careful, 0,
     {NO_CALL("QueryStatus", 3), RETURNS("Wait", 2, "E_ACCESSDENIED")}},
    {"waits-for-ever", script, 1,
     {CHANGE(EVENT_END, "PreRestore", 1, T_KIND, "stuck")}},
    {"waits-for-ever", careful, 1,
     {CHANGE(RETURN, "Wait", 2, T_DROP, NULL), EXITS("timeout")}},
    /* killed while it polled; or while it did something else */
    {"polls-with-a-bound", polls, 1,
     {EXITS("timeout"), NO_CALL("Release", 2)}},
    /* a call is told once that it came too early */
    {"status-gather-is-awaited", careful, 1,
     {NO_CALL("Wait", 3), NO_CALL("QueryStatus", 4)}},
    {"status-of-each-writer", two, 2,
     {OUT("GetWriterStatus", 1, "pidWriter", "null")}},
    {"backup-status-is-read", backup, 0,
     {SET(EVENT_END, "Freeze", 1, "outcome", "false"),
      SET(EVENT_BEGIN, "Freeze", 1, "event", "Other")}},
    /* no set was made, so there is nothing to end */
    {"backup-is-ended", unended, 0, {RETURNS("DoSnapshotSet", 1, "S_FALSE")}},
    /* what could not be gathered cannot be read */
    {"status-after-prerestore", careful, 0,
     {NO_CALL("GetWriterStatus", 1), RESULT(4, "E_OUTOFMEMORY")}},
    {"failed-call-is-noticed", careful, 1,
     {RETURNS("GatherWriterMetadata", 1, "E_OUTOFMEMORY")}},
    {"failed-call-is-noticed", careful, 1,
     {RENAME("GetWriterMetadata", 1, "GetWriterMetadataCount"),
      RETURNS("GatherWriterMetadata", 1, "E_OUTOFMEMORY")}},
    {"failed-call-is-noticed", careful, 1,
     {RENAME("GetWriterStatusCount", 1, "FreeWriterStatus"),
      RETURNS("GatherWriterStatus", 1, "E_OUTOFMEMORY")}},
    {"failed-call-is-noticed", no_volume, 1,
     {RETURNS("StartSnapshotSet", 1, "E_OUTOFMEMORY")}},
    /* what was told or selected too late does not count */
    {"file-restore-status-is-told", again, 1,
     {PRE_FAILS, RETURNS("SetFileRestoreStatus", 3, "S_OK"),
      NO_CALL("SetFileRestoreStatus", 1)}},
    {"file-restore-status-is-told", again, 1,
     {PRE_FAILS,
      RENAME("SetSelectedForRestore", 1, "SetSelectedForRestoreEx"),
      NO_CALL("SetFileRestoreStatus", 1)}},
    {"file-restore-status-is-told", again, 0,
     {PRE_FAILS, NO_CALL("SetFileRestoreStatus", 1),
      RETURNS("SetSelectedForRestore", 3, "S_OK"),
      NO_CALL("SetSelectedForRestore", 1)}},
    {"success-is-true", again, 1, {RETURNS("PreRestore", 1, "E_OUTOFMEMORY")}},
    {"success-is-true", two, 1,
     {SET(EVENT_END, "PostRestore", 1, "outcome", "false")}},
    /* what a requester may rightly call a failure */
    {"failure-is-true", careful, 0,
     {FAILS, OUT("GetWriterStatus", 1, "phrFailureWriter",
                 "hr:VSS_E_WRITERERROR_RETRYABLE")}},
    {"failure-is-true", careful, 0,
     {FAILS, OUT("GetWriterStatus", 1, "pnStatus",
                 "VSS_WS_FAILED_AT_PRE_RESTORE")}},
    {"failure-is-true", careful, 0,
     {FAILS, OUT("GetWriterStatus", 1, "pnStatus", "VSS_WS_UNKNOWN")}},
    {"failure-is-true", careful, 0,
     {FAILS, RESULT(5, "VSS_S_ASYNC_CANCELLED")}},
    {"retryable-is-retried", careful, 0,
     {SET(EVENT_END, "PreRestore", 1, "hr", "hr:VSS_E_WRITERERROR_TIMEOUT"),
      CHANGE(EVENT_END, "PreRestore", 1, T_DOUBLE, NULL)}},
    /* PostRestore may be tried after a PreRestore that failed, but not when
     * it had been answered, nor before */
    {"calls-in-order", post_twice, 1,
     {RETURNS("PostRestore", 1, "E_OUTOFMEMORY"), RESULT(2, "E_OUTOFMEMORY"),
      RETURNS("PostRestore", 1, "S_OK")}},
    {"calls-in-order", post_first, 1,
     {RETURNS("PostRestore", 1, "E_OUTOFMEMORY"), RESULT(2, "E_OUTOFMEMORY"),
      RETURNS("PostRestore", 1, "VSS_E_BAD_STATE")}},
    /* the other instance does want its events */
    {"never-writer-is-not-selected", careful, 2,
     {CHANGE(WRITER, NULL, 1, T_DOUBLE, NULL),
      SET(WRITER, NULL, 1, "restore", "VSS_WRE_NEVER"),
      SET(WRITER, NULL, 2, "restore", "VSS_WRE_NEVER")}},
    {"never-writer-is-not-selected", careful, 1,
     {RENAME("SetSelectedForRestore", 1, "SetSelectedForRestoreEx"),
      NO_CALL("SetSelectedForRestore", 1),
      SET(WRITER, NULL, 1, "restore", "VSS_WRE_NEVER")}},
    {"selects-what-is-there", careful, 0,
     {RETURNS("SetSelectedForRestore", 1, "VSS_E_OBJECT_NOT_FOUND"),
      FAULTED("SetSelectedForRestore", 1)}},
    {"selects-what-is-there", careful, 1,
     {IN("SetSelectedForRestore", 1, "wszComponentName", "null"),
      RETURNS("SetSelectedForRestore", 1, "VSS_E_OBJECT_NOT_FOUND")}},
    {"components-are-fresh", stale, 0,
     {OUT("GetWriterComponents", 1, "ppWriter", "null")}},
    {"right-slot", careful, 1, {IN("GetWriterStatus", 1, "iWriter", "int:-1")}},
    {"right-slot", careful, 1,
     {RETURNS("SetSelectedForRestore", 1, "VSS_E_OBJECT_NOT_FOUND"),
      IN("SetSelectedForRestore", 1, "writerId",
         "00000000-0000-0000-0000-000000000001")}},
    {"right-slot", careful, 1,
     {IN("GetWriterStatus", 1, "iWriter", "int:1000000"),
      IN("GetWriterStatus", 1, "iWriter", "int:1000001")}},
    {"released-while-pending", held, 1,
     {SET(RETURN, "Release", 2, "count", "int:0")}},
    {"released-while-pending", held_backup, 1,
     {NO_CALL("Release", 4), NO_CALL("Release", 3),
      SET(RETURN, "Release", 2, "count", "int:0")}},
    /* each event of a shadow copy set is part of it; AbortBackup ends it */
    {"released-while-pending", DROPPED("PrepareForSnapshot"), 1, {{0}}},
    {"released-while-pending", DROPPED("Freeze"), 1, {{0}}},
    {"released-while-pending", DROPPED("Thaw"), 1, {{0}}},
    {"released-while-pending", DROPPED("PostSnapshot"), 1, {{0}}},
    {"released-while-pending", DROPPED("BackupComplete"), 0, {{0}}},
    {"released-while-pending", DROPPED("Freeze") "  - AbortBackup\n", 0, {{0}}},
    {"released-while-pending", dropped_object, 1, {{0}}},
    {"released-while-pending", aborted_before, 1, {{0}}},
    {"released-while-pending", restore_aborted, 1, {{0}}},
    {"released-while-pending", two_sets, 0, {{0}}},
    {"async-result-is-read", unasked_set, 1, {{0}}},
    {"async-result-is-read", DROPPED("Freeze"), 0, {{0}}},
    {"querystatus-is-no-verdict", late_cancel, 1, {{0}}},
    /* no program writes into the registry that we see */
    {"last-instance-is-set", no_last_instance, 0,
     {SET(HEADER, NULL, 1, "mode", "exec")}},
    /* a program that ends within a call ends the trace */
    {"subject-survives", careful, 0,
     {CHANGE(END, NULL, 1, T_DROP, NULL),
      CHANGE(RETURN, "Wait", 2, T_DROP, NULL)}},
    {"program-runs", careful, 1,
     {CHANGE(RETURN, "Wait", 2, T_DROP, NULL),
      SET(PROGRAM, NULL, 1, "text", "killed by somebody"), EXITS("signal")}},
    {"failed-call-is-noticed", backup, 1,
     {RETURNS("StartSnapshotSet", 1, "E_OUTOFMEMORY")}},
    {"failed-call-is-noticed", backup, 1,
     {RETURNS("AddToSnapshotSet", 1, "E_OUTOFMEMORY")}},
    {"failed-call-is-noticed", backup, 1,
     {RETURNS("DoSnapshotSet", 1, "E_OUTOFMEMORY")}},
    /* who reads no status at all breaks another rule */
    {"status-of-each-writer", two, 0, {NO_CALL("GetWriterStatus", 1)}},
    {"right-slot", careful, 0,
     {IN("PreRestore", 1, "ppAsync", "null"),
      RETURNS("PreRestore", 1, "E_INVALIDARG"), FAULTED("PreRestore", 1)}},
    /* metadata that was not gathered: only some calls presuppose it */
    {"querystatus-is-no-verdict", careful, 0,
     {NO_CALL("GetWriterMetadata", 1), RESULT(1, "E_OUTOFMEMORY"),
      NO_CALL("PreRestore", 1)}},
    /* a method is what it is on each version of its interface */
    {"failed-call-is-noticed", careful, 1,
     {EX(CALL, "GatherWriterMetadata"),
      RETURNS("GatherWriterMetadata", 1, "E_OUTOFMEMORY")}},
    {"calls-in-order", careful, 1,
     {EX(CALL, "FreeWriterStatus"),
      RETURNS("FreeWriterStatus", 1, "VSS_E_BAD_STATE")}},
    {"status-after-postrestore", careful, 1,
     {EX(CREATE, NULL), NO_CALL("GetWriterStatus", 2)}},
    {"components-are-fresh", stale, 0,
     {SET(CALL, "GetComponentCount", 1, "iface", "IVssWriterComponentsExt"),
      OUT("GetWriterComponents", 1, "ppWriter", "null")}},
    /* on what is no session no PreRestore was tried before */
    {"calls-in-order", again, 3, {SET(CREATE, NULL, 1, "iface", "IVssOther")}},
    /* who was killed may have wanted to try again */
    {"retryable-is-retried", careful, 0,
     {SET(EVENT_END, "PreRestore", 1, "hr", "hr:VSS_E_WRITERERROR_TIMEOUT"),
      EXITS("signal")}},
    /* what another writer wants does not count */
    {"never-writer-is-not-selected", two, 2,
     {SET(WRITER, NULL, 1, "restore", "VSS_WRE_NEVER")}},
    /* Wait tells nothing of how it ended */
    {"success-is-no-error", half, 0, {RENAME("QueryStatus", 2, "Wait")}},
    {"components-are-fresh", between, 1, {{0}}},
    {"status-is-fresh", gathered_before, 1, {{0}}},
    {"status-after-postrestore", careful, 0,
     {NO_CALL("GetWriterStatus", 2),
      RETURNS("GatherWriterStatus", 2, "E_OUTOFMEMORY")}},
    /* which status it was cannot be told */
    {"status-of-each-writer", two, 0,
     {IN("GetWriterStatus", 1, "iWriter", "x")}},
};

Test(requester, one_thing_decides)
{
    decide(decisions, ARRAY_SIZE(decisions), false);
    told_as_kept("requester-decided");
}

/* What only damaged traces have: it convicts nobody, and nothing crashes. */
static const struct decision damaged[] = {
    /* the first that a session does is a clean-up, and makes an async */
    {"success-is-no-error", careful, 0,
     {NO_CALL("InitializeForRestore", 1),
      RENAME("GatherWriterMetadata", 1, "AddRef")}},
    /* counts and indexes of other calls */
    {"status-of-each-writer", two, 1,
     {IN("GetWriterStatusCount", 1, "iWriter", "int:5")}},
    {"status-of-each-writer", two, 1,
     {OUT("GetWriterStatus", 1, "pcWriters", "int:1")}},
    /* a gather of status that failed, and something else done */
    {"querystatus-is-no-verdict", status_between, 0,
     {RESULT(3, "E_OUTOFMEMORY")}},
    /* a number that is none */
    {"status-of-each-writer", careful, 0,
     {OUT("GetWriterStatusCount", 1, "pcWriters", "bool:1")}},
    /* an object that came out of itself */
    {"components-are-fresh", stale, 0,
     {OUT("GetWriterComponents", 1, "ppWriter", "null"),
      OUT("GetComponent", 1, "ppComponent", "obj:3")}},
    /* a truth that is -1; two arguments of one call */
    {"right-slot", careful, 0,
     {IN("SetSelectedForRestore", 1, "bSelectedForRestore", "int:-1")}},
    {"right-slot", careful, 1,
     {IN("SetFileRestoreStatus", 1, "ct", "int:77"),
      IN("SetFileRestoreStatus", 1, "status", "int:78")}},
    /* a selection that does not say of what kind it is is one */
    {"file-restore-status-is-told", again, 1,
     {PRE_FAILS, NO_CALL("SetFileRestoreStatus", 1),
      IN("SetSelectedForRestore", 1, "bSelectedForRestore", "x")}},
    /* an operation that ended with S_OK did not fail */
    {"status-after-prerestore", careful, 1,
     {NO_CALL("GetWriterStatus", 1), RESULT(4, "S_OK")}},
    {"failure-is-true", careful, 1, {FAILS, RESULT(4, "S_OK")}},
    /* an async that comes twice is the first call's */
    {"status-after-postrestore", careful, 1,
     {NO_CALL("GetWriterStatus", 2), RESULT(4, "E_OUTOFMEMORY"),
      OUT("GatherWriterStatus", 2, "pAsync", "obj:5")}},
    /* a time that runs back; a count of references where none is */
    {"polls-with-a-bound", polls, 0,
     {CHANGE(HEADER, NULL, 1, T_LATER, "10000"),
      CHANGE(RETURN, "QueryStatus", 2, T_LATER, "-5000")}},
    {"released-while-pending", polls, 0,
     {NO_CALL("Release", 2),
      SET(RETURN, "QueryStatus", 2, "count", "int:0")}},
};

Test(requester, damage_convicts_nobody)
{
    decide(damaged, ARRAY_SIZE(damaged), true);
    told_as_kept("requester-damaged");
}

/* A thousand polls, with a pause or none after each. */
static const char *thousand_polls(const char *pause)
{
    static char text[100000];
    int n = snprintf(text, sizeof(text),
                     HEAD "writers:\n"
                          "  - { profile: test-writer, behaviour: { "
                          "PreRestore: { after: 60s } } }\n"
                          "requester:\n"
                          "  - prepare\n"
                          "  - PreRestore\n");

    for (int i = 0; i < 1000; i++)
        n += snprintf(text + n, sizeof(text) - (size_t)n,
                      "  - QueryStatus\n%s", pause);
    snprintf(text + n, sizeof(text) - (size_t)n, "  - Wait\n");
    return text;
}

Test(requester, a_thousand_polls_need_a_pause)
{
    const struct decision none = {"polls-with-a-bound", thousand_polls(""), 1,
                                  {{0}}};
    struct decision some = none;

    decide(&none, 1, false);
    some.scenario = thousand_polls("  - sleep: 1ms\n");
    decide(&some, 1, false);
    some.scenario = thousand_polls("  - sleep: 11ms\n");
    some.times = 0;
    decide(&some, 1, false);
    told_as_kept("requester-polls");
}
