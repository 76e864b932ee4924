/* shrink_into.c - shrinks what another command found. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "search/shrink.h"

static bool write_file(const char *folder, const char *name,
                       const struct strbuf *text, const char *rule)
{
    const char *last = strrchr(name, '/');
    char file[4096];
    FILE *out;
    bool good;

    last = last ? last + 1 : name;
    snprintf(file, sizeof(file), "%s/%s%s", folder, last,
             strstr(last, ".yaml") ? "" : ".yaml");
    out = fopen(file, "wb");
    good = out && fputs(strbuf_str(text), out) >= 0;
    if (out)
        good &= fclose(out) == 0;
    if (good)
        fprintf(stderr, "    shrunk, fails by %s: %s\n", rule, file);
    else
        fprintf(stderr, "vssim: cannot write %s: %s\n", file, strerror(errno));
    return good;
}

bool shrink_into(struct shrinker *s, const char *folder, const char *name,
                 const char *text, size_t size)
{
    struct arena arena = ARENA_INIT;
    struct problems problems = {.arena = &arena};
    struct strbuf out = STRBUF_INIT, removed = STRBUF_INIT;
    enum shrink_result result = SHRINK_PASSES;

    if (!text)
        text = node_slurp(&problems, name, NULL, NODE_MAX_SIZE, &size);
    if (text)
        result = shrink(s, name, text, size, &out, &removed);
    if (result == SHRINK_DONE && !write_file(folder, name, &out, s->kept_rule))
        result = SHRINK_HARNESS;
    strbuf_release(&out);
    strbuf_release(&removed);
    arena_release(&arena);
    return result != SHRINK_HARNESS;
}
