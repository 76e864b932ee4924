/* gate_win32.c - see gate.h. */
#include "vssapi/gate.h"

#include <stdio.h>
#include <windows.h>

static SRWLOCK lock = SRWLOCK_INIT;
static CONDITION_VARIABLE changed = CONDITION_VARIABLE_INIT;
static HANDLE file = INVALID_HANDLE_VALUE;
static LONG threads;
static DWORD number_slot = TLS_OUT_OF_INDEXES;
static void (*end_function)(void);

void gate_lock(void)
{
    AcquireSRWLockExclusive(&lock);
}

void gate_unlock(void)
{
    ReleaseSRWLockExclusive(&lock);
}

void gate_wait(uint32_t ms)
{
    SleepConditionVariableSRW(&changed, &lock, ms, 0);
}

void gate_wake(void)
{
    WakeAllConditionVariable(&changed);
}

void gate_yield(void)
{
    gate_unlock();
    SwitchToThread();
    gate_lock();
}

uint64_t gate_now(void)
{
    return GetTickCount64();
}

uint32_t gate_thread(void)
{
    uintptr_t number;

    if (number_slot == TLS_OUT_OF_INDEXES)
        number_slot = TlsAlloc();
    number = (uintptr_t)TlsGetValue(number_slot);
    if (!number) {
        number = (uintptr_t)InterlockedIncrement(&threads);
        TlsSetValue(number_slot, (void *)number);
    }
    return (uint32_t)number;
}

uint32_t gate_process(void)
{
    return GetCurrentProcessId();
}

static HANDLE create(const char *name)
{
    wchar_t wide[4096];

    if (!MultiByteToWideChar(CP_UTF8, 0, name, -1, wide, 4096))
        return INVALID_HANDLE_VALUE;
    return CreateFileW(wide, GENERIC_WRITE, FILE_SHARE_READ, NULL, CREATE_NEW,
                       FILE_ATTRIBUTE_NORMAL, NULL);
}

bool gate_file_create(const char *name)
{
    char numbered[4096];

    if (file != INVALID_HANDLE_VALUE)
        CloseHandle(file);
    file = create(name);
    for (int i = 2; file == INVALID_HANDLE_VALUE &&
                    GetLastError() == ERROR_FILE_EXISTS && i < 10000;
         i++) {
        snprintf(numbered, sizeof(numbered), "%s.%d", name, i);
        file = create(numbered);
    }
    return file != INVALID_HANDLE_VALUE;
}

void gate_file_write(const void *bytes, size_t size)
{
    DWORD written;

    if (file != INVALID_HANDLE_VALUE)
        WriteFile(file, bytes, (DWORD)size, &written, NULL);
}

void gate_at_end(void (*end)(void))
{
    end_function = end;
}

void gate_ended(void)
{
    if (end_function)
        end_function();
}
