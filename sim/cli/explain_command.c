/* explain_command.c - vssim explain: what a name or number means. */
#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "asserts/rules/explain.h"
#include "cli/cli.h"
#include "cli/options.h"
#include "com/hresult.h"
#include "vss/state.h"

static const struct command_words words = {
    .id = COMMAND_EXPLAIN,
    .about =
        "NAME is a rule, a code (by name, or its number in hexadecimal or decimal,\n"
        "signed or not), a writer state or other enumeration value, a policy, a\n"
        "method, a phase, a Windows version or a decision (U09).\n",
    .least = 1,
    .most = -1,
    .negative = true,
};

/* VDS and VSS share numbers (decision U31): all names are told. */
static bool explain_number(const char *text)
{
    const char *name, *meaning;
    bool found = false;
    long long number;
    char *end;
    int32_t hr;

    errno = 0;
    number = strtoll(text, &end, 0);
    if (errno || end == text || *end || number > 0xFFFFFFFFLL ||
        number < INT32_MIN)
        return false;
    for (unsigned i = 0; hresult_entry(i, &name, &hr, &meaning); i++)
        if (hr == (int32_t)(uint32_t)number) {
            printf("%s (0x%08X, %d): %s\n", name, (unsigned)hr, hr, meaning);
            found = true;
        }
    return found;
}

static bool explain_code(const char *text)
{
    const char *name, *meaning;
    int32_t hr;

    for (unsigned i = 0; hresult_entry(i, &name, &hr, &meaning); i++)
        if (strcmp(name, text) == 0) {
            printf("%s (0x%08X, %d): %s\n", name, (unsigned)hr, hr, meaning);
            return true;
        }
    return false;
}

static bool explain_value(const char *text)
{
    static const struct {
        const char *type, *name;
        long long value;
    } values[] = {
#define ENUM_VALUE(type, name, value) {#type, #name, value},
#include "com/enums.def"
#undef ENUM_VALUE
    };

    for (unsigned i = 0; i < sizeof(values) / sizeof(values[0]); i++)
        if (strcmp(values[i].name, text) == 0) {
            printf("%s: value %lld of %s\n", text, values[i].value,
                   values[i].type);
            return true;
        }
    return false;
}

static bool explain_policy(const char *name)
{
#define POLICY(id, key, decision, alternatives, strict, lenient, text) \
    if (strcmp(name, key) == 0) { \
        char one[64], two[64]; \
        printf("%s (policy, decision %s)\n%s\nchoices: %s\nstrict: %s\n" \
               "lenient: %s\n", \
               key, decision, text, alternatives, \
               policy_value(VSSIM_POLICY_##id, strict, one, sizeof(one)), \
               policy_value(VSSIM_POLICY_##id, lenient, two, sizeof(two))); \
        return true; \
    }
#include <vssim/policy.def>
#undef POLICY
    return false;
}

static void explain_states(const char *method)
{
    for (int m = 0; m < VSS_METHOD_COUNT; m++) {
        if (strcmp(vss_method_name((enum vss_method)m), method) != 0)
            continue;
        puts("by phase:");
        for (int p = 0; p < VSS_PHASE_COUNT; p++) {
            static const char *const texts[] = {
#define CELL(id, text) text,
#define CELL_POLICY(id, policy, code0, code1, code2) "policy " #policy,
#include "vss/state.def"
            };

            printf("  %-14s %s\n", vss_phase_name((enum vss_phase)p),
                   texts[vss_cell((enum vss_method)m, (enum vss_phase)p)]);
        }
    }
}

static bool explain_method(const char *name)
{
    const struct api_method *m;
    bool found = false;

    for (unsigned i = 0; (m = api_find(name, i)); i++) {
        found = true;
        if (m->slot >= 0)
            printf("%s::%s, slot %d\n", m->iface, m->name, m->slot);
        else
            printf("%s, exported function\n", m->name);
        for (unsigned k = 0; k < m->n_params; k++)
            printf("  %s %s %s\n", m->params[k].dir == API_OUT ? "out" : "in ",
                   m->params[k].type, m->params[k].name);
        explain_returns(stdout, m->iface, m->name);
        if (m->family == API_BACKUP_COMPONENTS)
            explain_states(m->name);
    }
    return found;
}

static bool explain_other(const char *name)
{
#define PHASE(id, key, text) \
    if (strcmp(name, key) == 0) { \
        printf("%s (phase): %s\n", key, text); \
        return true; \
    }
#include "vss/state.def"
#define WINDOWS(id, key, label, old_unexpected, wait_rule, ex, partial) \
    if (strcmp(name, key) == 0) { \
        printf("%s: %s\n  %s\n  IVssBackupComponentsEx up to Ex%d\n  " \
               "partial failures: %s\n", \
               key, label, \
               old_unexpected ? "E_UNEXPECTED instead of VSS_E_UNEXPECTED" \
                              : "VSS_E_UNEXPECTED", \
               ex, partial ? "yes" : "no"); \
        return true; \
    }
#include <vssim/windows.def>
#undef WINDOWS
    return false;
}

static bool explain_decision(const char *name)
{
    for (unsigned i = 0; i < n_decisions; i++)
        if (strcmp(decisions[i].name, name) == 0) {
            printf("%s (decision): %s\n%s", name, decisions[i].title,
                   decisions[i].text);
            return true;
        }
    return false;
}

static bool explain(const char *name)
{
    return explain_rule(stdout, name) || explain_code(name) ||
           explain_number(name) || explain_value(name) ||
           explain_policy(name) || explain_method(name) ||
           explain_decision(name) || explain_other(name);
}

/* There is none but --help. */
static bool take_option(void *context, enum option_id option,
                        const char *argument)
{
    (void)context, (void)option, (void)argument;
    assert(false && "explain takes no option");
    return false;
}

int command_explain(int argc, char **argv)
{
    int first;
    int code = options_read(&words, argc, argv, take_option, NULL, &first);

    if (code != OPTIONS_GOOD)
        return code;
    code = EXIT_PASSED;
    for (int i = first; i < argc; i++) {
        if (strcmp(argv[i], "--help") == 0) {
            help_command(stdout, &words);
            return EXIT_PASSED;
        }
        if (i > first)
            puts("");
        if (!explain(argv[i])) {
            fprintf(stderr,
                    "vssim explain: \"%s\" is nothing known: see vssim list "
                    "--rules, --codes, --policies, --methods, --phases\n",
                    argv[i]);
            code = EXIT_USAGE;
        }
    }
    return code;
}
