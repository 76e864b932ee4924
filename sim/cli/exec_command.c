/* exec_command.c - vssim exec: runs a program on the simulated runtime, and judges. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "asserts/trace/trace_json.h"
#include "cli/output.h"
#include "exec/exec_trace.h"
#include "os/os.h"
#include "os/real_machine.h"

static const struct command_words words = {
    .id = COMMAND_EXEC,
    .about =
        "Runs a backup program, native or for Windows, with the simulated VSS in\n"
        "place of the system's: the scenario's writers and faults act, and all\n"
        "calls are judged. The scenario's own script, if it has one, is left out.\n"
        "{document} in an argument is the name of a file with the scenario's\n"
        "Backup Components Document, as is VSSIM_DOCUMENT in the environment.\n",
    .codes =
        "Exit codes: 0 passed, 1 a finding, 2 usage, bad scenario or program that\n"
        "cannot be run, 77 skipped, 99 vssim itself failed.\n",
    .least = 1,
    .most = 1,
};

struct exec {
    const char *file; /* the scenario */
    struct scenario_overrides overrides;
    struct program_setup program;
    struct strbuf policies;
    struct output output;
    struct judge judge;
    const char *trace_name;
    const char *state;
    bool propagate, disposable;
    struct arena arena;
    struct scenario *scenario;
    char folder[OS_PATH_MAX]; /* ours, for as long as the program runs */
    char scenario_path[OS_PATH_MAX], state_path[OS_PATH_MAX];
    struct strbuf trace_path, document_path;
};

/* --- options --- */

static bool take_time(struct exec *e, const char *text)
{
    char *end;
    unsigned long factor = strtoul(text, &end, 10);

    e->program.time = text;
    if (strcmp(text, "virtual") == 0 || strcmp(text, "real") == 0 ||
        (factor >= 1 && factor <= 1000000 && strcmp(end, "x") == 0))
        return true;
    fprintf(stderr,
            "vssim exec: --time %s: virtual, real or a factor like "
            "60x is allowed\n",
            text);
    return false;
}

static bool take_policy(struct exec *e, const char *text)
{
    strbuf_addf(&e->policies, "%s%s", e->policies.len ? "," : "", text);
    return scenario_override_policy(&e->overrides, text);
}

static bool take_option(void *context, enum option_id option,
                        const char *argument)
{
    struct exec *e = context;

    switch ((int)option) {
    case OPT_TIME:
        return take_time(e, argument);
    case OPT_EXEC_TIMEOUT:
        return option_seconds(words.id, option, argument, &e->program.timeout);
    case OPT_PROPAGATE:
        e->propagate = true;
        return true;
    case OPT_WINDOWS:
        e->program.windows = argument;
        return scenario_override_windows(&e->overrides, argument);
    case OPT_POLICY:
        return take_policy(e, argument);
    case OPT_SEED:
        e->program.seed = argument;
        e->overrides.has_seed = true;
        return option_number(words.id, option, argument, UINT64_MAX,
                             &e->overrides.seed);
    case OPT_DISABLE:
        return option_disable(words.id, &e->judge, argument);
    case OPT_TRACE:
        e->trace_name = argument;
        return true;
    case OPT_STATE:
        e->state = argument;
        return true;
    case OPT_EXEC_DISPOSABLE:
        e->disposable = true;
        return true;
    default:
        return output_option(&e->output, option, argument);
    }
}

/* OPTIONS_GOOD, or the code to end with. Options may stand before and after
 * SCENARIO, but not after "--". */
static int take_arguments(struct exec *e, int argc, char **argv)
{
    int dashes = 1, code, first;

    while (dashes < argc && strcmp(argv[dashes], "--") != 0)
        dashes++;
    code = options_read(&words, dashes, argv, take_option, e, &first);
    if (code != OPTIONS_GOOD)
        return code;
    if (dashes + 1 >= argc)
        return usage(&words);
    e->file = argv[first];
    e->program.argv = argv + dashes + 1;
    return OPTIONS_GOOD;
}

/* --- what the program finds --- */

static bool write_document(struct exec *e)
{
    FILE *out = fopen(strbuf_str(&e->document_path), "wb");
    bool good =
        out && fwrite(e->scenario->document, 1, e->scenario->document_size,
                      out) == e->scenario->document_size;

    if (out)
        good &= fclose(out) == 0;
    return good;
}

static bool make_folder(struct exec *e)
{
    bool good = os_temporary_folder(e->folder) &&
                os_real_path(e->file, e->scenario_path);

    strbuf_addf(&e->trace_path, "%s/trace", e->folder);
    strbuf_addf(&e->document_path, "%s/document.xml", e->folder);
    if (good && e->state) {
        good =
            os_make_folder(e->state) && os_real_path(e->state, e->state_path);
        e->program.state = e->state_path;
    }
    if (good && write_document(e))
        return true;
    fprintf(stderr, "vssim exec: cannot write in %s: %s\n", e->folder,
            strerror(errno));
    return false;
}

static void remove_folder(struct exec *e)
{
    struct strbuf name = STRBUF_INIT;

    if (!e->folder[0])
        return;
    unlink(strbuf_str(&e->document_path));
    unlink(strbuf_str(&e->trace_path));
    for (unsigned i = 2;; i++) {
        strbuf_reset(&name);
        strbuf_addf(&name, "%s.%u", strbuf_str(&e->trace_path), i);
        if (unlink(strbuf_str(&name)) != 0)
            break;
    }
    os_remove_folder(e->folder);
    strbuf_release(&name);
}

/* {document} in an argument. */
static char *expand(const struct exec *e, const struct program_result *r,
                    const char *argument)
{
    static const char mark[] = "{document}";
    const char *at = strstr(argument, mark);
    struct strbuf sb = STRBUF_INIT;

    if (!at)
        return xstrdup(argument);
    strbuf_add(&sb, argument, (size_t)(at - argument));
    program_path(r, strbuf_str(&e->document_path), &sb);
    strbuf_adds(&sb, at + sizeof(mark) - 1);
    return sb.buf;
}

static void expand_all(struct exec *e, const struct program_result *r)
{
    char **argv = e->program.argv;
    int n = 0;

    while (argv[n])
        n++;
    e->program.argv = arena_alloc(&e->arena, ((size_t)n + 1) * sizeof(*argv));
    for (int i = 0; i < n; i++) {
        char *expanded = expand(e, r, argv[i]);

        e->program.argv[i] = arena_strdup(&e->arena, expanded);
        free(expanded);
    }
}

/* --- judging --- */

static bool save_trace(const struct exec *e, const struct trace *t)
{
    bool is_out, good;
    FILE *out;

    if (!e->trace_name)
        return true;
    is_out = strcmp(e->trace_name, "-") == 0;
    out = is_out ? stdout : fopen(e->trace_name, "w");
    good = out && trace_json_write(out, t->base, *t->used);
    if (out && !is_out)
        good &= fclose(out) == 0;
    if (!good)
        fprintf(stderr, "vssim exec: cannot write %s: %s\n", e->trace_name,
                strerror(errno));
    return good;
}

static int judge_run(struct exec *e, const struct program_result *r,
                     struct merge *m)
{
    uint64_t size = (uint64_t)1 << 20;
    struct trace t;
    int code;

    for (unsigned i = 0; i < m->n; i++)
        size += 2 * m->files[i].size;
    trace_init(&t, xmalloc(size), size, NULL);
    exec_trace(&t, e->scenario, e->program.argv[0], r, m);
    if (exec_failure(&t)) {
        fprintf(stderr, "vssim exec: in the program: %s\n", exec_failure(&t));
        save_trace(e, &t);
        free(t.base);
        return EXIT_HARNESS;
    }
    judge_trace(&e->judge, t.base, *t.used);
    output_scenario(&e->output, &e->judge);
    code = output_close(&e->output);
    if (!save_trace(e, &t))
        code = EXIT_HARNESS;
    free(t.base);
    return code;
}

static int run(struct exec *e)
{
    struct program_result r;
    struct merge m = {.n = 0};
    char error[OS_PATH_MAX + 256];
    int code;

    if (!program_look(e->program.argv[0], &r)) {
        fprintf(stderr, "vssim exec: %s\n", strbuf_str(&r.text));
        program_release(&r);
        return EXIT_USAGE;
    }
    if (!e->disposable && machine_reaches_disks(e->program.argv[0])) {
        fprintf(stderr,
                "vssim exec: %s uses the Virtual Disk Service, which is this "
                "machine's own before\nthe first call of VSS: it can erase "
                "disks. On a machine that you can throw away say\n"
                "--disposable-machine\n",
                e->program.argv[0]);
        program_release(&r);
        return EXIT_USAGE;
    }
    expand_all(e, &r);
    code = output_open(&e->output);
    if (code != EXIT_PASSED)
        return code;
    program_run(&e->program, &r);
    if (r.end == PROGRAM_NOT_STARTED) {
        fprintf(stderr, "vssim exec: %s\n", strbuf_str(&r.text));
        code = EXIT_HARNESS;
    } else if (!merge_read(&m, e->program.trace, error, sizeof(error))) {
        fprintf(stderr, "vssim exec: %s\n", error);
        code = EXIT_HARNESS;
    } else {
        code = judge_run(e, &r, &m);
        if (e->propagate && code != EXIT_HARNESS)
            code = r.end == PROGRAM_EXITED ? r.code : 128 + r.code;
    }
    merge_release(&m);
    program_release(&r);
    return code;
}

static int exec_scenario(struct exec *e)
{
    struct problems problems = {.arena = &e->arena};

    e->overrides.lenient = true;
    e->scenario = scenario_load(&e->arena, e->file, &e->overrides, &problems);
    problems_print(stderr, &problems);
    if (!e->scenario || problems.count)
        return EXIT_USAGE;
    if (!make_folder(e))
        return EXIT_HARNESS;
    e->program.scenario = e->scenario_path;
    e->program.trace = strbuf_str(&e->trace_path);
    e->program.document = strbuf_str(&e->document_path);
    e->program.policy = e->policies.len ? strbuf_str(&e->policies) : NULL;
    e->program.keep_output = e->scenario->output != NULL;
    return run(e);
}

int command_exec(int argc, char **argv)
{
    struct exec e = {.program = {.timeout = 60}};
    int code;

    scenario_overrides_init(&e.overrides);
    judge_init(&e.judge);
    code = take_arguments(&e, argc, argv);
    if (code == OPTIONS_GOOD)
        code = exec_scenario(&e);
    remove_folder(&e);
    judge_release(&e.judge);
    arena_release(&e.arena);
    strbuf_release(&e.policies);
    strbuf_release(&e.trace_path);
    strbuf_release(&e.document_path);
    return code;
}
