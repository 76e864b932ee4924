/* program_win32.c - see program.h. The library is put beside the program for
 * as long as it runs: Windows looks there first. A job object ends the program
 * and all that it started. */
#include <stdio.h>
#include <string.h>
#include <windows.h>

#include <psapi.h> /* wants windows.h before it */

#include "exec/program.h"
#include "os/exceptions_win32.h"
#include "os/os.h"

struct running {
    char library[OS_PATH_MAX]; /* beside the program */
    bool placed;               /* by us */
    HANDLE process, job;
    HANDLE ends[2];  /* of pipes; NULL: the program has our streams */
    HANDLE pumps[2]; /* threads that pass on what comes */
    CRITICAL_SECTION lock;
    struct program_result *result;
};

/* --- what the program is --- */

static bool find(const char *file, char *path)
{
    DWORD n = SearchPathA(NULL, file, ".exe", OS_PATH_MAX, path, NULL);

    return n > 0 && n < OS_PATH_MAX;
}

bool program_look(const char *file, struct program_result *r)
{
    char path[OS_PATH_MAX];
    DWORD type;

    memset(r, 0, sizeof(*r));
    r->kind = PROGRAM_WINDOWS;
    if (!find(file, path)) {
        strbuf_addf(&r->text,
                    "cannot read the program %s: No such file or "
                    "directory",
                    file);
        return false;
    }
    if (GetBinaryTypeA(path, &type) && type == SCS_64BIT_BINARY)
        return true;
    strbuf_addf(&r->text, "%s is no 64-bit (x86_64) program for Windows",
                file);
    return false;
}

/* --- our library, where the program finds it first --- */

static bool same_contents(const char *a, const char *b)
{
    FILE *x = fopen(a, "rb"), *y = fopen(b, "rb");
    int c = x && y ? 0 : 1, d = 0;

    while (x && y && c == d && c != EOF) {
        c = getc(x);
        d = getc(y);
    }
    if (x)
        fclose(x);
    if (y)
        fclose(y);
    return c == d;
}

static bool place_library(struct running *run, const char *program,
                          struct strbuf *text)
{
    char ours[OS_PATH_MAX];
    char *slash;

    GetModuleFileNameA(NULL, ours, sizeof(ours) - 16);
    slash = strrchr(ours, '\\');
    strcpy(slash ? slash + 1 : ours, "vssapi.dll");
    snprintf(run->library, sizeof(run->library) - 16, "%s", program);
    slash = strrchr(run->library, '\\');
    strcpy(slash ? slash + 1 : run->library, "vssapi.dll");
    if (!os_exists(ours)) {
        strbuf_adds(text, "vssapi.dll is not beside vssim.exe");
        return false;
    }
    if (os_exists(run->library)) {
        if (same_contents(ours, run->library))
            return true;
        strbuf_addf(text, "%s is another library than ours: remove it",
                    run->library);
        return false;
    }
    run->placed = CopyFileA(ours, run->library, TRUE);
    if (!run->placed)
        strbuf_addf(text,
                    "cannot put vssapi.dll beside the program as %s: "
                    "error %lu",
                    run->library, GetLastError());
    return run->placed;
}

static void set_environment(const struct program_setup *s)
{
    SetEnvironmentVariableA("VSSIM_SCENARIO", s->scenario);
    SetEnvironmentVariableA("VSSIM_TRACE", s->trace);
    SetEnvironmentVariableA("VSSIM_DOCUMENT", s->document);
    SetEnvironmentVariableA("VSSIM_STATE", s->state);
    SetEnvironmentVariableA("VSSIM_TIME", s->time);
    SetEnvironmentVariableA("VSSIM_POLICY", s->policy);
    SetEnvironmentVariableA("VSSIM_WINDOWS", s->windows);
    SetEnvironmentVariableA("VSSIM_SEED", s->seed);
}

/* --- starting --- */

/* As the C runtime takes a command line apart again: a backslash is special
 * only in front of a quotation mark. */
static void add_quoted(struct strbuf *line, const char *argument)
{
    size_t slashes = 0;

    strbuf_adds(line, line->len ? " \"" : "\"");
    for (; *argument; argument++) {
        if (*argument == '\\') {
            slashes++;
            continue;
        }
        for (size_t n = *argument == '"' ? 2 * slashes + 1 : slashes; n; n--)
            strbuf_addc(line, '\\');
        slashes = 0;
        strbuf_addc(line, *argument);
    }
    for (slashes *= 2; slashes; slashes--)
        strbuf_addc(line, '\\');
    strbuf_addc(line, '"');
}

static DWORD WINAPI pump(struct running *run, int which)
{
    HANDLE to = GetStdHandle(which ? STD_ERROR_HANDLE : STD_OUTPUT_HANDLE);
    char bytes[4096];
    DWORD n, written;

    while (ReadFile(run->ends[which], bytes, sizeof(bytes), &n, NULL) && n) {
        WriteFile(to, bytes, n, &written, NULL);
        EnterCriticalSection(&run->lock);
        strbuf_add(&run->result->output, bytes, n);
        LeaveCriticalSection(&run->lock);
    }
    return 0;
}

static DWORD WINAPI pump_output(void *run)
{
    return pump(run, 0);
}

static DWORD WINAPI pump_error(void *run)
{
    return pump(run, 1);
}

static bool make_pipes(struct running *run, STARTUPINFOA *startup)
{
    SECURITY_ATTRIBUTES inherited = {sizeof(inherited), NULL, TRUE};
    HANDLE *theirs[2] = {&startup->hStdOutput, &startup->hStdError};

    startup->dwFlags = STARTF_USESTDHANDLES;
    startup->hStdInput = GetStdHandle(STD_INPUT_HANDLE);
    for (int i = 0; i < 2; i++) {
        if (!CreatePipe(&run->ends[i], theirs[i], &inherited, 0))
            return false;
        SetHandleInformation(run->ends[i], HANDLE_FLAG_INHERIT, 0);
    }
    return true;
}

static void tie(struct running *run)
{
    JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits;

    memset(&limits, 0, sizeof(limits));
    limits.BasicLimitInformation.LimitFlags =
        JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE;
    run->job = CreateJobObjectA(NULL, NULL);
    SetInformationJobObject(run->job, JobObjectExtendedLimitInformation,
                            &limits, sizeof(limits));
    AssignProcessToJobObject(run->job, run->process);
}

static bool start(const struct program_setup *s, struct running *run,
                  const char *program)
{
    STARTUPINFOA startup = {.cb = sizeof(startup)};
    PROCESS_INFORMATION process;
    struct strbuf line = STRBUF_INIT;
    bool good = !s->keep_output || make_pipes(run, &startup);

    for (char **a = s->argv; *a; a++)
        add_quoted(&line, *a);
    fflush(NULL);
    good = good &&
           CreateProcessA(program, line.buf, NULL, NULL, TRUE,
                          CREATE_SUSPENDED, NULL, NULL, &startup, &process);
    if (!good)
        strbuf_addf(&run->result->text, "cannot run %s: error %lu", program,
                    GetLastError());
    strbuf_release(&line);
    if (s->keep_output) {
        CloseHandle(startup.hStdOutput);
        CloseHandle(startup.hStdError);
    }
    if (!good)
        return false;
    run->process = process.hProcess;
    tie(run);
    if (s->keep_output) {
        run->pumps[0] = CreateThread(NULL, 0, pump_output, run, 0, NULL);
        run->pumps[1] = CreateThread(NULL, 0, pump_error, run, 0, NULL);
    }
    ResumeThread(process.hThread);
    CloseHandle(process.hThread);
    return true;
}

/* --- while it runs --- */

/* Another vssapi.dll than ours, in the program's memory. */
static void look_at_modules(struct running *run)
{
    struct strbuf *foreign = &run->result->foreign;
    HMODULE modules[256];
    char path[OS_PATH_MAX];
    DWORD bytes = 0;

    if (!EnumProcessModules(run->process, modules, sizeof(modules), &bytes))
        return;
    for (DWORD i = 0; i < bytes / sizeof(modules[0]) && i < 256; i++) {
        const char *slash;

        if (!GetModuleFileNameExA(run->process, modules[i], path,
                                  sizeof(path)))
            continue;
        slash = strrchr(path, '\\');
        if (slash && lstrcmpiA(slash + 1, "vssapi.dll") == 0 &&
            lstrcmpiA(path, run->library) != 0 && !foreign->len)
            strbuf_adds(foreign, path);
    }
}

static void note_end(struct running *run)
{
    struct program_result *r = run->result;
    DWORD code = 0;

    GetExitCodeProcess(run->process, &code);
    r->end = PROGRAM_EXITED;
    r->code = (int)code;
    if (exception_is(code) && exception_signal(code)) {
        r->end = PROGRAM_SIGNALLED;
        r->code = exception_signal(code);
    }
}

static void await(const struct program_setup *s, struct running *run)
{
    ULONGLONG limit = GetTickCount64() + (ULONGLONG)s->timeout * 1000u;
    DWORD nap = 1;

    while (WaitForSingleObject(run->process, nap) == WAIT_TIMEOUT) {
        if (GetTickCount64() >= limit) {
            TerminateJobObject(run->job, 1);
            WaitForSingleObject(run->process, INFINITE);
            run->result->end = PROGRAM_TIMED_OUT;
            run->result->code = (int)s->timeout;
            break;
        }
        if (!run->result->foreign.len && !os_exists(s->trace))
            look_at_modules(run);
        nap = nap < 32 ? nap * 2 : 32;
    }
    if (run->result->end != PROGRAM_TIMED_OUT)
        note_end(run);
}

static void finish(struct running *run)
{
    if (run->job)
        CloseHandle(run->job); /* ends what the program left running */
    for (int i = 0; i < 2; i++) {
        if (run->pumps[i]) {
            WaitForSingleObject(run->pumps[i], INFINITE);
            CloseHandle(run->pumps[i]);
        }
        if (run->ends[i])
            CloseHandle(run->ends[i]);
    }
    if (run->process)
        CloseHandle(run->process);
    if (run->placed)
        DeleteFileA(run->library);
}

void program_run(const struct program_setup *s, struct program_result *r)
{
    struct running run = {.result = r};
    char found[OS_PATH_MAX], program[OS_PATH_MAX];

    r->end = PROGRAM_NOT_STARTED;
    if (!find(s->argv[0], found) ||
        !GetFullPathNameA(found, sizeof(program), program, NULL)) {
        strbuf_addf(&r->text, "cannot find %s", s->argv[0]);
        return;
    }
    InitializeCriticalSection(&run.lock);
    set_environment(s);
    if (place_library(&run, program, &r->text) && start(s, &run, program))
        await(s, &run);
    finish(&run);
    DeleteCriticalSection(&run.lock);
}

void program_release(struct program_result *r)
{
    strbuf_release(&r->text);
    strbuf_release(&r->output);
    strbuf_release(&r->foreign);
}

void program_path(const struct program_result *r, const char *path,
                  struct strbuf *out)
{
    (void)r;
    strbuf_adds(out, path);
}
