#!/bin/sh
# layout.sh - our headers lay everything down as those of Windows do: against
# mingw's headers, and with the rules of Microsoft's C++ (clang's imitation).
. "$(dirname "$0")/lib.sh"

run ci/tests/wine build/win64/layout.exe
code_is 0 "as mingw's headers"
out_has " compared, 0 differ" "as mingw's headers: sizes, offsets, slots"

# No C library for that target here: the headers need only memcmp.
printf '#include <stddef.h>\n%s\n' \
    'extern "C" int memcmp(const void *, const void *, size_t);' \
    >"$tmp/string.h"
cat >"$tmp/requester.cpp" <<'END2'
#include <vssim/win32/vsbackup.h>
static_assert(sizeof(IVssWriterComponentsExt) == 16, "two vtable pointers");
static_assert(sizeof(IVssBackupComponentsEx4) == 8, "one vtable pointer");
static_assert(sizeof(WCHAR) == 2 && sizeof(LONG) == 4 && sizeof(bool) == 1 &&
              sizeof(VSS_COMPONENT_TYPE) == 4, "types");
static_assert(sizeof(VSS_COMPONENTINFO) == 72, "with Microsoft's padding");
unsigned use(IVssWriterComponentsExt *x) { return x->Release(); }
IUnknown *second(IVssWriterComponentsExt *x) { return x; }
END2
msvc() {
    clang -target x86_64-pc-windows-msvc -std=c++14 -Wall -Werror \
        -isystem "$tmp" -Isim/include "$@" "$tmp/requester.cpp"
}
run msvc -fsyntax-only -Xclang -fdump-record-layouts
code_is 0 "Microsoft's rules: the headers compile, sizes are right"
sed -n '/ struct IVssWriterComponentsExt$/,/^$/p' "$tmp/out" >"$tmp/ext"
is "Microsoft's rules: the methods' vtable comes first" grep -qE \
    '^ *0 \| +\(IVssWriterComponents vftable pointer\)' "$tmp/ext"
is "Microsoft's rules: IUnknown's is second, at 8" grep -qE \
    '^ *8 \| +\(IUnknown vftable pointer\)' "$tmp/ext"
# What a program built so does: the second pointer, its third slot.
run msvc -O1 -S -o "$tmp/requester.s"
code_is 0 "Microsoft's rules: calls compile"
is "Microsoft's rules: Release goes through the pointer at 8, slot 2" \
    sh -c "grep -A12 '^\"*?use@' '$tmp/requester.s' |
           tr -d '\\n' | grep -qE '8\\(%rcx\\).*16\\('"

# The same through mingw's C++ and our headers.
cat >"$tmp/slots.cpp" <<'END2'
#include <cstdio>
#include <vssim/win32/vsbackup.h>
template <typename M> static long slot(M method)
{
    long long raw[2];
    memcpy(raw, &method, sizeof(raw));
    return (long)((raw[0] - 1) / 8);
}
int main()
{
    printf("%ld %ld %ld %ld\n", slot(&IVssBackupComponents::PreRestore),
           slot(&IVssBackupComponents::PostRestore), slot(&IVssAsync::Wait),
           slot(&IVssBackupComponents::InitializeForRestore));
    return 0;
}
END2
run x86_64-w64-mingw32-g++ -std=c++11 -Wall -Werror -static -Isim/include \
    "$tmp/slots.cpp" -o "$tmp/slots.exe"
code_is 0 "mingw's C++ takes our headers without <windows.h>"
run ci/tests/wine "$tmp/slots.exe"
is "mingw's C++ finds the slots" test "$(tr -d '\r' <"$tmp/out")" = "33 34 4 7"
# With the real <windows.h>, by the forwarding headers and without them.
for include in "-Isim/include/vssim/win32" "-include windows.h -Isim/include/vssim/win32"; do
    printf '#include <windows.h>\n#include <vss.h>\n%s\n%s\n' \
        '#include <vswriter.h>' '#include <vsbackup.h>' >"$tmp/real.cpp"
    printf 'int main() { return (int)GetLastError(); }\n' >>"$tmp/real.cpp"
    # shellcheck disable=SC2086
    run x86_64-w64-mingw32-g++ -std=c++11 -Wall -Werror -fsyntax-only \
        $include "$tmp/real.cpp"
    code_is 0 "a requester for Windows builds with $include"
done
finish
