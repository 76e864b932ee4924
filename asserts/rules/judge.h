/*
 * judge.h - the judgement of one trace.
 *
 * Reads the trace and nothing else, so that the same rules judge the
 * reference, somebody's subject, a requester under exec, or a saved file. A
 * judge is used for one trace after another; its memory is used again.
 */
#ifndef RULES_JUDGE_H
#define RULES_JUDGE_H

#include "asserts/rules/findings.h"

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

/* The rule had something to judge. */
static inline void judged(struct judge *judge, enum rule_id rule)
{
    judge->checked[rule]++;
}

#endif
