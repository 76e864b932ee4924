/*
 * requester_test.c - the requester rules: each seen broken, here by a change
 * to the trace of a careful requester, or by a script of scenarios/requester;
 * and what must not convict.
 */
#include <criterion/criterion.h>
#include <glob.h>
#include <stdio.h>
#include <string.h>

#include "asserts/rules/requester.h"
#include "asserts/tapes/tamper.h"
#include "base/array.h"

#define READ \
    "  - GatherWriterStatus: { wait: true }\n" \
    "  - GetWriterStatusCount\n" \
    "  - GetWriterStatus: { iWriter: 0 }\n" \
    "  - FreeWriterStatus\n"

/* A restore that breaks no rule. */
static const char careful[] =
    "vssim: 1\nscenario: t\nrequester-rules: true\n"
    "writers:\n"
    "  - { profile: test-writer, behaviour: { PreRestore: { after: 5s } } }\n"
    "requester:\n"
    "  - prepare\n"
    "  - GetWriterMetadata: { iWriter: 0, as: theirs }\n"
    "  - GetComponent: { on: theirs, iComponent: 0 }\n"
    "  - GetComponentInfo\n"
    "  - FreeWriterMetadata\n"
    "  - PreRestore\n"
    "  - QueryStatus: { is: VSS_S_ASYNC_PENDING }\n"
    "  - Wait\n"
    "  - QueryStatus\n" READ
    "  - SetFileRestoreStatus: { writer: test-writer, component: files }\n"
    "  - SetFileRestoreStatus: { writer: test-writer, component: database }\n"
    "  - PostRestore: { wait: true }\n" READ "  - exit: 0\n";

/* Nothing is given back; but what is held is held by a program that died. */
static const char leaks[] =
    "vssim: 1\nscenario: t\nrequester-rules: true\n"
    "requester:\n"
    "  - prepare\n"
    "  - GetWriterComponents: { iWriter: 0, keep: true }\n"
    "  - PreRestore: { keep: true }\n"
    "  - Wait\n"
    "  - QueryStatus\n"
    "  - exit: 0\n";

/* The volume was refused, and the set is made all the same. */
static const char refused[] =
    "vssim: 1\nscenario: t\nrequester-rules: true\n"
    "requester:\n"
    "  - CreateVssBackupComponents\n"
    "  - InitializeForBackup\n"
    "  - SetBackupState\n"
    "  - GatherWriterMetadata: { wait: true }\n"
    "  - StartSnapshotSet\n"
    "  - AddToSnapshotSet: { pwszVolumeName: 'Q:\\', returns: "
    "VSS_E_OBJECT_NOT_FOUND }\n"
    "  - PrepareForBackup: { wait: true }\n"
    "  - DoSnapshotSet: { returns: VSS_E_BAD_STATE }\n"
    "  - AbortBackup\n";

static const struct tamper tampers[] = {
    {"waits-for-ever", careful, TRACE_RETURN, "Wait", 2, T_KIND, NULL,
     "stuck"},
    {"querystatus-is-no-verdict", careful, TRACE_RETURN, "QueryStatus", 1,
     T_SET_OUT, "pHrResult", "hr:VSS_E_WRITER_INFRASTRUCTURE"},
    {"async-result-is-read", careful, TRACE_CALL, "QueryStatus", 3, T_DROP,
     NULL, NULL},
    {"status-gather-is-checked", careful, TRACE_CALL, "QueryStatus", 4, T_DROP,
     NULL, NULL},
    {"status-gather-is-checked", careful, TRACE_CALL, "QueryStatus", 6, T_DROP,
     NULL, NULL},
    {"status-after-prerestore", careful, TRACE_CALL, "GetWriterStatus", 1,
     T_DROP, NULL, NULL},
    {"status-after-postrestore", careful, TRACE_CALL, "GetWriterStatus", 2,
     T_DROP, NULL, NULL},
    {"status-is-fresh", careful, TRACE_CALL, "GatherWriterStatus", 2, T_DROP,
     NULL, NULL},
    {"status-is-freed", careful, TRACE_CALL, "FreeWriterStatus", 2, T_DROP,
     NULL, NULL},
    {"metadata-is-freed", careful, TRACE_CALL, "FreeWriterMetadata", 1,
     T_DROP, NULL, NULL},
    {"component-info-is-freed", careful, TRACE_CALL, "FreeComponentInfo", 1,
     T_DROP, NULL, NULL},
    {"calls-in-order", careful, TRACE_RETURN, "FreeWriterStatus", 1, T_SET_KEY,
     "hr", "hr:VSS_E_BAD_STATE"},
    {"session-is-closed", careful, TRACE_CALL, "PostRestore", 1, T_DROP, NULL,
     NULL},
    {"selects-what-is-there", careful, TRACE_RETURN, "SetSelectedForRestore",
     1, T_SET_KEY, "hr", "hr:VSS_E_OBJECT_NOT_FOUND"},
    {"never-writer-is-not-selected", careful, TRACE_WRITER, NULL, 1, T_SET_KEY,
     "restore", "VSS_WRE_NEVER"},
    {"right-slot", careful, TRACE_CALL, "SetSelectedForRestore", 1, T_SET_IN,
     "ct", "int:77"},
    {"right-slot", careful, TRACE_CALL, "GetWriterStatus", 1, T_SET_IN,
     "iWriter", "int:1879048192"},
    {"failed-call-is-noticed", careful, TRACE_RETURN, "InitializeForRestore",
     1, T_SET_KEY, "hr", "hr:VSS_E_INVALID_XML_DOCUMENT"},
    {"retryable-is-retried", careful, TRACE_EVENT_END, "PreRestore", 1,
     T_SET_KEY, "hr", "hr:VSS_E_WRITERERROR_TIMEOUT"},
    {"file-restore-status-is-true", careful, TRACE_EVENT_END, "PreRestore", 1,
     T_SET_KEY, "outcome", "died"},
    {"success-is-true", careful, TRACE_EVENT_END, "PostRestore", 1, T_SET_KEY,
     "outcome", "false"},
    {"success-is-true", careful, TRACE_RETURN, "PostRestore", 1, T_SET_KEY,
     "hr", "hr:VSS_E_UNEXPECTED"},
    {"failure-is-true", careful, TRACE_PROGRAM, NULL, 1, T_SET_KEY, "code",
     "int:3"},
    {"objects-are-released", leaks, TRACE_PROGRAM, NULL, 1, T_SET_KEY, "code",
     "int:0"},
    {"async-is-released", leaks, TRACE_PROGRAM, NULL, 1, T_SET_KEY, "code",
     "int:0"},
};

/* What a change makes go away. */
static const struct tamper pardons[] = {
    {"objects-are-released", leaks, TRACE_BALANCE, NULL, 1, T_DROP, NULL,
     NULL},
    {"objects-are-released", leaks, TRACE_PROGRAM, NULL, 1, T_SET_KEY,
     "reason", "signal"},
    {"async-is-released", leaks, TRACE_PROGRAM, NULL, 1, T_SET_KEY, "reason",
     "timeout"},
    {"status-after-prerestore", leaks, TRACE_PROGRAM, NULL, 1, T_SET_KEY,
     "reason", "signal"},
    {"session-is-closed", leaks, TRACE_PROGRAM, NULL, 1, T_SET_KEY, "reason",
     "signal"},
    {"session-is-closed", leaks, TRACE_HEADER, NULL, 1, T_SET_KEY, "rules",
     "none"},
    {"session-is-closed", leaks, TRACE_BALANCE, NULL, 1, T_KIND, NULL, "exit"},
    {"failed-call-is-noticed", refused, TRACE_RETURN, "AddToSnapshotSet", 1,
     T_SET_KEY, "hr", "hr:VSS_E_OBJECT_ALREADY_EXISTS"},
    {"success-is-no-error", leaks, TRACE_END, NULL, 1, T_DROP, NULL, NULL},
};

static bool seen[N_RULES];

static bool has(const struct judge *j, const char *rule)
{
    bool found = false;

    for (uint32_t i = 0; i < j->n_findings; i++) {
        seen[j->findings[i].rule - rules] = true;
        found |= strcmp(j->findings[i].rule->id, rule) == 0;
    }
    return found;
}

static bool breaks(const struct tamper *t, bool changed)
{
    struct tape truth = tape_play(t->scenario), other;
    struct judge j;
    bool found;

    cr_assert(rule_find(t->rule), "no rule %s", t->rule);
    cr_assert(tape_tamper(&truth, t, &other), "%s: no such record", t->rule);
    judge_init(&j);
    judge_trace(&j, changed ? other.base : truth.base,
                changed ? other.used : truth.used);
    found = has(&j, t->rule);
    tell(&j, t->rule);
    judge_release(&j);
    tape_free(&truth);
    tape_free(&other);
    return found;
}

Test(requester, a_careful_one_breaks_none)
{
    struct tape tape = tape_play(careful);
    struct judge j;

    judge_init(&j);
    judge_trace(&j, tape.base, tape.used);
    cr_expect_eq(j.n_findings, 0, "%s: %s",
                 j.n_findings ? j.findings[0].rule->id : "",
                 j.n_findings ? j.findings[0].message : "");
    cr_expect_eq(j.verdict, VERDICT_PASS);
    judge_release(&j);
    tape_free(&tape);
}

static void play_file(const char *name)
{
    static char text[65536];
    FILE *in = fopen(name, "r");
    struct tape tape;
    struct judge j;

    cr_assert(in, "cannot read %s", name);
    text[fread(text, 1, sizeof(text) - 1, in)] = '\0';
    fclose(in);
    tape = tape_play(text);
    judge_init(&j);
    judge_trace(&j, tape.base, tape.used);
    cr_expect_eq(j.verdict, VERDICT_PASS, "%s does not pass", name);
    cr_expect(!strstr(text, "requester-rules") || j.n_findings == 0,
              "%s: a careful requester breaks %s", name,
              j.n_findings ? j.findings[0].rule->id : "");
    has(&j, "");
    judge_release(&j);
    tape_free(&tape);
}

Test(requester, each_is_seen_broken)
{
    const unsigned n = ARRAY_SIZE(tampers);
    glob_t files;

    for (unsigned i = 0; i < n; i++)
        cr_expect(breaks(&tampers[i], true), "%s is not found broken (%u)",
                  tampers[i].rule, i);
    cr_assert_eq(glob("scenarios/requester/*.yaml", 0, NULL, &files), 0);
    cr_assert_eq(glob("scenarios/asr/*.yaml", GLOB_APPEND, NULL, &files), 0);
    for (size_t i = 0; i < files.gl_pathc; i++)
        play_file(files.gl_pathv[i]);
    globfree(&files);
    told_as_kept("requester");
    for (unsigned r = 0; r < N_RULES; r++)
        cr_expect(seen[r] || rules[r].kind != RULE_REQUESTER ||
                      strcmp(rules[r].id, "program-runs") == 0,
                  "nothing breaks %s", rules[r].id);
}

Test(requester, some_things_convict_nobody)
{
    const unsigned n = ARRAY_SIZE(pardons);

    for (unsigned i = 0; i < n; i++) {
        cr_expect(breaks(&pardons[i], false), "%s is not broken to begin with",
                  pardons[i].rule);
        cr_expect_not(breaks(&pardons[i], true), "%s convicts (%u)",
                      pardons[i].rule, i);
    }
    told_as_kept("requester-pardons");
}

/* Asyncs told before they are waited for, cancelled twice, too late, or by
 * nobody. */
static const char asyncs[] =
    "vssim: 1\nscenario: t\nrequester-rules: true\n"
    "writers:\n"
    "  - { profile: test-writer, behaviour: { PreRestore: { after: 5s } } }\n"
    "faults: [ { point: access/Wait, count: 2 } ]\n"
    "requester:\n"
    "  - prepare: { as: backup }\n"
    "  - AddRef: { on: backup }\n"
    "  - Release: { on: backup }\n"
    "  - PreRestore: { as: pre }\n"
    "  - Wait: { on: pre, returns: E_ACCESSDENIED }\n"
    "  - sleep: 5s\n"
    "  - QueryStatus: { on: pre }\n"
    "  - Wait: { on: pre }\n"
    "  - QueryStatus: { on: pre }\n"
    "  - GatherWriterStatus: { as: first, on: backup }\n"
    "  - Cancel: { on: first }\n"
    "  - Cancel: { on: first, returns: VSS_S_ASYNC_CANCELLED }\n"
    "  - GatherWriterStatus: { as: second, on: backup }\n"
    "  - Wait: { on: second }\n"
    "  - Cancel: { on: second, returns: VSS_S_ASYNC_FINISHED }\n"
    "  - PostRestore: { on: backup, wait: true }\n";

/* The call of the method on the object, the how-manieth of them. */
static const struct m_call *call_on(const struct model *m, uint32_t object,
                                    enum m_method method, int nth)
{
    EACH_ON(m, object, c)
        if (c->method == method && --nth == 0)
            return c;
    cr_assert(false, "no such call");
    return NULL;
}

Test(requester, what_it_saw)
{
    const struct tamper no_gather = {.kind = TRACE_RETURN,
                                     .method = "GatherWriterStatus",
                                     .nth = 2, .op = T_SET_KEY, .name = "hr",
                                     .value = "hr:S_FALSE"};
    struct tape tape = tape_play(asyncs), other;
    const struct m_call *pre, *first, *second;
    const struct r_async *a;
    uint32_t on;
    struct judge j;

    judge_init(&j);
    judge_trace(&j, tape.base, tape.used);
    cr_assert_eq(j.requester.n_sessions, 1);
    on = j.requester.sessions[0].object;
    pre = call_on(&j.model, on, M_PRE_RESTORE, 1);
    a = async_of(&j, pre);
    cr_assert(a);
    cr_expect_eq(a->waited, call_on(&j.model, a->object, M_WAIT, 2));
    cr_expect_eq(a->told, call_on(&j.model, a->object, M_QUERY_STATUS, 1));
    cr_expect_eq(a->ended, a->told, "which was before the Wait");
    first = call_on(&j.model, on, M_GATHER_STATUS, 1);
    a = async_of(&j, first);
    cr_assert(a);
    cr_expect_eq(a->cancelled, call_on(&j.model, a->object, M_CANCEL, 1));
    cr_expect_eq(operation_result(&j, first), HR_VSS_S_ASYNC_CANCELLED);
    cr_expect_null(a->waited, "Cancel does not wait");
    second = call_on(&j.model, on, M_GATHER_STATUS, 2);
    a = async_of(&j, second);
    cr_assert(a && a->cancelled);
    cr_expect_eq(operation_result(&j, second), HR_VSS_S_ASYNC_FINISHED,
                 "it was too late");
    cr_expect(is_cleanup(call_on(&j.model, on, M_ADD_REF, 1)));
    cr_expect_eq(latest(&j.model, on, M_GATHER_STATUS, NULL), second);
    cr_assert(tape_tamper(&tape, &no_gather, &other));
    judge_trace(&j, other.base, other.used);
    cr_expect_eq(latest(&j.model, on, M_GATHER_STATUS, NULL),
                 call_on(&j.model, on, M_GATHER_STATUS, 1),
                 "S_FALSE was nothing");
    judge_release(&j);
    tape_free(&tape);
    tape_free(&other);
}
