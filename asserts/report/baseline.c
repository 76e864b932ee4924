/* baseline.c - see baseline.h. */
#include "asserts/report/baseline.h"

#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct entry {
    const char *file, *rule, *method;
    const char *comment; /* lines above it, with their newlines */
    unsigned accepted, found;
    int line;    /* in the file; 0: new */
    bool judged; /* its scenario was */
};

struct baseline {
    const char *name;
    struct arena texts;
    struct entry *entries; /* as they stand in the file, then new ones */
    unsigned n, room;
    const char *tail; /* comment below the last entry */
    bool update;      /* all that is found is accepted from now on */
    char here[PATH_MAX];
};

static struct entry *add(struct baseline *b, const char *file,
                         const char *rule, const char *method)
{
    struct entry *e;

    b->entries = array_grown(b->entries, b->n, &b->room, sizeof(*b->entries));
    e = &b->entries[b->n++];
    memset(e, 0, sizeof(*e));
    e->file = arena_strdup(&b->texts, file);
    e->rule = arena_strdup(&b->texts, rule);
    e->method = arena_strdup(&b->texts, method);
    e->comment = "";
    return e;
}

static struct entry *look(struct baseline *b, const char *file,
                          const char *rule, const char *method)
{
    for (unsigned i = 0; i < b->n; i++)
        if (strcmp(b->entries[i].file, file) == 0 &&
            strcmp(b->entries[i].rule, rule) == 0 &&
            strcmp(b->entries[i].method, method) == 0)
            return &b->entries[i];
    return NULL;
}

/* --- reading --- */

struct line {
    const char *text;
    int number;
    const char *at; /* not read yet */
};

static bool wrong(const struct baseline *b, const struct line *l,
                  struct strbuf *problem, const char *what, const char *word,
                  const char *allowed)
{
    strbuf_addf(problem, "%s:%d:%d: %s \"%s\": %s", b->name, l->number,
                (int)(l->at - l->text) + 1, what, word, allowed);
    return false;
}

/* The next word into `word`; `l->at` stays at its first character. */
static size_t peek(struct line *l, char *word, size_t room)
{
    size_t length;

    while (*l->at == ' ' || *l->at == '\t')
        l->at++;
    length = strcspn(l->at, " \t");
    snprintf(word, room, "%.*s", (int)length, l->at);
    return length;
}

static bool read_entry(struct baseline *b, struct line *l, const char *comment,
                       struct strbuf *problem)
{
    char word[64], method[64];
    const struct rule *rule;
    unsigned long count;
    struct entry *e;
    char *end;

    peek(l, word, sizeof(word));
    count = strtoul(word, &end, 10);
    if (!isdigit((unsigned char)word[0]) || *end || count == 0 ||
        count > 1000000)
        return wrong(b, l, problem, "a count", word,
                     "1 to 1000000 is allowed; a line is COUNT RULE METHOD "
                     "FILE");
    l->at += strlen(word);
    peek(l, word, sizeof(word));
    rule = rule_find(word);
    if (!rule)
        return wrong(b, l, problem, "a rule", word,
                     "one of vssim list --rules is allowed");
    l->at += strlen(word);
    peek(l, method, sizeof(method));
    if (!method[0])
        return wrong(b, l, problem, "a method", method,
                     "its name, or - for none, is allowed");
    l->at += strlen(method);
    peek(l, word, sizeof(word));
    if (!*l->at)
        return wrong(b, l, problem, "a scenario file", "",
                     "its name, to the end of the line, is allowed");
    if (look(b, l->at, rule->id, method))
        return wrong(b, l, problem, "this entry stands twice:", l->at,
                     "one line with the sum of both is allowed");
    e = add(b, l->at, rule->id, method);
    e->accepted = (unsigned)count;
    e->line = l->number;
    e->comment = arena_strdup(&b->texts, comment);
    return true;
}

#define LINES_MAX 100000

static bool read_lines(struct baseline *b, FILE *in, struct strbuf *problem)
{
    struct strbuf comment = STRBUF_INIT;
    char text[PATH_MAX + 256];
    bool good = true;
    int number = 0;

    while (good && fgets(text, sizeof(text), in)) {
        struct line l = {.text = text, .number = ++number, .at = text};

        if (number > LINES_MAX) { /* a device, say, that never ends */
            strbuf_addf(problem, "%s: no baseline: up to %d lines are allowed",
                        b->name, LINES_MAX);
            good = false;
            break;
        }
        text[strcspn(text, "\r\n")] = '\0';
        if (text[strspn(text, " \t")] == '\0' || text[0] == '#') {
            strbuf_addf(&comment, "%s\n", text);
            continue;
        }
        good = read_entry(b, &l, strbuf_str(&comment), problem);
        strbuf_reset(&comment);
    }
    b->tail = arena_strdup(&b->texts, strbuf_str(&comment));
    strbuf_release(&comment);
    return good;
}

struct baseline *baseline_read(const char *file, bool update,
                               struct strbuf *problem)
{
    struct baseline *b = xcalloc(1, sizeof(*b));
    FILE *in = fopen(file, "r");
    bool good = true;

    b->name = file;
    b->tail = "";
    b->update = update;
    if (!getcwd(b->here, sizeof(b->here)))
        b->here[0] = '\0';
    if (in) {
        good = read_lines(b, in, problem);
        fclose(in);
    } else if (!update || errno != ENOENT) {
        strbuf_addf(problem,
                    "%s: %s: a baseline is made by "
                    "--update-baseline",
                    file, strerror(errno));
        good = false;
    }
    if (good)
        return b;
    baseline_free(b);
    return NULL;
}

void baseline_free(struct baseline *b)
{
    if (!b)
        return;
    free(b->entries);
    arena_release(&b->texts);
    free(b);
}

/* --- applying --- */

/* The same name however the scenario was given: below the current folder
 * without that folder. */
static const char *plain(const struct baseline *b, const char *file)
{
    size_t length = strlen(b->here);

    if (length && strncmp(file, b->here, length) == 0 && file[length] == '/')
        file += length + 1;
    while (strncmp(file, "./", 2) == 0)
        file += 2;
    return file;
}

static const char *method_of(const struct judge *j, const struct finding *f)
{
    const struct m_call *c = model_call(&j->model, f->call);

    return c && c->name[0] ? c->name : "-";
}

void baseline_apply(struct baseline *b, struct judge *j)
{
    const char *file = plain(b, j->model.file);

    if (j->verdict == VERDICT_ERROR || j->verdict == VERDICT_SKIPPED)
        return;
    for (unsigned i = 0; i < b->n; i++)
        if (strcmp(b->entries[i].file, file) == 0)
            b->entries[i].judged = true;
    for (uint32_t i = 0; i < j->n_findings; i++) {
        struct finding *f = &j->findings[i];
        struct entry *e;

        if (f->rule->severity != SEVERITY_ERROR || f->expected_finding)
            continue;
        e = look(b, file, f->rule->id, method_of(j, f));
        if (!e)
            e = add(b, file, f->rule->id, method_of(j, f));
        e->judged = true;
        f->known = ++e->found <= e->accepted || b->update;
    }
    judge_reconsider(j);
}

unsigned baseline_stale(const struct baseline *b, FILE *out)
{
    unsigned n = 0;

    for (unsigned i = 0; i < b->n; i++) {
        const struct entry *e = &b->entries[i];

        if (!e->judged || e->found >= e->accepted)
            continue;
        n++;
        fprintf(out,
                "%s:%d:1: warning: stale: %u accepted, %u found: %s %s "
                "%s\n",
                b->name, e->line, e->accepted, e->found, e->rule, e->method,
                e->file);
    }
    return n;
}

/* --- writing --- */

static int compare(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    int by = strcmp(x->file, y->file);

    if (by == 0)
        by = strcmp(x->rule, y->rule);
    return by ? by : strcmp(x->method, y->method);
}

static const char head[] =
    "# Known findings, accepted by vssim --baseline; --update-baseline writes\n"
    "# this file. COUNT RULE METHOD FILE; comments stay with the entry below.\n"
    "\n";

/* An entry that goes leaves its comment to the next. */
static void write_entries(const struct entry *entries, unsigned n,
                          const char *tail, FILE *out)
{
    for (unsigned i = 0; i < n; i++) {
        const struct entry *e = &entries[i];
        unsigned count = e->judged ? e->found : e->accepted;

        fputs(e->comment, out);
        if (count)
            fprintf(out, "%u %s %s %s\n", count, e->rule, e->method, e->file);
    }
    fputs(tail, out);
}

bool baseline_write(const struct baseline *b)
{
    struct entry *sorted = xcalloc(b->n + 1, sizeof(*sorted));
    bool fresh = true, good;
    FILE *out;

    for (unsigned i = 0; i < b->n; i++) {
        sorted[i] = b->entries[i];
        fresh &= b->entries[i].line == 0;
    }
    qsort(sorted, b->n, sizeof(*sorted), compare);
    out = fopen(b->name, "w");
    if (out) {
        if (fresh && !*b->tail)
            fputs(head, out);
        write_entries(sorted, b->n, b->tail, out);
    }
    good = out && !ferror(out);
    if (out)
        good &= fclose(out) == 0;
    free(sorted);
    return good;
}
