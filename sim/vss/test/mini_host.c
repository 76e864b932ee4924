/* mini_host.c - see mini_host.h. */
#include "vss/test/mini_host.h"

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

static void *host_alloc(const struct vssim_host *host, size_t size)
{
    if (short_of_memory(of(host)))
        return NULL;
    of(host)->alive++;
    return calloc(1, size ? size : 1);
}

static void host_free(const struct vssim_host *host, void *memory)
{
    of(host)->alive--;
    free(memory);
}

static BSTR host_bstr_alloc(const struct vssim_host *host, const WCHAR *text,
                            uint32_t length)
{
    uint32_t *block;

    if (short_of_memory(of(host)))
        return NULL;
    block = calloc(1, sizeof(*block) + (length + 1u) * sizeof(WCHAR));
    *block = length * (uint32_t)sizeof(WCHAR);
    if (text)
        memcpy(block + 1, text, length * sizeof(WCHAR));
    of(host)->alive++;
    return (BSTR)(void *)(block + 1);
}

static void host_bstr_free(const struct vssim_host *host, BSTR text)
{
    if (!text)
        return;
    of(host)->alive--;
    free((uint32_t *)(void *)text - 1);
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
    answer->instance_name = writer->instance_name ? writer->instance_name
                                                  : u"";
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
    memset(new, 0, sizeof(*new));
    new->used = true;
    new->kind = event->kind;
    new->due = mini->now;
    new->result = mini->poll_result;
    new->n = event->n_targets;
    for (uint32_t i = 0; i < event->n_targets; i++) {
        struct mini_writer *w = find(mini, &event->targets[i].instance);

        new->targets[i] = event->targets[i];
        new->target_due[i] = mini->now + (w ? w->delay : 0);
        if (new->target_due[i] > new->due)
            new->due = new->target_due[i];
    }
    if (event->kind == VSSIM_EVENT_IDENTIFY ||
        event->kind == VSSIM_EVENT_STATUS)
        new->due = mini->now + 1;
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
    if (t->n_answers || (t->kind != VSSIM_EVENT_IDENTIFY &&
                         t->kind != VSSIM_EVENT_STATUS))
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
    return of(host)->acquire[resource];
}

static void host_log(const struct vssim_host *host, const char *source,
                     uint32_t event_id, const char *text)
{
    cr_assert_str_eq(source, "VSS");
    cr_assert(event_id && *text);
    of(host)->logged++;
}

static void host_wake(const struct vssim_host *host, uint32_t ticket)
{
    of(host)->tickets[ticket].woken = true;
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
}

void mini_done(struct mini_host *mini)
{
    cr_expect_eq(mini->alive, 0, "%u allocations left", mini->alive);
    cr_expect_eq(mini->open_tickets, 0, "%u tickets left",
                 mini->open_tickets);
    for (unsigned i = 0; i < mini->n_writers; i++)
        free(mini->writers[i].metadata);
}
