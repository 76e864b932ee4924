/*
 * judge.h - the judgement of one trace.
 *
 * Reads the trace and nothing else, so that the same rules judge the
 * reference, somebody's subject, a requester under exec, or a saved file. A
 * judge is used for one trace after another; its memory is used again.
 */
#ifndef RULES_JUDGE_H
#define RULES_JUDGE_H

#include "asserts/model/model.h"
#include "base/printf.h"

enum severity { SEVERITY_ERROR, SEVERITY_WARNING };

enum rule_kind {
    RULE_SCENARIO,  /* what the scenario demands */
    RULE_INVARIANT, /* holds for every subject in every scenario */
    RULE_REQUESTER  /* what a requester must do */
};

struct judge;

struct rule {
    const char *id;
    enum severity severity;
    enum rule_kind kind;
    const char *provenance;
    const char *text;
    const char *advice;
    void (*check)(struct judge *judge); /* NULL: found elsewhere */
};

/* The rules, by enum rule_id in the order of rules.def. */
enum rule_id {
#define RULE(function, id, severity, kind, provenance, text, advice) \
    RULE_ID_##function,
#include "asserts/rules/rules.def"
#undef RULE
    N_RULES
};

extern const struct rule rules[N_RULES];
const struct rule *rule_find(const char *id);

struct finding {
    const struct rule *rule;
    uint32_t seq;  /* the record that shows it; 0: the whole run */
    uint32_t call; /* 0: none */
    int line, col; /* in the scenario; 0: unknown */
    const char *message;
    const char *expected, *actual; /* NULL: the message says it */
    bool expected_finding; /* named in the scenario's expect: findings */
    bool known;            /* accepted by a baseline */
};

enum verdict {
    VERDICT_PASS,
    VERDICT_FAIL,
    VERDICT_NOT_EXERCISED,
    VERDICT_EXPECTED_FAILURE,
    VERDICT_SKIPPED,
    VERDICT_ERROR,
    N_VERDICTS
};

const char *verdict_name(enum verdict verdict);

/* The view of the requester rules; see requester.h. */
struct requester {
    struct r_async *asyncs;
    uint32_t n_asyncs;
    struct session *sessions; /* of backup components objects */
    uint32_t n_sessions;
};

struct judge {
    struct model model;
    struct requester requester;
    struct finding *findings;
    uint32_t n_findings, room_findings;
    enum verdict verdict;
    const char *reason; /* of the verdict, when no finding says it; or NULL */
    bool disabled[N_RULES];
    uint64_t checked[N_RULES]; /* how often a rule had something to judge */
};

void judge_init(struct judge *judge);
/* It is as after judge_init. */
void judge_release(struct judge *judge);
/* Judges; findings and verdict are valid until the next call. */
void judge_trace(struct judge *judge, const char *base, uint64_t used);

/* Makes the verdict anew after findings were marked as known. */
void judge_reconsider(struct judge *judge);

/* --- for the rules --- */

/* A finding at a call (or record, or neither). The texts may be temporary;
 * `format` makes the message. */
struct finding *found(struct judge *judge, enum rule_id rule,
                      const struct m_call *call, const struct trace_rec *rec,
                      const char *format, ...) PRINTF_LIKE(5, 6);
void finding_values(struct judge *judge, struct finding *finding,
                    const char *expected, const char *actual);
/* The rule had something to judge. */
static inline void judged(struct judge *judge, enum rule_id rule)
{
    judge->checked[rule]++;
}

#endif
