/* paths.c - which scenario files arguments mean; see cli.h. */
#include <dirent.h>
#include <errno.h>
#include <fnmatch.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/strbuf.h"
#include "cli/cli.h"

static void add(struct paths *p, const char *name)
{
    if (p->n == p->room) {
        p->room = p->room ? p->room * 2 : 64;
        p->names = xrealloc(p->names, p->room * sizeof(*p->names));
    }
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

static bool is_folder(const char *path)
{
    struct stat st;

    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static bool walk(struct paths *p, const char *folder)
{
    struct dirent **entries;
    int n = scandir(folder, &entries, NULL, alphasort);
    struct strbuf path = STRBUF_INIT;
    size_t length = strlen(folder);

    if (n < 0) {
        fprintf(stderr, "vssim: cannot read %s: %s\n", folder,
                strerror(errno));
        return false;
    }
    while (length > 1 && folder[length - 1] == '/')
        length--;
    for (int i = 0; i < n; i++) {
        const char *name = entries[i]->d_name;

        strbuf_reset(&path);
        strbuf_addf(&path, "%.*s/%s", (int)length, folder, name);
        if (name[0] == '.' || name[0] == '_')
            ;
        else if (is_folder(path.buf)) {
            if (!skipped_folder(name))
                walk(p, path.buf);
        } else if (ends_with(name, ".yaml") || ends_with(name, ".yml"))
            add(p, path.buf);
        free(entries[i]);
    }
    free(entries);
    strbuf_release(&path);
    return true;
}

static bool add_glob(struct paths *p, const char *pattern)
{
    glob_t found;
    bool any = false;

    if (glob(pattern, 0, NULL, &found) == 0) {
        for (size_t i = 0; i < found.gl_pathc; i++)
            if (is_folder(found.gl_pathv[i]))
                any |= walk(p, found.gl_pathv[i]);
            else {
                add(p, found.gl_pathv[i]);
                any = true;
            }
        globfree(&found);
    }
    return any;
}

bool paths_add(struct paths *p, const char *argument)
{
    unsigned before = p->n;
    struct stat st;

    if (is_folder(argument)) {
        if (!walk(p, argument))
            return false;
        if (p->n > before)
            return true;
        fprintf(stderr, "vssim: no scenarios (*.yaml) in %s\n", argument);
        return false;
    }
    if (stat(argument, &st) == 0) {
        add(p, argument);
        return true;
    }
    if (strpbrk(argument, "*?[") && add_glob(p, argument))
        return true;
    fprintf(stderr, "vssim: %s: no such file, folder or pattern\n", argument);
    return false;
}

void paths_filter(struct paths *p, const char *pattern)
{
    bool negate = pattern[0] == '!';
    unsigned kept = 0;

    pattern += negate;
    for (unsigned i = 0; i < p->n; i++) {
        bool match = strpbrk(pattern, "*?[")
                         ? fnmatch(pattern, p->names[i], 0) == 0
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
