/* output.c - see output.h. */
#include "cli/output.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "os/assert.h"
#include "os/os.h"

bool output_option(struct output *o, enum option_id option,
                   const char *argument)
{
    switch ((int)option) {
    case OPT_VERBOSE:
        o->options.verbosity++;
        break;
    case OPT_QUIET:
        o->options.verbosity = -1;
        break;
    case OPT_JUNIT:
        o->junit.name = argument;
        break;
    case OPT_JSON:
        o->json.name = argument;
        break;
    case OPT_EVENTLOG:
        o->eventlog.name = argument;
        break;
    case OPT_BASELINE:
        o->baseline_name = argument;
        break;
    case OPT_UPDATE_BASELINE:
        o->update = true;
        break;
    default:
        assert(option == OPT_COLOUR);
        o->colour = argument;
    }
    return true;
}

static bool is_stdout(const struct output_report *r)
{
    return r->name && strcmp(r->name, "-") == 0;
}

static bool failed(const struct output_report *r)
{
    fprintf(stderr, "vssim: cannot write %s: %s\n",
            strcmp(r->name, "-") == 0 ? "standard output" : r->name,
            strerror(errno));
    return false;
}

static bool open_report(struct output_report *r,
                        struct report *(*make)(FILE *out))
{
    if (!r->name)
        return true;
    r->file = is_stdout(r) ? stdout : fopen(r->name, "w");
    if (!r->file)
        return failed(r);
    r->report = make(r->file);
    return true;
}

static int open_baseline(struct output *o)
{
    struct strbuf problem = STRBUF_INIT;

    if (!o->baseline_name && o->update)
        strbuf_adds(&problem, "vssim: --update-baseline: which file, "
                              "--baseline FILE says");
    else if (o->baseline_name)
        o->baseline = baseline_read(o->baseline_name, o->update, &problem);
    if (problem.len)
        fprintf(stderr, "%s\n", strbuf_str(&problem));
    strbuf_release(&problem);
    return o->baseline || (!o->baseline_name && !o->update) ? EXIT_PASSED
                                                            : EXIT_USAGE;
}

/* False when the file could not be written. */
static bool close_baseline(struct output *o)
{
    bool good = true;

    if (!o->baseline)
        return true;
    if (!o->update)
        baseline_stale(o->baseline, stderr);
    else if (!(good = baseline_write(o->baseline)))
        fprintf(stderr, "vssim: cannot write %s: %s\n", o->baseline_name,
                strerror(errno));
    baseline_free(o->baseline);
    o->baseline = NULL;
    return good;
}

/* --color=auto|always|never, NO_COLOR, CLICOLOR_FORCE, TERM=dumb; -1: no such
 * choice */
static int colour_wanted(const char *choice, FILE *out)
{
    const char *no = getenv("NO_COLOR"), *force = getenv("CLICOLOR_FORCE");
    const char *cli = getenv("CLICOLOR");

    if (strcmp(choice, "always") == 0)
        return 1;
    if (strcmp(choice, "never") == 0)
        return 0;
    if (strcmp(choice, "auto") != 0)
        return -1;
    if (no && *no)
        return 0;
    if (force && *force && strcmp(force, "0") != 0)
        return 1;
    if (cli && strcmp(cli, "0") == 0)
        return 0;
    return os_has_colour(out);
}

int output_open(struct output *o)
{
    int taken =
        is_stdout(&o->junit) + is_stdout(&o->json) + is_stdout(&o->eventlog);
    int colour;

    if (taken > 1) {
        fputs("vssim: --junit -, --json -, --eventlog -: one report on "
              "standard output is allowed\n",
              stderr);
        return EXIT_USAGE;
    }
    o->tty.name = "-";
    o->tty.file = taken ? stderr : stdout;
    colour = colour_wanted(o->colour ? o->colour : "auto", o->tty.file);
    if (colour < 0) {
        fprintf(stderr,
                "vssim: --color %s: auto, always or never is "
                "allowed\n",
                o->colour);
        return EXIT_USAGE;
    }
    o->options.colour = colour > 0;
    if (open_baseline(o) != EXIT_PASSED)
        return EXIT_USAGE;
    if (!open_report(&o->junit, report_junit_open) ||
        !open_report(&o->json, report_json_open) ||
        !open_report(&o->eventlog, report_eventlog_open))
        return EXIT_HARNESS;
    o->tty.report = report_tty_open(o->tty.file, &o->options);
    return EXIT_PASSED;
}

void output_scenario(struct output *o, struct judge *judge)
{
    struct output_report *reports[] = {&o->tty, &o->junit, &o->json,
                                       &o->eventlog};

    if (o->baseline)
        baseline_apply(o->baseline, judge);
    o->totals.scenarios++;
    o->totals.count[judge->verdict]++;
    for (unsigned i = 0; i < 4; i++)
        if (reports[i]->report)
            reports[i]->report->scenario(reports[i]->report, judge);
}

static bool close_report(struct output_report *r)
{
    bool good = true;

    errno = 0;
    if (r->report)
        good = r->report->finish(r->report);
    if (r->file && r->file != stdout && r->file != stderr)
        good &= fclose(r->file) == 0;
    r->report = NULL;
    r->file = NULL;
    return good ? true : failed(r);
}

static int code_of(const struct totals *t)
{
    if (t->count[VERDICT_ERROR] || t->scenarios == 0)
        return EXIT_USAGE;
    if (t->count[VERDICT_FAIL] || t->count[VERDICT_NOT_EXERCISED])
        return EXIT_FAILED;
    return t->count[VERDICT_SKIPPED] == t->scenarios ? EXIT_SKIPPED
                                                     : EXIT_PASSED;
}

int output_close(struct output *o)
{
    bool good = close_report(&o->junit);

    good &= close_report(&o->json);
    good &= close_report(&o->eventlog);
    good &= close_report(&o->tty);
    good &= close_baseline(o);
    return good ? code_of(&o->totals) : EXIT_HARNESS;
}
