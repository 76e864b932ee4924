/* asr.c - the ASR writer's handlers; see asr.h. */
#include "writers/asr.h"

#include <string.h>

#include "com/hresult.h"
#include "com/text.h"

static const GUID asr_class = {0xbe000cbe, 0x11fe, 0x4426,
                               {0x9c, 0x58, 0x53, 0x1a, 0xa6, 0x35, 0x5f,
                                0xc4}};

bool asr_is(const struct writer *w)
{
    return guid_equal(&w->desc->writer, &asr_class);
}

/* --- options --- */

/* The next text in quotes, into `out`; where it ends, or NULL. */
static const WCHAR *quoted(const WCHAR *at, char *out, size_t room)
{
    size_t n = 0;

    while (*at && *at != '"')
        at++;
    if (!*at++)
        return NULL;
    for (; *at && *at != '"'; at++)
        if (n + 1 < room)
            out[n++] = (char)(*at < 128 ? *at : '?');
    out[n] = '\0';
    return *at ? at + 1 : NULL;
}

/* Of up to nine digits; no disk has a number with more. */
static bool number_of(const char *text, uint32_t *number)
{
    *number = 0;
    if (!*text)
        return false;
    for (int i = 0; i < 9 && *text >= '0' && *text <= '9'; i++, text++)
        *number = *number * 10 + (uint32_t)(*text - '0');
    return !*text;
}

/* Grammar of the ASR page: "Option"="value", separated by commas. */
void asr_options_add(struct asr_options *o, const WCHAR *text)
{
    char name[32], value[32];
    uint32_t number;

    while (text && (text = quoted(text, name, sizeof(name))) &&
           (text = quoted(text, value, sizeof(value)))) {
        if (!number_of(value, &number))
            continue;
        if (strcmp(name, "IncludeDisk") == 0 && o->n_include < ASR_MOST_DISKS)
            o->include[o->n_include++] = number;
        if (strcmp(name, "ExcludeDisk") == 0 && o->n_exclude < ASR_MOST_DISKS)
            o->exclude[o->n_exclude++] = number;
    }
}

static void read_options(struct bus *bus, IVssWriterComponents *components,
                         struct asr_options *o)
{
    const char *site = bus->recorder->site;
    UINT count = 0;

    memset(o, 0, sizeof(*o));
    if (!components)
        return;
    bus->recorder->site = "OnPreRestore";
    components->lpVtbl->GetComponentCount(components, &count);
    for (UINT i = 0; i < count; i++) {
        IVssComponent *c = NULL;
        BSTR text = NULL;

        if (FAILED(components->lpVtbl->GetComponent(components, i, &c)))
            break;
        if (SUCCEEDED(c->lpVtbl->GetRestoreOptions(c, &text)))
            asr_options_add(o, text);
        bus->bstr_free(bus->context, text);
        c->lpVtbl->Release(c);
    }
    bus->recorder->site = site;
}

/* --- PreRestore --- */

static void make_plan(struct bus *bus, IVssWriterComponents *components,
                      struct asr_plan *plan)
{
    struct asr_options options;

    read_options(bus, components, &options);
    asr_plan_make(plan, bus->machine, &options);
}

uint64_t asr_begin(struct bus *bus, struct ticket_target *target)
{
    const struct machine *m = bus->machine;
    uint64_t takes = 0;

    target->plan = heap_alloc(bus->heap, sizeof(*target->plan));
    if (!target->plan)
        return 0;
    make_plan(bus, target->target.components, target->plan);
    for (uint32_t i = 0; i < target->plan->n; i++)
        if (target->plan->choices[i].outcome == ASR_RECREATED)
            takes += m->quick ? m->quick_format : m->format;
    return target->plan->failure == S_OK ? takes : 0;
}

static void record_disk(struct bus *bus, const struct asr_choice *c,
                        const char *outcome)
{
    struct trace *t = record(bus->recorder, TRACE_DISK, 0);

    trace_str(t, KEY_NAME, c->before->name);
    trace_str(t, KEY_WHAT, "restore");
    if (c->target)
        trace_str(t, KEY_DISK, c->target->name);
    trace_str(t, KEY_OUTCOME, outcome);
    if (c->why != S_OK)
        trace_hr(t, KEY_HR, c->why);
    if (c->need != NEED_NONE) {
        trace_str(t, KEY_REASON, machine_need_name(c->need));
        trace_str(t, KEY_CLEANED, c->cleaned ? "true" : "false");
    }
    trace_end(t);
}

static uint32_t volumes_on(const struct machine_disk *d)
{
    uint32_t n = 0;

    for (const struct machine_volume *v = d->volumes; v; v = v->next)
        n++;
    return n;
}

/* Nothing is carried out of a plan that fails. */
static void carry_out(struct bus *bus, struct asr_plan *plan)
{
    static const char *const outcomes[] = {"kept", "recreated", "excluded",
                                           "skipped", "impossible"};
    struct machine *m = bus->machine;
    bool silent = bus->policy[VSSIM_POLICY_UNCLEAN_EFI_DISK] == 0;

    m->restored = 0;
    m->last_instance = false; /* "ASR resets it" */
    for (uint32_t i = 0; i < plan->n; i++) {
        struct asr_choice *c = &plan->choices[i];
        bool unclean = c->need != NEED_NONE && !c->cleaned;
        bool done = plan->failure == S_OK && !unclean;
        const char *outcome = outcomes[c->outcome];

        if (c->outcome == ASR_RECREATED && !done)
            outcome =
                plan->failure == S_OK && silent ? "inconsistent" : "failed";
        record_disk(bus, c, outcome);
        if (c->outcome != ASR_RECREATED || !done)
            continue;
        machine_recreate(c->target, c->before);
        m->restored += volumes_on(c->target);
    }
}

HRESULT asr_end(struct bus *bus, struct ticket_target *target, HRESULT *async)
{
    struct asr_plan *plan = target->plan;
    HRESULT failure = S_OK;

    *async = S_OK;
    carry_out(bus, plan);
    if (plan->failure != S_OK) { /* U28, U74: in both places */
        *async = failure = plan->failure;
    } else if (plan->unclean) { /* "results are unpredictable": U75 */
        if (bus->policy[VSSIM_POLICY_UNCLEAN_EFI_DISK] == 1)
            *async = VSS_E_ASRERROR_DISK_RECREATION_FAILED;
        if (bus->policy[VSSIM_POLICY_UNCLEAN_EFI_DISK] == 2)
            failure = VSS_E_ASRERROR_DISK_RECREATION_FAILED;
    }
    heap_free(bus->heap, plan);
    target->plan = NULL;
    return failure;
}

/* --- the other places --- */

void asr_closing(struct bus *bus)
{
    struct trace *t = record(bus->recorder, TRACE_REGISTRY, 0);

    trace_str(t, KEY_WHAT, "PostRestore");
    trace_int(t, KEY_COUNT, bus->machine->restored);
    trace_str(t, KEY_VALUE, bus->machine->last_instance ? "set" : "");
    trace_end(t);
}

HRESULT asr_refuses(struct bus *bus, const struct vssim_event *event)
{
    struct asr_plan plan;

    if (!bus->machine || event->kind != VSSIM_EVENT_PRE_RESTORE ||
        bus->policy[VSSIM_POLICY_EXCLUDED_CRITICAL_DISK] != 1)
        return S_OK;
    for (uint32_t i = 0; i < event->n_targets; i++) {
        if (!guid_equal(&event->targets[i].writer, &asr_class))
            continue;
        make_plan(bus, event->targets[i].components, &plan);
        if (plan.failure == VSS_E_ASRERROR_CRITICAL_DISK_CANNOT_BE_EXCLUDED)
            return plan.failure;
    }
    return S_OK;
}
