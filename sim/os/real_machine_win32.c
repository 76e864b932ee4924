/* real_machine_win32.c - see machine.h. */
#include "os/real_machine.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>

#include <objbase.h>
#include <oleauto.h>

bool machine_is_windows(void)
{
    return true;
}

static void *symbol_of(const char *module, const char *name)
{
    FARPROC symbol = GetProcAddress(GetModuleHandleA(module), name);
    void *address;

    memcpy(&address, &symbol, sizeof(address));
    return address;
}

/* --- the library --- */

/* As the documentation asks of a requester: COM, and security that lets
 * writers call back. Who did it before us has decided. */
static void prepare_com(void)
{
    CoInitializeEx(NULL, COINIT_MULTITHREADED);
    CoInitializeSecurity(NULL, -1, NULL, NULL, RPC_C_AUTHN_LEVEL_PKT_PRIVACY,
                         RPC_C_IMP_LEVEL_IDENTIFY, NULL, EOAC_NONE, NULL);
}

/* From its own folder: a vssapi.dll beside us is not the system's. */
void *machine_vssapi(char *error, size_t room)
{
    char path[MAX_PATH + 16];
    UINT n = GetSystemDirectoryA(path, MAX_PATH);
    HMODULE library = NULL;

    if (n > 0 && n < MAX_PATH) {
        strcpy(path + n, "\\vssapi.dll");
        prepare_com();
        library = LoadLibraryExA(path, NULL, LOAD_WITH_ALTERED_SEARCH_PATH);
    }
    if (!library)
        snprintf(error, room, "--subject system: cannot load %s: error %lu",
                 n ? path : "vssapi.dll", GetLastError());
    return library;
}

void machine_bstr_free(void *text)
{
    SysFreeString(text);
}

void machine_task_free(void *memory)
{
    CoTaskMemFree(memory);
}

/* --- which Windows --- */

/* GetVersionEx tells programs what their manifest wants to hear. */
static const RTL_OSVERSIONINFOEXW *version(void)
{
    static RTL_OSVERSIONINFOEXW v;
    LONG(WINAPI * get)(RTL_OSVERSIONINFOEXW *);
    void *address = symbol_of("ntdll.dll", "RtlGetVersion");

    if (v.dwBuildNumber || !address)
        return &v;
    memcpy(&get, &address, sizeof(get));
    v.dwOSVersionInfoSize = sizeof(v);
    get(&v);
    return &v;
}

unsigned machine_build(void)
{
    return version()->dwBuildNumber;
}

static const char *windows_10(DWORD build, bool server)
{
    if (!server)
        return build >= 22000 ? "windows-11" : "windows-10";
    return build >= 26000   ? "server-2025"
           : build >= 20348 ? "server-2022"
           : build >= 17763 ? "server-2019"
                            : "server-2016";
}

const char *machine_windows(void)
{
    static const struct {
        DWORD major, minor;
        const char *client, *server;
    } versions[] = {
        {5, 1, "windows-xp", "windows-xp"},
        {5, 2, "server-2003", "server-2003"},
        {6, 0, "windows-vista", "server-2008"},
        {6, 1, "windows-7", "server-2008-r2"},
        {6, 2, "windows-8", "server-2012"},
        {6, 3, "windows-8", "server-2012-r2"},
    };
    const RTL_OSVERSIONINFOEXW *v = version();
    bool server = v->wProductType != VER_NT_WORKSTATION;

    for (unsigned i = 0; i < sizeof(versions) / sizeof(versions[0]); i++)
        if (versions[i].major == v->dwMajorVersion &&
            versions[i].minor == v->dwMinorVersion)
            return server ? versions[i].server : versions[i].client;
    return windows_10(v->dwBuildNumber, server);
}

const char *machine_name(void)
{
    static char name[96];
    const RTL_OSVERSIONINFOEXW *v = version();
    const char *(*wine)(void);
    void *address = symbol_of("ntdll.dll", "wine_get_version");
    int n = 0;

    if (address) {
        memcpy(&wine, &address, sizeof(wine));
        n = snprintf(name, sizeof(name), "Wine %.40s as ", wine());
    }
    snprintf(name + n, sizeof(name) - (size_t)n, "Windows %lu.%lu.%lu",
             v->dwMajorVersion, v->dwMinorVersion, v->dwBuildNumber);
    return name;
}

uint64_t machine_now(void)
{
    return GetTickCount64();
}

/* --- programs that may do harm --- */

/* CLSID_VdsLoader and CLSID_VdsService, as they lie in memory ([MS-VDS]). */
static const GUID disk_service[] = {
    {0x9c38ed61, 0xd565, 0x4728,
     {0xae, 0xee, 0xc8, 0x09, 0x52, 0xf0, 0xec, 0xde}},
    {0x7d1933cb, 0x86f6, 0x4a98,
     {0x86, 0x28, 0x01, 0xbe, 0x94, 0xc9, 0xa5, 0x75}},
};

static bool names_disk_service(const char *bytes, size_t n)
{
    for (size_t i = 0; i + sizeof(GUID) <= n; i++)
        for (unsigned k = 0; k < 2; k++)
            if (bytes[i] == *(const char *)&disk_service[k] &&
                memcmp(bytes + i, &disk_service[k], sizeof(GUID)) == 0)
                return true;
    return false;
}

bool machine_reaches_disks(const char *program)
{
    const size_t size = 1 << 20, overlap = sizeof(GUID) - 1;
    char path[4096], *bytes = malloc(size);
    size_t kept = 0, n;
    bool found = false;
    FILE *in = NULL;

    if (bytes &&
        SearchPathA(NULL, program, ".exe", sizeof(path), path, NULL) > 0)
        in = fopen(path, "rb");
    while (in && !found && (n = fread(bytes + kept, 1, size - kept, in)) > 0) {
        n += kept;
        found = names_disk_service(bytes, n);
        kept = n < overlap ? n : overlap;
        memmove(bytes, bytes + n - kept, kept);
    }
    if (in)
        fclose(in);
    free(bytes);
    return found;
}
