/*
 * list_writers.c - vssim list --writers: the writers of a machine, printed as
 * vssadmin list writers prints them (decision U38: the five-line block that
 * machines show).
 */
#include "base/strbuf.h"
#include "cli/cli.h"
#include "com/text.h"

static void put_writer(const struct writer *w)
{
    char id[GUID_TEXT], instance[GUID_TEXT];

    printf("Writer name: '%s'\n"
           "   Writer Id: {%s}\n"
           "   Writer Instance Id: {%s}\n"
           "   State: [1] Stable\n"
           "   Last error: No error\n\n",
           w->desc->name, guid_text(&w->desc->writer, id),
           guid_text(&w->instance, instance));
}

int list_writers(const char *windows, const char *const *roles, unsigned n)
{
    struct arena arena = ARENA_INIT;
    struct problems problems = {.arena = &arena};
    struct strbuf text = STRBUF_INIT;
    struct scenario_overrides overrides;
    struct scenario *s;

    scenario_overrides_init(&overrides);
    if (windows && !scenario_override_windows(&overrides, windows))
        return EXIT_USAGE;
    strbuf_adds(&text, "vssim: 1\nscenario: a machine\nworld: { role: [");
    for (unsigned i = 0; i < n; i++)
        strbuf_addf(&text, "%s '%s'", i ? "," : "", roles[i]);
    strbuf_adds(&text, " ] }\n");
    s = scenario_parse(&arena, "--role", strbuf_str(&text), text.len,
                       &overrides, &problems);
    for (const struct problem *p = problems.first; p; p = p->next)
        fprintf(stderr, "vssim list: %s\n", p->text);
    for (const struct scenario_writer *w = s ? s->writers : NULL; w;
         w = w->next)
        put_writer(&w->writer);
    strbuf_release(&text);
    arena_release(&arena);
    return s ? EXIT_PASSED : EXIT_USAGE;
}
