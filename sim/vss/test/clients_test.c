/*
 * clients_test.c - requesters in C and C++ against the reference, natively.
 *
 * What the exported functions will do for them is done here, on a mini host.
 */
#include <string.h>

#include "base/array.h"
#include "vss/test/client.h"
#include "vss/test/mini_world.h"

static struct mini_host *current;

HRESULT CreateVssBackupComponents(IVssBackupComponents **out)
{
    return vssim_reference_subject()->create_backup_components(&current->host,
                                                               out);
}

void SysFreeString(BSTR text)
{
    current->host.bstr_free(&current->host, text);
}

#define CODE(name) (long long)(uint32_t)(name)
#define WAITED(left) \
    {"QueryStatus", 0}, {"at first", CODE(VSS_S_ASYNC_PENDING)}, \
    {"Wait", 0}, {"QueryStatus", 0}, \
    {"at last", CODE(VSS_S_ASYNC_FINISHED)}, {"async left", left}

static const struct client_note expected[] = {
    {"CreateVssBackupComponents", 0},
    {"InitializeForRestore", 0},
    {"GatherWriterMetadata", 0},
    WAITED(0),
    {"GetWriterMetadataCount", 0},
    {"writers", 3},
    {"GetWriterMetadata", 0},
    {"GetIdentity", 0},
    {"name", 8},
    {"GetFileCounts", 0},
    {"components", 2},
    {"GetComponent", 0},
    {"GetComponentInfo", 0},
    {"type", VSS_CT_DATABASE},
    {"databases", 1},
    {"dependencies", 1},
    {"FreeComponentInfo", 0},
    {"GetDatabaseFile", 0},
    {"GetPath", 0},
    {"path", 7},
    {"file left", 0},
    {"GetDependency", 0},
    {"GetWriterId", 0},
    {"depends on", 2},
    {"dependency left", 0},
    {"component left", 0},
    {"QueryInterface", 0},
    {"metadata left", 0},
    {"SetSelectedForRestore", 0},
    {"GetWriterComponents", 0},
    {"GetWriterInfo", 0},
    {"class", 1},
    {"GetComponentCount", 0},
    {"count", 2},
    {"GetComponent", 0},
    {"GetComponentName", 0},
    {"component", 3},
    {"IsSelectedForRestore", 0},
    {"selected", 1},
    {"component left", 0},
    {"QueryInterface", 0},
    {"same", 1},
    {"AddRef", 2},
    {"Release", 1},
    {"writer left", 0},
    {"PreRestore, no room", CODE(E_INVALIDARG)},
    {"PreRestore", 0},
    WAITED(0),
    {"GatherWriterStatus", 0},
    WAITED(0),
    {"GetWriterStatus", 0},
    {"name", 8},
    {"state", VSS_WS_FAILED_AT_PRE_RESTORE},
    {"failure", CODE(VSS_E_WRITERERROR_RETRYABLE)},
    {"QueryInterface", 0},
    {"GetWriterStatusEx", 0},
    {"name", 8},
    {"message", 4},
    {"application", 0x80001234},
    {"backup still", 1},
    {"FreeWriterStatus", 0},
    {"SetFileRestoreStatus", 0},
    {"PostRestore", 0},
    WAITED(0),
    {"FreeWriterMetadata", 0},
    {"backup left", 0},
};
#define N_EXPECTED (ARRAY_SIZE(expected))

static void run(void (*client)(BSTR, VSS_ID, struct client_log *),
                const char *which)
{
    struct client_log log = {0};
    struct world w;

    world_init(&w);
    world_done_object(&w); /* the client makes its own */
    current = &w.mini;
    w.mini.writers[0].delay = 12000;
    w.mini.writers[0].failure = VSS_E_WRITERERROR_RETRYABLE;
    w.mini.writers[0].state = VSS_WS_FAILED_AT_PRE_RESTORE;
    w.mini.writers[0].application = (HRESULT)0x80001234;
    w.mini.writers[0].message = u"busy";
    client(w.document, class_a, &log);
    for (unsigned i = 0; i < N_EXPECTED && i < log.n; i++) {
        cr_expect_str_eq(log.notes[i].what, expected[i].what, "%s, note %u",
                         which, i);
        cr_expect_eq(log.notes[i].value, expected[i].value,
                     "%s: %s (note %u) is 0x%llX, not 0x%llX", which,
                     log.notes[i].what, i, log.notes[i].value,
                     expected[i].value);
    }
    cr_expect_eq(log.n, N_EXPECTED, "%s: %u notes", which, log.n);
    cr_expect_eq(w.mini.now, 24000 + 2,
                 "%s: twice the writer's delay, and "
                 "two gathers",
                 which);
    cr_expect_eq(w.mini.writers[0].heard[VSSIM_EVENT_POST_RESTORE], 1);
    world_done(&w);
}

Test(clients, a_requester_in_c)
{
    run(client_c, "C");
}

Test(clients, a_requester_in_cpp)
{
    run(client_cpp, "C++");
}
