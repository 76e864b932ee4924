/* hresult.h - HRESULTs by name and number; the table is hresult.def. */
#ifndef COM_HRESULT_H
#define COM_HRESULT_H

#include <stdbool.h>
#include <stdint.h>

/* For those to whom the headers of Windows are closed: the rules read names
 * and numbers, and are built without them. */
enum {
#define HR(name, value, meaning) HR_##name = (int32_t)(value),
#include "com/hresult.def"
#undef HR
};

/* The name, or NULL when the table has none. VDS codes that share a number
 * with a VSS code are found by name only (decision U31). */
const char *hresult_name(int32_t hr);
/* The name, or 0x%08X in `buffer` (at least 11 bytes). */
const char *hresult_text(int32_t hr, char *buffer);
/* The same as a method of `iface` means it: VDS and VSS share numbers. */
const char *hresult_text_in(const char *iface, int32_t hr, char *buffer);
bool hresult_of(const char *name, int32_t *hr);
/* The i-th entry, false after the last. */
bool hresult_entry(unsigned i, const char **name, int32_t *hr,
                   const char **meaning);

#endif
