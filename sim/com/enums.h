/* enums.h - values of the API's enumerations by name; table: enums.def. */
#ifndef COM_ENUMS_H
#define COM_ENUMS_H

#include <stdbool.h>
#include <stdint.h>

/* NULL when `type` (for example "VSS_WRITER_STATE") has no such value. */
const char *enum_name(const char *type, int64_t value);
bool enum_value(const char *type, const char *name, int64_t *value);
/* The names of a type, comma separated, into `out`; for messages. */
void enum_list(const char *type, char *out, unsigned room);
bool enum_known(const char *type);

#endif
