/* explain.c - see explain.h. */
#include "asserts/rules/explain.h"

#include <string.h>

#include "asserts/rules/rules.h"
#include "base/wrap.h"

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
        char sentence[512];

        snprintf(sentence, sizeof(sentence), "%.*s",
                 (int)strcspn(r->text, "."), r->text);
        fprintf(out, "%-32s %-15s %s\n", r->id, kinds[r->kind],
                severities[r->severity]);
        wrap(out, sentence, 0, 4);
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

    if (codes) {
        wrap(out, *codes ? codes : "(the page has no table)",
             fprintf(out, "    codes"), 12);
        wrap(out, page, fprintf(out, "    page"), 12);
    }
#define ADDED(of, name, codes, policy, value, decision) \
    if (strcmp(#of, iface) == 0 && \
        (strcmp(#name, method) == 0 || strcmp(#name, "any") == 0)) \
        wrap(out, codes " (" decision ")", fprintf(out, "    also"), 12);
#include "asserts/rules/returns_added.def"
#undef ADDED
}
