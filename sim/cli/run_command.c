/* run_command.c - vssim run: plays scenarios and judges them. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "asserts/trace/trace_json.h"
#include "cli/output.h"
#include "os/os.h"
#include "os/real_machine.h"
#include "play/worker.h"
#include "search/shrink.h"
#include "search/sweep.h"
#include "subjects/subject_load.h"
#include "subjects/system.h"

static const char help[] =
    "usage: vssim run [OPTION]... PATH...\n"
    "\n"
    "Plays the scenarios in PATH (files, folders, patterns; -: documents from\n"
    "standard input, separated by lines of ---) against an\n"
    "implementation of IVssBackupComponents::PreRestore and judges each.\n"
    "\n"
    "      --filter PATTERN    only those whose path matches; ! in front: only\n"
    "                          those that do not; may be repeated\n"
    "      --subject LIBRARY   play against this shared library (see\n"
    "                          vssim/subject.h) instead of the reference\n"
    "      --subject system    play against this Windows' own vssapi.dll; what\n"
    "                          only a simulation can impose is skipped, and only\n"
    "                          components of test writers are touched\n"
    "      --disposable-machine\n"
    "                          needed for that: PreRestore on a real machine can\n"
    "                          delete virtual machines and recreate disks\n"
    "      --windows VERSION   as on this Windows, whatever the scenario says\n"
    "      --policy KEY=VALUE  decide where the documentation leaves a choice;\n"
    "                          strict and lenient set them all\n"
    "      --seed N            seed of generated ids, whatever the scenario says\n"
    "      --state DIR         what outlives a process is kept in this folder:\n"
    "                          shadow copies, a set left in the making, writers'\n"
    "                          sessions; each run goes on from there\n"
    "      --disable RULE      do not judge by this rule\n"
    "      --fail-fast         stop after the first failure\n"
    "      --timeout SECONDS   real time that one scenario may take (10)\n"
    "      --trace FILE        write every trace as JSON Lines; see\n"
    "                          vssim-trace(5); - is standard output\n"
    "      --sweep KIND        play each again and again, its 1st, 2nd, 3rd ...\n"
    "                          alloc, thread, service or access failing (all:\n"
    "                          each of these), until a run meets no fault\n"
    "      --shrink DIR        write each that fails into this folder, made as\n"
    "                          small as can be: see vssim shrink\n"
    "      --no-fork           play in this process, for debuggers\n" OUTPUT_HELP
    "      --help              this text\n"
    "\n"
    "Exit codes: 0 all passed, 1 a failure, 2 usage or bad scenario, 77 all\n"
    "skipped, 99 vssim itself failed.\n";

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

enum code {
    OPT_FILTER = 1,
    OPT_SUBJECT,
    OPT_WINDOWS,
    OPT_POLICY,
    OPT_SEED,
    OPT_DISABLE,
    OPT_STATE,
    OPT_FAIL_FAST,
    OPT_TIMEOUT,
    OPT_TRACE,
    OPT_NO_FORK,
    OPT_DISPOSABLE,
    OPT_SWEEP,
    OPT_SHRINK
};

static const struct option options[] = {
    {"filter", required_argument, 0, OPT_FILTER},
    {"subject", required_argument, 0, OPT_SUBJECT},
    {"windows", required_argument, 0, OPT_WINDOWS},
    {"policy", required_argument, 0, OPT_POLICY},
    {"seed", required_argument, 0, OPT_SEED},
    {"state", required_argument, 0, OPT_STATE},
    {"disable", required_argument, 0, OPT_DISABLE},
    {"fail-fast", no_argument, 0, OPT_FAIL_FAST},
    {"timeout", required_argument, 0, OPT_TIMEOUT},
    {"trace", required_argument, 0, OPT_TRACE},
    {"no-fork", no_argument, 0, OPT_NO_FORK},
    {"sweep", required_argument, 0, OPT_SWEEP},
    {"shrink", required_argument, 0, OPT_SHRINK},
    {"disposable-machine", no_argument, 0, OPT_DISPOSABLE},
    OUTPUT_OPTIONS,
    {"help", no_argument, 0, 'h'},
    {0, 0, 0, 0}};

/* --- options --- */

static bool add_filter(struct run *r, const char *pattern)
{
    const unsigned most = sizeof(r->filters) / sizeof(r->filters[0]);

    if (r->n_filters == most) {
        fprintf(stderr, "vssim run: %u times --filter are allowed\n", most);
        return false;
    }
    r->filters[r->n_filters++] = pattern;
    return true;
}

static bool take_option(struct run *r, int c)
{
    uint64_t value;

    switch (c) {
    case OPT_FILTER:
        return add_filter(r, optarg);
    case OPT_SUBJECT:
        r->setup.subject = optarg;
        return true;
    case OPT_WINDOWS:
        return scenario_override_windows(&r->overrides, optarg);
    case OPT_POLICY:
        return scenario_override_policy(&r->overrides, optarg);
    case OPT_SEED:
        r->overrides.has_seed = true;
        return option_number("run", "seed", optarg, UINT64_MAX,
                             &r->overrides.seed);
    case OPT_STATE:
        r->overrides.state_dir = optarg;
        return true;
    case OPT_DISABLE:
        return option_disable("run", &r->judge, optarg);
    case OPT_TIMEOUT:
        if (!option_number("run", "timeout", optarg, 86400, &value))
            return false;
        r->setup.timeout = value ? (unsigned)value : 1;
        return true;
    case OPT_FAIL_FAST:
        r->fail_fast = true;
        return true;
    case OPT_SWEEP:
        if (sweep_kinds(optarg, &r->sweep))
            return true;
        fprintf(stderr,
                "vssim run: --sweep %s: alloc, thread, service, "
                "access or all is allowed\n",
                optarg);
        return false;
    case OPT_SHRINK:
        r->shrink = optarg;
        if (os_make_folder(optarg))
            return true;
        perror(optarg);
        return false;
    case OPT_TRACE:
        r->trace_name = optarg;
        return true;
    case OPT_NO_FORK:
        r->setup.no_fork = true;
        return true;
    case OPT_DISPOSABLE:
        r->disposable = true;
        return true;
    default:
        return output_option(&r->output, c, optarg);
    }
}

/* EXIT_PASSED to go on, else the code to end with; -1: help was asked for. */
static int take_arguments(struct run *r, int argc, char **argv)
{
    bool good = true;
    int c;

    while ((c = getopt_long(argc, argv, OUTPUT_SHORT "h", options, NULL)) !=
           -1) {
        if (c == 'h') {
            usage(stdout, help, EXIT_PASSED);
            return -1;
        }
        if (c == '?')
            return bad_option("run");
        good &= take_option(r, c);
    }
    if (!good)
        return EXIT_USAGE;
    if (optind == argc)
        return usage(stderr, help, EXIT_USAGE);
    for (int i = optind; i < argc; i++)
        if (strcmp(argv[i], "-") == 0)
            r->stream = true;
        else
            good &= paths_add(&r->paths, argv[i]);
    for (unsigned i = 0; i < r->n_filters; i++)
        paths_filter(&r->paths, r->filters[i]);
    if (good && r->paths.n == 0 && !r->stream) {
        fprintf(stderr, "vssim run: no scenario matches the filter\n");
        good = false;
    }
    return good ? EXIT_PASSED : EXIT_USAGE;
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
    if (good && r->stream && !r->sweep)
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
    if (code == EXIT_PASSED && !may_play_system(&r))
        code = EXIT_USAGE;
    if (code == EXIT_PASSED &&
        !subject_probe(r.setup.subject, error, sizeof(error))) {
        fprintf(stderr, "vssim run: %s\n", error);
        code = EXIT_USAGE;
    }
    if (code == EXIT_PASSED && !open_trace(&r))
        code = EXIT_HARNESS;
    if (code == EXIT_PASSED)
        code = play_all(&r);
    if (!close_trace(&r))
        code = EXIT_HARNESS;
    judge_release(&r.judge);
    judge_release(&r.shrink_judge);
    paths_release(&r.paths);
    return code < 0 ? EXIT_PASSED : code;
}
