/* child_win32.c - see child.h. The child inherits the handles that its command
 * line names, and a job object ends it when its parent ends. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>

#include "os/child.h"
#include "os/exceptions_win32.h"
#include "os/os.h"

struct child_os {
    HANDLE memory, go, done, process, job;
};

static bool complain(const char *what)
{
    fprintf(stderr, "vssim: cannot %s: error %lu\n", what, GetLastError());
    return false;
}

bool child_open(struct child *c, uint64_t size)
{
    SECURITY_ATTRIBUTES inherited = {sizeof(inherited), NULL, TRUE};

    memset(c, 0, sizeof(*c));
    c->os = calloc(1, sizeof(*c->os));
    if (!c->os)
        return complain("map memory");
    c->size = size;
    c->os->memory =
        CreateFileMappingA(INVALID_HANDLE_VALUE, &inherited, PAGE_READWRITE,
                           (DWORD)(size >> 32), (DWORD)size, NULL);
    c->os->go = CreateEventA(&inherited, FALSE, FALSE, NULL);
    c->os->done = CreateEventA(&inherited, FALSE, FALSE, NULL);
    if (c->os->memory)
        c->shared =
            MapViewOfFile(c->os->memory, FILE_MAP_ALL_ACCESS, 0, 0, size);
    if (!c->shared || !c->os->go || !c->os->done)
        return complain("map memory");
    return true;
}

static void close_handle(HANDLE *handle)
{
    if (*handle)
        CloseHandle(*handle);
    *handle = NULL;
}

void child_close(struct child *c)
{
    if (!c->os)
        return;
    child_kill(c);
    if (c->shared)
        UnmapViewOfFile(c->shared);
    close_handle(&c->os->memory);
    close_handle(&c->os->go);
    close_handle(&c->os->done);
    free(c->os);
    memset(c, 0, sizeof(*c));
}

/* --- the parent --- */

static void tie_to_us(struct child_os *os)
{
    JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits;

    memset(&limits, 0, sizeof(limits));
    limits.BasicLimitInformation.LimitFlags =
        JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE;
    os->job = CreateJobObjectA(NULL, NULL);
    if (!os->job)
        return;
    SetInformationJobObject(os->job, JobObjectExtendedLimitInformation,
                            &limits, sizeof(limits));
    AssignProcessToJobObject(os->job, os->process);
}

static unsigned long long number_of(HANDLE handle)
{
    return (unsigned long long)(uintptr_t)handle;
}

bool child_start(struct child *c, const struct child_job *job)
{
    STARTUPINFOA startup = {.cb = sizeof(startup)};
    PROCESS_INFORMATION process;
    char program[4096], line[160];
    DWORD length = GetModuleFileNameA(NULL, program, sizeof(program));

    fflush(NULL);
    snprintf(line, sizeof(line), "vssim --child %s %llu %llu %llu %llu",
             job->name, (unsigned long long)c->size, number_of(c->os->memory),
             number_of(c->os->go), number_of(c->os->done));
    if (length == 0 || length >= sizeof(program) ||
        !CreateProcessA(program, line, NULL, NULL, TRUE, CREATE_SUSPENDED,
                        NULL, NULL, &startup, &process))
        return complain("start a process");
    c->os->process = process.hProcess;
    tie_to_us(c->os);
    ResumeThread(process.hThread);
    CloseHandle(process.hThread);
    c->running = true;
    return true;
}

void child_go(struct child *c)
{
    SetEvent(c->os->go);
}

static void forget(struct child *c)
{
    close_handle(&c->os->process);
    close_handle(&c->os->job);
    ResetEvent(c->os->go);
    ResetEvent(c->os->done);
    c->running = false;
}

void child_kill(struct child *c)
{
    if (!c->running)
        return;
    TerminateProcess(c->os->process, 1);
    WaitForSingleObject(c->os->process, INFINITE);
    forget(c);
}

static enum child_state ended(struct child *c)
{
    DWORD code = 0;

    GetExitCodeProcess(c->os->process, &code);
    forget(c);
    c->code = (int)code;
    if (!exception_is(code))
        return CHILD_EXITED;
    c->code = exception_signal(code);
    if (c->code)
        snprintf(c->reason, sizeof(c->reason), "%s", os_signal_text(c->code));
    else
        snprintf(c->reason, sizeof(c->reason), "exception 0x%08lX", code);
    return CHILD_CRASHED;
}

enum child_state child_await(struct child *c, unsigned ms)
{
    HANDLE either[] = {c->os->done, c->os->process};

    switch (WaitForMultipleObjects(2, either, FALSE, ms)) {
    case WAIT_OBJECT_0: /* counts first when both have happened */
        return CHILD_DONE;
    case WAIT_OBJECT_0 + 1:
        return ended(c);
    default:
        return CHILD_RUNNING;
    }
}

/* --- the child --- */

void child_next(struct child *c)
{
    WaitForSingleObject(c->os->go, INFINITE);
}

void child_done(struct child *c)
{
    SetEvent(c->os->done);
}

static LONG WINAPI on_exception(EXCEPTION_POINTERS *what)
{
    TerminateProcess(GetCurrentProcess(),
                     what->ExceptionRecord->ExceptionCode);
    return EXCEPTION_CONTINUE_SEARCH;
}

static void on_abort(int signal_number)
{
    (void)signal_number;
    TerminateProcess(GetCurrentProcess(), EXCEPTION_ABORTED);
}

static HANDLE handle_of(const char *text)
{
    return (HANDLE)(uintptr_t)strtoull(text, NULL, 10);
}

void child_main(int argc, char **argv, const struct child_job *const *jobs)
{
    static struct child_os os;
    static struct child child;

    if (argc != 7 || strcmp(argv[1], "--child") != 0)
        return;
    /* No dialog and no debugger: the parent tells. */
    SetUnhandledExceptionFilter(on_exception);
    signal(SIGABRT, on_abort);
    os.memory = handle_of(argv[4]);
    os.go = handle_of(argv[5]);
    os.done = handle_of(argv[6]);
    child.os = &os;
    child.size = strtoull(argv[3], NULL, 10);
    child.shared =
        MapViewOfFile(os.memory, FILE_MAP_ALL_ACCESS, 0, 0, child.size);
    if (!child.shared)
        exit(99);
    while (*jobs && strcmp((*jobs)->name, argv[2]) != 0)
        jobs++;
    if (*jobs)
        (*jobs)->work(&child);
    exit(99);
}
