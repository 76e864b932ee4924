/* rule.c - see rule.h. */
#include "asserts/rules/rule.h"

#include <stddef.h>
#include <string.h>

#define RULE(function, id, severity, kind, when, provenance, text, advice) \
    {id, SEVERITY_##severity, RULE_##kind, WHEN_##when, provenance, text, \
     advice},
const struct rule rules[N_RULES] = {
#include "asserts/rules/rules.def"
};
#undef RULE

const struct rule *rule_find(const char *id)
{
    for (unsigned i = 0; i < N_RULES; i++)
        if (strcmp(rules[i].id, id) == 0)
            return &rules[i];
    return NULL;
}
