/* run_command.c - vssim run: plays scenarios and judges them. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "asserts/trace/trace_json.h"
#include "base/array.h"
#include "cli/output.h"
#include "os/os.h"
#include "os/real_machine.h"
#include "play/worker.h"
#include "search/shrink.h"
#include "search/sweep.h"
#include "subjects/subject_load.h"
#include "subjects/system.h"

static const struct command_words words = {
    .id = COMMAND_RUN,
    .about =
        "Plays the scenarios in PATH (files, folders, patterns; -: documents from\n"
        "standard input, separated by lines of ---) against an\n"
        "implementation of IVssBackupComponents::PreRestore and judges each.\n",
    .codes =
        "Exit codes: 0 all passed, 1 a failure, 2 usage or bad scenario, 77 all\n"
        "skipped, 99 vssim itself failed.\n",
    .least = 1,
    .most = -1,
};

struct run {
    struct paths paths;
    const char *filters[16];
    unsigned n_filters;
    struct scenario_overrides overrides;
    struct worker_setup setup;
    struct output output;
    struct judge judge;
    bool fail_fast, disposable, stream;
    unsigned sweep;     /* kinds; 0: none */
    const char *shrink; /* folder for what fails, shrunk; NULL: none */
    struct shrinker shrinker;
    struct judge shrink_judge;
    const char *trace_name;
    FILE *trace;
};

/* --- options --- */

static bool add_filter(struct run *r, const char *pattern)
{
    const unsigned most = ARRAY_SIZE(r->filters);

    if (r->n_filters == most) {
        fprintf(stderr, "vssim run: %u times --filter are allowed\n", most);
        return false;
    }
    r->filters[r->n_filters++] = pattern;
    return true;
}

static bool take_shrink(struct run *r, const char *folder)
{
    r->shrink = folder;
    if (os_make_folder(folder))
        return true;
    perror(folder);
    return false;
}

static bool take_option(void *context, enum option_id option,
                        const char *argument)
{
    struct run *r = context;

    switch ((int)option) {
    case OPT_FILTER:
        return add_filter(r, argument);
    case OPT_SUBJECT:
        r->setup.subject = argument;
        return true;
    case OPT_WINDOWS:
        return scenario_override_windows(&r->overrides, argument);
    case OPT_POLICY:
        return scenario_override_policy(&r->overrides, argument);
    case OPT_SEED:
        r->overrides.has_seed = true;
        return option_number(words.id, option, argument, UINT64_MAX,
                             &r->overrides.seed);
    case OPT_STATE:
        r->overrides.state_dir = argument;
        return true;
    case OPT_DISABLE:
        return option_disable(words.id, &r->judge, argument);
    case OPT_TIMEOUT:
        return option_seconds(words.id, option, argument, &r->setup.timeout);
    case OPT_FAIL_FAST:
        r->fail_fast = true;
        return true;
    case OPT_SWEEP:
        return option_sweep(words.id, argument, &r->sweep);
    case OPT_SHRINK_INTO:
        return take_shrink(r, argument);
    case OPT_TRACE:
        r->trace_name = argument;
        return true;
    case OPT_NO_FORK:
        r->setup.no_fork = true;
        return true;
    case OPT_DISPOSABLE:
        r->disposable = true;
        return true;
    default:
        return output_option(&r->output, option, argument);
    }
}

/* OPTIONS_GOOD, or the code to end with. */
static int take_arguments(struct run *r, int argc, char **argv)
{
    bool good = true;
    int code, first;

    code = options_read(&words, argc, argv, take_option, r, &first);
    if (code != OPTIONS_GOOD)
        return code;
    for (int i = first; i < argc; i++)
        if (strcmp(argv[i], "-") == 0)
            r->stream = true;
        else
            good &= paths_add(&r->paths, argv[i]);
    for (unsigned i = 0; i < r->n_filters; i++)
        paths_filter(&r->paths, r->filters[i]);
    if (r->sweep && r->stream) {
        fprintf(stderr, "vssim run: --sweep plays files again and again: "
                        "standard input is not allowed\n");
        good = false;
    }
    if (good && r->paths.n == 0 && !r->stream) {
        fprintf(stderr, "vssim run: no scenario matches the filter\n");
        good = false;
    }
    return good ? OPTIONS_GOOD : EXIT_USAGE;
}

/* Against the machine's own library: only where nothing can be lost. */
static bool may_play_system(struct run *r)
{
    if (!system_named(r->setup.subject))
        return true;
    if (r->overrides.state_dir) {
        fputs("vssim run: --state is for the simulated machine, and the "
              "system's own library keeps its own state\n",
              stderr);
        return false;
    }
    if (machine_is_windows() && !r->disposable) {
        fputs("vssim run: --subject system needs --disposable-machine: on a "
              "real machine PreRestore can\ndelete virtual machines and "
              "recreate disks; play on one that you can throw away\n",
              stderr);
        return false;
    }
    if (r->overrides.windows < 0 && machine_windows())
        r->overrides.windows = windows_of(machine_windows());
    return true;
}

/* --- playing --- */

static bool open_trace(struct run *r)
{
    if (!r->trace_name)
        return true;
    r->trace =
        strcmp(r->trace_name, "-") == 0 ? stdout : fopen(r->trace_name, "w");
    if (!r->trace)
        fprintf(stderr, "vssim run: cannot write %s: %s\n", r->trace_name,
                strerror(errno));
    return r->trace != NULL;
}

static bool close_trace(struct run *r)
{
    bool good;

    if (!r->trace)
        return true;
    good = fflush(r->trace) == 0 && !ferror(r->trace);
    if (r->trace != stdout)
        good &= fclose(r->trace) == 0;
    if (!good)
        fprintf(stderr, "vssim run: cannot write %s: %s\n", r->trace_name,
                strerror(errno));
    return good;
}

static bool is_failure(enum verdict v)
{
    return v == VERDICT_FAIL || v == VERDICT_ERROR ||
           v == VERDICT_NOT_EXERCISED;
}

static bool judge_one(struct run *r, struct worker *worker)
{
    struct worker_trace trace;

    if (!worker_wait(worker, &trace))
        return false;
    judge_trace(&r->judge, trace.base, trace.used);
    output_scenario(&r->output, &r->judge);
    return !r->trace || trace_json_write(r->trace, trace.base, trace.used);
}

/* What was just judged failed: its text, or its file's. */
static bool shrink_one(struct run *r, const char *name, const char *text,
                       size_t size)
{
    if (!r->shrink || r->judge.verdict != VERDICT_FAIL)
        return true;
    memcpy(r->shrink_judge.disabled, r->judge.disabled,
           sizeof(r->judge.disabled));
    return shrink_into(&r->shrinker, r->shrink, name, text, size);
}

static bool sweep_all(struct run *r, struct worker *worker)
{
    struct sweeper s = {.worker = worker, .judge = &r->judge};

    for (unsigned i = 0; i < r->paths.n; i++) {
        bool good = sweep_scenario(&s, r->paths.names[i], r->sweep);

        if (s.broken)
            return false;
        if (good) {
            r->judge.n_findings = 0;
            r->judge.verdict = VERDICT_PASS;
            r->judge.reason = NULL;
        }
        if (r->judge.model.header)
            output_scenario(&r->output, &r->judge);
        if (!good && !shrink_one(r, r->paths.names[i], NULL, 0))
            return false;
        if (!good && r->fail_fast)
            break;
    }
    fprintf(stderr,
            "sweep: %lu runs, %lu met their fault, %lu calls were "
            "made again\n",
            s.runs, s.faults, s.retried);
    return true;
}

static bool play_paths(struct run *r, struct worker *worker)
{
    for (unsigned i = 0; i < r->paths.n; i++) {
        if (!worker_start(worker, r->paths.names[i]) ||
            !judge_one(r, worker) ||
            !shrink_one(r, r->paths.names[i], NULL, 0))
            return false;
        if (r->fail_fast && is_failure(r->judge.verdict))
            break;
    }
    return true;
}

/* Documents one at a time: memory does not grow with their number. */
static bool play_stream(struct run *r, struct worker *worker)
{
    struct strbuf text = STRBUF_INIT;
    unsigned long number = 0;
    char line[65536], name[32];
    bool good = true, more = true;

    while (good && more) {
        more = fgets(line, sizeof(line), stdin) != NULL;
        if (more && strcmp(line, "---\n") != 0 &&
            strcmp(line, "---\r\n") != 0) {
            if (text.len <= NODE_MAX_SIZE)
                strbuf_adds(&text, line);
            continue;
        }
        if (strspn(strbuf_str(&text), " \r\n") < text.len) {
            snprintf(name, sizeof(name), "stdin-%lu", ++number);
            good =
                worker_start_text(worker, name, strbuf_str(&text), text.len) &&
                judge_one(r, worker) &&
                shrink_one(r, name, strbuf_str(&text), text.len);
            if (r->fail_fast && is_failure(r->judge.verdict))
                break;
        }
        strbuf_reset(&text);
    }
    strbuf_release(&text);
    return good;
}

static int play_all(struct run *r)
{
    struct worker worker;
    bool good = worker_init(&worker, &r->setup);
    int code;

    if (!good)
        return EXIT_HARNESS;
    code = output_open(&r->output);
    if (code != EXIT_PASSED) {
        worker_release(&worker);
        return code;
    }
    r->shrinker.worker = &worker;
    r->shrinker.judge = &r->shrink_judge;
    r->shrinker.sweep = r->sweep;
    good = r->sweep ? sweep_all(r, &worker) : play_paths(r, &worker);
    if (good && r->stream)
        good = play_stream(r, &worker);
    code = output_close(&r->output);
    worker_release(&worker);
    return good ? code : EXIT_HARNESS;
}

int command_run(int argc, char **argv)
{
    struct run r = {.setup = {.timeout = 10}};
    char error[1024];
    int code;

    scenario_overrides_init(&r.overrides);
    r.setup.overrides = &r.overrides;
    judge_init(&r.judge);
    judge_init(&r.shrink_judge);
    code = take_arguments(&r, argc, argv);
    if (code == OPTIONS_GOOD && !may_play_system(&r))
        code = EXIT_USAGE;
    if (code == OPTIONS_GOOD &&
        !subject_probe(r.setup.subject, error, sizeof(error))) {
        fprintf(stderr, "vssim run: %s\n", error);
        code = EXIT_USAGE;
    }
    if (code == OPTIONS_GOOD && !open_trace(&r))
        code = EXIT_HARNESS;
    if (code == OPTIONS_GOOD)
        code = play_all(&r);
    if (!close_trace(&r))
        code = EXIT_HARNESS;
    judge_release(&r.judge);
    judge_release(&r.shrink_judge);
    paths_release(&r.paths);
    return code;
}
