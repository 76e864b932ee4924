/* explore_command.c - vssim explore. */
#include <getopt.h>
#include <string.h>

#include "base/os.h"
#include "cli/explore.h"
#include "cli/output.h"
#include "play/subject_load.h"

static const char help[] =
    "usage: vssim explore [OPTION]...\n"
    "\n"
    "Makes every sequence of calls of the restore alphabet (the methods that\n"
    "matter to PreRestore, IVssAsync's three, Release, time passing) up to a\n"
    "depth, following each state once, with each outcome of a writer and with\n"
    "several writers in every order of their answers. All invariants and the\n"
    "state table are checked after each call. A violation becomes a scenario\n"
    "that vssim run replays; the search is breadth first, so none is shorter.\n"
    "\n"
    "      --depth N          calls in a row (4), at most 250; with a large one\n"
    "                         the search ends when no new state is met\n"
    "      --world FILE       the world, writers and faults of this scenario\n"
    "                         instead of the built-in ones; what stands before\n"
    "                         its `requester:` or `expect:`\n"
    "      --writers N        the built-in worlds have N writers, 1 to 4, that\n"
    "                         answer in every order (1: every outcome)\n"
    "      --from N           begin each sequence ready for PreRestore (1) or\n"
    "                         with PreRestore pending (2)\n"
    "      --subject LIBRARY  explore this one\n"
    "      --policy KEY=VALUE, --windows VERSION: as for vssim run\n"
    "      --output DIR       write violations there\n"
    "      --help             this text\n"
    "\n"
    "Exit codes: 0 clean, 1 a violation, 2 usage, 99 vssim itself failed.\n";

static const char *const outcomes[][2] = {
    {"a writer that answers at once", ""},
    {"a slow writer", "{ after: 3s }"},
    {"a veto", "{ veto: VSS_E_WRITERERROR_RETRYABLE }"},
    {"a failure without a code", "{ returns: false }"},
    {"a writer that hangs", "{ hang: true }"},
    {"a death before", "{ crash: before }"},
    {"a death during", "{ after: 2s, crash: during }"},
    {"a death after", "{ crash: after }"},
};

struct command {
    struct explorer explorer;
    struct scenario_overrides overrides;
    struct worker_setup setup;
    const char *world_file;
    unsigned writers, from;
};

static void add_outcome(struct strbuf *out, const char *behaviour)
{
    strbuf_adds(out, "writers:\n  - profile: test-writer\n");
    if (*behaviour)
        strbuf_addf(out,
                    "    behaviour: { PreRestore: %s, PostRestore: %s }\n",
                    behaviour, behaviour);
}

static bool each_outcome(struct command *c)
{
    struct strbuf world = STRBUF_INIT;
    bool good = true;

    for (unsigned i = 0; good && i < sizeof(outcomes) / sizeof(*outcomes);
         i++) {
        strbuf_reset(&world);
        add_outcome(&world, outcomes[i][1]);
        good = explore_world(&c->explorer, outcomes[i][0],
                             strbuf_str(&world));
    }
    strbuf_release(&world);
    return good;
}

/* Every order of the answers of n writers: the permutations of 1s, 2s ... */
static bool permute(struct command *c, unsigned *order, unsigned k)
{
    struct strbuf world = STRBUF_INIT, name = STRBUF_INIT;
    unsigned n = c->writers;
    bool good = true;

    if (k == n) {
        strbuf_adds(&world, "writers:\n");
        strbuf_addf(&name, "%u writers, after", n);
        for (unsigned i = 0; i < n; i++) {
            strbuf_addf(&name, " %us", order[i]);
            strbuf_addf(&world,
                        "  - { profile: test-writer, as: w%u, class: "
                        "5affb034-969f-4919-8875-88f830d0ef0%u, behaviour: { "
                        "PreRestore: { after: %us } } }\n",
                        i, i, order[i]);
        }
        good = explore_world(&c->explorer, strbuf_str(&name),
                             strbuf_str(&world));
    }
    for (unsigned i = k; good && i < n; i++) {
        unsigned swap = order[k];

        order[k] = order[i];
        order[i] = swap;
        good = permute(c, order, k + 1);
        order[i] = order[k];
        order[k] = swap;
    }
    strbuf_release(&world);
    strbuf_release(&name);
    return good;
}

static bool each_order(struct command *c)
{
    unsigned order[4] = {1, 2, 3, 4};

    return permute(c, order, 0);
}

static bool from_file(struct command *c)
{
    struct strbuf world = STRBUF_INIT;
    FILE *in = fopen(c->world_file, "r");
    char line[4096];
    bool good = in != NULL;

    if (!in)
        perror(c->world_file);
    while (in && fgets(line, sizeof(line), in)) {
        if (strncmp(line, "requester:", 10) == 0 ||
            strncmp(line, "expect:", 7) == 0)
            break;
        if (strncmp(line, "vssim:", 6) != 0 &&
            strncmp(line, "scenario:", 9) != 0)
            strbuf_adds(&world, line);
    }
    if (in)
        fclose(in);
    good = good && explore_world(&c->explorer, c->world_file,
                                 strbuf_str(&world));
    strbuf_release(&world);
    return good;
}

static void put_coverage(const struct explorer *e)
{
    unsigned cells = 0, visited = 0;

    for (int m = 0; m < VSS_METHOD_COUNT; m++)
        for (int p = 0; p < VSS_PHASE_COUNT; p++) {
            cells++;
            visited += e->visited[m][p];
        }
    printf("%lu states, %lu transitions, %lu calls; %u of %u cells of the "
           "state table visited\n%lu violations\n",
           e->states, e->transitions, e->calls, visited, cells,
           e->violations);
}

static int explore(struct command *c)
{
    struct worker worker;
    struct judge judge;
    bool good;

    c->setup.overrides = &c->overrides;
    c->overrides.explore = true;
    c->explorer.foreign = c->setup.subject != NULL;
    if (!worker_init(&worker, &c->setup))
        return EXIT_HARNESS;
    judge_init(&judge);
    for (unsigned i = 0; i < N_RULES; i++)
        judge.disabled[i] = rules[i].kind == RULE_REQUESTER;
    c->explorer.worker = &worker;
    c->explorer.judge = &judge;
    good = c->world_file      ? from_file(c)
           : c->writers > 1   ? each_order(c)
                              : each_outcome(c);
    put_coverage(&c->explorer);
    judge_release(&judge);
    worker_release(&worker);
    return !good ? EXIT_HARNESS
                 : c->explorer.violations ? EXIT_FAILED : EXIT_PASSED;
}

enum code { OPT_DEPTH = 1, OPT_WORLD, OPT_WRITERS, OPT_FROM, OPT_SUBJECT,
            OPT_POLICY, OPT_WINDOWS, OPT_OUTPUT };

static bool take_option(struct command *c, int option)
{
    uint64_t value = 0;
    bool good = true;

    switch (option) {
    case OPT_DEPTH:
        good = option_number("explore", "depth", optarg, 250, &value);
        c->explorer.depth = (unsigned)value;
        break;
    case OPT_WRITERS:
        good = option_number("explore", "writers", optarg, 4, &value);
        c->writers = (unsigned)value;
        break;
    case OPT_FROM:
        good = option_number("explore", "from", optarg, 2, &value);
        c->from = (unsigned)value;
        break;
    case OPT_WORLD:
        c->world_file = optarg;
        break;
    case OPT_SUBJECT:
        c->setup.subject = optarg;
        break;
    case OPT_POLICY:
        good = scenario_override_policy(&c->overrides, optarg);
        break;
    case OPT_WINDOWS:
        good = scenario_override_windows(&c->overrides, optarg);
        break;
    case OPT_OUTPUT:
        c->explorer.output = optarg;
        good = os_make_folder(optarg);
        if (!good)
            perror(optarg);
        break;
    default:
        break;
    }
    return good;
}

int command_explore(int argc, char **argv)
{
    static const struct option options[] = {
        {"depth", required_argument, 0, OPT_DEPTH},
        {"world", required_argument, 0, OPT_WORLD},
        {"writers", required_argument, 0, OPT_WRITERS},
        {"from", required_argument, 0, OPT_FROM},
        {"subject", required_argument, 0, OPT_SUBJECT},
        {"policy", required_argument, 0, OPT_POLICY},
        {"windows", required_argument, 0, OPT_WINDOWS},
        {"output", required_argument, 0, OPT_OUTPUT},
        {"help", no_argument, 0, 'h'},
        {0, 0, 0, 0}};
    struct command c = {.explorer = {.depth = 4}, .setup = {.timeout = 10}};
    char error[1024];
    int option;

    scenario_overrides_init(&c.overrides);
    while ((option = getopt_long(argc, argv, "h", options, NULL)) != -1) {
        if (option == 'h')
            return usage(stdout, help, EXIT_PASSED);
        if (option == '?')
            return bad_option("explore");
        if (!take_option(&c, option))
            return EXIT_USAGE;
    }
    if (optind != argc)
        return usage(stderr, help, EXIT_USAGE);
    if (!subject_probe(c.setup.subject, error, sizeof(error))) {
        fprintf(stderr, "vssim explore: %s\n", error);
        return EXIT_USAGE;
    }
    c.explorer.from = c.from;
    return explore(&c);
}
