/*
 * rule.h - the rules as data: what each is called, says and rests on.
 *
 * The table is rules.def. What a rule does is judge.c's business: whoever
 * only names rules (findings, reports, options) needs no more than this.
 */
#ifndef RULES_RULE_H
#define RULES_RULE_H

enum severity { SEVERITY_ERROR, SEVERITY_WARNING };

enum rule_kind {
    RULE_SCENARIO,  /* what the scenario demands */
    RULE_INVARIANT, /* holds for every subject in every scenario */
    RULE_REQUESTER  /* what a requester must do */
};

/* In which traces a rule is asked; see rules.def. */
enum rule_when { WHEN_ALWAYS, WHEN_OUR_WORLD, WHEN_REQUESTER, WHEN_VERDICT };

struct rule {
    const char *id;
    enum severity severity;
    enum rule_kind kind;
    enum rule_when when;
    const char *provenance;
    const char *text;
    const char *advice;
};

/* The rules, by enum rule_id in the order of rules.def. */
enum rule_id {
#define RULE(function, id, severity, kind, when, provenance, text, advice) \
    RULE_ID_##function,
#include "asserts/rules/rules.def"
#undef RULE
    N_RULES
};

extern const struct rule rules[N_RULES];
/* NULL when there is none. */
const struct rule *rule_find(const char *id);

#endif
