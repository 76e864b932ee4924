/* shrink_command.c - vssim shrink. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/options.h"
#include "os/assert.h"
#include "search/shrink.h"
#include "subjects/subject_load.h"

static const struct command_words words = {
    .id = COMMAND_SHRINK,
    .about =
        "Makes a failing scenario (-: from standard input) as small as it can be\n"
        "while it fails by the same rule with the same words, and in no other way.\n"
        "Prints it, or writes it to --output; what was taken out goes to standard\n"
        "error. Comments are not kept.\n",
    .codes =
        "Exit codes: 0 it is smaller, or as small as it can be; 1 it does not fail\n"
        "by that rule; 2 usage or bad scenario; 99 vssim itself failed.\n",
    .least = 1,
    .most = 1,
};

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
    problems_print(stderr, &problems);
    arena_release(&arena);
    return code;
}

static bool take_rule(struct command *c, const char *rule)
{
    c->shrinker.rule = rule;
    if (rule_find(rule))
        return true;
    fprintf(stderr,
            "vssim shrink: --rule %s: there is no such rule; "
            "vssim list --rules shows them\n",
            rule);
    return false;
}

static bool take_option(void *context, enum option_id option,
                        const char *argument)
{
    struct command *c = context;

    switch ((int)option) {
    case OPT_OUTPUT:
        c->output = argument;
        return true;
    case OPT_RULE:
        return take_rule(c, argument);
    case OPT_SWEEP:
        return option_sweep(words.id, argument, &c->shrinker.sweep);
    case OPT_OTHER_SUBJECT:
        c->setup.subject = argument;
        return true;
    case OPT_WINDOWS:
        return scenario_override_windows(&c->overrides, argument);
    case OPT_POLICY:
        return scenario_override_policy(&c->overrides, argument);
    case OPT_SEED:
        c->overrides.has_seed = true;
        return option_number(words.id, option, argument, UINT64_MAX,
                             &c->overrides.seed);
    case OPT_TIMEOUT:
        return option_seconds(words.id, option, argument, &c->setup.timeout);
    default:
        assert(option == OPT_TELL_NOTHING);
        c->quiet = true;
        return true;
    }
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
    struct command c = {.setup = {.timeout = 10}};
    int code, first;

    scenario_overrides_init(&c.overrides);
    code = options_read(&words, argc, argv, take_option, &c, &first);
    return code == OPTIONS_GOOD ? run(&c, argv[first]) : code;
}
