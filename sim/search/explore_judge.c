/* explore_judge.c - a path as a scenario, and its judgement; see
 * explore_search.h. */
#include <stdio.h>
#include <string.h>

#include "search/explore_search.h"
#include "search/shrink.h"

#define RULE_TABLE "the state table"
#define MOST_SHRUNK 20 /* violations of a world */

static void add_path(struct search *s, uint32_t at)
{
    if (!at)
        return;
    add_path(s, s->table->met[at].parent);
    explore_add_letter(&s->text, s->table->met[at].letter);
}

void explore_write(struct search *s, uint32_t at, uint32_t letter)
{
    strbuf_reset(&s->text);
    explore_add_world(&s->text, s->name, s->world, s->from);
    add_path(s, at);
    if (letter == NO_LETTER)
        return;
    if (letter < explore_n_letters)
        explore_add_letter(&s->text, letter);
    else
        explore_add_probe(&s->text,
                          (enum vss_method)(letter - explore_n_letters));
}

static void tell(struct search *s, uint32_t at, uint32_t letter,
                 const char *rule, const char *message)
{
    char file[4096];
    FILE *out;

    s->e->violations++;
    printf("violation %lu: %s: %s (%s)\n", s->e->violations, rule, message,
           s->name);
    fflush(stdout);
    if (!s->e->output)
        return;
    explore_write(s, at, letter);
    snprintf(file, sizeof(file), "%s/explore-%lu.yaml", s->e->output,
             s->e->violations);
    out = fopen(file, "w");
    if (!out || fputs(strbuf_str(&s->text), out) < 0)
        perror(file);
    else
        printf("    %s\n", file);
    if (out)
        fclose(out);
}

bool explore_shrink(struct explorer *e, unsigned long before)
{
    struct judge judge;
    struct shrinker shrinker = {.worker = e->shrinks, .judge = &judge};
    char file[4096];
    bool good = true;

    if (!e->output)
        return true;
    judge_init(&judge);
    memcpy(judge.disabled, e->judge->disabled, sizeof(judge.disabled));
    for (unsigned long v = before + 1;
         good && v <= e->violations && v <= before + MOST_SHRUNK; v++) {
        snprintf(file, sizeof(file), "%s/explore-%lu.yaml", e->output, v);
        good = shrink_into(&shrinker, e->output, file, NULL, 0);
    }
    judge_release(&judge);
    return good;
}

static bool is_call_of(uint32_t letter, const char *name)
{
    const char *step;

    if (letter == NO_LETTER)
        return false;
    if (letter >= explore_n_letters)
        return strcmp(name, vss_method_name((enum vss_method)(
                                letter - explore_n_letters))) == 0;
    step = explore_letters[letter].step;
    return strncmp(step, name, strcspn(step, ":")) == 0;
}

/* A cell that refuses must have refused. */
static void check_table(struct search *s, uint32_t at, uint32_t letter)
{
    const struct model *m = &s->e->judge->model;
    const struct m_call *c = NULL;
    enum vss_method method;
    enum vss_phase phase;

    for (uint32_t i = m->n_calls; i-- > 0 && !c;)
        if (m->calls[i].phase[0])
            c = &m->calls[i];
    if (!c || s->e->foreign || !is_call_of(letter, c->name))
        return;
    if (!explore_cell(c->name, c->phase[0], &method, &phase))
        return;
    s->phase = (int)phase;
    s->e->visited[method][phase] = true;
    if (vss_cell(method, phase) == VSS_CELL_BAD && c->leave && c->hr >= 0)
        tell(s, at, letter, RULE_TABLE, c->name);
}

static const struct finding *first_error(const struct judge *j)
{
    for (uint32_t i = 0; i < j->n_findings; i++)
        if (j->findings[i].rule->severity == SEVERITY_ERROR &&
            j->findings[i].rule->kind == RULE_INVARIANT)
            return &j->findings[i];
    return NULL;
}

bool explore_judge(struct search *s, uint32_t at, uint32_t letter,
                   const char *trace, uint64_t used)
{
    struct judge *j = s->e->judge;
    const struct finding *f;

    judge_trace(j, trace, used);
    if (j->verdict == VERDICT_ERROR) {
        fprintf(stderr, "vssim explore: %s\n", j->reason ? j->reason : "?");
        return false;
    }
    f = first_error(j);
    if (f)
        tell(s, at, letter, f->rule->id, f->message);
    else
        check_table(s, at, letter);
    return true;
}
