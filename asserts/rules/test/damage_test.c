/*
 * damage_test.c - traces may come from files, and files may be damaged: with
 * any record or field missing, doubled or wrong the judge comes to a verdict,
 * and reports have words for it.
 */
#include <criterion/criterion.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>

#include "asserts/report/report.h"
#include "asserts/tapes/damage.h"
#include "asserts/tapes/tamper.h"
#include "base/array.h"

struct reports {
    struct report *all[5];
    FILE *out;
};

static void reports_open(struct reports *r)
{
    static const struct tty_options options[] = {{true, 2}, {false, 0}};

    r->out = fopen("/dev/null", "w");
    r->all[0] = report_tty_open(r->out, &options[0]);
    r->all[1] = report_tty_open(r->out, &options[1]);
    r->all[2] = report_junit_open(r->out);
    r->all[3] = report_json_open(r->out);
    r->all[4] = report_eventlog_open(r->out);
}

static void reports_close(struct reports *r)
{
    for (unsigned i = 0; i < 5; i++)
        cr_expect(r->all[i]->finish(r->all[i]));
    fclose(r->out);
}

/* In how many ways each scenario's trace is damaged, other ones than those
 * that ci/prove.d/golden looks at. */
#define WAYS 120
#define SIZE ((uint64_t)4 << 20)

static void damage_all(struct judge *j, struct reports *r,
                       const struct tape *truth, char *room, unsigned *count)
{
    uint32_t ways = damage_ways(truth->base, truth->used);
    uint32_t step = ways / WAYS + 1;
    struct trace lie;

    for (uint32_t way = *count % step; way < ways; way += step) {
        const struct trace_rec *first;

        trace_init(&lie, room, SIZE, NULL);
        damage_trace(truth->base, truth->used, way, &lie);
        first = trace_first(room, *lie.used);
        if (!first || first->kind != TRACE_HEADER)
            continue; /* no reader would give that to the judge */
        judge_trace(j, room, *lie.used);
        cr_assert_lt(j->verdict, N_VERDICTS);
        if (++*count % 8 == 0)
            for (unsigned k = 0; k < 5; k++)
                r->all[k]->scenario(r->all[k], j);
    }
}

static char *text_of(const char *path)
{
    static char text[20000];
    FILE *in = fopen(path, "r");
    size_t size;

    cr_assert(in, "%s", path);
    size = fread(text, 1, sizeof(text) - 1, in);
    text[size] = 0;
    fclose(in);
    return text;
}

Test(damage, anything)
{
    static const char *const patterns[] = {"scenarios/[!g]*/*.yaml",
                                           "scenarios/*/*/*.yaml"};
    char *lie = aligned_alloc(8, SIZE);
    struct reports r;
    struct judge j;
    unsigned count = 0;

    judge_init(&j);
    reports_open(&r);
    for (unsigned i = 0; i < ARRAY_SIZE(patterns); i++) {
        glob_t files;

        cr_assert_eq(glob(patterns[i], 0, NULL, &files), 0);
        for (size_t k = 0; k < files.gl_pathc; k++) {
            const char *text = text_of(files.gl_pathv[k]);
            struct tape truth;

            if (strstr(text, "file:") || strstr(text, "../"))
                continue; /* tape_play knows no folder */
            truth = tape_play(text);
            damage_all(&j, &r, &truth, lie, &count);
            tape_free(&truth);
        }
        globfree(&files);
    }
    cr_expect_gt(count, 1000);
    reports_close(&r);
    free(lie);
    judge_release(&j);
}
