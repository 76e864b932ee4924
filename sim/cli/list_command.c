/* list_command.c - vssim list: what there is to know and to choose from. */
#include <string.h>

#include "asserts/rules/explain.h"
#include "base/array.h"
#include "base/strbuf.h"
#include "base/wrap.h"
#include "cli/cli.h"
#include "cli/options.h"
#include "cli/state_words.h"
#include "com/hresult.h"
#include "os/assert.h"

static const struct command_words words = {
    .id = COMMAND_LIST,
    .about =
        "Lists scenarios below PATH (default: scenarios), or what the options\n"
        "name.\n",
    .least = 0,
    .most = -1,
};

static void list_profiles(void)
{
    for (unsigned i = 0; i < n_builtin_profiles; i++) {
        struct arena arena = ARENA_INIT;
        struct problems problems = {.arena = &arena};
        struct node *root =
            node_read(&problems, builtin_profiles[i].name,
                      builtin_profiles[i].text, builtin_profiles[i].size);
        const struct node *name = node_get(root, "name");
        const struct node *class = node_get(root, "class");

        wrap(stdout, name ? name->text : "",
             printf("%-24s %-36s", builtin_profiles[i].name,
                    class ? class->text : ""),
             62);
        arena_release(&arena);
    }
}

static void list_codes(void)
{
    const char *name, *meaning;
    int32_t hr;

    for (unsigned i = 0; hresult_entry(i, &name, &hr, &meaning); i++)
        printf("0x%08X  %s\n", (unsigned)hr, name);
}

static void list_methods(void)
{
    struct strbuf text = STRBUF_INIT;

    for (unsigned i = 0; i < api_n_methods; i++) {
        const struct api_method *m = &api_methods[i];

        strbuf_reset(&text);
        strbuf_addf(&text, "%s%s%s(", m->slot >= 0 ? m->iface : "",
                    m->slot >= 0 ? "::" : "", m->name);
        for (unsigned k = 0; k < m->n_params; k++)
            strbuf_addf(&text, "%s%s%s", k ? ", " : "",
                        m->params[k].dir == API_OUT ? "out " : "",
                        m->params[k].name);
        strbuf_addc(&text, ')');
        wrap(stdout, strbuf_str(&text),
             m->slot >= 0 ? printf("%3d", m->slot) : printf("  -"), 5);
    }
    strbuf_release(&text);
}

static void list_phases(void)
{
#define PHASE(id, name, text) wrap(stdout, text, printf("%-16s", name), 17);
#include "vss/state.def"
}

/* Phases have letters in their order, and cells signs: so a row fits. */
static void list_states(void)
{
    printf("%-28s ", "method");
    for (int p = 0; p < VSS_PHASE_COUNT; p++)
        printf("%c%s", 'A' + p, p == VSS_PHASE_POST_FAILED ? " " : "");
    putchar('\n');
    for (int m = 0; m < VSS_METHOD_COUNT; m++) {
        printf("%-28s ", vss_method_name((enum vss_method)m));
        state_signs(stdout, (enum vss_method)m);
    }
    puts("\nphases (vssim list --phases):");
    for (int p = 0; p < VSS_PHASE_COUNT; p++)
        printf("  %c  %s\n", 'A' + p, vss_phase_name((enum vss_phase)p));
    puts("\nsigns:");
    state_legend(stdout);
}

static void list_gaps(void)
{
    for (int m = 0; m < VSS_METHOD_COUNT; m++)
        for (int p = 0; p < VSS_PHASE_COUNT; p++)
            if (vss_cell((enum vss_method)m, (enum vss_phase)p) ==
                VSS_CELL_RSV) {
                puts(vss_method_name((enum vss_method)m));
                break;
            }
}

/* --- the API, and what stands behind each method --- */

static const struct {
    const char *method, *source;
} sources[] = {
#define STATE(method, un, bk, rs, ga, me, pp, pd, pf, pc, op, od, of, source) \
    {#method, source},
#define STATE_BACKUP(method, bg, bm, ep, er, sp, sd, bf, cp, cd, source) \
    {#method, source},
#define STATE_NEEDS(method, flag, source) {#method, source},
#include "vss/state.def"
};

/* The row of the state table, and what it goes by. */
static void state_row(const char *method)
{
    enum vss_method row = state_method(method);

    if (row != VSS_METHOD_COUNT) {
        fputs("    states  ", stdout);
        state_signs(stdout, row);
    }
    for (unsigned i = 0; i < ARRAY_SIZE(sources); i++)
        if (strcmp(sources[i].method, method) == 0)
            wrap(stdout, sources[i].source, printf("    source"), 12);
}

static void list_api(void)
{
    for (unsigned i = 0; i < api_n_methods; i++) {
        const struct api_method *m = &api_methods[i];

        if (m->slot >= 0)
            printf("%3d %s::%s\n", m->slot, m->iface, m->name);
        else
            printf("  - %s\n", m->name);
        if (m->family == API_BACKUP_COMPONENTS)
            state_row(m->name);
        explain_codes(stdout, m->iface, m->name);
    }
    puts("\nstates, a sign a phase (vssim list --phases):");
    state_legend(stdout);
}

static void list_policies(void)
{
#define POLICY(id, key, decision, alternatives, strict, lenient, text) \
    printf("%-28s %-6s %s\n", key, decision, alternatives);
#include <vssim/policy.def>
#undef POLICY
}

static void list_windows(void)
{
#define WINDOWS(id, key, label, old_unexpected, wait_rule, ex, partial) \
    printf("%-16s %s\n", key, label);
#include <vssim/windows.def>
#undef WINDOWS
}

static int list_scenarios(int argc, char **argv, int first)
{
    struct paths paths = {0};
    struct scenario_overrides overrides;
    bool good = true;

    scenario_overrides_init(&overrides);
    if (first == argc)
        good = paths_add(&paths, "scenarios");
    for (int i = first; i < argc; i++)
        good &= paths_add(&paths, argv[i]);
    for (unsigned i = 0; i < paths.n; i++) {
        struct arena arena = ARENA_INIT;
        struct problems problems = {.arena = &arena};
        struct scenario *s =
            scenario_load(&arena, paths.names[i], &overrides, &problems);

        printf("%s: %s\n", paths.names[i],
               s ? s->title : "(cannot be read: see vssim check)");
        good &= s != NULL;
        arena_release(&arena);
    }
    paths_release(&paths);
    return good ? EXIT_PASSED : EXIT_USAGE;
}

struct command {
    const char *on, *roles[16];
    unsigned n_roles;
    bool listed;
};

static bool take_role(struct command *c, const char *role)
{
    const unsigned most = ARRAY_SIZE(c->roles);

    if (c->n_roles == most) {
        fprintf(stderr, "vssim list: %u times --role are allowed\n", most);
        return false;
    }
    c->roles[c->n_roles++] = role;
    return true;
}

static void list_rules(void)
{
    explain_list(stdout);
}

/* Lists at once what is asked for. */
static bool take_option(void *context, enum option_id option,
                        const char *argument)
{
    static const struct {
        enum option_id option;
        void (*list)(void);
    } lists[] = {
        {OPT_LIST_API, list_api},           {OPT_LIST_PROFILES, list_profiles},
        {OPT_LIST_RULES, list_rules},       {OPT_LIST_CODES, list_codes},
        {OPT_LIST_METHODS, list_methods},   {OPT_LIST_PHASES, list_phases},
        {OPT_LIST_STATES, list_states},     {OPT_LIST_GAPS, list_gaps},
        {OPT_LIST_POLICIES, list_policies}, {OPT_LIST_WINDOWS, list_windows}};
    struct command *c = context;

    if (option == OPT_ROLE)
        return take_role(c, argument);
    if (option == OPT_ON) {
        c->on = argument;
        return true;
    }
    c->listed = true;
    if (option == OPT_LIST_WRITERS)
        return list_writers(c->on, c->roles, c->n_roles) == EXIT_PASSED;
    for (unsigned i = 0; i < ARRAY_SIZE(lists); i++)
        if (lists[i].option == option) {
            lists[i].list();
            return true;
        }
    assert(false && "every option of list is in one of these");
    return false;
}

int command_list(int argc, char **argv)
{
    struct command c = {.listed = false};
    int first;
    int code = options_read(&words, argc, argv, take_option, &c, &first);

    if (code != OPTIONS_GOOD)
        return code;
    return c.listed ? EXIT_PASSED : list_scenarios(argc, argv, first);
}
