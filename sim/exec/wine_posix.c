/* wine_posix.c - see wine.h. */
#include "exec/wine.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define PATH_ROOM (PATH_MAX + 64)
#define LIBRARY "drive_c/windows/system32/vssapi.dll"

static struct {
    char prefix[PATH_MAX];
    int lock; /* shared while we use the prefix */
} wine_state = {"", -1};

/* Debian has the program outside PATH. */
static const char *find_wine(void)
{
    static const char *const places[] = {
        "/usr/lib/wine/wine64", "/usr/bin/wine64", "/usr/bin/wine",
        "/usr/local/bin/wine", NULL};
    const char *told = getenv("VSSIM_WINE");

    if (told && *told)
        return told;
    for (unsigned i = 0; places[i]; i++)
        if (access(places[i], X_OK) == 0)
            return places[i];
    return NULL;
}

static const char *find_server(void)
{
    static const char *const places[] = {
        "/usr/lib/wine/wineserver64", "/usr/lib/wine/wineserver",
        "/usr/bin/wineserver", NULL};

    for (unsigned i = 0; places[i]; i++)
        if (access(places[i], X_OK) == 0)
            return places[i];
    return "wineserver";
}

static int run(const char *program, const char *a, const char *b,
               const char *c)
{
    int status = -1;
    pid_t pid;

    fflush(NULL);
    pid = fork();
    if (pid == 0) {
        int null = open("/dev/null", O_RDWR);

        dup2(null, 0);
        dup2(null, 1);
        dup2(null, 2);
        execlp(program, program, a, b, c, (char *)NULL);
        _exit(127);
    }
    if (pid > 0)
        waitpid(pid, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* Makes the folders on the way to the prefix, but not itself. */
static void make_way(void)
{
    for (char *at = wine_state.prefix + 1; (at = strchr(at, '/')); at++) {
        *at = '\0';
        mkdir(wine_state.prefix, 0777);
        *at = '/';
    }
}

/* Where vssim is installed there is no place for it: in the user's cache. */
static bool choose_cache(struct strbuf *message)
{
    const char *cache = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");

    if (cache && *cache == '/')
        snprintf(wine_state.prefix, PATH_MAX, "%s/vssim/wine", cache);
    else if (home && *home == '/')
        snprintf(wine_state.prefix, PATH_MAX, "%s/.cache/vssim/wine", home);
    else {
        strbuf_adds(message, "no HOME for a Wine prefix: set "
                             "VSSIM_WINE_PREFIX to a folder");
        return false;
    }
    make_way();
    return true;
}

static bool is_installed(const char *folder)
{
    const char *slash = strrchr(folder, '/');

    return (slash && strcmp(slash, "/bin") == 0) || access(folder, W_OK) != 0;
}

static bool choose_prefix(struct strbuf *message)
{
    const char *told = getenv("VSSIM_WINE_PREFIX");
    char *end = wine_state.prefix;
    ssize_t n;

    if (told && *told) {
        snprintf(wine_state.prefix, PATH_MAX, "%s", told);
        return true;
    }
    n = readlink("/proc/self/exe", wine_state.prefix, PATH_MAX - 8);
    if (n > 0) {
        wine_state.prefix[n] = '\0';
        end = strrchr(wine_state.prefix, '/');
    }
    if (n <= 0 || !end) {
        strbuf_adds(message, "cannot tell where vssim is: set "
                             "VSSIM_WINE_PREFIX to a folder");
        return false;
    }
    *end = '\0';
    if (is_installed(wine_state.prefix))
        return choose_cache(message);
    strcpy(end, "/wine");
    return true;
}

static bool in_prefix(const char *name, char *path)
{
    return snprintf(path, PATH_ROOM, "%s/%s", wine_state.prefix, name) <
           PATH_ROOM;
}

/* The first prefix takes Wine a quarter of a minute. */
static bool make_prefix(const char *wine, struct strbuf *message)
{
    char path[PATH_ROOM];

    in_prefix("system.reg", path);
    if (access(path, F_OK) == 0)
        return true;
    flock(wine_state.lock, LOCK_EX); /* alone while it is made */
    if (access(path, F_OK) == 0)
        return true;
    fprintf(stderr, "vssim: making a Wine prefix in %s (once)\n",
            wine_state.prefix);
    run(wine, "wineboot", "-i", NULL);
    run(wine, "winecfg", "-v", "win10"); /* some requesters ask for it */
    run(find_server(), "-w", NULL, NULL);
    if (access(path, F_OK) == 0)
        return true;
    strbuf_addf(message, "Wine (%s) made no prefix in %s", wine,
                wine_state.prefix);
    return false;
}

static bool same_file(const char *a, const char *b)
{
    struct stat x, y;

    return stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_size == y.st_size &&
           x.st_mtime <= y.st_mtime;
}

static bool copy(const char *from, const char *to)
{
    FILE *in = fopen(from, "rb"), *out = NULL;
    char temporary[PATH_ROOM + 16], piece[65536];
    bool good = in != NULL;
    size_t n;

    snprintf(temporary, sizeof(temporary), "%s.%d", to, (int)getpid());
    if (good)
        out = fopen(temporary, "wb");
    good = out != NULL;
    while (good && (n = fread(piece, 1, sizeof(piece), in)) > 0)
        good = fwrite(piece, 1, n, out) == n;
    if (in)
        fclose(in);
    if (out)
        good &= fclose(out) == 0;
    return good && rename(temporary, to) == 0;
}

static bool put_library(const char *library, struct strbuf *message)
{
    char path[PATH_ROOM];

    if (in_prefix(LIBRARY, path) &&
        (same_file(library, path) || copy(library, path)))
        return true;
    strbuf_addf(message, "cannot put vssapi.dll into %s: %s",
                wine_state.prefix, strerror(errno));
    return false;
}

bool wine_library(const char *path)
{
    char ours[PATH_ROOM];
    struct stat a, b;

    return wine_state.lock >= 0 && in_prefix(LIBRARY, ours) &&
           stat(path, &a) == 0 && stat(ours, &b) == 0 &&
           a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

static bool take_lock(void)
{
    char path[PATH_ROOM];

    mkdir(wine_state.prefix, 0777);
    if (!in_prefix("vssim.lock", path))
        return false;
    wine_state.lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    return wine_state.lock >= 0 && flock(wine_state.lock, LOCK_SH) == 0;
}

bool wine_ready(const char *library, struct strbuf *wine,
                struct strbuf *message)
{
    const char *program = find_wine();
    bool good;

    if (!program) {
        strbuf_adds(message, "a Windows program needs Wine here: install "
                             "wine64, or name the program in VSSIM_WINE");
        return false;
    }
    strbuf_adds(wine, program);
    if (!choose_prefix(message))
        return false;
    setenv("WINEPREFIX", wine_state.prefix, 1);
    setenv("WINEDLLOVERRIDES", "vssapi=n;mscoree,mshtml,winedbg.exe=", 1);
    if (!getenv("WINEDEBUG"))
        setenv("WINEDEBUG", "-all", 1);
    if (!take_lock()) {
        strbuf_addf(message, "cannot use %s: %s", wine_state.prefix,
                    strerror(errno));
        return false;
    }
    good = make_prefix(program, message) && put_library(library, message);
    /* Else Debian's Wine starts one that ends with the last program. Where one
     * is running this does nothing. */
    if (good && getenv("VSSIM_WINE_KEEP"))
        run(find_server(), "-p60", NULL, NULL);
    flock(wine_state.lock, LOCK_SH);
    return good;
}

void wine_done(void)
{
    if (wine_state.lock < 0)
        return;
    if (!getenv("VSSIM_WINE_KEEP") &&
        flock(wine_state.lock, LOCK_EX | LOCK_NB) == 0)
        run(find_server(), "-k", NULL, NULL);
    close(wine_state.lock);
    wine_state.lock = -1;
}
