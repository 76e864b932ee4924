/* com_test.c - texts, GUIDs, codes and enumerations. */
#include <criterion/criterion.h>
#include <string.h>

#include "com/enums.h"
#include "com/hresult.h"
#include "com/text.h"

Test(text, utf8_and_utf16_go_both_ways)
{
    static const char *const texts[] = {"", "plain", "\xC3\xA9\xE2\x82\xAC",
                                        "\xF0\x9F\x98\x80!"};
    WCHAR wide[32];
    char back[64];

    for (unsigned i = 0; i < 4; i++) {
        size_t n = utf8_to_wide(texts[i], strlen(texts[i]), wide, 32);

        cr_assert_eq(wide_length(wide), n);
        cr_assert_eq(wide_to_utf8(wide, n, back, 64), strlen(texts[i]));
        cr_assert_str_eq(back, texts[i]);
    }
}

Test(text, what_does_not_fit_is_cut_whole_and_counted)
{
    WCHAR wide[3];
    char back[4];
    static const WCHAR lone[] = {'a', 0xD800, 'b', 0};

    cr_assert_eq(utf8_to_wide("a\xF0\x9F\x98\x80", 5, wide, 3), 3);
    cr_assert_eq(wide_length(wide), 1, "no half of a pair");
    cr_assert_eq(wide_to_utf8(lone, 3, back, 4), 5);
    cr_assert_str_eq(back, "a");
    cr_assert_eq(utf8_to_wide("x\xFFy", 3, NULL, 0), 3);
}

Test(text, null_and_empty_are_the_same)
{
    static const WCHAR empty[] = {0}, a[] = {'a', 0};

    cr_assert(wide_equal(NULL, empty));
    cr_assert_not(wide_equal(NULL, a));
    cr_assert(wide_equal(a, a));
}

Test(guid, is_read_with_or_without_braces)
{
    GUID a, b;
    char text[GUID_TEXT];

    cr_assert(guid_parse("be000cbe-11fe-4426-9c58-531aa6355fc4", &a));
    cr_assert(guid_parse("{BE000CBE-11FE-4426-9C58-531AA6355FC4}", &b));
    cr_assert(guid_equal(&a, &b));
    cr_assert_str_eq(guid_text(&a, text),
                     "be000cbe-11fe-4426-9c58-531aa6355fc4");
    cr_assert_eq(a.Data1, 0xbe000cbe);
    cr_assert_eq(a.Data4[0], 0x9c);
    cr_assert_not(guid_parse("be000cbe-11fe-4426-9c58-531aa6355fc", &a));
    cr_assert_not(guid_parse("be000cbe+11fe-4426-9c58-531aa6355fc4", &a));
    cr_assert_not(guid_parse("{be000cbe-11fe-4426-9c58-531aa6355fc4", &a));
    cr_assert_not(guid_parse("", &a));
}

Test(hresult, names_and_numbers)
{
    char room[16];
    int32_t hr;

    cr_assert_str_eq(hresult_name((int32_t)0x80042301), "VSS_E_BAD_STATE");
    cr_assert(hresult_of("VSS_S_ASYNC_PENDING", &hr));
    cr_assert_eq(hr, 0x00042309);
    cr_assert_not(hresult_of("VSS_E_NONSENSE", &hr));
    cr_assert_str_eq(hresult_text((int32_t)0x80001234, room), "0x80001234");
}

Test(enums, names_and_values)
{
    int64_t value;

    cr_assert_str_eq(enum_name("VSS_WRITER_STATE", 13),
                     "VSS_WS_FAILED_AT_PRE_RESTORE");
    cr_assert(enum_value("VSS_COMPONENT_TYPE", "VSS_CT_FILEGROUP", &value));
    cr_assert_eq(value, 2);
    cr_assert_null(enum_name("VSS_WRITER_STATE", 99));
    cr_assert_not(enum_value("VSS_COMPONENT_TYPE", "VSS_WS_STABLE", &value));
}
