/*
 * damage_test.c - traces may come from files, and files may be damaged: with
 * any record or field missing, doubled or wrong the judge comes to a verdict, and
 * reports have words for it.
 */
#include <criterion/criterion.h>
#include <glob.h>
#include <string.h>

#include "asserts/report/report.h"
#include "asserts/test/tamper.h"

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

/* How many ways each scenario's trace is damaged in. */
#define WAYS 120

static void damage_all(struct judge *j, struct reports *r,
                       const struct tape *truth, struct tape *lie,
                       unsigned *count)
{
    for (unsigned i = 0; i < WAYS; i++) {
        tape_damage(truth, *count, lie);
        judge_trace(j, lie->base, lie->used);
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
    struct tape lie = {NULL, 0};
    struct reports r;
    struct judge j;
    unsigned count = 0;

    judge_init(&j);
    reports_open(&r);
    for (unsigned i = 0; i < sizeof(patterns) / sizeof(patterns[0]); i++) {
        glob_t files;

        cr_assert_eq(glob(patterns[i], 0, NULL, &files), 0);
        for (size_t k = 0; k < files.gl_pathc; k++) {
            const char *text = text_of(files.gl_pathv[k]);
            struct tape truth;

            if (strstr(text, "file:") || strstr(text, "../"))
                continue; /* tape_play knows no folder */
            truth = tape_play(text);
            damage_all(&j, &r, &truth, &lie, &count);
            tape_free(&truth);
        }
        globfree(&files);
    }
    cr_expect_gt(count, 1000);
    reports_close(&r);
    tape_free(&lie);
    judge_release(&j);
}
