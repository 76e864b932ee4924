/*
 * subject.h - the boundary between vssim and an implementation of the API.
 *
 * A subject implements IVssBackupComponents and its companions. It sees the
 * world only through `struct vssim_host`. The reference in sim/vss is a
 * subject like any other. A foreign subject is a shared library that exports
 *
 *     const struct vssim_subject *vssim_subject_open(
 *         uint32_t abi, const struct vssim_subject *reference);
 *
 * It either implements everything, or is an overlay: it starts from
 * `*reference` and replaces what it wants (overlay.h helps; the example is
 * docs/example_overlay.c).
 *
 * Rules for a subject
 *   - All memory comes from host->alloc, all BSTRs from host->bstr_alloc.
 *   - No mutable statics, but for what vssim_subject_open fills in once:
 *     everything hangs on the objects it creates.
 *   - Time stands still except inside host->wait.
 *   - No threads of its own. The host calls it from one thread at a time.
 *   - Times and periods are virtual milliseconds.
 */
#ifndef VSSIM_SUBJECT_H
#define VSSIM_SUBJECT_H

#include <stddef.h>
#include <stdint.h>

#include "win32/vsbackup.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Raised with every incompatible change of this file. */
#define VSSIM_ABI_VERSION 1u

/* A period that never ends; also the INFINITE of IVssAsync::Wait. */
#define VSSIM_FOREVER 0xFFFFFFFFu

enum vssim_event_kind {
#define EVENT(id, name, hears, handler, well, failed, part, method) \
    VSSIM_EVENT_##id,
#include "events.def"
#undef EVENT
    VSSIM_EVENT_COUNT
};

/* One writer instance that an event goes to. */
struct vssim_target {
    /* All zero: every live instance of the class (a restore by ASR, which
     * may come without a gather, decision U10). */
    GUID instance;
    GUID writer;
    /* The writer's view of its components. Owned by the subject, which keeps
     * it alive until the ticket is no longer pending; the writer may read and
     * edit through it while its handler runs (inside host->wait). */
    IVssWriterComponents *components;
};

struct vssim_event {
    enum vssim_event_kind kind;
    const struct vssim_target *targets; /* copied by post */
    uint32_t n_targets;                 /* ignored for IDENTIFY and STATUS */
};

/* What one writer gave to an event. Strings belong to the ticket and live
 * until host->forget. */
struct vssim_answer {
    GUID instance;
    GUID writer;
    const WCHAR *name;          /* the writer's name string */
    const WCHAR *instance_name; /* "" when it has none */
    /* IDENTIFY: the Writer Metadata Document, UTF-8, not NUL-terminated. */
    const char *metadata;
    size_t metadata_size;
    /* STATUS: what VSS holds about the writer. Events of backup and
     * PRE_RESTORE: `failure` as the handler left it, S_OK where it did well
     * (decision U23). */
    VSS_WRITER_STATE state;
    HRESULT failure;             /* full code, PARTIAL_FAILURE included */
    HRESULT application_failure; /* from SetWriterFailureEx */
    const WCHAR *application_message;
    /* Events with targets: the instance was gone when its turn came. */
    bool lost;
};

/* The kinds of thing, other than memory, that a call may fail to obtain. */
enum vssim_resource {
    VSSIM_RESOURCE_ACCESS,  /* COM's access check; asked first, before all */
    VSSIM_RESOURCE_THREAD,  /* a thread or handle in the caller's process */
    VSSIM_RESOURCE_SERVICE, /* the connection to the VSS service */
    VSSIM_RESOURCE_PROVIDER, /* what a provider does within the call */
    VSSIM_RESOURCE_COUNT
};

/* Windows versions; the table is windows.def. */
enum vssim_windows {
#define WINDOWS(id, key, label, old_unexpected, wait_rule, ex, partial) \
    VSSIM_##id,
#include "windows.def"
#undef WINDOWS
    VSSIM_WINDOWS_COUNT
};

/* Policies: decisions where the documentation leaves a choice. The value is
 * the index of the alternative; the table is policy.def. */
enum vssim_policy {
#define POLICY(id, key, decision, alternatives, strict, lenient, text) \
    VSSIM_POLICY_##id,
#include "policy.def"
#undef POLICY
    VSSIM_POLICY_COUNT
};

/* A volume of the machine. Strings belong to the host and stay. */
struct vssim_volume {
    const WCHAR *path; /* where it is mounted: "C:\\", with the backslash */
    const WCHAR *name; /* "\\?\Volume{GUID}\" */
    GUID provider;     /* that makes its shadow copies unless told otherwise */
    /* S_OK, or why it takes no part: VSS_E_VOLUME_NOT_SUPPORTED,
     * VSS_E_NESTED_VOLUME_LIMIT ... */
    HRESULT support;
    uint32_t max_snapshots; /* the provider's limit */
    bool revert;            /* can be reverted to a shadow copy */
    bool in_use;            /* a revert needs a forced dismount */
    bool block_revert;      /* holds system files: ShouldBlockRevert */
};

struct vssim_provider {
    GUID id, class_id, version_id;
    const WCHAR *name, *version;
    VSS_PROVIDER_TYPE type;
};

/* A shadow copy. It belongs to the machine, not to a subject's object, and
 * outlives both object and process unless it is deleted. */
struct vssim_snapshot {
    GUID id, set, provider;
    LONG count;                /* shadow copies in the set */
    LONG attributes;           /* VSS_VOLSNAP_ATTR_... */
    VSS_SNAPSHOT_STATE state;  /* VSS_SS_CREATED once it is there */
    VSS_TIMESTAMP created;     /* set by the host */
    const WCHAR *volume;       /* its name; host's on the way out */
    const WCHAR *device;       /* set by the host; "" before it is created */
    const WCHAR *machine;      /* set by the host */
    const WCHAR *exposed_name; /* NULL: none */
    const WCHAR *exposed_path; /* NULL: none */
};

struct vssim_host {
    uint32_t abi;  /* VSSIM_ABI_VERSION */
    uint32_t size; /* sizeof(struct vssim_host) */
    enum vssim_windows windows;
    const int *policy; /* indexed by enum vssim_policy */

    /* NULL when memory is short (a fault may decide so). Zero-filled. */
    void *(*alloc)(const struct vssim_host *host, size_t size);
    void (*free)(const struct vssim_host *host, void *memory);
    /* A BSTR of `length` characters plus NUL; `text` may be NULL (zeros). */
    BSTR (*bstr_alloc)(const struct vssim_host *host, const WCHAR *text,
                       uint32_t length);
    void (*bstr_free)(const struct vssim_host *host, BSTR text);

    /* Virtual milliseconds since the scenario began. */
    uint64_t (*now)(const struct vssim_host *host);
    /* A deterministic new GUID. */
    void (*new_guid)(const struct vssim_host *host, GUID *guid);

    /* Starts sending an event. Gives a ticket, or E_OUTOFMEMORY, or a
     * service failure; then nothing was sent. Never moves time. */
    HRESULT (*post)(const struct vssim_host *host,
                    const struct vssim_event *event, uint32_t *ticket);
    /* VSS_S_ASYNC_PENDING, VSS_S_ASYNC_FINISHED, or the HRESULT with which
     * VSS itself failed (VSS_E_UNEXPECTED, never its older substitute). */
    HRESULT (*poll)(const struct vssim_host *host, uint32_t ticket);
    /* Moves time until the ticket is no longer pending or `ms` have passed.
     * May not return at all when nothing can ever happen again. */
    void (*wait)(const struct vssim_host *host, uint32_t ticket, uint32_t ms);
    /* The caller lost interest. Writers already told run to their end. */
    void (*forget)(const struct vssim_host *host, uint32_t ticket);
    /* How many writers answered; and what the index-th one gave. */
    uint32_t (*answers)(const struct vssim_host *host, uint32_t ticket);
    bool (*answer)(const struct vssim_host *host, uint32_t ticket,
                   uint32_t index, struct vssim_answer *answer);

    /* S_OK, or the code with which obtaining the resource fails. `site` is
     * the method's name. */
    HRESULT (*acquire)(const struct vssim_host *host,
                       enum vssim_resource resource, const char *site);
    /* An entry of the Application event log. */
    void (*log)(const struct vssim_host *host, const char *source,
                uint32_t event_id, const char *text);
    void *context; /* the host's own */

    /* Optional, may be NULL or absent (see size). Ends a host->wait that is
     * under way on the ticket: its async was cancelled meanwhile. The ticket
     * itself goes on; writers already told run to their end. */
    void (*wake)(const struct vssim_host *host, uint32_t ticket);

    /* What follows is there when `size` says so and `find_volume` is not
     * NULL: then all of it is. None of it moves time. */

    /* Memory that the caller frees with CoTaskMemFree. */
    void *(*task_alloc)(const struct vssim_host *host, size_t size);
    void (*task_free)(const struct vssim_host *host, void *memory);
    /* Calls `done(context)` once when the ticket is no longer pending, some
     * time inside a wait; not after forget. */
    void (*notify)(const struct vssim_host *host, uint32_t ticket,
                   void (*done)(void *context), void *context);
    /* The volume that `path` lies on: a drive or mounted folder, with or
     * without more behind it, or a volume GUID path. False: none. */
    bool (*find_volume)(const struct vssim_host *host, const WCHAR *path,
                        struct vssim_volume *volume);
    /* The index-th; false past the last. */
    bool (*provider)(const struct vssim_host *host, uint32_t index,
                     struct vssim_provider *provider);
    bool (*snapshot)(const struct vssim_host *host, uint32_t index,
                     struct vssim_snapshot *snapshot);
    /* One shadow copy set is made at a time on the whole machine:
     * S_OK or VSS_E_SNAPSHOT_SET_IN_PROGRESS. */
    HRESULT (*begin_set)(const struct vssim_host *host, const GUID *set);
    void (*end_set)(const struct vssim_host *host, const GUID *set);
    /* Adds one, in any state; strings are copied. E_OUTOFMEMORY. */
    HRESULT (*add_snapshot)(const struct vssim_host *host,
                            const struct vssim_snapshot *snapshot);
    /* Changes what `id` names: set, count, attributes, state, exposed name
     * and path. Becoming VSS_SS_CREATED gives it its device. Only a new
     * exposed name or path can fail, by E_OUTOFMEMORY;
     * VSS_E_OBJECT_NOT_FOUND. */
    HRESULT (*change_snapshot)(const struct vssim_host *host,
                               const struct vssim_snapshot *snapshot);
    HRESULT (*delete_snapshot)(const struct vssim_host *host,
                               const GUID *id);
    /* Reverts the volume of a shadow copy. The work
     * goes on by itself. VSS_E_REVERT_IN_PROGRESS, E_OUTOFMEMORY. */
    HRESULT (*revert)(const struct vssim_host *host, const GUID *id);
    /* Is a revert of the volume under way? Gives the shadow copy's id, which
     * as the target's `instance` of VSSIM_EVENT_PROVIDER gives a ticket that
     * is pending until the revert is over. */
    bool (*reverting)(const struct vssim_host *host, const WCHAR *volume,
                      GUID *snapshot);
};

struct vssim_subject {
    uint32_t abi;  /* VSSIM_ABI_VERSION */
    uint32_t size; /* sizeof(struct vssim_subject) */
    const char *name;
    HRESULT (*create_backup_components)(const struct vssim_host *host,
                                        IVssBackupComponents **out);
    /* `xml` may be a plain string; see the page of the exported function. */
    HRESULT (*create_examine_writer_metadata)(
        const struct vssim_host *host, const WCHAR *xml,
        IVssExamineWriterMetadata **out);
    /* Optional. Writes a canonical form of the logical state of a backup
     * components object: what a later call could tell apart, and nothing
     * else (no pointers, no reference counts). */
    void (*state)(IVssBackupComponents *object,
                  void (*sink)(void *context, const void *bytes, size_t size),
                  void *context);
    /* Optional. The name of the phase that the object is in. */
    const char *(*phase)(IVssBackupComponents *object);
    /* Optional (see size): the other exported functions; the reference's are
     * used where one is missing. */
    HRESULT (*is_volume_snapshotted)(const struct vssim_host *host,
                                     const WCHAR *volume, BOOL *present,
                                     LONG *capability);
    HRESULT (*should_block_revert)(const struct vssim_host *host,
                                   const WCHAR *volume, bool *block);
    void (*free_snapshot_properties)(const struct vssim_host *host,
                                     VSS_SNAPSHOT_PROP *prop);
};

typedef const struct vssim_subject *(*vssim_subject_open_fn)(
    uint32_t abi, const struct vssim_subject *reference);

/* What a subject exports. */
const struct vssim_subject *vssim_subject_open(
    uint32_t abi, const struct vssim_subject *reference);

/* The reference implementation. */
const struct vssim_subject *vssim_reference_subject(void);

#ifdef __cplusplus
}
#endif

#endif
