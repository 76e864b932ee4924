/* explore.c - see explore.h: the search. */
#include "cli/explore.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"

#define RULE_TABLE "the state table"

/* --- the alphabet --- */

/* ADDS: each call adds to the document, so a second one leads to a state that
 * the first has not; once is enough for a path. */
enum need { NEED_OBJECT = 1, NEED_ASYNC = 2, ADDS = 4 };

#define MOST_ASYNCS 2 /* alive at a time; more lead nowhere new */

static const struct letter {
    const char *step;
    int needs;
} alphabet[] = {
    {"InitializeForRestore: { returns: any }", NEED_OBJECT},
    {"InitializeForBackup: { bstrXML: null, returns: any }", NEED_OBJECT},
    {"SetRestoreState: { returns: any }", NEED_OBJECT},
    {"SetBackupState: { returns: any }", NEED_OBJECT},
    {"EnableWriterClasses: { returns: any }", NEED_OBJECT},
    {"GatherWriterMetadata: { returns: any }", NEED_OBJECT},
    {"GetWriterMetadataCount: { returns: any }", NEED_OBJECT},
    {"FreeWriterMetadata: { returns: any }", NEED_OBJECT},
    {"GetWriterComponentsCount: { returns: any }", NEED_OBJECT},
    {"GatherWriterStatus: { returns: any }", NEED_OBJECT},
    {"GetWriterStatusCount: { returns: any }", NEED_OBJECT},
    {"GetWriterStatus: { iWriter: 0, returns: any }", NEED_OBJECT},
    {"FreeWriterStatus: { returns: any }", NEED_OBJECT},
    {"SetSelectedForRestore: { returns: any }", NEED_OBJECT},
    {"SetSelectedForRestore: { bSelectedForRestore: false, returns: any }",
     NEED_OBJECT},
    {"SetRestoreOptions: { returns: any }", NEED_OBJECT},
    {"AddRestoreSubcomponent: { returns: any }",
     NEED_OBJECT | ADDS},
    {"AddNewTarget: { returns: any }",
     NEED_OBJECT | ADDS},
    {"AddAlternativeLocationMapping: { returns: any }",
     NEED_OBJECT | ADDS},
    {"SetAdditionalRestores: { returns: any }", NEED_OBJECT},
    {"SetAuthoritativeRestore: { returns: any }", NEED_OBJECT},
    {"SetRangesFilePath: { returns: any }", NEED_OBJECT},
    {"SetFileRestoreStatus: { returns: any }", NEED_OBJECT},
    {"SetPreviousBackupStamp: { returns: any }", NEED_OBJECT},
    {"PreRestore: { returns: any }", NEED_OBJECT},
    {"PreRestore: { ppAsync: null, returns: any }", NEED_OBJECT},
    {"PostRestore: { returns: any }", NEED_OBJECT},
    {"AbortBackup: { returns: any }", NEED_OBJECT},
    {"SaveAsXML: { returns: any }", NEED_OBJECT},
    {"QueryStatus: { returns: any }", NEED_ASYNC},
    {"Wait: { returns: any }", NEED_ASYNC},
    {"Wait: { dwMilliseconds: 1s, returns: any }", NEED_ASYNC},
    {"Cancel: { returns: any }", NEED_ASYNC},
    {"Release: { on: latest-async }", NEED_ASYNC},
    {"Release: { on: object }", NEED_OBJECT},
    {"sleep: 1s", 0},
    {"sleep: 10s", 0},
};

#define LETTERS (sizeof(alphabet) / sizeof(alphabet[0]))

/* --- what was met --- */

struct met { /* a state, by the path that first led there */
    uint32_t parent;
    uint8_t letter, depth;
    bool has_object, has_async, full;
};

struct search {
    struct explorer *e;
    const char *name, *world;
    struct met *met;
    uint32_t n, room;
    uint64_t *seen; /* open addressing; 0: free */
    uint32_t seen_size;
};

static bool add_seen(struct search *s, uint64_t digest)
{
    uint32_t at;

    digest |= digest == 0;
    if (s->n * 2 >= s->seen_size) {
        uint64_t *old = s->seen;
        uint32_t size = s->seen_size;

        s->seen_size = size ? size * 4 : 4096;
        s->seen = xcalloc(s->seen_size, sizeof(*s->seen));
        for (uint32_t i = 0; i < size; i++)
            if (old[i]) {
                for (at = (uint32_t)old[i] & (s->seen_size - 1); s->seen[at];)
                    at = (at + 1) & (s->seen_size - 1);
                s->seen[at] = old[i];
            }
        free(old);
    }
    for (at = (uint32_t)digest & (s->seen_size - 1); s->seen[at];
         at = (at + 1) & (s->seen_size - 1))
        if (s->seen[at] == digest)
            return false;
    s->seen[at] = digest;
    return true;
}

static struct met *add_met(struct search *s)
{
    if (s->n == s->room) {
        s->room = s->room ? s->room * 2 : 1024;
        s->met = xrealloc(s->met, s->room * sizeof(*s->met));
    }
    memset(&s->met[s->n], 0, sizeof(*s->met));
    return &s->met[s->n++];
}

/* --- a path as a scenario --- */

static void add_step(struct strbuf *out, const struct letter *l)
{
    if (strcmp(l->step, "Release: { on: latest-async }") == 0)
        strbuf_adds(out, "  - Release: { on: async }\n");
    else if (strcmp(l->step, "Release: { on: object }") == 0)
        strbuf_adds(out, "  - Release: { on: object }\n");
    else
        strbuf_addf(out, "  - %s\n", l->step);
}

/* Each async takes the name, so that it stands for the latest. */
static void name_async(struct strbuf *out, const char *step)
{
    const char *brace = strchr(step, '{');

    if (brace && (strncmp(step, "Gather", 6) == 0 ||
                  (strncmp(step, "PreRestore", 10) == 0 &&
                   !strstr(step, "null")) ||
                  strncmp(step, "PostRestore", 11) == 0))
        strbuf_addf(out, "  - %.*s{ as: async,%s\n", (int)(brace - step),
                    step, brace + 1);
    else
        strbuf_addf(out, "  - %s\n", step);
}

static void add_path(const struct search *s, struct strbuf *out, uint32_t at)
{
    if (!at)
        return;
    add_path(s, out, s->met[at].parent);
    if (strncmp(alphabet[s->met[at].letter].step, "Release", 7) == 0)
        add_step(out, &alphabet[s->met[at].letter]);
    else
        name_async(out, alphabet[s->met[at].letter].step);
}

static void write_scenario(const struct search *s, struct strbuf *out,
                           uint32_t at, const struct letter *letter)
{
    strbuf_reset(out);
    strbuf_addf(out, "vssim: 1\nscenario: explored, %s\n%srequester:\n"
                     "  - %s\n%s",
                s->name, s->world,
                s->e->from ? "prepare: { as: object }"
                           : "CreateVssBackupComponents: { as: object }",
                s->e->from == 2 ? "  - PreRestore: { as: async }\n" : "");
    add_path(s, out, at);
    if (!letter)
        return;
    if (strncmp(letter->step, "Release", 7) == 0)
        add_step(out, letter);
    else
        name_async(out, letter->step);
}

/* --- judging --- */

static void tell(struct search *s, const struct strbuf *text,
                 const char *rule, const char *message)
{
    char file[4096];
    FILE *out;

    s->e->violations++;
    printf("violation %lu: %s: %s (%s)\n", s->e->violations, rule, message,
           s->name);
    if (!s->e->output)
        return;
    snprintf(file, sizeof(file), "%s/explore-%lu.yaml", s->e->output,
             s->e->violations);
    out = fopen(file, "w");
    if (!out || fputs(strbuf_str(text), out) < 0)
        perror(file);
    else
        printf("    %s\n", file);
    if (out)
        fclose(out);
}

static int index_of(const char *name, const char *(*name_of)(int), int n)
{
    for (int i = 0; name && i < n; i++)
        if (strcmp(name_of(i), name) == 0)
            return i;
    return -1;
}

static const char *method_name(int i)
{
    return vss_method_name((enum vss_method)i);
}

static const char *phase_name(int i)
{
    return vss_phase_name((enum vss_phase)i);
}

/* A cell that refuses must have refused. */
static void check_table(struct search *s, const struct strbuf *text)
{
    const struct model *m = &s->e->judge->model;
    const struct m_call *c = NULL;
    int method, phase;

    for (uint32_t i = m->n_calls; i-- > 0 && !c;)
        if (m->calls[i].phase[0])
            c = &m->calls[i];
    if (!c || s->e->foreign)
        return;
    method = index_of(c->name, method_name, VSS_METHOD_COUNT);
    phase = index_of(c->phase[0], phase_name, VSS_PHASE_COUNT);
    if (method < 0 || phase < 0)
        return;
    s->e->visited[method][phase] = true;
    if (vss_cell((enum vss_method)method, (enum vss_phase)phase) ==
            VSS_CELL_BAD &&
        c->leave && c->hr >= 0)
        tell(s, text, RULE_TABLE, c->name);
}

static const struct finding *first_error(const struct judge *j)
{
    for (uint32_t i = 0; i < j->n_findings; i++)
        if (j->findings[i].rule->severity == SEVERITY_ERROR &&
            j->findings[i].rule->kind == RULE_INVARIANT)
            return &j->findings[i];
    return NULL;
}

/* Plays a path and judges it; false when the harness failed. `digest` is NULL
 * when the run did not get to its end (a wait without end). */
static bool play(struct search *s, const struct strbuf *text,
                 const struct trace_rec **digest)
{
    struct worker_trace t;
    const struct finding *f;

    *digest = NULL;
    if (!worker_start_text(s->e->worker, "explore", strbuf_str(text),
                           text->len) ||
        !worker_wait(s->e->worker, &t))
        return false;
    judge_trace(s->e->judge, t.base, t.used);
    s->e->calls += s->e->judge->model.n_calls;
    for (const struct trace_rec *rec = trace_first(t.base, t.used); rec;
         rec = trace_next(t.base, t.used, rec))
        if (rec->kind == TRACE_DIGEST)
            *digest = rec;
    if (s->e->judge->verdict == VERDICT_ERROR) {
        fprintf(stderr, "vssim explore: %s\n",
                s->e->judge->reason ? s->e->judge->reason : "?");
        return false;
    }
    f = first_error(s->e->judge);
    if (f)
        tell(s, text, f->rule->id, f->message);
    else
        check_table(s, text);
    return true;
}

static bool was_made(const struct search *s, uint32_t at, unsigned letter)
{
    for (; at; at = s->met[at].parent)
        if (s->met[at].letter == letter)
            return true;
    return false;
}

static bool follow(struct search *s, uint32_t at, unsigned letter,
                   struct strbuf *text)
{
    const struct letter *l = letter < LETTERS ? &alphabet[letter] : NULL;
    const struct trace_rec *rec;
    unsigned depth = l ? s->met[at].depth + 1u : 0;
    struct met *met;

    if (l && (((l->needs & NEED_OBJECT) && !s->met[at].has_object) ||
              ((l->needs & NEED_ASYNC) && !s->met[at].has_async) ||
              ((l->needs & ADDS) && was_made(s, at, letter)) ||
              s->met[at].full))
        return true;
    write_scenario(s, text, at, l);
    if (!play(s, text, &rec))
        return false;
    s->e->transitions += l != NULL;
    if (!rec || !add_seen(s, strtoull(trace_get_str(rec, KEY_STATE, "0"),
                                      NULL, 16)))
        return true;
    s->e->states++;
    met = add_met(s);
    met->parent = at;
    met->letter = (uint8_t)letter;
    met->depth = (uint8_t)depth;
    met->has_object = trace_get_int(rec, KEY_OBJECTS, 0) > 0;
    met->has_async = trace_get_int(rec, KEY_COUNT, 0) > 0;
    met->full = trace_get_int(rec, KEY_COUNT, 0) > MOST_ASYNCS;
    return true;
}

bool explore_world(struct explorer *e, const char *name, const char *world)
{
    struct search s = {.e = e, .name = name, .world = world};
    struct strbuf text = STRBUF_INIT;
    bool good = follow(&s, 0, LETTERS, &text);

    for (uint32_t at = 0; good && at < s.n; at++)
        for (unsigned l = 0; good && l < LETTERS; l++)
            if (s.met[at].depth < e->depth)
                good = follow(&s, at, l, &text);
    strbuf_release(&text);
    free(s.met);
    free(s.seen);
    return good;
}
