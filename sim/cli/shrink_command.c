/* shrink_command.c - vssim shrink. */
#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "cli/output.h"
#include "search/shrink.h"
#include "search/sweep.h"
#include "subjects/subject_load.h"

static const char help[] =
    "usage: vssim shrink [OPTION]... FILE\n"
    "\n"
    "Makes a failing scenario (-: from standard input) as small as it can be\n"
    "while it fails by the same rule with the same words, and in no other way.\n"
    "Prints it, or writes it to --output; what was taken out goes to standard\n"
    "error. Comments are not kept.\n"
    "\n"
    "      --output FILE       write it there\n"
    "      --rule RULE         keep the failure by this rule; else by the first\n"
    "                          invariant broken, or the first rule\n"
    "      --sweep KIND        it fails when swept: see vssim run --help\n"
    "      --subject LIBRARY, --windows VERSION, --policy KEY=VALUE, --seed N,\n"
    "      --timeout SECONDS   as for vssim run\n"
    "  -q, --quiet             do not tell what was taken out\n"
    "      --help              this text\n"
    "\n"
    "Exit codes: 0 it is smaller, or as small as it can be; 1 it does not fail\n"
    "by that rule; 2 usage or bad scenario; 99 vssim itself failed.\n";

struct command {
    struct shrinker shrinker;
    struct scenario_overrides overrides;
    struct worker_setup setup;
    const char *output;
    bool quiet;
};

static unsigned lines(const char *text)
{
    unsigned n = 0;

    for (; *text; text++)
        n += *text == '\n';
    return n;
}

static int write_out(const struct command *c, const struct strbuf *text)
{
    FILE *out = c->output ? fopen(c->output, "wb") : stdout;
    bool good = out && fputs(strbuf_str(text), out) >= 0 && fflush(out) == 0;

    if (out && c->output)
        good &= fclose(out) == 0;
    if (!good)
        fprintf(stderr, "vssim shrink: cannot write %s: %s\n",
                c->output ? c->output : "standard output", strerror(errno));
    return good ? EXIT_PASSED : EXIT_HARNESS;
}

static int passes(const struct command *c, const char *name)
{
    if (c->shrinker.rule)
        fprintf(stderr, "vssim shrink: %s does not fail by %s\n", name,
                c->shrinker.rule);
    else
        fprintf(stderr, "vssim shrink: %s does not fail: its verdict is %s\n",
                name, verdict_name(c->shrinker.judge->verdict));
    return EXIT_FAILED;
}

static int shrink_text(struct command *c, const char *name, const char *text,
                       size_t size)
{
    struct strbuf out = STRBUF_INIT, removed = STRBUF_INIT;
    enum shrink_result result =
        shrink(&c->shrinker, name, text, size, &out, &removed);
    int code = EXIT_HARNESS;

    if (result == SHRINK_BAD) {
        fprintf(stderr, "vssim shrink: %s\n",
                c->shrinker.judge->reason ? c->shrinker.judge->reason : name);
        code = EXIT_USAGE;
    } else if (result == SHRINK_PASSES) {
        code = passes(c, name);
    } else if (result == SHRINK_DONE) {
        if (!c->quiet)
            fprintf(stderr,
                    "%s%s: fails by %s in %u lines instead of %u; %lu runs\n",
                    strbuf_str(&removed), name, c->shrinker.kept_rule,
                    lines(strbuf_str(&out)), lines(text), c->shrinker.runs);
        code = write_out(c, &out);
    }
    strbuf_release(&out);
    strbuf_release(&removed);
    return code;
}

static int shrink_stdin(struct command *c)
{
    struct strbuf text = STRBUF_INIT;
    char part[4096];
    size_t n;
    int code;

    while (text.len <= NODE_MAX_SIZE &&
           (n = fread(part, 1, sizeof(part), stdin)) > 0)
        strbuf_add(&text, part, n);
    code = shrink_text(c, "stdin", strbuf_str(&text), text.len);
    strbuf_release(&text);
    return code;
}

static int shrink_file(struct command *c, const char *name)
{
    struct arena arena = ARENA_INIT;
    struct problems problems = {.arena = &arena};
    size_t size;
    char *text;
    int code = EXIT_USAGE;

    if (strcmp(name, "-") == 0)
        return shrink_stdin(c);
    text = node_slurp(&problems, name, NULL, NODE_MAX_SIZE, &size);
    if (text)
        code = shrink_text(c, name, text, size);
    print_problems(stderr, &problems);
    arena_release(&arena);
    return code;
}

enum code { OPT_OUTPUT = 1, OPT_RULE, OPT_SWEEP, OPT_SUBJECT, OPT_WINDOWS,
            OPT_POLICY, OPT_SEED, OPT_TIMEOUT };

static bool take_option(struct command *c, int option)
{
    uint64_t value = 0;
    bool good = true;

    switch (option) {
    case OPT_OUTPUT:
        c->output = optarg;
        break;
    case OPT_RULE:
        c->shrinker.rule = optarg;
        good = rule_find(optarg) != NULL;
        if (!good)
            fprintf(stderr,
                    "vssim shrink: --rule %s: there is no such rule; "
                    "vssim list --rules shows them\n",
                    optarg);
        break;
    case OPT_SWEEP:
        good = sweep_kinds(optarg, &c->shrinker.sweep);
        if (!good)
            fprintf(stderr,
                    "vssim shrink: --sweep %s: alloc, thread, "
                    "service, access or all is allowed\n",
                    optarg);
        break;
    case OPT_SUBJECT:
        c->setup.subject = optarg;
        break;
    case OPT_WINDOWS:
        return scenario_override_windows(&c->overrides, optarg);
    case OPT_POLICY:
        return scenario_override_policy(&c->overrides, optarg);
    case OPT_SEED:
        c->overrides.has_seed = true;
        return option_number("shrink", "seed", optarg, UINT64_MAX,
                             &c->overrides.seed);
    case OPT_TIMEOUT:
        good = option_number("shrink", "timeout", optarg, 86400, &value);
        c->setup.timeout = value ? (unsigned)value : 1;
        break;
    default:
        c->quiet = true;
    }
    return good;
}

static int run(struct command *c, const char *name)
{
    struct worker worker;
    struct judge judge;
    char error[1024];
    int code;

    if (!subject_probe(c->setup.subject, error, sizeof(error))) {
        fprintf(stderr, "vssim shrink: %s\n", error);
        return EXIT_USAGE;
    }
    c->setup.overrides = &c->overrides;
    if (!worker_init(&worker, &c->setup))
        return EXIT_HARNESS;
    judge_init(&judge);
    c->shrinker.worker = &worker;
    c->shrinker.judge = &judge;
    code = shrink_file(c, name);
    judge_release(&judge);
    worker_release(&worker);
    return code;
}

int command_shrink(int argc, char **argv)
{
    static const struct option options[] = {
        {"output", required_argument, 0, OPT_OUTPUT},
        {"rule", required_argument, 0, OPT_RULE},
        {"sweep", required_argument, 0, OPT_SWEEP},
        {"subject", required_argument, 0, OPT_SUBJECT},
        {"windows", required_argument, 0, OPT_WINDOWS},
        {"policy", required_argument, 0, OPT_POLICY},
        {"seed", required_argument, 0, OPT_SEED},
        {"timeout", required_argument, 0, OPT_TIMEOUT},
        {"quiet", no_argument, 0, 'q'},
        {"help", no_argument, 0, 'h'},
        {0, 0, 0, 0}};
    struct command c = {.setup = {.timeout = 10}};
    int option;

    scenario_overrides_init(&c.overrides);
    while ((option = getopt_long(argc, argv, "qh", options, NULL)) != -1) {
        if (option == 'h')
            return usage(stdout, help, EXIT_PASSED);
        if (option == '?')
            return bad_option("shrink");
        if (!take_option(&c, option))
            return EXIT_USAGE;
    }
    if (optind + 1 != argc)
        return usage(stderr, help, EXIT_USAGE);
    return run(&c, argv[optind]);
}
