/* explain.c - see explain.h. */
#include "asserts/rules/explain.h"

#include <string.h>

#include "asserts/rules/rules.h"

static const char *const severities[] = {"error", "warning"};
static const char *const kinds[] = {"scenario", "invariant", "requester rule"};

bool explain_rule(FILE *out, const char *id)
{
    const struct rule *r = rule_find(id);

    if (!r)
        return false;
    fprintf(out, "%s (%s, %s)\n%s\nRemedy: %s\nProvenance: %s\n", r->id,
            kinds[r->kind], severities[r->severity], r->text, r->advice,
            r->provenance);
    return true;
}

void explain_list(FILE *out)
{
    for (unsigned i = 0; i < N_RULES; i++) {
        const struct rule *r = &rules[i];
        size_t sentence = strcspn(r->text, ".");

        fprintf(out, "%-32s %-15s %-8s %.*s\n", r->id, kinds[r->kind],
                severities[r->severity], (int)sentence, r->text);
    }
}

void explain_returns(FILE *out, const char *iface, const char *method)
{
    const char *page = NULL;
    const char *codes = returns_of(iface, method, &page);

    if (!codes)
        return;
    fprintf(out, "returns (documented: %s)\n  %s\n", page,
            *codes ? codes : "(the page has no table)");
#define ADDED(of, name, codes, policy, value, decision) \
    if (strcmp(#of, iface) == 0 && \
        (strcmp(#name, method) == 0 || strcmp(#name, "any") == 0)) \
        fprintf(out, "also (interpreted: %s%s%s%s%s)\n  %s\n", decision, \
                *policy ? ", policy " : "", policy, *policy ? "=" : "", \
                value, codes);
#include "asserts/rules/returns_added.def"
#undef ADDED
}

void explain_codes(FILE *out, const char *iface, const char *method)
{
    const char *page = NULL;
    const char *codes = returns_of(iface, method, &page);

    if (codes)
        fprintf(out, "    codes   %s\n    page    %s\n",
                *codes ? codes : "(the page has no table)", page);
#define ADDED(of, name, codes, policy, value, decision) \
    if (strcmp(#of, iface) == 0 && \
        (strcmp(#name, method) == 0 || strcmp(#name, "any") == 0)) \
        fprintf(out, "    also    %s (%s)\n", codes, decision);
#include "asserts/rules/returns_added.def"
#undef ADDED
}
