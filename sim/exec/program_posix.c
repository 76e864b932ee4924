/* program_posix.c - see program.h. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "exec/program.h"
#include "exec/wine.h"

static uint64_t now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000u + (uint64_t)now.tv_nsec / 1000000u;
}

/* --- the environment --- */

/* Beside vssim, or where it was installed. */
static bool own_folder(char *folder)
{
    ssize_t n = readlink("/proc/self/exe", folder, PATH_MAX - 1);
    char *slash;

    if (n <= 0)
        return false;
    folder[n] = '\0';
    slash = strrchr(folder, '/');
    if (slash)
        *slash = '\0';
    return slash != NULL;
}

static bool find_library(const char *const *places, struct strbuf *path)
{
    char folder[PATH_MAX];

    if (!own_folder(folder))
        return false;
    for (; *places; places++) {
        strbuf_reset(path);
        strbuf_addf(path, "%s/%s", folder, *places);
        if (access(strbuf_str(path), R_OK) == 0)
            return true;
    }
    return false;
}

static const char *const native_places[] = {
    "libvssapi.so", "../lib/vssim/libvssapi.so", NULL};
static const char *const windows_places[] = {
    "win64/vssapi.dll", "../win64/vssapi.dll", "../lib/vssim/vssapi.dll",
    NULL};

static void set(const char *name, const char *value)
{
    if (value)
        setenv(name, value, 1);
    else
        unsetenv(name);
}

/* Wine has our root as drive Z. */
static void windows_path(const char *path, struct strbuf *out)
{
    strbuf_adds(out, "Z:");
    for (; *path; path++)
        strbuf_addc(out, *path == '/' ? '\\' : *path);
}

void program_path(const struct program_result *r, const char *path,
                  struct strbuf *out)
{
    if (r->kind == PROGRAM_WINDOWS)
        windows_path(path, out);
    else
        strbuf_adds(out, path);
}

static void set_path(const char *name, const char *path, bool windows)
{
    struct strbuf sb = STRBUF_INIT;

    if (path && windows)
        windows_path(path, &sb);
    set(name, path && windows ? strbuf_str(&sb) : path);
    strbuf_release(&sb);
}

static void set_environment(const struct program_setup *s, bool windows,
                            const char *library)
{
    const char *before = getenv("LD_LIBRARY_PATH");
    struct strbuf sb = STRBUF_INIT;
    const char *slash = strrchr(library, '/');

    set_path("VSSIM_SCENARIO", s->scenario, windows);
    set_path("VSSIM_TRACE", s->trace, windows);
    set_path("VSSIM_DOCUMENT", s->document, windows);
    set_path("VSSIM_STATE", s->state, windows);
    set("VSSIM_TIME", s->time);
    set("VSSIM_POLICY", s->policy);
    set("VSSIM_WINDOWS", s->windows);
    set("VSSIM_SEED", s->seed);
    if (windows)
        return;
    strbuf_addf(&sb, "%.*s%s%s", (int)(slash - library), library,
                before && *before ? ":" : "", before ? before : "");
    set("LD_LIBRARY_PATH", strbuf_str(&sb));
    strbuf_release(&sb);
}

/* --- another library than ours --- */

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? slash + 1 : path;
}

/* Looks at what a process has mapped. */
static void look_at_maps(pid_t pid, const char *ours, struct strbuf *foreign)
{
    char name[64], line[PATH_MAX + 128];
    FILE *in;

    snprintf(name, sizeof(name), "/proc/%d/maps", (int)pid);
    in = fopen(name, "r");
    while (in && fgets(line, sizeof(line), in)) {
        char *path = strchr(line, '/');
        const char *base;

        if (!path)
            continue;
        path[strcspn(path, "\n")] = '\0';
        base = base_name(path);
        if ((strncmp(base, "libvssapi.so", 12) == 0 ||
             strncmp(base, "vssapi.dll", 10) == 0) &&
            strcmp(path, ours) != 0 && !wine_library(path) && !foreign->len)
            strbuf_adds(foreign, path);
    }
    if (in)
        fclose(in);
}

/* --- running --- */

struct running {
    pid_t pid;
    int out[2], err[2]; /* pipes; -1: the program has ours */
    bool grouped;
    uint64_t began;
};

static volatile sig_atomic_t running_pid;

/* What ends us ends the program. */
static void pass_on(int signal)
{
    if (running_pid > 0)
        kill((pid_t)running_pid, signal);
}

static _Noreturn void be_program(const struct program_setup *s,
                                 struct running *run, bool windows,
                                 const char *library, const char *wine)
{
    char *argv[1024];
    int n = 0;

    if (run->grouped)
        setpgid(0, 0);
    if (s->keep_output) {
        dup2(run->out[1], 1);
        dup2(run->err[1], 2);
        close(run->out[0]);
        close(run->err[0]);
        close(run->out[1]);
        close(run->err[1]);
    }
    set_environment(s, windows, library);
    if (windows)
        argv[n++] = (char *)(uintptr_t)wine;
    for (char **a = s->argv; *a && n < 1023; a++)
        argv[n++] = *a;
    argv[n] = NULL;
    execvp(argv[0], argv);
    fprintf(stderr, "vssim exec: cannot run %s: %s\n", argv[0],
            strerror(errno));
    _exit(127);
}

static bool start(const struct program_setup *s, struct running *run,
                  struct program_result *r, const char *library,
                  const char *wine)
{
    run->grouped = !isatty(0); /* keep a terminal's foreground job */
    if (s->keep_output &&
        (pipe2(run->out, O_CLOEXEC) != 0 || pipe2(run->err, O_CLOEXEC) != 0)) {
        strbuf_addf(&r->text, "cannot make a pipe: %s", strerror(errno));
        return false;
    }
    fflush(NULL);
    run->began = now_ms();
    run->pid = fork();
    if (run->pid < 0) {
        strbuf_addf(&r->text, "cannot start a process: %s", strerror(errno));
        return false;
    }
    if (run->pid == 0)
        be_program(s, run, r->kind == PROGRAM_WINDOWS, library, wine);
    if (s->keep_output) {
        close(run->out[1]);
        close(run->err[1]);
    }
    running_pid = run->pid;
    return true;
}

/* Passes on what came; false at the end of the stream. */
static bool pump(int from, int to, struct strbuf *kept)
{
    char bytes[4096];
    ssize_t n = read(from, bytes, sizeof(bytes));

    if (n <= 0)
        return n < 0 && errno == EINTR;
    strbuf_add(kept, bytes, (size_t)n);
    for (ssize_t at = 0; at < n;) {
        ssize_t m = write(to, bytes + at, (size_t)(n - at));

        if (m < 0 && errno != EINTR)
            break;
        at += m > 0 ? m : 0;
    }
    return true;
}

static void pump_for(struct running *run, struct program_result *r, int ms)
{
    struct pollfd fds[2] = {{run->out[0], POLLIN, 0}, {run->err[0], POLLIN, 0}};

    if (run->out[0] < 0 && run->err[0] < 0) {
        poll(NULL, 0, ms);
        return;
    }
    if (poll(fds, 2, ms) <= 0)
        return;
    if (fds[0].revents && !pump(run->out[0], 1, &r->output))
        run->out[0] = -1;
    if (fds[1].revents && !pump(run->err[0], 2, &r->output))
        run->err[0] = -1;
}

static void kill_all(const struct running *run)
{
    kill(run->grouped ? -run->pid : run->pid, SIGKILL);
}

static void note_end(struct program_result *r, int status)
{
    if (WIFEXITED(status)) {
        r->end = PROGRAM_EXITED;
        r->code = WEXITSTATUS(status);
    } else {
        r->end = PROGRAM_SIGNALLED;
        r->code = WTERMSIG(status);
    }
}

static void await(const struct program_setup *s, struct running *run,
                  struct program_result *r, const char *library)
{
    uint64_t limit = run->began + (uint64_t)s->timeout * 1000u;
    int status, nap = 1;

    while (waitpid(run->pid, &status, WNOHANG) == 0) {
        if (now_ms() >= limit) {
            kill_all(run);
            waitpid(run->pid, &status, 0);
            r->end = PROGRAM_TIMED_OUT;
            r->code = (int)s->timeout;
            break;
        }
        if (!r->foreign.len && access(s->trace, F_OK) != 0)
            look_at_maps(run->pid, library, &r->foreign);
        pump_for(run, r, nap);
        nap = nap < 32 ? nap * 2 : 32;
    }
    running_pid = 0;
    if (r->end != PROGRAM_TIMED_OUT)
        note_end(r, status);
    /* What is still in the pipes; children may hold them open. */
    for (int i = 0; i < 50 && (run->out[0] >= 0 || run->err[0] >= 0); i++)
        pump_for(run, r, 2);
}

void program_run(const struct program_setup *s, struct program_result *r)
{
    struct running run = {.out = {-1, -1}, .err = {-1, -1}};
    bool windows = r->kind == PROGRAM_WINDOWS;
    struct strbuf library = STRBUF_INIT, wine = STRBUF_INIT;
    struct sigaction pass = {.sa_handler = pass_on}, before[2];

    r->end = PROGRAM_NOT_STARTED;
    if (!find_library(windows ? windows_places : native_places, &library)) {
        strbuf_addf(&r->text,
                    "%s is not beside vssim: build it, see the "
                    "README",
                    windows ? "win64/vssapi.dll" : "libvssapi.so");
    } else if (!windows || wine_ready(strbuf_str(&library), &wine, &r->text)) {
        sigaction(SIGINT, &pass, &before[0]);
        sigaction(SIGTERM, &pass, &before[1]);
        if (start(s, &run, r, strbuf_str(&library), strbuf_str(&wine)))
            await(s, &run, r, strbuf_str(&library));
        sigaction(SIGINT, &before[0], NULL);
        sigaction(SIGTERM, &before[1], NULL);
        if (windows)
            wine_done();
    }
    strbuf_release(&library);
    strbuf_release(&wine);
}

void program_release(struct program_result *r)
{
    strbuf_release(&r->text);
    strbuf_release(&r->output);
    strbuf_release(&r->foreign);
}
