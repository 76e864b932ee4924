/* subject_load.c - see subject_load.h. */
#include "play/subject_load.h"

#include <dlfcn.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define PROBE_MS 10000

static const char entry_point[] = "vssim_subject_open";

static const struct vssim_subject *check(const struct vssim_subject *s,
                                         const char *path, char *error,
                                         size_t room)
{
    if (!s)
        snprintf(error, room,
                 "%s: %s refused: it returned NULL for ABI version %u", path,
                 entry_point, VSSIM_ABI_VERSION);
    else if (s->abi != VSSIM_ABI_VERSION)
        snprintf(error, room,
                 "%s: built for ABI version %u of subject.h, this is version "
                 "%u: rebuild it",
                 path, s->abi, VSSIM_ABI_VERSION);
    else if (s->size < offsetof(struct vssim_subject, state))
        snprintf(error, room, "%s: its struct vssim_subject is too small: "
                              "rebuild it against this subject.h",
                 path);
    else if (!s->create_backup_components ||
             !s->create_examine_writer_metadata)
        snprintf(error, room,
                 "%s: create_backup_components and "
                 "create_examine_writer_metadata must be given (an overlay "
                 "copies the reference's)",
                 path);
    else
        return s;
    return NULL;
}

const struct vssim_subject *subject_load(const char *path, char *error,
                                         size_t room)
{
    vssim_subject_open_fn open_subject;
    void *library, *symbol;

    if (!path || strcmp(path, "reference") == 0)
        return vssim_reference_subject();
    if (!strchr(path, '/')) /* as with any file: not the library path */
        snprintf(error, room, "./%s", path);
    else
        snprintf(error, room, "%s", path);
    library = dlopen(error, RTLD_NOW | RTLD_LOCAL);
    if (!library) {
        snprintf(error, room, "cannot load the subject: %s", dlerror());
        return NULL;
    }
    symbol = dlsym(library, entry_point);
    if (!symbol) {
        snprintf(error, room,
                 "%s: no %s: a subject must export it, see "
                 "vssim/subject.h",
                 path, entry_point);
        return NULL;
    }
    memcpy(&open_subject, &symbol, sizeof(open_subject));
    return check(open_subject(VSSIM_ABI_VERSION, vssim_reference_subject()),
                 path, error, room);
}

static int probe_child(int out, const char *path)
{
    char error[1024] = "";

    if (subject_load(path, error, sizeof(error)))
        return 0;
    if (write(out, error, strlen(error)) < 0)
        return 2;
    return 1;
}

bool subject_probe(const char *path, char *error, size_t room)
{
    return subject_probe_within(path, PROBE_MS, error, room);
}

bool subject_probe_within(const char *path, int ms, char *error, size_t room)
{
    int fds[2], status = 0;
    struct pollfd pfd;
    ssize_t got;
    pid_t pid;

    if (!path || strcmp(path, "reference") == 0)
        return true;
    if (pipe(fds) != 0 || (pid = fork()) < 0) {
        snprintf(error, room, "cannot start a process: %s", strerror(errno));
        return false;
    }
    if (pid == 0) {
        close(fds[0]);
        _exit(probe_child(fds[1], path));
    }
    close(fds[1]);
    pfd = (struct pollfd){fds[0], POLLIN, 0};
    if (poll(&pfd, 1, ms) == 0) {
        kill(pid, SIGKILL);
        waitpid(pid, &status, 0);
        close(fds[0]);
        snprintf(error, room, "%s: hangs while loading", path);
        return false;
    }
    got = read(fds[0], error, room - 1);
    error[got > 0 ? got : 0] = '\0';
    close(fds[0]);
    waitpid(pid, &status, 0);
    if (WIFSIGNALED(status))
        snprintf(error, room, "%s: crashes while loading (%s)", path,
                 strsignal(WTERMSIG(status)));
    else if (WEXITSTATUS(status) != 0 && !error[0])
        snprintf(error, room, "%s: ends the process while loading", path);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}
