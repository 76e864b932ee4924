/* explore_worlds.c - see explore_worlds.h. */
#include "search/explore_worlds.h"

#include <string.h>

#include "base/strbuf.h"
#include "os/assert.h"

/* The world from each beginning that was asked for. */
static bool explore_from(const struct explore_worlds *w, const char *name,
                         const char *world)
{
    bool all = w->from && strcmp(w->from, "all") == 0, good = true;

    for (unsigned i = 0; good && i < VSS_PHASE_COUNT; i++) {
        const struct beginning *b = &explore_beginnings[i];

        if (!all && strcmp(b->phase, w->from ? w->from : "uninitialised") != 0)
            continue;
        if (b->fault && w->file && strstr(world, "faults:")) {
            fprintf(stderr,
                    "vssim explore: %s needs the fault %s, and %s has "
                    "faults of its own: not begun from there\n",
                    b->phase, b->fault, w->file);
            continue;
        }
        good = explore_world(w->explorer, name, world, b);
    }
    return good;
}

static bool each_outcome(const struct explore_worlds *w)
{
    struct strbuf world = STRBUF_INIT;
    bool good = true;

    for (unsigned i = 0; good && i < explore_n_outcomes; i++) {
        strbuf_reset(&world);
        explore_add_writer(&world, explore_outcomes[i][1]);
        good = explore_from(w, explore_outcomes[i][0], strbuf_str(&world));
    }
    strbuf_release(&world);
    return good;
}

/* Every order of the answers of n writers: the permutations of 1s, 2s ... */
static bool permute(const struct explore_worlds *w, unsigned *order,
                    unsigned k)
{
    struct strbuf world = STRBUF_INIT, name = STRBUF_INIT;
    unsigned n = w->writers;
    bool good = true;

    if (k == n) {
        strbuf_adds(&world, "writers:\n");
        strbuf_addf(&name, "%u writers, after", n);
        for (unsigned i = 0; i < n; i++) {
            strbuf_addf(&name, " %us", order[i]);
            strbuf_addf(&world,
                        "  - { profile: test-writer, as: w%u, class: "
                        "5affb034-969f-4919-8875-88f830d0ef0%u, behaviour: { "
                        "PreRestore: { after: %us } } }\n",
                        i, i, order[i]);
        }
        good = explore_from(w, strbuf_str(&name), strbuf_str(&world));
    }
    for (unsigned i = k; good && i < n; i++) {
        unsigned swap = order[k];

        order[k] = order[i];
        order[i] = swap;
        good = permute(w, order, k + 1);
        order[i] = order[k];
        order[k] = swap;
    }
    strbuf_release(&world);
    strbuf_release(&name);
    return good;
}

static bool each_order(const struct explore_worlds *w)
{
    unsigned order[EXPLORE_MOST_WRITERS] = {1, 2, 3, 4};

    return permute(w, order, 0);
}

static bool from_file(const struct explore_worlds *w)
{
    struct strbuf world = STRBUF_INIT;
    FILE *in = fopen(w->file, "r");
    char line[4096];
    bool good = in != NULL;

    if (!in)
        perror(w->file);
    while (in && fgets(line, sizeof(line), in)) {
        if (strncmp(line, "requester:", 10) == 0 ||
            strncmp(line, "expect:", 7) == 0)
            break;
        if (strncmp(line, "vssim:", 6) != 0 &&
            strncmp(line, "scenario:", 9) != 0)
            strbuf_adds(&world, line);
    }
    if (in)
        fclose(in);
    good = good && explore_from(w, w->file, strbuf_str(&world));
    strbuf_release(&world);
    return good;
}

bool explore_all(const struct explore_worlds *w)
{
    assert(w->writers <= EXPLORE_MOST_WRITERS);
    return w->file          ? from_file(w)
           : w->writers > 1 ? each_order(w)
                            : each_outcome(w);
}
