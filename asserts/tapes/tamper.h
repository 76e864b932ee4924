/*
 * tamper.h - a true trace, and the same with one thing changed.
 *
 * The rules are tested on what a subject would have written had it been
 * wrong: a scenario is played against the reference, then the trace is copied
 * with one change. So each rule is seen to hold on a real trace and to be
 * broken by a change that breaks it.
 */
#ifndef RULES_TEST_TAMPER_H
#define RULES_TEST_TAMPER_H

#include "asserts/rules/judge.h"

enum tamper_op {
    T_SET_KEY,   /* field `key` becomes `value`, added when absent */
    T_SET_IN,    /* argument `name` */
    T_SET_OUT,   /* out-parameter `name` */
    T_DROP,      /* the record goes */
    T_DOUBLE,    /* the record comes twice */
    T_KIND,      /* the record becomes one of the kind `value` */
    T_LATER,     /* the record and all after it happen `value` ms later */
    T_CUT,       /* the trace ends before the record */
    T_FAULT      /* a fault fires in the call before the record */
};

struct tamper {
    const char *rule;
    const char *scenario;
    enum trace_kind kind; /* which record: kind, */
    const char *method;   /* method (of the call), event or name; NULL: any, */
    int nth;              /* and the how-manieth, from 1 */
    enum tamper_op op;
    const char *name; /* of the key or parameter */
    /* "hr:NAME", "hr:0x8004ABCD", "int:5", "obj:3", "bool:1", "null",
     * "untouched", else text */
    const char *value;
};

/* Steps of scenarios: a backup up to its snapshot. */
#define PREPARED \
    "  - CreateVssBackupComponents\n" \
    "  - InitializeForBackup\n" \
    "  - SetBackupState\n" \
    "  - GatherWriterMetadata: { wait: true }\n" \
    "  - AddComponent\n" \
    "  - StartSnapshotSet\n" \
    "  - AddToSnapshotSet\n" \
    "  - PrepareForBackup: { wait: true }\n"

/* The rule finds `times` things in the scenario's trace after the changes. */
struct decision {
    const char *rule;
    const char *scenario;
    unsigned times;
    struct tamper changes[5]; /* rule and scenario are not used */
};

#define SET(kind, which, nth, key, value) \
    {NULL, NULL, TRACE_##kind, which, nth, T_SET_KEY, key, value}
#define RETURNS(method, nth, code) SET(RETURN, method, nth, "hr", "hr:" code)
#define RENAME(method, nth, name) SET(CALL, method, nth, "method", name)
#define IN(method, nth, name, value) \
    {NULL, NULL, TRACE_CALL, method, nth, T_SET_IN, name, value}
#define OUT(method, nth, name, value) \
    {NULL, NULL, TRACE_RETURN, method, nth, T_SET_OUT, name, value}
#define CHANGE(kind, which, nth, op, value) \
    {NULL, NULL, TRACE_##kind, which, nth, op, NULL, value}
#define NO_CALL(method, nth) CHANGE(CALL, method, nth, T_DROP, NULL)
#define FAULTED(method, nth) CHANGE(RETURN, method, nth, T_FAULT, NULL)

struct tape {
    char *base;
    uint64_t used;
};

/* Plays the scenario against the reference; a cr_assert on bad scenarios. */
struct tape tape_play(const char *yaml);
/* A changed copy; false when there is no such record. */
bool tape_tamper(const struct tape *from, const struct tamper *change,
                 struct tape *to);

/* Expects each to be as it says; and that the last change decides: before it
 * the rule finds something else, or, when `same`, as much. */
void decide(const struct decision *decisions, unsigned n, bool same);

void tape_free(struct tape *tape);

/* Of the findings of a test, word for word: each judge of the test is told,
 * and at its end all is compared with the kept file
 * asserts/tapes/findings/NAME. With KEEP_FINDINGS in the environment the file
 * is written instead. */
void tell(const struct judge *judge, const char *rule);
void told_as_kept(const char *name);

#endif
