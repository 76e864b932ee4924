/* vds_test.c - the virtual disk service: identity, references, refusals. */
#include <criterion/criterion.h>
#include <stdlib.h>

#include "proxy/proxy.h"
#include "vds/vds_object.h"

static struct machine_disk disk = {
    .name = "one", .drive = "one", .style = MACHINE_GPT,
    .size = (uint64_t)64 << 30, .sector = 512, .esp = true};
static const struct machine machine = {.efi = true, .disks = &disk,
                                       .before = &disk};

static struct setup {
    struct heap *heap;
    struct trace trace;
    char *buffer;
    struct world *w;
} s;

static void set_up(void)
{
    static const int policy[VSSIM_POLICY_COUNT];
    const struct world_setup setup = {.windows = VSSIM_SERVER_2022,
                                      .policy = policy,
                                      .machine = &machine};

    s.heap = heap_create((uint64_t)16 << 20);
    s.buffer = malloc(1 << 20);
    trace_init(&s.trace, s.buffer, 1 << 20, NULL);
    s.w = world_create(s.heap, &s.trace, NULL, &setup);
    cr_assert(s.w);
}

static void tear_down(void)
{
    heap_destroy(s.heap);
    free(s.buffer);
}

TestSuite(vds, .init = set_up, .fini = tear_down);

Test(vds, an_object_is_one_under_all_its_interfaces)
{
    struct vds_object *o = vds_disk_object(s.w, s.w->bus.machine->disks);
    IVdsDisk *d = (IVdsDisk *)(void *)o;
    IVdsAdvancedDisk *a = NULL;
    void *one = NULL, *two = NULL;

    cr_assert_eq(
        d->lpVtbl->QueryInterface(d, &IID_IVdsAdvancedDisk, (void **)&a),
        S_OK);
    cr_expect_neq((void *)a, (void *)d);
    cr_expect_eq(d->lpVtbl->QueryInterface(d, &IID_IUnknown, &one), S_OK);
    cr_expect_eq(a->lpVtbl->QueryInterface(a, &IID_IUnknown, &two), S_OK);
    cr_expect_eq(one, two);
    cr_expect_eq(a->lpVtbl->QueryInterface(a, &IID_IVdsPack, &two),
                 E_NOINTERFACE);
    cr_expect_null(two);
    cr_expect_eq(a->lpVtbl->Release(a), 3);
    cr_expect_eq(d->lpVtbl->Release(d), 2);
    cr_expect_eq(d->lpVtbl->Release(d), 1);
    cr_expect_eq(d->lpVtbl->Release(d), 0);
}

Test(vds, what_clients_hold_is_one_object_too)
{
    struct vds_object *o = vds_disk_object(s.w, s.w->bus.machine->disks);
    struct proxy *first = proxy_wrap(s.w, API_VDS_DISK, "IVdsDisk", o);
    struct proxy *unknown = NULL, *again = NULL, *advanced = NULL;

    cr_expect_eq(
        proxy_QueryInterface(first, &IID_IVdsAdvancedDisk, (void **)&advanced),
        S_OK);
    cr_expect_neq((void *)advanced, (void *)first);
    cr_expect_eq(
        proxy_QueryInterface(advanced, &IID_IUnknown, (void **)&unknown),
        S_OK);
    cr_expect_eq((void *)unknown, (void *)first);
    while (!first->dead)
        proxy_Release(first);
    cr_expect_eq(
        proxy_QueryInterface(advanced, &IID_IUnknown, (void **)&again), S_OK);
    cr_expect_eq((int)again->family, API_VDS_DISK, "not that of %s",
                 "IVdsAdvancedDisk");
    proxy_Release(again);
    proxy_Release(advanced);
}

Test(vds, a_clean_goes_on_without_its_client)
{
    struct machine_disk *now = s.w->bus.machine->disks;
    struct vds_object *o = vds_disk_object(s.w, now);
    IVdsAdvancedDisk *a = (IVdsAdvancedDisk *)(void *)&o->more;
    IVdsAsync *async = (IVdsAsync *)(void *)o;

    cr_expect_eq(a->lpVtbl->Clean(a, FALSE, TRUE, TRUE, &async),
                 (HRESULT)0x8004240Au);
    cr_expect_null(async);
    cr_expect_eq(a->lpVtbl->Clean(a, TRUE, FALSE, FALSE, NULL), E_INVALIDARG);
    cr_assert_eq(a->lpVtbl->Clean(a, TRUE, FALSE, FALSE, &async), S_OK);
    cr_expect_eq(async->lpVtbl->Release(async), 1, "the operation's own");
    a->lpVtbl->Release(a);
    cr_expect_eq(now->style, MACHINE_GPT);
    world_advance(s.w, 1000);
    cr_expect_eq(now->style, MACHINE_RAW);
    cr_expect(now->cleaned);
    cr_expect_not(now->esp);
}

Test(vds, proxies_know_what_enumerators_give)
{
    IVdsServiceLoader *loader = NULL;
    IVdsService *service = NULL;
    IEnumVdsObject *e = NULL;
    IUnknown *two[2] = {NULL, NULL};
    IVdsSwProvider *software = NULL;
    void *unknown = NULL;
    ULONG n = 9;

    cr_assert_eq(proxy_CoCreateInstance(s.w, &CLSID_VdsLoader, 4,
                                        &IID_IVdsServiceLoader,
                                        (void **)&loader),
                 S_OK);
    cr_expect_eq(loader->lpVtbl->LoadService(
                     loader, (LPWSTR)(uintptr_t)u"elsewhere", &service),
                 (HRESULT)0x800706BAu);
    cr_assert_eq(loader->lpVtbl->LoadService(loader, NULL, &service), S_OK);
    cr_assert_eq(service->lpVtbl->QueryProviders(service, 1, &e), S_OK);
    cr_assert_eq(e->lpVtbl->Next(e, 2, two, &n), S_OK);
    cr_expect_eq(n, 2);
    cr_expect_eq(((struct proxy *)(void *)two[0])->family, API_VDS_PROVIDER);
    cr_assert_eq(two[0]->lpVtbl->QueryInterface(two[0], &IID_IVdsSwProvider,
                                                (void **)&software),
                 S_OK);
    cr_assert_eq(
        software->lpVtbl->QueryInterface(software, &IID_IUnknown, &unknown),
        S_OK);
    cr_expect_eq(unknown, (void *)two[0], "one identity");
    cr_expect_eq(e->lpVtbl->Next(e, 1, two, &n), S_FALSE);
    cr_expect_eq(n, 0);
}
