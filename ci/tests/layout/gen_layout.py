#!/usr/bin/python3
"""Lists what the headers in sim/include/vssim/win32 lay down, for layout.h.

usage: gen_layout.py HEADER... OUTPUT

One line each: SIZE(type), FIELD(struct, field), CONST(name) for enumerators
and HRESULTs, SLOT(interface, method).
"""
import re
import sys

TYPES = ('HRESULT', 'LONG', 'ULONG', 'DWORD', 'UINT', 'INT', 'BOOL', 'BYTE',
         'LONGLONG', 'ULONGLONG', 'USHORT', 'WCHAR', 'LPWSTR', 'LPCWSTR',
         'BSTR', 'OLECHAR', 'FILETIME', 'GUID', 'IID', 'VSS_ID', 'VSS_PWSZ',
         'VSS_TIMESTAMP', 'bool')
# mingw's declares one vtable without IUnknown; see ci/tests/layout.sh.
OTHER_SHAPE = ('IVssWriterComponentsExt',)


def strip(text):
    return re.sub(r'/\*.*?\*/', '', text, flags=re.S)


def enums(text):
    for body, name in re.findall(
            r'typedef enum \w+ \{(.*?)\} (\w+)', text, re.S):
        yield 'SIZE(%s)' % name
        for constant in re.findall(r'(\w+)\s*=', body):
            yield 'CONST(%s)' % constant


def structs(text):
    for body, name in re.findall(
            r'typedef struct _\w+ \{(.*?)\} (\w+)', text, re.S):
        if not name.startswith('VSS_') and name not in TYPES:
            continue
        yield 'SIZE(%s)' % name
        for field in re.findall(r'(\w+)(?:\[\d+\])?;', body):
            yield 'FIELD(%s, %s)' % (name, field)


def slots(text):
    lists = {}
    for name, body in re.findall(
            r'#define (\w+)_METHODS\(T\) \\\n((?:.*\\\n)*.*)', text):
        lists[name] = re.findall(r'\(STDMETHODCALLTYPE \*(\w+)\)', body)
    for name, body in re.findall(
            r'typedef struct (\w+)Vtbl \{(.*?)\}', text, re.S):
        if name in OTHER_SHAPE:
            continue
        for part in re.findall(r'(\w+)_METHODS', body):
            for method in lists[part]:
                yield 'SLOT(%s, %s)' % (name, method)


def hresults(text):
    for name in re.findall(r'#define (VSS_[ES]_\w+) \(\(HRESULT\)', text):
        yield 'CONST(%s)' % name


def main():
    text = ''
    for header in sys.argv[1:-1]:
        with open(header, encoding='utf-8') as f:
            text += strip(f.read())
    lines = ['SIZE(%s)' % t for t in TYPES]
    for part in (hresults, enums, structs, slots):
        lines += part(text)
    kept = []
    for line in lines:
        if line not in kept:
            kept.append(line)
    with open(sys.argv[-1], 'w', encoding='utf-8') as f:
        f.write('\n'.join(kept) + '\n')


if __name__ == '__main__':
    main()
