/* explain_command.c - vssim explain: what a name or number means. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "asserts/rules/explain.h"
#include "cli/cli.h"
#include "cli/options.h"
#include "com/hresult.h"
#include "os/assert.h"

static const struct command_words words = {
    .id = COMMAND_EXPLAIN,
    .about =
        "NAME is a rule, a code (by name, or its number in hexadecimal or decimal,\n"
        "signed or not), a writer state or other enumeration value, a policy (alone\n"
        "or with a value: access=denied), a choice that policies have, a method, an\n"
        "interface or type of the API, a phase, a Windows version, the profile or\n"
        "class id of a writer, or a decision (U09).\n",
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

/* One of the words of a policy's alternatives. */
static bool is_choice(const char *alternatives, const char *name)
{
    size_t length = strlen(name);

    for (const char *at = alternatives; *at; at += strspn(at, " ")) {
        size_t word = strcspn(at, " ");

        if (word == length && strncmp(at, name, length) == 0)
            return true;
        at += word;
    }
    return false;
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

/* A policy, alone or with one of its values: access, access=denied. */
static bool explain_policy(const char *name)
{
    size_t length = strcspn(name, "=");
    const char *value = name[length] ? name + length + 1 : NULL;

#define POLICY(id, key, decision, alternatives, strict, lenient, text) \
    if (strlen(key) == length && strncmp(name, key, length) == 0 && \
        (!value || is_choice(alternatives, value))) { \
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

static bool explain_choice(const char *name)
{
    bool found = false;

#define POLICY(id, key, decision, alternatives, strict, lenient, text) \
    if (is_choice(alternatives, name)) { \
        if (!found) \
            printf("%s: a choice of the policies\n", name); \
        found = true; \
        puts("  " key); \
    }
#include <vssim/policy.def>
#undef POLICY
    return found;
}

/* The profiles of that name, or of writers of that class. */
static bool explain_profile(const char *name)
{
    bool found = false;

    for (unsigned i = 0; i < n_builtin_profiles; i++) {
        struct arena arena = ARENA_INIT;
        struct problems problems = {.arena = &arena};
        const struct builtin_profile *p = &builtin_profiles[i];
        struct node *root = node_read(&problems, p->name, p->text, p->size);
        const struct node *title = node_get(root, "name");
        const struct node *class = node_get(root, "class");

        assert(title && class);
        if (strcmp(p->name, name) == 0 || strcmp(class->text, name) == 0) {
            printf("%s (profile of a writer): %s\nclass: %s\n", p->name,
                   title->text, class->text);
            found = true;
        }
        arena_release(&arena);
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
           explain_decision(name) || explain_other(name) ||
           explain_profile(name) || explain_choice(name) ||
           explain_interface(name) || explain_type(name);
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
