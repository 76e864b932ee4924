/*
 * findings.h - what the rules found wrong, in the order of finding.
 *
 * The findings are the judge's, and so are their texts; both are valid until
 * its next trace. Rules add them; reports and baselines read and mark them.
 */
#ifndef RULES_FINDINGS_H
#define RULES_FINDINGS_H

#include "asserts/model/model.h"
#include "asserts/rules/rule.h"
#include "base/printf.h"

struct judge;

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

/* A finding at a call (or record, or neither). The texts may be temporary;
 * `format` makes the message. */
struct finding *found(struct judge *judge, enum rule_id rule,
                      const struct m_call *call, const struct trace_rec *rec,
                      const char *format, ...) PRINTF_LIKE(5, 6);
void finding_values(struct judge *judge, struct finding *finding,
                    const char *expected, const char *actual);

#endif
