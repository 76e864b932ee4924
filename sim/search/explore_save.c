/* explore_save.c - the file that a long exploration goes on from: text, so that
 * a look at it tells how far it is. */
#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "base/version.h"
#include "search/explore.h"

#define FIRST_LINE "vssim explore " VSSIM_VERSION ", format 1\n"

static void put_visited(FILE *out, const struct explorer *e)
{
    for (int m = 0; m < VSS_METHOD_COUNT; m++) {
        for (int p = 0; p < VSS_PHASE_COUNT; p++)
            putc(e->visited[m][p] ? '1' : '0', out);
        putc('\n', out);
    }
}

static void put_table(FILE *out, const struct met_table *t)
{
    fprintf(out, "states %" PRIu32 " followed %" PRIu32 "\n", t->n, t->at);
    for (uint32_t i = 0; i < t->n; i++)
        fprintf(out, "%016" PRIx64 " %" PRIu32 " %u %u %d%d%d\n",
                t->digests[i], t->met[i].parent, t->met[i].letter,
                t->met[i].depth, t->met[i].has_object, t->met[i].has_async,
                t->met[i].full);
}

bool explore_save(const struct explorer *e, const struct met_table *table)
{
    static const struct met_table none;
    char name[4096];
    FILE *out;
    bool good;

    snprintf(name, sizeof(name), "%s.new", e->save);
    out = fopen(name, "wb");
    if (out) {
        fprintf(out, FIRST_LINE "%s\nworlds %u open %d\n", e->key, e->worlds,
                e->open);
        fprintf(out, "states %lu transitions %lu calls %lu violations %lu\n",
                e->states, e->transitions, e->calls, e->violations);
        put_visited(out, e);
        put_table(out, table ? table : &none);
    }
    good = out && !ferror(out);
    if (out)
        good &= fclose(out) == 0;
    if (good) { /* whole, or as it was */
        remove(e->save);
        good = rename(name, e->save) == 0;
    }
    if (!good)
        fprintf(stderr, "vssim explore: cannot write %s: %s\n", e->save,
                strerror(errno));
    return good;
}

static bool get_visited(FILE *in, struct explorer *e)
{
    char row[VSS_PHASE_COUNT + 2];

    for (int m = 0; m < VSS_METHOD_COUNT; m++) {
        if (!fgets(row, sizeof(row), in) ||
            strspn(row, "01") != VSS_PHASE_COUNT)
            return false;
        for (int p = 0; p < VSS_PHASE_COUNT; p++)
            e->visited[m][p] = row[p] == '1';
    }
    return true;
}

static bool get_state(FILE *in, struct met_table *t)
{
    unsigned letter, depth, flags;
    struct met *met, read = {0};
    uint64_t digest;

    if (fscanf(in, "%" SCNx64 " %" SCNu32 " %u %u %3u", &digest, &read.parent,
               &letter, &depth, &flags) != 5 ||
        read.parent > t->n || depth > 255 ||
        (t->n > 0 && letter >= explore_n_letters))
        return false;
    met = met_add(t, digest);
    if (!met)
        return false;
    read.letter = (uint8_t)letter;
    read.depth = (uint8_t)depth;
    read.has_object = flags >= 100;
    read.has_async = flags / 10 % 10;
    read.full = flags % 10;
    *met = read;
    return true;
}

static bool get_table(FILE *in, struct met_table *t)
{
    uint32_t n, at;

    if (fscanf(in, "states %" SCNu32 " followed %" SCNu32, &n, &at) != 2 ||
        at > n)
        return false;
    while (t->n < n)
        if (!get_state(in, t))
            return false;
    t->at = at;
    return true;
}

static bool get_totals(FILE *in, struct explorer *e)
{
    int open;

    if (fscanf(in,
               "worlds %u open %d states %lu transitions %lu calls %lu "
               "violations %lu ",
               &e->resumed, &open, &e->states, &e->transitions, &e->calls,
               &e->violations) != 6)
        return false;
    e->open = open;
    return true;
}

bool explore_load(struct explorer *e)
{
    FILE *in = fopen(e->save, "rb");
    char line[4096];
    bool same, good;

    if (!in && errno == ENOENT)
        return true;
    if (!in) {
        perror(e->save);
        return false;
    }
    same = fgets(line, sizeof(line), in) && strcmp(line, FIRST_LINE) == 0 &&
           fgets(line, sizeof(line), in) &&
           strcspn(line, "\n") == strlen(e->key) &&
           strncmp(line, e->key, strlen(e->key)) == 0;
    good = same && get_totals(in, e) && get_visited(in, e) &&
           get_table(in, &e->begun);
    fclose(in);
    if (!same)
        fprintf(stderr,
                "vssim explore: %s is not of this exploration (%s); "
                "give another name, or remove it\n",
                e->save, e->key);
    else if (!good)
        fprintf(stderr,
                "vssim explore: %s is damaged; remove it to begin "
                "anew\n",
                e->save);
    return good;
}
