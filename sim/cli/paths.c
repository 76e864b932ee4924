/* paths.c - which scenario files arguments mean; see cli.h. */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/strbuf.h"
#include "cli/cli.h"
#include "cli/wildcard.h"
#include "os/os.h"

static void add(struct paths *p, const char *name)
{
    p->names = array_grown(p->names, p->n, &p->room, sizeof(*p->names));
    p->names[p->n++] = xstrdup(name);
}

static bool ends_with(const char *name, const char *end)
{
    size_t a = strlen(name), b = strlen(end);

    return a >= b && strcmp(name + a - b, end) == 0;
}

/* Folders beside scenarios that hold no scenarios of their own. */
static bool skipped_folder(const char *name)
{
    return name[0] == '.' || name[0] == '_' || strcmp(name, "data") == 0 ||
           strcmp(name, "include") == 0 || strcmp(name, "schema") == 0 ||
           strcmp(name, "gen") == 0;
}

/* --- what lies in a folder, in the order of the names' bytes --- */

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool list_folder(struct paths *entries, const char *folder)
{
    DIR *dir = opendir(folder);
    struct dirent *entry;

    if (!dir)
        return false;
    while ((entry = readdir(dir)))
        add(entries, entry->d_name);
    closedir(dir);
    if (entries->n)
        qsort(entries->names, entries->n, sizeof(*entries->names), by_bytes);
    return true;
}

static bool walk(struct paths *p, const char *folder)
{
    struct paths entries = {0};
    struct strbuf path = STRBUF_INIT;
    size_t length = strlen(folder);

    if (!list_folder(&entries, folder)) {
        fprintf(stderr, "vssim: cannot read %s: %s\n", folder,
                strerror(errno));
        return false;
    }
    while (length > 1 && folder[length - 1] == '/')
        length--;
    for (unsigned i = 0; i < entries.n; i++) {
        const char *name = entries.names[i];

        strbuf_reset(&path);
        strbuf_addf(&path, "%.*s/%s", (int)length, folder, name);
        if (name[0] == '.' || name[0] == '_')
            ;
        else if (os_is_folder(path.buf)) {
            if (!skipped_folder(name))
                walk(p, path.buf);
        } else if (ends_with(name, ".yaml") || ends_with(name, ".yml"))
            add(p, path.buf);
    }
    paths_release(&entries);
    strbuf_release(&path);
    return true;
}

/* --- patterns --- */

/* Finds what matches `rest`, a pattern of parts, below `folder` (ends in /, or
 * is empty). A pattern finds no hidden name unless it says the dot. */
static void expand(struct paths *found, const char *folder, const char *rest)
{
    size_t length = strcspn(rest, "/"), gap = strspn(rest + length, "/");
    struct paths entries = {0};
    struct strbuf part = STRBUF_INIT, path = STRBUF_INIT;

    strbuf_add(&part, rest, length);
    if (wildcard_has(strbuf_str(&part)))
        list_folder(&entries, *folder ? folder : ".");
    else
        add(&entries, strbuf_str(&part));
    for (unsigned i = 0; i < entries.n; i++) {
        const char *name = entries.names[i];

        if (wildcard_has(part.buf) &&
            ((name[0] == '.' && part.buf[0] != '.') ||
             !wildcard_match(part.buf, name)))
            continue;
        strbuf_reset(&path);
        strbuf_addf(&path, "%s%s%.*s", folder, name, (int)gap, rest + length);
        if (rest[length + gap])
            expand(found, path.buf, rest + length + gap);
        else if (os_exists(path.buf))
            add(found, path.buf);
    }
    paths_release(&entries);
    strbuf_release(&part);
    strbuf_release(&path);
}

static bool add_pattern(struct paths *p, const char *pattern)
{
    struct paths found = {0};
    bool any = false;

    expand(&found, "", pattern);
    if (found.n) /* sorted by whole paths, not part by part */
        qsort(found.names, found.n, sizeof(*found.names), by_bytes);
    for (unsigned i = 0; i < found.n; i++)
        if (os_is_folder(found.names[i])) {
            any |= walk(p, found.names[i]);
        } else {
            add(p, found.names[i]);
            any = true;
        }
    paths_release(&found);
    return any;
}

/* --- arguments --- */

static bool add_argument(struct paths *p, const char *argument)
{
    unsigned before = p->n;

    if (os_is_folder(argument)) {
        if (!walk(p, argument))
            return false;
        if (p->n > before)
            return true;
        fprintf(stderr, "vssim: no scenarios (*.yaml) in %s\n", argument);
        return false;
    }
    if (os_exists(argument)) {
        add(p, argument);
        return true;
    }
    if (wildcard_has(argument) && add_pattern(p, argument))
        return true;
    fprintf(stderr, "vssim: %s: no such file, folder or pattern\n", argument);
    return false;
}

bool paths_add(struct paths *p, const char *argument)
{
    char *shown = xstrdup(argument);
    bool good;

    os_slashes(shown);
    good = add_argument(p, shown);
    free(shown);
    return good;
}

void paths_filter(struct paths *p, const char *pattern)
{
    bool negate = pattern[0] == '!';
    unsigned kept = 0;

    pattern += negate;
    for (unsigned i = 0; i < p->n; i++) {
        bool match = wildcard_has(pattern)
                         ? wildcard_match(pattern, p->names[i])
                         : strstr(p->names[i], pattern) != NULL;

        if (match != negate)
            p->names[kept++] = p->names[i];
        else
            free(p->names[i]);
    }
    p->n = kept;
}

void paths_release(struct paths *p)
{
    for (unsigned i = 0; i < p->n; i++)
        free(p->names[i]);
    free(p->names);
    memset(p, 0, sizeof(*p));
}
