/* api_test.c - the table of methods against the public headers. */
#include <criterion/criterion.h>

#include "com/api.h"

static int slot_of(const char *name)
{
    const struct api_method *m = api_find(name, 0);

    return m ? m->slot : -2;
}

Test(api, slots_are_those_of_the_interface)
{
    cr_expect_eq(slot_of("InitializeForBackup"), 5);
    cr_expect_eq(slot_of("InitializeForRestore"), 7);
    cr_expect_eq(slot_of("GatherWriterStatus"), 16);
    cr_expect_eq(slot_of("PreRestore"), 33);
    cr_expect_eq(slot_of("PostRestore"), 34);
    cr_expect_eq(slot_of("QueryRevertStatus"), 50);
    cr_expect_eq(slot_of("GetRootAndLogicalPrefixPaths"), 64);
    cr_expect_eq(slot_of("Cancel"), 3);
    cr_expect_eq(slot_of("Wait"), 4);
    cr_expect_eq(slot_of("QueryStatus"), 5);
    cr_expect_eq(slot_of("GetWriterInfo"), 1);
    cr_expect_eq(slot_of("SetFailure"), 48);
}

Test(api, every_slot_of_the_object_has_one_method)
{
    unsigned char seen[65] = {1, 1, 1};

    for (unsigned i = 0; i < api_n_methods; i++)
        if (api_methods[i].family == API_BACKUP_COMPONENTS)
            seen[api_methods[i].slot]++;
    for (int i = 0; i < 65; i++)
        cr_expect_eq(seen[i], 1, "slot %d has %d methods", i, seen[i]);
}

Test(api, names_may_be_qualified)
{
    cr_expect_str_eq(api_find("GetLogicalPath", 0)->iface, "IVssComponent");
    cr_expect_str_eq(api_find("IVssWMDependency.GetLogicalPath", 0)->iface,
                     "IVssWMDependency");
    cr_expect_str_eq(api_find("SaveAsXML", 0)->iface, "IVssBackupComponents");
    cr_expect_str_eq(api_find("SaveAsXML", 1)->iface,
                     "IVssExamineWriterMetadata");
    cr_expect_null(api_find("SaveAsXML", 2));
    cr_expect_null(api_find("Nonsense", 0));
}

Test(api, interfaces_are_found_by_name_and_id)
{
    const struct api_iface *ex3 = api_iface("IVssBackupComponentsEx3");

    cr_assert_eq(ex3->last_slot, 63);
    cr_assert_eq(api_iface_of(ex3->iid), ex3);
    cr_assert_null(api_iface_of(&IID_IUnknown));
    cr_assert_str_eq(api_result(api_find("QueryStatus", 0))->name,
                     "pHrResult");
    cr_assert_null(api_result(api_find("Cancel", 0)));
}
