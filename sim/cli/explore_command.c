/* explore_command.c - vssim explore. */
#include <string.h>

#include "cli/cli.h"
#include "cli/options.h"
#include "os/assert.h"
#include "os/os.h"
#include "search/explore_worlds.h"
#include "subjects/subject_load.h"

static const struct command_words words = {
    .id = COMMAND_EXPLORE,
    .about =
        "Makes every sequence of calls of the restore alphabet (the methods that\n"
        "matter to PreRestore, IVssAsync's three, Release, time passing) up to a\n"
        "depth, following each state once, with each outcome of a writer and with\n"
        "several writers in every order of their answers. All invariants and the\n"
        "state table are checked after each call; every other method of the table\n"
        "is called once in each phase. A violation becomes a scenario that vssim\n"
        "run replays; the search is breadth first, so none is shorter.\n",
    .codes =
        "Exit codes: 0 clean, 1 a violation, 2 usage, 99 vssim itself failed, or\n"
        "was interrupted.\n",
    .least = 0,
    .most = 0,
};

struct command {
    struct explorer explorer;
    struct scenario_overrides overrides;
    struct worker_setup setup;
    struct explore_worlds worlds;
    bool coverage;
    struct strbuf key;
};

static void put_coverage(const struct command *c, bool whole)
{
    const struct explorer *e = &c->explorer;
    unsigned cells = 0, visited = 0;

    for (int m = 0; m < VSS_METHOD_COUNT; m++)
        for (int p = 0; p < VSS_PHASE_COUNT; p++) {
            cells++;
            visited += e->visited[m][p];
            if (c->coverage && !e->visited[m][p])
                printf("not visited: %s in %s\n",
                       vss_method_name((enum vss_method)m),
                       vss_phase_name((enum vss_phase)p));
        }
    printf("%u worlds, %lu states, %lu transitions, %lu calls; %u of %u cells "
           "of the state table visited\n%s\n%lu violations\n",
           e->worlds, e->states, e->transitions, e->calls, visited, cells,
           !whole    ? "interrupted"
           : e->open ? "to the depth; there is more beyond"
                     : "to closure: no call leads to a state not seen",
           e->violations);
}

static bool explore(struct command *c)
{
    struct explorer *e = &c->explorer;
    bool good = !e->save || explore_load(e);

    if (!good)
        return false;
    good = explore_all(&c->worlds);
    if (e->progress)
        fprintf(stderr, "\r%79s\r", "");
    if (good && e->save)
        good = explore_save(e, NULL);
    put_coverage(c, good);
    return good;
}

static int run(struct command *c)
{
    struct explorer *e = &c->explorer;
    struct worker worker;
    struct judge judge;
    int code = EXIT_HARNESS;

    c->worlds.explorer = e;
    c->setup.overrides = e->overrides = &c->overrides;
    c->overrides.explore = true;
    e->foreign = c->setup.subject != NULL;
    e->worker = e->foreign || !heap_has_checkpoints() ? &worker : NULL;
    e->shrinks = &worker;
    /* Time that stands still could let events pile up without end. */
    e->pending =
        c->worlds.file ? 8 : 2 + (c->worlds.writers ? c->worlds.writers : 1);
    e->key = strbuf_str(&c->key);
    if (!worker_init(&worker, &c->setup))
        return EXIT_HARNESS;
    judge_init(&judge);
    for (unsigned i = 0; i < N_RULES; i++)
        judge.disabled[i] = rules[i].kind == RULE_REQUESTER;
    e->judge = &judge;
    if (explore(c))
        code = e->violations ? EXIT_FAILED : EXIT_PASSED;
    judge_release(&judge);
    met_release(&e->begun);
    worker_release(&worker);
    return code;
}

static bool take_from(struct command *c, const char *phase)
{
    c->worlds.from = phase;
    if (strcmp(phase, "all") == 0 || explore_beginning(phase))
        return true;
    fprintf(stderr, "vssim explore: --from %s: all is allowed, or one of",
            phase);
    for (unsigned i = 0; i < VSS_PHASE_COUNT; i++)
        fprintf(stderr, " %s", explore_beginnings[i].phase);
    fputs("\n", stderr);
    return false;
}

static bool take_number(enum option_id option, const char *argument,
                        uint64_t most, unsigned *value)
{
    uint64_t number;
    bool good = option_number(words.id, option, argument, most, &number);

    *value = (unsigned)number;
    return good;
}

static bool take_output(struct command *c, const char *folder)
{
    c->explorer.output = folder;
    if (os_make_folder(folder))
        return true;
    perror(folder);
    return false;
}

static bool take_memory(struct command *c, const char *mib)
{
    uint64_t value;
    bool good = option_number(words.id, OPT_MEMORY, mib, 1 << 20, &value);

    c->explorer.memory = value << 20;
    return good;
}

/* What decides what is explored: all of the command but where results go and
 * how it is done. */
static void add_key(struct command *c, enum option_id option,
                    const char *argument)
{
    switch ((int)option) {
    case OPT_OUTPUT_VIOLATIONS:
    case OPT_RESUME:
    case OPT_MEMORY:
    case OPT_COVERAGE:
    case OPT_NO_PROGRESS:
        break;
    default:
        assert(argument);
        strbuf_addf(&c->key, " --%s %s", option_row(option)->name, argument);
    }
}

static bool take_option(void *context, enum option_id option,
                        const char *argument)
{
    struct command *c = context;
    struct explorer *e = &c->explorer;

    add_key(c, option, argument);
    switch ((int)option) {
    case OPT_DEPTH:
        return take_number(option, argument, 250, &e->depth);
    case OPT_EDITS:
        return take_number(option, argument, 11, &e->edits);
    case OPT_WRITERS:
        return take_number(option, argument, EXPLORE_MOST_WRITERS,
                           &c->worlds.writers);
    case OPT_MEMORY:
        return take_memory(c, argument);
    case OPT_FROM:
        return take_from(c, argument);
    case OPT_WORLD:
        c->worlds.file = argument;
        return true;
    case OPT_OTHER_SUBJECT:
        c->setup.subject = argument;
        return true;
    case OPT_POLICY:
        return scenario_override_policy(&c->overrides, argument);
    case OPT_WINDOWS:
        return scenario_override_windows(&c->overrides, argument);
    case OPT_OUTPUT_VIOLATIONS:
        return take_output(c, argument);
    case OPT_RESUME:
        e->save = argument;
        return true;
    case OPT_COVERAGE:
        c->coverage = true;
        return true;
    default:
        assert(option == OPT_NO_PROGRESS);
        e->progress = false;
        return true;
    }
}

int command_explore(int argc, char **argv)
{
    struct command c = {.explorer = {.depth = 4,
                                     .edits = 1,
                                     .memory = EXPLORE_MEMORY,
                                     .progress = os_has_colour(stderr)},
                        .setup = {.timeout = 10},
                        .key = STRBUF_INIT};
    char error[1024];
    int code, first;

    scenario_overrides_init(&c.overrides);
    strbuf_adds(&c.key, "explore");
    code = options_read(&words, argc, argv, take_option, &c, &first);
    if (code == OPTIONS_GOOD &&
        !subject_probe(c.setup.subject, error, sizeof(error))) {
        fprintf(stderr, "vssim explore: %s\n", error);
        code = EXIT_USAGE;
    }
    if (code == OPTIONS_GOOD)
        code = run(&c);
    strbuf_release(&c.key);
    return code;
}
