/*
 * layout.h - sizes, offsets, slots and values as one set of headers has them.
 *
 * ours.c makes the table with the headers in sim/include/vssim/win32,
 * theirs.c with mingw's; compare.c compares. The list is made by
 * gen_layout.py. Both sets declare the same names, so they never meet in one
 * translation unit.
 */
#ifndef LAYOUT_LAYOUT_H
#define LAYOUT_LAYOUT_H

struct layout {
    const char *what;
    long long value;
};

extern const struct layout layout_ours[], layout_theirs[];

#define LAYOUT_TABLE(name) \
    const struct layout name[] = {
#define SIZE(type) {"sizeof " #type, (long long)sizeof(type)},
#define FIELD(type, field) \
    {#type "." #field, (long long)offsetof(type, field)},
/* Compared as the 32 bits of a Windows LONG, signed in one header or not. */
#define CONST(value) {#value, (long long)(int)(value)},
#define SLOT(type, method) \
    {#type "::" #method, \
     (long long)(offsetof(type##Vtbl, method) / sizeof(void *))},
#define LAYOUT_END \
    {0, 0} \
    } \
    ;

#endif
