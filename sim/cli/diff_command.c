/* diff_command.c - vssim diff: compares the traces of two files. */
#include <stdlib.h>
#include <string.h>

#include "asserts/trace/diff.h"
#include "cli/cli.h"
#include "cli/options.h"
#include "exec/traces.h"
#include "os/assert.h"

static const struct command_words words = {
    .id = COMMAND_DIFF,
    .about =
        "Compares traces, scenario by scenario and call by call: what was called,\n"
        "what it returned, what its out-parameters held. For an observation of a\n"
        "real Windows (run --subject system --trace A) beside the reference, or a\n"
        "version of a subject beside the next. Ids and numbers of objects are\n"
        "taken for equal. A scenario that one side skipped is not compared.\n",
    .codes =
        "Exit codes: 0 no difference, 1 differences, 2 usage or a bad trace,\n"
        "77 nothing could be compared.\n",
    .least = 2,
    .most = 2,
};

/* A trace that outlives its reader. */
struct kept {
    char *bytes;
    uint64_t used;
    const char *file, *title, *skip; /* in `bytes` */
    bool met;                        /* by one of A */
};

struct compare {
    struct kept *b;
    unsigned n, room;
    bool times, quiet;
    unsigned same, differ, not_compared;
};

static const char *of_header(const char *bytes, uint64_t used,
                             enum trace_key key)
{
    const struct trace_rec *header = trace_first(bytes, used);

    return header ? trace_get_str(header, key, NULL) : NULL;
}

static void keep(struct compare *c, const struct trace *t)
{
    struct kept *k;

    c->b = array_grown(c->b, c->n, &c->room, sizeof(*c->b));
    k = &c->b[c->n++];
    memset(k, 0, sizeof(*k));
    k->used = *t->used;
    k->bytes = xmalloc((size_t)k->used);
    memcpy(k->bytes, t->base, (size_t)k->used);
    k->file = of_header(k->bytes, k->used, KEY_FILE);
    k->title = of_header(k->bytes, k->used, KEY_SCENARIO);
    k->skip = of_header(k->bytes, k->used, KEY_SKIP);
}

static bool read_b(struct compare *c, const char *name)
{
    struct traces traces;
    enum trace_read got;

    if (!traces_open(&traces, name))
        return false;
    while ((got = traces_next(&traces)) == TRACE_READ_TRACE)
        keep(c, traces.trace);
    traces_close(&traces);
    return got == TRACE_READ_END;
}

static bool same(const char *a, const char *b)
{
    return a && b && strcmp(a, b) == 0;
}

/* The same scenario, not met yet: by its file, or, when that lies elsewhere,
 * by its title. */
static struct kept *partner(struct compare *c, const char *file,
                            const char *title)
{
    for (unsigned i = 0; i < c->n; i++)
        if (!c->b[i].met && same(c->b[i].file, file))
            return &c->b[i];
    for (unsigned i = 0; i < c->n; i++)
        if (!c->b[i].met && same(c->b[i].title, title))
            return &c->b[i];
    return NULL;
}

static void tell(const struct compare *c, const char *file, const char *what)
{
    if (!c->quiet)
        printf("%s: %s\n", file ? file : "?", what);
}

static void not_compared(struct compare *c, const char *file, const char *side,
                         const char *why)
{
    c->not_compared++;
    if (!c->quiet)
        printf("%s: not compared: %s%s%s\n", file ? file : "?", side,
               why ? ": " : "", why ? why : "");
}

static void compare_one(struct compare *c, const struct trace *t)
{
    const char *file = of_header(t->base, *t->used, KEY_FILE);
    const char *skip = of_header(t->base, *t->used, KEY_SKIP);
    const char *title = of_header(t->base, *t->used, KEY_SCENARIO);
    struct kept *k = partner(c, file, title);
    struct strbuf text = STRBUF_INIT;

    if (k)
        k->met = true;
    if (!k) {
        not_compared(c, file, "only in A", NULL);
    } else if (skip || k->skip) {
        not_compared(c, file, skip ? "skipped in A" : "skipped in B",
                     skip ? skip : k->skip);
    } else if (diff_traces(&text, &(struct diff_side){t->base, *t->used},
                           &(struct diff_side){k->bytes, k->used}, c->times)) {
        c->differ++;
        tell(c, file, title ? title : "?");
        if (!c->quiet)
            fputs(strbuf_str(&text), stdout);
    } else {
        c->same++;
    }
    strbuf_release(&text);
}

static bool compare_all(struct compare *c, const char *a, const char *b)
{
    struct traces traces;
    enum trace_read got;

    if (!read_b(c, b) || !traces_open(&traces, a))
        return false;
    while ((got = traces_next(&traces)) == TRACE_READ_TRACE)
        compare_one(c, traces.trace);
    traces_close(&traces);
    for (unsigned i = 0; got == TRACE_READ_END && i < c->n; i++)
        if (!c->b[i].met)
            not_compared(c, c->b[i].file, "only in B", NULL);
    return got == TRACE_READ_END;
}

static int finish(struct compare *c, bool good)
{
    for (unsigned i = 0; i < c->n; i++)
        free(c->b[i].bytes);
    free(c->b);
    if (!good)
        return EXIT_USAGE;
    printf("%u the same, %u different, %u not compared\n", c->same, c->differ,
           c->not_compared);
    return c->differ ? EXIT_FAILED : c->same ? EXIT_PASSED : EXIT_SKIPPED;
}

static bool take_option(void *context, enum option_id option,
                        const char *argument)
{
    struct compare *c = context;

    assert(!argument && (option == OPT_TIMES || option == OPT_LAST_LINE));
    if (option == OPT_TIMES)
        c->times = true;
    else
        c->quiet = true;
    return true;
}

int command_diff(int argc, char **argv)
{
    struct compare c = {.n = 0};
    int first;
    int code = options_read(&words, argc, argv, take_option, &c, &first);

    if (code != OPTIONS_GOOD)
        return code;
    return finish(&c, compare_all(&c, argv[first], argv[first + 1]));
}
