/*
 * golden.c - what the product does and says, as numbers to compare with.
 *
 *   golden [--part PART] [--show] SCENARIO...
 *   golden [--part PART] --check SUMS SCENARIO...
 *
 * For each scenario a line "PART SCENARIO DIGEST" of what comes of a part:
 *
 *   play    its trace, and each report of it
 *   faults  the traces with an allocation, thread, service, check failing
 *   worlds  the traces on every other version of Windows, and where what is
 *           left open is decided otherwise
 *   read    what is read of its saved trace with a byte or two wrong
 *   damage  what the rules say of its trace with one thing wrong, and how each
 *           differs from the true one
 *
 * and at the end of all how often each rule was broken. --show prints the
 * text instead of its digest. --check prints only what differs from a kept
 * file, stops at the first, and ends with 1 then. ci/tests/golden.sh has it.
 */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "asserts/report/report.h"
#include "asserts/report/words.h"
#include "asserts/tapes/damage.h"
#include "asserts/trace/diff.h"
#include "asserts/trace/trace_json.h"
#include "play/worker.h"

#define DAMAGES 150    /* of one scenario, of thousands: every n-th */
#define REPORTED 6     /* of these, every n-th goes through the reports */
#define STEP 11        /* every n-th allocation fails, */
#define MOST_FAULTS 12 /* of so many */
#define BUFFER ((uint64_t)16 << 20)

#define READS 12 /* ways in which a saved trace is damaged */
#define WORLDS (VSSIM_WINDOWS_COUNT + 1)

enum part { PLAY, FAULTS, WORLDS_PART, READ, DAMAGE, PARTS };

static const char *const part_names[] = {"play", "faults", "worlds", "read",
                                         "damage"};

struct golden {
    struct worker worker;
    struct scenario_overrides plain;
    struct scenario_overrides worlds[WORLDS]; /* a version each, and lenient */
    struct judge judge;
    struct strbuf text;
    struct trace damaged;
    bool show;
    unsigned long broken[N_RULES];
    char *kept; /* NULL: nothing to compare with */
};

/* --- text --- */

static void add_findings(struct golden *g, bool count)
{
    struct judge *j = &g->judge;

    strbuf_addf(&g->text, "%s: %s\n", verdict_name(j->verdict),
                j->reason ? j->reason : "");
    for (unsigned i = 0; i < j->n_findings; i++) {
        const struct finding *f = &j->findings[i];

        strbuf_addf(&g->text, "%s at %u, call %u, line %d:%d: %s (%s, %s)%s\n",
                    f->rule->id, f->seq, f->call, f->line, f->col, f->message,
                    f->expected ? f->expected : "-",
                    f->actual ? f->actual : "-",
                    f->expected_finding ? " expected" : "");
        if (count)
            g->broken[f->rule - rules]++;
    }
    for (unsigned i = 0; i < N_RULES; i++)
        if (j->checked[i])
            strbuf_addf(&g->text, "%s: %llu\n", rules[i].id,
                        (unsigned long long)j->checked[i]);
    memset(j->checked, 0, sizeof(j->checked)); /* each for itself */
}

static struct report *open_tty(FILE *out)
{
    static const struct tty_options options = {.verbosity = 2};

    return report_tty_open(out, &options);
}

static struct report *open_lines(FILE *out)
{
    static const struct tty_options options = {.verbosity = 1};

    return report_tty_open(out, &options);
}

static struct report *open_quiet(FILE *out)
{
    static const struct tty_options options = {.verbosity = -1};

    return report_tty_open(out, &options);
}

static struct report *open_table(FILE *out)
{
    static const struct tty_options options = {.colour = true};

    return report_tty_open(out, &options);
}

static void add_reports(struct golden *g)
{
    struct report *(*const open[])(FILE *) = {
        open_tty, open_lines, open_quiet, open_table, report_junit_open,
        report_json_open, report_eventlog_open};
    char *text = NULL;
    size_t size = 0;

    for (unsigned i = 0; i < sizeof(open) / sizeof(open[0]); i++) {
        FILE *out = open_memstream(&text, &size);
        struct report *report = open[i](out);

        report->scenario(report, &g->judge);
        report->finish(report);
        fclose(out);
        strbuf_add(&g->text, text, size);
        free(text);
    }
}

static void add_trace(struct golden *g, const char *base, uint64_t used)
{
    for (const struct trace_rec *rec = trace_first(base, used); rec;
         rec = trace_next(base, used, rec))
        trace_json_record(&g->text, rec);
}

/* --- parts --- */

static bool play(struct golden *g, const char *file, const struct sweep *sweep,
                 struct worker_trace *t)
{
    worker_sweep(&g->worker, sweep);
    return worker_start(&g->worker, file) && worker_wait(&g->worker, t);
}

static bool part_play(struct golden *g, const char *file)
{
    static const struct sweep none;
    struct worker_trace t;

    if (!play(g, file, &none, &t))
        return false;
    add_trace(g, t.base, t.used);
    words_trace(&g->text, t.base, t.used);
    judge_trace(&g->judge, t.base, t.used);
    add_findings(g, false);
    add_reports(g);
    return true;
}

static bool met_fault(const struct worker_trace *t)
{
    for (const struct trace_rec *rec = trace_first(t->base, t->used); rec;
         rec = trace_next(t->base, t->used, rec))
        if (rec->kind == TRACE_FAULT &&
            strcmp(trace_get_str(rec, KEY_NAME, ""), "sweep") == 0)
            return true;
    return false;
}

/* Which ones fail is another choice for each file. */
static bool part_faults(struct golden *g, const char *file)
{
    unsigned first = (unsigned)(XXH64(file, strlen(file), 0) % STEP);
    struct worker_trace t;
    bool met;

    for (int kind = SWEEP_ALLOC; kind <= SWEEP_ACCESS; kind++) {
        struct sweep sweep = {.kind = (enum sweep_kind)kind};
        unsigned step = kind == SWEEP_ALLOC ? STEP : 1;

        sweep.nth = kind == SWEEP_ALLOC ? first + 1 : 1;
        met = true;
        for (unsigned n = 0; met && n < MOST_FAULTS; n++, sweep.nth += step) {
            if (!play(g, file, &sweep, &t))
                return false;
            met = met_fault(&t);
            add_trace(g, t.base, t.used);
            judge_trace(&g->judge, t.base, t.used);
            add_findings(g, false);
        }
    }
    return true;
}

static bool part_worlds(struct golden *g, const char *file)
{
    static const struct sweep none;
    struct worker_trace t;

    for (unsigned i = 0; i < WORLDS; i++) {
        worker_override(&g->worker, &g->worlds[i]);
        if (!play(g, file, &none, &t))
            return false;
        add_trace(g, t.base, t.used);
        judge_trace(&g->judge, t.base, t.used);
        add_findings(g, false);
    }
    worker_override(&g->worker, &g->plain);
    return true;
}

static void add_read(struct golden *g, char *text, size_t size)
{
    FILE *in = fmemopen(text, size, "rb");
    struct trace_reader reader;
    enum trace_read came;

    trace_reader_init(&reader, in, "golden");
    while ((came = trace_reader_next(&reader)) == TRACE_READ_TRACE)
        strbuf_addf(&g->text, "%llu\n",
                    (unsigned long long)XXH64(reader.trace.base,
                                              *reader.trace.used, 0));
    strbuf_addf(&g->text, "%d at %lu: %s\n", came, reader.line,
                strbuf_str(&reader.problem));
    trace_reader_release(&reader);
    fclose(in);
}

/* Any byte becomes another, or goes, or comes twice. */
static bool part_read(struct golden *g, const char *file)
{
    static const char bytes[] = "\"{}[],:0-9e.x\\u\n\x01\x7f\xc3";
    static const struct sweep none;
    uint64_t salt = XXH64(file, strlen(file), 3);
    struct strbuf saved = STRBUF_INIT;
    struct worker_trace t;
    char *text;

    if (!play(g, file, &none, &t))
        return false;
    for (const struct trace_rec *rec = trace_first(t.base, t.used); rec;
         rec = trace_next(t.base, t.used, rec))
        trace_json_record(&saved, rec);
    text = xmalloc(saved.len + 2);
    for (unsigned i = 0; i <= READS; i++) {
        size_t at = (size_t)(salt % saved.len), size = saved.len;

        salt = salt * 6364136223846793005u + 1442695040888963407u;
        memcpy(text, saved.buf, size);
        if (i && i % 4 == 0)
            memmove(text + at, text + at + 1, --size - at);
        else if (i && i % 4 == 1)
            memmove(text + at + 1, text + at, size++ - at);
        else if (i)
            text[at] = bytes[(salt >> 33) % (sizeof(bytes) - 1)];
        add_read(g, text, size);
    }
    free(text);
    strbuf_release(&saved);
    return true;
}

static bool part_damage(struct golden *g, const char *file)
{
    static const struct sweep none;
    const struct trace_rec *first;
    struct worker_trace t;
    uint32_t ways, step, way;

    if (!play(g, file, &none, &t))
        return false;
    ways = damage_ways(t.base, t.used);
    step = ways / DAMAGES | 1;
    way = (uint32_t)(XXH64(file, strlen(file), 1) % step);
    for (unsigned n = 0; way < ways; way += step, n++) {
        struct diff_side sides[2] = {{t.base, t.used}};

        trace_init(&g->damaged, g->damaged.base, BUFFER, NULL);
        damage_trace(t.base, t.used, way, &g->damaged);
        first = trace_first(g->damaged.base, *g->damaged.used);
        if (!first || first->kind != TRACE_HEADER)
            continue; /* no reader would give that to the judge */
        judge_trace(&g->judge, g->damaged.base, *g->damaged.used);
        strbuf_addf(&g->text, "damage %u\n", way);
        add_findings(g, true);
        sides[1].base = g->damaged.base;
        sides[1].used = *g->damaged.used;
        if (n % REPORTED == 0) {
            add_reports(g);
            diff_traces(&g->text, &sides[0], &sides[1], n % 2 == 0);
        }
    }
    return true;
}

/* --- the whole --- */

/* The line, as it stands in the kept file? */
static bool is_kept(const struct golden *g, const char *line)
{
    const char *at = g->kept;
    size_t length = strlen(line);

    while ((at = strstr(at, line)) != NULL) {
        if ((at == g->kept || at[-1] == '\n') && at[length] == '\n')
            return true;
        at += length;
    }
    return false;
}

/* False: it is not as it was. */
static bool tell(struct golden *g, const char *what, const char *name,
                 const char *value)
{
    char line[4200];

    snprintf(line, sizeof(line), "%s %s %s", what, name, value);
    if (g->kept && is_kept(g, line))
        return true;
    printf("%s\n", line);
    return !g->kept;
}

/* False: it cannot be played, or it is not as it was. */
static bool look(struct golden *g, enum part part, const char *file)
{
    static bool (*const parts[])(struct golden *, const char *) = {
        part_play, part_faults, part_worlds, part_read, part_damage};
    char digest[24];

    strbuf_reset(&g->text);
    if (!parts[part](g, file))
        exit(99);
    if (g->show) {
        fwrite(strbuf_str(&g->text), 1, g->text.len, stdout);
        return true;
    }
    snprintf(digest, sizeof(digest), "%016llx",
             (unsigned long long)XXH64(strbuf_str(&g->text), g->text.len, 0));
    return tell(g, part_names[part], file, digest);
}

/* Text with a zero behind it; the caller's. */
static char *read_file(const char *name)
{
    FILE *in = fopen(name, "rb");
    struct strbuf text = STRBUF_INIT;
    char bytes[65536];
    size_t size;

    if (!in) {
        perror(name);
        exit(2);
    }
    strbuf_adds(&text, "");
    while ((size = fread(bytes, 1, sizeof(bytes), in)) > 0)
        strbuf_add(&text, bytes, size);
    fclose(in);
    return text.buf;
}

static void make_worlds(struct golden *g)
{
    scenario_overrides_init(&g->plain);
    for (int i = 0; i < WORLDS; i++) {
        scenario_overrides_init(&g->worlds[i]);
        if (i < VSSIM_WINDOWS_COUNT)
            g->worlds[i].windows = i;
        else
            scenario_override_policy(&g->worlds[i], "lenient");
    }
}

static enum part part_of(const char *name)
{
    unsigned i = 0;

    while (i < PARTS && strcmp(part_names[i], name) != 0)
        i++;
    if (i == PARTS) {
        fprintf(stderr, "golden: no part %s\n", name);
        exit(2);
    }
    return (enum part)i;
}

int main(int argc, char **argv)
{
    static const struct option options[] = {
        {"part", required_argument, 0, 'p'},
        {"check", required_argument, 0, 'c'},
        {"show", no_argument, 0, 's'},
        {0, 0, 0, 0}};
    struct worker_setup setup = {NULL, NULL, 10, true};
    struct golden g = {.text = STRBUF_INIT};
    unsigned wanted = 0;
    bool good = true;
    int c;

    while ((c = getopt_long(argc, argv, "", options, NULL)) != -1)
        if (c == 'p')
            wanted |= 1u << part_of(optarg);
        else if (c == 'c')
            g.kept = read_file(optarg);
        else if (c == 's')
            g.show = true;
        else
            return 2;
    judge_init(&g.judge);
    g.damaged.base = xmalloc(BUFFER);
    make_worlds(&g);
    setup.overrides = &g.plain;
    if (!worker_init(&g.worker, &setup))
        return 99;
    for (unsigned p = 0; good && p < PARTS; p++)
        for (int i = optind; good && i < argc; i++)
            if (!wanted || wanted & 1u << p)
                good = look(&g, (enum part)p, argv[i]);
    for (unsigned i = 0; !g.show && !g.kept && i < N_RULES; i++)
        if (!wanted || wanted & 1u << DAMAGE) {
            char number[24];

            snprintf(number, sizeof(number), "%lu", g.broken[i]);
            tell(&g, "rule", rules[i].id, number);
        }
    worker_release(&g.worker);
    judge_release(&g.judge);
    strbuf_release(&g.text);
    free(g.damaged.base);
    free(g.kept);
    return good ? 0 : 1;
}
