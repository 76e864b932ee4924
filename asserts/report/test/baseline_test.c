/* baseline_test.c - known findings, file by file; and reports that cannot be
 * written. */
#include <criterion/criterion.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "asserts/report/baseline.h"
#include "asserts/report/report.h"
#include "asserts/rules/explain.h"
#include "asserts/tapes/tamper.h"
#include "base/array.h"

static const char bad[] =
    "vssim: 1\nscenario: t\nrequester-rules: true\n"
    "requester:\n"
    "  - CreateVssBackupComponents: { returns: E_INVALIDARG }\n"
    "  - InitializeForRestore: { returns: E_INVALIDARG }\n"
    "  - PreRestore\n";

static struct baseline *read_text(const char *name, const char *text,
                                  struct strbuf *problem)
{
    FILE *out = fopen(name, "w");

    cr_assert(out);
    fputs(text, out);
    fclose(out);
    strbuf_reset(problem);
    return baseline_read(name, true, problem);
}

static char *text_of(const char *name)
{
    static char text[20000];
    FILE *in = fopen(name, "r");

    cr_assert(in);
    text[fread(text, 1, sizeof(text) - 1, in)] = '\0';
    fclose(in);
    return text;
}

/* As if the findings were those of the scenario `file`. */
static bool passes(struct baseline *b, struct judge *j, struct tape *tape,
                   const char *file)
{
    judge_trace(j, tape->base, tape->used);
    j->model.file = file;
    baseline_apply(b, j);
    return j->verdict == VERDICT_PASS;
}

Test(baseline, files_and_entries)
{
    struct tape tape = tape_play(bad);
    struct strbuf problem = STRBUF_INIT, text = STRBUF_INIT;
    char name[] = "/tmp/vssim-baseline-XXXXXX", here[PATH_MAX];
    char below[PATH_MAX + 8], beside[PATH_MAX + 8], other[PATH_MAX + 8];
    char want[10 * PATH_MAX], file[16];
    struct baseline *b;
    struct judge j;
    int fd = mkstemp(name);

    cr_assert(fd >= 0 && getcwd(here, sizeof(here)));
    close(fd);
    snprintf(below, sizeof(below), "%s/a", here);
    snprintf(beside, sizeof(beside), "%sa", here);
    snprintf(other, sizeof(other), "+%s/a", here + 1); /* of equal length */
    judge_init(&j);
    /* Made new, for many files, one of them named in several ways. */
    b = read_text(name, "", &problem);
    cr_assert(b);
    for (int i = 0; i < 70; i++) {
        snprintf(file, sizeof(file), "f%d", i);
        cr_expect(passes(b, &j, &tape, file));
    }
    cr_expect(passes(b, &j, &tape, "a"));
    cr_expect(passes(b, &j, &tape, "././a"));
    cr_expect(passes(b, &j, &tape, below));
    cr_expect(passes(b, &j, &tape, beside));
    cr_expect(passes(b, &j, &tape, other));
    cr_assert(baseline_write(b));
    baseline_free(b);
    baseline_free(NULL);
    /* In order, and each file by its one name. */
    snprintf(want, sizeof(want),
             "\n1 calls-in-order PreRestore %s\n"
             "1 expect-returns CreateVssBackupComponents %s\n"
             "1 expect-returns InitializeForRestore %s\n"
             "1 expect-returns PreRestore %s\n"
             "1 calls-in-order PreRestore %s\n"
             "1 expect-returns CreateVssBackupComponents %s\n"
             "1 expect-returns InitializeForRestore %s\n"
             "1 expect-returns PreRestore %s\n"
             "3 calls-in-order PreRestore a\n"
             "3 expect-returns CreateVssBackupComponents a\n"
             "3 expect-returns InitializeForRestore a\n"
             "3 expect-returns PreRestore a\n",
             other, other, other, other, beside, beside, beside, beside);
    cr_expect(strstr(text_of(name), want), "%.900s", text_of(name));
    /* What was written accepts exactly that; nothing else is judged. */
    b = baseline_read(name, false, &problem);
    cr_assert(b);
    cr_expect(passes(b, &j, &tape, "f7"));
    cr_expect_not(passes(b, &j, &tape, "other"));
    judge_trace(&j, tape.base, tape.used);
    for (int v = VERDICT_SKIPPED; v <= VERDICT_ERROR; v++) {
        j.verdict = (enum verdict)v;
        baseline_apply(b, &j);
        cr_expect_eq((int)j.verdict, v);
    }
    cr_expect_eq(baseline_stale(b, stderr), 0);
    baseline_free(b);
    /* Warnings and expected findings are none of its business; a finding
     * without a call, or at one that was not made, has no method. */
    b = read_text(name,
                  "3 calls-in-order - gone\n1 subject-survives PreRestore f\n",
                  &problem);
    cr_assert(b);
    judge_trace(&j, tape.base, tape.used);
    j.model.file = "f";
    found(&j, RULE_ID_survives, NULL, NULL, "x");
    found(&j, RULE_ID_survives, NULL, NULL, "x")->call = 99;
    found(&j, RULE_ID_survives, NULL, NULL, "x")->expected_finding = true;
    for (unsigned i = 0; i < N_RULES; i++)
        if (rules[i].severity == SEVERITY_WARNING)
            found(&j, (enum rule_id)i, NULL, NULL, "x");
    baseline_apply(b, &j);
    cr_assert(baseline_write(b));
    baseline_free(b);
    for (unsigned i = 0; i < N_RULES; i++)
        cr_expect(rules[i].severity == SEVERITY_ERROR ||
                      !strstr(text_of(name), rules[i].id),
                  "a warning is accepted: %s", rules[i].id);
    b = baseline_read(name, false, &problem);
    cr_assert(b, "%s", problem.buf);
    baseline_free(b);
    unlink(name);
    judge_release(&j);
    tape_free(&tape);
    strbuf_release(&problem);
    strbuf_release(&text);
}

/* The same again where no file was left open. */
static int next_fd(void)
{
    int fd = dup(1);

    close(fd);
    return fd;
}

Test(baseline, what_cannot_be)
{
    static const struct {
        const char *text, *problem;
    } wrong[] = {
#define COUNT "1 to 1000000 is allowed; a line is COUNT RULE METHOD FILE"
        {"1x subject-survives - f", "1:1: a count \"1x\": " COUNT},
        {"0 survives - f", "1:1: a count \"0\": " COUNT},
        {"1000001 subject-survives - f", "1:1: a count \"1000001\": " COUNT},
        {"# y\n\n\t x subject-survives - f", "3:3: a count \"x\": " COUNT},
        {"1000000 survives - f",
         "1:9: a rule \"survives\": one of vssim list --rules is allowed"},
        {"1 subject-survives ",
         "1:20: a method \"\": its name, or - for none, is allowed"},
        {"1 subject-survives  - ",
         "1:23: a scenario file \"\": its name, to the end of the line, is "
         "allowed"},
        {"1 subject-survives - f g\n2 subject-survives - f\n"
         "3 subject-survives - f g\n",
         "3:22: this entry stands twice: \"f g\": one line with the sum of "
         "both is allowed"},
    };
    struct strbuf problem = STRBUF_INIT;
    char name[] = "/tmp/vssim-baseline-XXXXXX", in[64], want[400];
    struct baseline *b;
    int fd = mkstemp(name);

    cr_assert(fd >= 0);
    close(fd);
    fd = next_fd();
    for (unsigned i = 0; i < ARRAY_SIZE(wrong); i++) {
        cr_expect_null(read_text(name, wrong[i].text, &problem));
        snprintf(want, sizeof(want), "%s:%s", name, wrong[i].problem);
        cr_expect_str_eq(problem.buf, want);
    }
    b = read_text(name, "   \n1\tsubject-survives \t- f\n \t\t\n", &problem);
    cr_assert(b);
    cr_assert(baseline_write(b));
    baseline_free(b);
    cr_expect_str_eq(text_of(name), "   \n1 subject-survives - f\n \t\t\n");
    /* One that is not there yet is begun; entries are put in order. */
    unlink(name);
    b = baseline_read(name, true, &problem);
    cr_assert(b);
    cr_expect(baseline_write(b));
    baseline_free(b);
    cr_expect(strstr(text_of(name), "COUNT RULE METHOD FILE"));
    b = read_text(name,
                  "1 subject-survives PreRestore f\n"
                  "1 subject-survives PostRestore f\n",
                  &problem);
    cr_assert(b);
    cr_expect(baseline_write(b));
    baseline_free(b);
    cr_expect_str_eq(text_of(name), "1 subject-survives PostRestore f\n"
                                    "1 subject-survives PreRestore f\n");
    snprintf(in, sizeof(in), "%s/x", name); /* below a file */
    strbuf_reset(&problem);
    cr_expect_null(baseline_read(in, true, &problem));
    snprintf(want, sizeof(want),
             "%s: Not a directory: a baseline is made by --update-baseline",
             in);
    cr_expect_str_eq(problem.buf, want);
    unlink(name);
    strbuf_reset(&problem);
    cr_expect_null(baseline_read("/dev/zero", true, &problem));
    cr_expect_str_eq(problem.buf, "/dev/zero: no baseline: up to 100000 lines "
                                  "are allowed");
    unlink(name);
    b = baseline_read("/nowhere/at/all", true, &problem);
    cr_assert(b);
    cr_expect_not(baseline_write(b));
    baseline_free(b);
    cr_expect_eq(next_fd(), fd, "a file is open");
    strbuf_release(&problem);
}

/* A device that never ends, say; 100000 lines are not too many. */
Test(baseline, without_end)
{
    static char lines[100100];
    struct strbuf problem = STRBUF_INIT;
    char name[] = "/tmp/vssim-baseline-XXXXXX", want[200];
    int fd = mkstemp(name);
    struct baseline *b;

    cr_assert(fd >= 0);
    close(fd);
    cr_expect_null(baseline_read("/dev/zero", true, &problem));
    cr_expect_str_eq(problem.buf, "/dev/zero: no baseline: up to 100000 lines "
                                  "are allowed");
    memset(lines, '\n', 100000);
    strcpy(lines + 100000, "1 subject-survives - f\n");
    cr_expect_null(read_text(name, lines, &problem));
    snprintf(want, sizeof(want),
             "%s: no baseline: up to 100000 lines are "
             "allowed",
             name);
    cr_expect_str_eq(problem.buf, want);
    b = read_text(name, lines + 1, &problem);
    cr_expect(b);
    baseline_free(b);
    unlink(name);
    strbuf_release(&problem);
}

/* Told of what was judged alone: that less was found than is accepted. */
Test(baseline, stale)
{
    struct tape tape = tape_play(bad);
    struct strbuf problem = STRBUF_INIT;
    char name[] = "/tmp/vssim-baseline-XXXXXX", told[2000], want[400];
    FILE *out = fmemopen(told, sizeof(told), "w");
    struct baseline *b;
    struct judge j;
    int fd = mkstemp(name);

    cr_assert(fd >= 0 && out);
    close(fd);
    judge_init(&j);
    b = read_text(name,
                  "# mine\n4 calls-in-order PreRestore f\n"
                  "2 calls-in-order PreRestore other\n"
                  "1 subject-survives - f\n",
                  &problem);
    cr_assert(b, "%s", problem.buf);
    judge_trace(&j, tape.base, tape.used);
    j.model.file = "f";
    j.n_findings = 0;
    for (int v = VERDICT_SKIPPED; v <= VERDICT_ERROR; v++) {
        j.verdict = (enum verdict)v;
        baseline_apply(b, &j);
    }
    cr_expect_eq(baseline_stale(b, out), 0, "it was not judged");
    j.verdict = VERDICT_PASS;
    baseline_apply(b, &j);
    cr_expect_eq(baseline_stale(b, out), 2);
    fclose(out);
    snprintf(want, sizeof(want),
             "%s:2:1: warning: stale: 4 accepted, 0 found: calls-in-order "
             "PreRestore f\n"
             "%s:4:1: warning: stale: 1 accepted, 0 found: subject-survives - "
             "f\n",
             name, name);
    cr_expect_str_eq(told, want);
    /* What is no longer found goes, and leaves its comment. */
    cr_assert(baseline_write(b));
    baseline_free(b);
    cr_expect_str_eq(text_of(name),
                     "# mine\n2 calls-in-order PreRestore other\n");
    unlink(name);
    judge_release(&j);
    tape_free(&tape);
    strbuf_release(&problem);
}

/* What has no method is written with a dash; comments of a file without
 * entries stay alone; without a current folder a name is as it was given. */
Test(baseline, odd_places)
{
    const struct tamper lost = {.kind = TRACE_CALL, .nth = 1, .op = T_DROP};
    struct tape truth = tape_play(bad), tape;
    struct strbuf problem = STRBUF_INIT;
    char name[] = "/tmp/vssim-baseline-XXXXXX";
    char folder[] = "/tmp/vssim-gone-XXXXXX";
    struct baseline *b;
    struct judge j;
    int fd = mkstemp(name);

    cr_assert(fd >= 0);
    close(fd);
    judge_init(&j);
    b = read_text(name, "# mine\n\n", &problem);
    cr_assert(b);
    cr_assert(baseline_write(b));
    baseline_free(b);
    cr_expect_str_eq(text_of(name), "# mine\n\n");

    cr_assert(mkdtemp(folder) && chdir(folder) == 0 && rmdir(folder) == 0);
    cr_assert(tape_tamper(&truth, &lost, &tape));
    b = read_text(name, "", &problem);
    cr_assert(b);
    judge_trace(&j, tape.base, tape.used);
    j.model.file = "./gone/f";
    j.n_findings = 0;
    found(&j, RULE_ID_survives, NULL, NULL, "x")->call = 1;
    cr_assert_str_eq(model_call(&j.model, 1)->name, "");
    baseline_apply(b, &j);
    cr_assert(baseline_write(b));
    baseline_free(b);
    cr_expect(strstr(text_of(name), "\n1 subject-survives - gone/f\n"), "%s",
              text_of(name));
    unlink(name);
    judge_release(&j);
    tape_free(&truth);
    tape_free(&tape);
    strbuf_release(&problem);
}

/* A disk that fills up while it is written is noticed. */
Test(baseline, half_written)
{
    struct tape tape = tape_play(bad);
    struct strbuf problem = STRBUF_INIT;
    char name[] = "/tmp/vssim-baseline-XXXXXX", file[16];
    struct rlimit was, little;
    struct baseline *b;
    struct judge j;
    int fd = mkstemp(name);

    cr_assert(fd >= 0 && getrlimit(RLIMIT_FSIZE, &was) == 0);
    close(fd);
    judge_init(&j);
    b = read_text(name, "", &problem);
    cr_assert(b);
    for (int i = 0; i < 200; i++) {
        snprintf(file, sizeof(file), "f%d", i);
        cr_expect(passes(b, &j, &tape, file));
    }
    little = was;
    little.rlim_cur = 100;
    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &little);
    cr_expect_not(baseline_write(b));
    setrlimit(RLIMIT_FSIZE, &was);
    cr_expect(baseline_write(b));
    cr_expect_gt(strlen(text_of(name)), 8192);
    baseline_free(b);
    unlink(name);
    judge_release(&j);
    tape_free(&tape);
    strbuf_release(&problem);
}

/* On a full disk each report says so, whether it is at once or at the end. */
Test(reports, full_disk)
{
    static const struct tty_options options = {false, 2};
    struct tape tape = tape_play(bad);
    struct judge j;

    judge_init(&j);
    judge_trace(&j, tape.base, tape.used);
    for (int way = 0; way < 8; way++) {
        FILE *out = fopen("/dev/full", "w");
        struct report *r = way < 2   ? report_tty_open(out, &options)
                           : way < 4 ? report_junit_open(out)
                           : way < 6 ? report_json_open(out)
                                     : report_eventlog_open(out);

        if (way % 2)
            setvbuf(out, NULL, _IONBF, 0);
        if (way >= 6)
            fputs("an entry", out);
        r->scenario(r, &j);
        cr_expect_not(r->finish(r), "way %d", way);
        fclose(out);
    }
    judge_release(&j);
    tape_free(&tape);
}

/* What vssim list and vssim explain print of the rules and tables. */
static char *printed(void (*print)(FILE *out, const char *iface,
                                   const char *name),
                     const char *iface, const char *name)
{
    static char text[4096];
    FILE *out = fmemopen(text, sizeof(text), "w");

    cr_assert(out);
    text[0] = '\0';
    print(out, iface, name);
    fclose(out);
    return text;
}

static void print_rule(FILE *out, const char *iface, const char *id)
{
    (void)iface;
    cr_expect(explain_rule(out, id));
}

static void print_list(FILE *out, const char *iface, const char *name)
{
    char first[400], text[40000], *end;
    FILE *all = fmemopen(text, sizeof(text), "w");

    (void)iface;
    (void)name;
    explain_list(all);
    fclose(all);
    end = strchr(text, '\n');
    cr_assert(end);
    snprintf(first, sizeof(first), "%.*s", (int)(end - text), text);
    fputs(first, out);
}

Test(explain, texts)
{
    const struct rule *r = rule_find("subject-survives");
    char want[4096];

    cr_expect_not(explain_rule(stderr, "no-such-rule"));
    snprintf(want, sizeof(want),
             "subject-survives (invariant, error)\n%s\nRemedy: %s\n"
             "Provenance: %s\n",
             r->text, r->advice, r->provenance);
    cr_expect_str_eq(printed(print_rule, NULL, "subject-survives"), want);
    snprintf(want, sizeof(want), "%-32s %-15s %s", rules[0].id, "scenario",
             "error");
    cr_expect_str_eq(printed(print_list, NULL, NULL), want);
    cr_expect_str_eq(
        printed(explain_returns, "IVssBackupComponents", "PreRestore"),
        "returns (documented: nf-vsbackup-ivssbackupcomponents-prerestore)\n"
        "  S_OK E_INVALIDARG E_OUTOFMEMORY VSS_E_BAD_STATE VSS_E_UNEXPECTED "
        "E_UNEXPECTED\n"
        "also (interpreted: U28, policy excluded-critical-disk=method-fails)\n"
        "  VSS_E_ASRERROR_CRITICAL_DISK_CANNOT_BE_EXCLUDED\n");
    cr_expect_str_eq(
        printed(explain_codes, "IVssBackupComponents", "PreRestore"),
        "    codes   S_OK E_INVALIDARG E_OUTOFMEMORY VSS_E_BAD_STATE "
        "VSS_E_UNEXPECTED\n            E_UNEXPECTED\n"
        "    page    nf-vsbackup-ivssbackupcomponents-prerestore\n"
        "    also    VSS_E_ASRERROR_CRITICAL_DISK_CANNOT_BE_EXCLUDED (U28)\n");
    cr_expect_str_eq(
        printed(explain_returns, "IVssBackupComponentsEx2", "FastRecovery"),
        "returns (documented: nf-vsbackup-ivssbackupcomponentsex2-"
        "fastrecovery)\n  (the page has no table)\n"
        "also (interpreted: U70)\n  E_NOTIMPL E_INVALIDARG\n");
    cr_expect_str_eq(
        printed(explain_codes, "IVssBackupComponentsEx2", "FastRecovery"),
        "    codes   (the page has no table)\n"
        "    page    nf-vsbackup-ivssbackupcomponentsex2-fastrecovery\n"
        "    also    E_NOTIMPL E_INVALIDARG (U70)\n");
    /* What is added to all of an interface, as a policy says and always. */
    cr_expect(
        strstr(printed(explain_returns, "IVssComponent", "GetLogicalPath"),
               "\nalso (interpreted: U12, policy stale-components="
               "bad-state)\n  VSS_E_BAD_STATE\n"));
    cr_expect(strstr(printed(explain_codes, "IVssComponent", "GetLogicalPath"),
                     "\n    also    VSS_E_BAD_STATE (U12)\n"));
    cr_expect(strstr(printed(explain_returns, "IVssBackupComponents",
                             "InitializeForBackup"),
                     "\nalso (interpreted: U21)\n  E_INVALIDARG\n"));
    cr_expect_str_eq(printed(explain_returns, "IVssAsync", "NoSuchMethod"),
                     "");
    cr_expect_str_eq(printed(explain_codes, "IVssAsync", "NoSuchMethod"), "");
}
