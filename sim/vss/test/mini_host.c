/* mini_host.c - see mini_host.h. */
#include "vss/test/mini_host.h"

#include <stdalign.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#include "com/text.h"

static struct mini_host *of(const struct vssim_host *host)
{
    return host->context;
}

static bool short_of_memory(struct mini_host *mini)
{
    if (++mini->allocations != mini->fail_at)
        return false;
    mini->faults++;
    return true;
}

/* Each block has a margin behind it that nobody may write to; nor to the block
 * once it was freed, which is looked at in mini_done. */
#define MARGIN_BYTE 0xA5
#define FREED_BYTE 0xDD
#ifdef VSSIM_HEAP_MALLOC /* sanitizers mind the addresses themselves */
static const size_t margin_size = 0;
static const bool keep_freed = false;
#else
static const size_t margin_size = 64;
static const bool keep_freed = true;
#endif

struct mini_block {
    struct mini_block *next;
    alignas(max_align_t) size_t size;
};

static bool all_are(const unsigned char *bytes, size_t size, int byte)
{
    return size == 0 ||
           (bytes[0] == byte && memcmp(bytes, bytes + 1, size - 1) == 0);
}

static void *block_new(struct mini_host *mini, size_t size)
{
    struct mini_block *block;

    if (short_of_memory(mini))
        return NULL;
    block = calloc(1, sizeof(*block) + size + margin_size);
    block->size = size;
    memset((char *)(block + 1) + size, MARGIN_BYTE, margin_size);
    mini->alive++;
    return block + 1;
}

static void block_free(struct mini_host *mini, void *memory)
{
    struct mini_block *block = (struct mini_block *)memory - 1;
    const unsigned char *margin = (unsigned char *)memory + block->size;

    cr_assert(all_are(margin, margin_size, MARGIN_BYTE),
              "written behind a block");
    mini->alive--;
    if (!keep_freed) {
        free(block);
        return;
    }
    memset(memory, FREED_BYTE, block->size);
    block->next = mini->freed;
    mini->freed = block;
}

static void release_freed(struct mini_host *mini)
{
    while (mini->freed) {
        struct mini_block *block = mini->freed;
        const unsigned char *bytes = (unsigned char *)(block + 1);

        cr_assert(all_are(bytes, block->size, FREED_BYTE),
                  "written to after the free");
        mini->freed = block->next;
        free(block);
    }
}

static void *host_alloc(const struct vssim_host *host, size_t size)
{
    return block_new(of(host), size);
}

static void host_free(const struct vssim_host *host, void *memory)
{
    cr_assert_not_null(memory);
    block_free(of(host), memory);
}

static BSTR host_bstr_alloc(const struct vssim_host *host, const WCHAR *text,
                            uint32_t length)
{
    uint32_t *block =
        block_new(of(host), sizeof(*block) + (length + 1u) * sizeof(WCHAR));

    if (!block)
        return NULL;
    *block = length * (uint32_t)sizeof(WCHAR);
    if (text)
        memcpy(block + 1, text, length * sizeof(WCHAR));
    return (BSTR)(void *)(block + 1);
}

static void host_bstr_free(const struct vssim_host *host, BSTR text)
{
    if (text)
        block_free(of(host), (uint32_t *)(void *)text - 1);
}

static uint64_t host_now(const struct vssim_host *host)
{
    return of(host)->now;
}

static void host_new_guid(const struct vssim_host *host, GUID *guid)
{
    memset(guid, 0, sizeof(*guid));
    guid->Data1 = ++of(host)->guids;
}

static struct mini_writer *find(struct mini_host *mini, const GUID *instance)
{
    for (unsigned i = 0; i < mini->n_writers; i++)
        if (guid_equal(&mini->writers[i].instance, instance))
            return &mini->writers[i];
    return NULL;
}

static void answer_of(const struct mini_writer *writer,
                      struct vssim_answer *answer)
{
    memset(answer, 0, sizeof(*answer));
    answer->instance = writer->instance;
    answer->writer = writer->writer;
    answer->name = writer->name;
    answer->instance_name =
        writer->instance_name ? writer->instance_name : u"";
    answer->metadata = writer->metadata;
    answer->metadata_size = writer->metadata_size;
    answer->state = writer->state ? writer->state : VSS_WS_STABLE;
    answer->failure = writer->failure;
    answer->application_failure = writer->application;
    answer->application_message = writer->message;
    answer->lost = writer->dead;
}

static HRESULT host_post(const struct vssim_host *host,
                         const struct vssim_event *event, uint32_t *ticket)
{
    struct mini_host *mini = of(host);
    struct mini_ticket *new = &mini->tickets[mini->n_tickets + 1];

    if (short_of_memory(mini))
        return E_OUTOFMEMORY;
    if (FAILED(mini->post_result))
        return mini->post_result;
    cr_assert(mini->n_tickets < MINI_TICKETS);
    if (event->kind == VSSIM_EVENT_COMMIT) /* the target is the set */
        cr_assert(
            event->n_targets == 1 &&
            guid_equal(&event->targets[0].instance, &mini->in_progress_set));
    memset(new, 0, sizeof(*new));
    new->used = true;
    new->kind = event->kind;
    new->due = mini->now;
    new->result = mini->poll_result;
    new->n = event->n_targets;
    for (uint32_t i = 0; i < event->n_targets; i++) {
        struct mini_writer *w = find(mini, &event->targets[i].instance);

        new->targets[i] = event->targets[i];
        if (w)
            cr_assert(guid_equal(&event->targets[i].writer, &w->writer));
        new->target_due[i] = mini->now + (w ? w->delay : 0);
        if (new->target_due[i] > new->due)
            new->due = new->target_due[i];
    }
    if (event->kind == VSSIM_EVENT_IDENTIFY ||
        event->kind == VSSIM_EVENT_STATUS)
        new->due = mini->now + 1;
    if (event->kind == VSSIM_EVENT_PROVIDER)
        new->due += mini->provider_delay;
    *ticket = ++mini->n_tickets;
    mini->open_tickets++;
    return S_OK;
}

static void run_handlers(struct mini_host *mini, struct mini_ticket *t)
{
    for (uint32_t i = 0; i < t->n; i++) {
        struct mini_writer *w = find(mini, &t->targets[i].instance);

        if (t->target_done[i] || t->target_due[i] > mini->now)
            continue;
        t->target_done[i] = true;
        if (!w)
            continue;
        if (!w->dead) {
            w->heard[t->kind]++;
            if (w->handler)
                w->handler(w, t->kind, t->targets[i].components);
        }
        answer_of(w, &t->answers[t->n_answers++]);
    }
}

static void finish(struct mini_host *mini, struct mini_ticket *t)
{
    run_handlers(mini, t);
    if (t->n_answers ||
        (t->kind != VSSIM_EVENT_IDENTIFY && t->kind != VSSIM_EVENT_STATUS))
        return; /* restore events go to their targets only, if any */
    for (unsigned i = 0; i < mini->n_writers; i++)
        if (!mini->writers[i].dead || t->kind == VSSIM_EVENT_STATUS) {
            mini->writers[i].heard[t->kind]++;
            answer_of(&mini->writers[i], &t->answers[t->n_answers++]);
        }
}

static HRESULT host_poll(const struct vssim_host *host, uint32_t ticket)
{
    struct mini_host *mini = of(host);
    struct mini_ticket *t = &mini->tickets[ticket];

    cr_assert(t->used && !t->forgotten, "poll of a forgotten ticket");
    if (mini->now < t->due)
        return VSS_S_ASYNC_PENDING;
    finish(mini, t);
    return t->result ? t->result : VSS_S_ASYNC_FINISHED;
}

static void host_wait(const struct vssim_host *host, uint32_t ticket,
                      uint32_t ms)
{
    struct mini_host *mini = of(host);
    struct mini_ticket *t = &mini->tickets[ticket];
    void (*action)(void *) = mini->during_wait;

    cr_assert(t->used && !t->forgotten, "wait on a forgotten ticket");
    mini->during_wait = NULL;
    if (action)
        action(mini->during_context);
    if (t->woken || t->forgotten)
        return;
    if (ms != VSSIM_FOREVER && mini->now + ms < t->due) {
        mini->now += ms;
        run_handlers(mini, t);
        return;
    }
    if (mini->now < t->due)
        mini->now = t->due;
    finish(mini, t);
    if (mini->notify.done && mini->notify.ticket == ticket) {
        void (*done)(void *context) = mini->notify.done;

        mini->notify.done = NULL;
        done(mini->notify.context);
    }
}

static void host_forget(const struct vssim_host *host, uint32_t ticket)
{
    struct mini_ticket *t = &of(host)->tickets[ticket];

    cr_assert(t->used && !t->forgotten, "forgotten twice");
    t->forgotten = true;
    of(host)->open_tickets--;
}

static uint32_t host_answers(const struct vssim_host *host, uint32_t ticket)
{
    cr_assert(!of(host)->tickets[ticket].forgotten);
    return of(host)->tickets[ticket].n_answers;
}

static bool host_answer(const struct vssim_host *host, uint32_t ticket,
                        uint32_t i, struct vssim_answer *answer)
{
    struct mini_ticket *t = &of(host)->tickets[ticket];

    cr_assert(!t->forgotten);
    if (i >= t->n_answers)
        return false;
    *answer = t->answers[i];
    return true;
}

static HRESULT host_acquire(const struct vssim_host *host,
                            enum vssim_resource resource, const char *site)
{
    cr_assert_not_null(site);
    of(host)->site = site;
    return of(host)->acquire[resource];
}

static void host_log(const struct vssim_host *host, const char *source,
                     uint32_t event_id, const char *text)
{
    cr_assert_str_eq(source, "VSS");
    cr_assert(event_id && *text);
    of(host)->logged++;
    strncpy(of(host)->log, text, sizeof(of(host)->log) - 1);
}

static void host_wake(const struct vssim_host *host, uint32_t ticket)
{
    of(host)->tickets[ticket].woken = true;
}

/* --- shadow copies --- */

const GUID mini_provider = {0x99, 0, 0, {0}};

static void *host_task_alloc(const struct vssim_host *host, size_t size)
{
    return host_alloc(host, size);
}

static void host_task_free(const struct vssim_host *host, void *memory)
{
    host_free(host, memory);
}

static void host_notify(const struct vssim_host *host, uint32_t ticket,
                        void (*done)(void *context), void *context)
{
    of(host)->notify.ticket = ticket;
    of(host)->notify.done = done;
    of(host)->notify.context = context;
}

static bool host_find_volume(const struct vssim_host *host, const WCHAR *path,
                             struct vssim_volume *out)
{
    static const struct vssim_volume volume = {
        .path = u"C:\\",
        .name = MINI_VOLUME,
        .provider = {0x99, 0, 0, {0}},
        .max_snapshots = 4,
        .revert = true};

    *out = volume;
    if (wide_equal(path, MINI_VOLUME) || (path[0] == 'C' && path[1] == ':'))
        return true;
    if (!of(host)->volume)
        return false;
    *out = *of(host)->volume;
    return true;
}

static bool host_provider(const struct vssim_host *host, uint32_t index,
                          struct vssim_provider *out)
{
    memset(out, 0, sizeof(*out));
    out->id = mini_provider;
    out->name = u"Mini provider";
    out->version = u"1";
    out->version_id.Data1 = 0x98;
    out->class_id.Data1 = 0x97;
    out->type = of(host)->hardware ? VSS_PROV_HARDWARE : VSS_PROV_SYSTEM;
    return index == 0;
}

static bool host_snapshot(const struct vssim_host *host, uint32_t index,
                          struct vssim_snapshot *out)
{
    if (index >= of(host)->n_snapshots)
        return false;
    *out = of(host)->snapshots[index];
    return true;
}

static HRESULT host_begin_set(const struct vssim_host *host, const GUID *set)
{
    if (of(host)->in_progress)
        return VSS_E_SNAPSHOT_SET_IN_PROGRESS;
    of(host)->in_progress = true;
    of(host)->in_progress_set = *set;
    return S_OK;
}

static void host_end_set(const struct vssim_host *host, const GUID *set)
{
    if (guid_equal(&of(host)->in_progress_set, set))
        of(host)->in_progress = false;
}

static HRESULT host_add_snapshot(const struct vssim_host *host,
                                 const struct vssim_snapshot *given)
{
    struct mini_host *mini = of(host);
    struct vssim_snapshot *one = &mini->snapshots[mini->n_snapshots];

    if (short_of_memory(mini))
        return E_OUTOFMEMORY;
    cr_assert(mini->n_snapshots < MINI_SNAPSHOTS);
    *one = *given;
    one->device = u"device";
    one->machine = u"machine";
    mini->n_snapshots++;
    return S_OK;
}

static struct vssim_snapshot *mini_find(struct mini_host *mini, const GUID *id)
{
    for (uint32_t i = 0; i < mini->n_snapshots; i++)
        if (guid_equal(&mini->snapshots[i].id, id))
            return &mini->snapshots[i];
    return NULL;
}

static HRESULT host_change_snapshot(const struct vssim_host *host,
                                    const struct vssim_snapshot *to)
{
    struct vssim_snapshot *one = mini_find(of(host), &to->id);
    const WCHAR *name = to->exposed_name ? u"X:" : NULL;

    if (!one)
        return VSS_E_OBJECT_NOT_FOUND;
    if (to->exposed_name && !one->exposed_name && short_of_memory(of(host)))
        return E_OUTOFMEMORY;
    *one = *to;
    one->exposed_name = name;
    one->exposed_path = NULL;
    return S_OK;
}

static HRESULT host_delete_snapshot(const struct vssim_host *host,
                                    const GUID *id)
{
    struct mini_host *mini = of(host);
    struct vssim_snapshot *one = mini_find(mini, id);

    if (!one)
        return VSS_E_OBJECT_NOT_FOUND;
    *one = mini->snapshots[--mini->n_snapshots];
    return S_OK;
}

static HRESULT host_revert(const struct vssim_host *host, const GUID *id)
{
    (void)id;
    if (of(host)->reverting)
        return VSS_E_REVERT_IN_PROGRESS;
    of(host)->reverting = true;
    return S_OK;
}

static bool host_reverting(const struct vssim_host *host, const WCHAR *volume,
                           GUID *snapshot)
{
    (void)volume;
    if (!of(host)->reverting)
        memset(snapshot, 0x5A, sizeof(*snapshot)); /* says nothing */
    else
        memset(snapshot, 0, sizeof(*snapshot));
    return of(host)->reverting;
}

void mini_init(struct mini_host *mini)
{
    memset(mini, 0, sizeof(*mini));
    mini->host.abi = VSSIM_ABI_VERSION;
    mini->host.size = sizeof(mini->host);
    mini->host.windows = VSSIM_SERVER_2022;
    mini->host.policy = mini->policy;
    mini->host.alloc = host_alloc;
    mini->host.free = host_free;
    mini->host.bstr_alloc = host_bstr_alloc;
    mini->host.bstr_free = host_bstr_free;
    mini->host.now = host_now;
    mini->host.new_guid = host_new_guid;
    mini->host.post = host_post;
    mini->host.poll = host_poll;
    mini->host.wait = host_wait;
    mini->host.forget = host_forget;
    mini->host.answers = host_answers;
    mini->host.answer = host_answer;
    mini->host.acquire = host_acquire;
    mini->host.log = host_log;
    mini->host.context = mini;
    mini->host.wake = host_wake;
    mini->host.task_alloc = host_task_alloc;
    mini->host.task_free = host_task_free;
    mini->host.notify = host_notify;
    mini->host.find_volume = host_find_volume;
    mini->host.provider = host_provider;
    mini->host.snapshot = host_snapshot;
    mini->host.begin_set = host_begin_set;
    mini->host.end_set = host_end_set;
    mini->host.add_snapshot = host_add_snapshot;
    mini->host.change_snapshot = host_change_snapshot;
    mini->host.delete_snapshot = host_delete_snapshot;
    mini->host.revert = host_revert;
    mini->host.reverting = host_reverting;
}

void mini_done(struct mini_host *mini)
{
    cr_expect_eq(mini->alive, 0, "%u allocations left", mini->alive);
    cr_expect_eq(mini->open_tickets, 0, "%u tickets left", mini->open_tickets);
    for (unsigned i = 0; i < mini->n_writers; i++)
        free(mini->writers[i].metadata);
    release_freed(mini);
}
