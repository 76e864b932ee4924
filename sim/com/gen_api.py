#!/usr/bin/env python3
"""Makes the proxies and the method table from com/api.def.

usage: gen_api.py API_DEF OUTPUT

api.def holds interfaces and their methods with slots and typed parameters;
what is written is C that proxy/proxy.c and com/api.c include: one proxy
function a method, the proxies' vtables, one invoke function a method, the
tables of com/api.h, and static asserts on every slot.
"""
import re
import sys

FAMILY = {
    'IVssBackupComponents': 'BACKUP_COMPONENTS', 'IVssAsync': 'ASYNC',
    'IVssEnumObject': 'ENUM_OBJECT',
    'IVssExamineWriterMetadata': 'EXAMINE_METADATA',
    'IVssWMComponent': 'WM_COMPONENT', 'IVssWMFiledesc': 'WM_FILEDESC',
    'IVssWMDependency': 'WM_DEPENDENCY',
    'IVssWriterComponents': 'WRITER_COMPONENTS', 'IVssComponent': 'COMPONENT',
    'IVdsServiceLoader': 'VDS_LOADER', 'IVdsService': 'VDS_SERVICE',
    'IVdsProvider': 'VDS_PROVIDER', 'IVdsSwProvider': 'VDS_SW_PROVIDER',
    'IVdsPack': 'VDS_PACK', 'IVdsDisk': 'VDS_DISK',
    'IVdsAdvancedDisk': 'VDS_ADVANCED_DISK', 'IEnumVdsObject': 'VDS_ENUM',
    'IVdsAsync': 'VDS_ASYNC',
}
# The most derived interface of each family: its vtable holds all slots.
MOST = {
    'BACKUP_COMPONENTS': 'IVssBackupComponentsEx4', 'ASYNC': 'IVssAsync',
    'ENUM_OBJECT': 'IVssEnumObject',
    'EXAMINE_METADATA': 'IVssExamineWriterMetadataEx2',
    'WM_COMPONENT': 'IVssWMComponent', 'WM_FILEDESC': 'IVssWMFiledesc',
    'WM_DEPENDENCY': 'IVssWMDependency',
    'WRITER_COMPONENTS': 'IVssWriterComponents',
    'COMPONENT': 'IVssComponentEx2',
}
MOST.update((family, iface) for iface, family in FAMILY.items()
            if family.startswith('VDS_'))
INTS = {'UINT': 4, 'ULONG': 4, 'DWORD': 4, 'LONG': 4, 'INT': 4, 'BOOL': 4,
        'FILETIME': 8, 'ULONGLONG': 8, 'WCHAR': 2}
TEXTS = ('BSTR', 'LPCWSTR', 'LPWSTR', 'VSS_PWSZ')
OBJECTS = ('IVss', 'IVds', 'IEnumVds')


class Param:
    def __init__(self, text):
        m = re.match(r'(in|out) (.*?)(\**)(\w+)$', text.strip())
        self.dir, base, stars, self.name = m.groups()
        self.base = base.strip()
        self.stars = len(stars)
        self.ctype = self.base + (' ' + stars if stars else '')
        self.pointee = self.base + ' ' + stars[1:] if stars else self.base
        self.kind, self.type = self.classify()

    def classify(self):
        base, out = self.base, self.dir == 'out'
        if base == 'const VSS_ID':
            return 'GUIDS', 'VSS_ID'
        if base == 'IUnknown' and out and self.stars == 2:
            return 'OBJECTS', base
        if base.startswith(OBJECTS) and self.stars == 2:
            return 'OBJECT', base
        if base == 'VSS_SNAPSHOT_PROP' and out and self.stars == 1:
            return 'PROP', base
        if base == 'VSS_OBJECT_PROP' and out and self.stars == 1:
            return 'PROPS', base
        if self.stars != (1 if out else 0):
            return 'OPAQUE', base
        if base in TEXTS:
            return 'TEXT', base
        if base == 'VSS_ID' or base == 'IID':
            return 'GUID', base
        if base == 'bool':
            return 'BOOL', base
        if base == 'HRESULT':
            return 'HR', base
        if base in INTS and base != 'FILETIME':
            return 'INT', base
        if base.startswith('VSS_'):
            return 'ENUM', base
        return 'OPAQUE', base


FORMS = {'time': 'TIME', 'bits': 'BITS', 'shadow-copy': 'SHADOW_COPY',
         'instance': 'INSTANCE', None: 'PLAIN'}
UNSAID = {
    'null': 'NULL', 'component.path': 'COMPONENT_PATH',
    'component.name': 'COMPONENT_NAME', 'writer.class': 'WRITER_CLASS',
    'writer.instance': 'WRITER_INSTANCE', 'document': 'DOCUMENT',
    'given-document': 'GIVEN_DOCUMENT', 'last-set': 'LAST_SET',
    'last-snapshot': 'LAST_SNAPSHOT', 'last-object': 'LAST_OBJECT',
    'left-out': 'LEFT_OUT'}


class Said:
    """What a step says of a parameter, and what it is unsaid."""

    def __init__(self, form, unsaid):
        self.form = FORMS[form]
        self.value, self.words, self.id = '0', 'NULL', 'NULL'
        if unsaid is None:
            self.unsaid = 'NOTHING'
        elif unsaid == 'component.type':
            self.unsaid, self.value = 'COMPONENT_TYPE', 'VSS_CT_FILEGROUP'
        elif unsaid in UNSAID:
            self.unsaid = UNSAID[unsaid]
        elif unsaid.startswith('"'):
            self.unsaid, self.words = 'WORDS', unsaid
        elif unsaid.startswith(('CLSID_', 'IID_')):
            self.unsaid, self.id = 'ID', '&' + unsaid
        else:
            self.unsaid, self.value = 'VALUE', unsaid


def read_says(path):
    """{NAME, METHOD.NAME or TYPE: Said}."""
    says = {}
    with open(path, encoding='utf-8') as f:
        for line in f:
            m = re.fullmatch(r'say ([\w.]+)(?: as ([\w-]+))?(?: = (.*))?',
                             line.strip())
            if m:
                says[m.group(1)] = Said(m.group(2), m.group(3))
            elif line.startswith('say'):
                sys.exit('%s: cannot read: %s' % (path, line))
    return says


def said(says, method, p, used):
    for key in (method.name + '.' + p.name, p.name, p.type):
        if key in says and (p.dir == 'in') != (
                says[key].unsaid == 'LEFT_OUT'):
            used.add(key)
            return says[key]
    return Said(None, None)


class Method:
    def __init__(self, iface, slot, name, params):
        self.iface, self.slot = iface, slot
        self.name, self.params = name, params
        self.id = '%s_%s' % (iface.name, name)


class Iface:
    def __init__(self, name, base, iid):
        self.name, self.base, self.iid = name, base, iid
        self.methods = []


def parse(path):
    ifaces, known = [], {}
    with open(path, encoding='utf-8') as f:
        for line in f:
            line = line.rstrip()
            if not line or line.lstrip().startswith('#') or \
                    line.startswith('say '):
                continue
            if line.startswith('interface'):
                _, name, _, base, iid = line.split()
                cur = Iface(name, None if base in ('-', 'IUnknown') else base,
                            None if iid == '-' else iid)
                root = cur
                while root.base:
                    root = known[root.base]
                cur.family = FAMILY.get(root.name)
                known[name] = cur
                ifaces.append(cur)
                continue
            m = re.match(r'\s+(-?\w+) (\w+) \((.*)\)$', line)
            if not m:
                sys.exit('%s: cannot read: %s' % (path, line))
            slot, name, params = m.groups()
            ps = [Param(p) for p in params.split(', ')] if params else []
            cur.methods.append(
                Method(cur, -1 if slot == 'None' else int(slot), name, ps))
    return ifaces


def decl(method):
    return ''.join(', %s%s' % (p.ctype if p.stars else p.ctype + ' ', p.name)
                   for p in method.params)


def proxy(method, out):
    most = MOST[method.iface.family]
    out.append('static HRESULT STDMETHODCALLTYPE proxy_%s(%s *This%s)\n{'
               % (method.id, most, decl(method)))
    out.append('    struct proxy *self = proxy_of(This);')
    out.append('    struct proxy_call c;')
    outs = [p for p in method.params
            if p.dir == 'out' and p.kind not in ('OPAQUE', 'PROPS', 'OBJECTS')]
    for p in outs:
        out.append('    %s%so_%s;' % (p.pointee,
                                      '' if p.pointee.endswith('*') else ' ',
                                      p.name))
    out.append('    HRESULT result;\n')
    for p in outs:
        out.append('    memset(&o_%s, PROXY_POISON, sizeof(o_%s));'
                   % (p.name, p.name))
    out.append('    if (!proxy_enter(&c, self, &api_methods[M_%s]))' % method.id)
    out.append('        return PROXY_DEAD;')
    for i, p in enumerate(method.params):
        if p.dir == 'out':
            out.append('    proxy_in_pointer(&c, "%s", %s != NULL);'
                       % (p.name, p.name))
        elif p.kind in ('INT', 'BOOL', 'ENUM', 'HR'):
            out.append('    proxy_in_number(&c, %d, (int64_t)%s);'
                       % (i, p.name))
        elif p.kind == 'GUID':
            out.append('    proxy_in_guid(&c, "%s", &%s);' % (p.name, p.name))
        elif p.kind == 'TEXT':
            out.append('    proxy_in_text(&c, "%s", %s);' % (p.name, p.name))
        elif p.kind == 'GUIDS':
            out.append('    proxy_in_guids(&c, "%s", %s, %s);'
                       % (p.name, p.name, method.params[i + 1].name))
        elif p.stars or p.base.startswith('P'):
            out.append('    proxy_in_pointer(&c, "%s", %s != NULL);'
                       % (p.name, p.name))
    out.append('    proxy_ready(&c);')
    for i, p in enumerate(method.params):
        if p.dir == 'in' and p.kind in ('INT', 'BOOL', 'ENUM', 'HR'):
            out.append('    %s = (%s)proxy_garble(&c, %d, (int64_t)%s);'
                       % (p.name, p.ctype, i, p.name))
    args = ''.join(', ' + ('%s ? &o_%s : NULL' % (p.name, p.name)
                           if p in outs else p.name) for p in method.params)
    out.append('    result = ((%s *)self->real)->lpVtbl->%s((%s *)self->real%s);'
               % (most, method.name, most, args))
    for p in outs:
        if p.kind == 'OBJECT':
            out.append('    if (%s)\n        proxy_wrap_out(&c, "%s", '
                       '(void **)&o_%s);' % (p.name, p.type, p.name))
    out.append('    proxy_returned(&c, result);')
    for p in outs:
        if p.kind == 'OBJECT':
            out.append('    if (%s && proxy_out_object(&c, "%s", o_%s))\n'
                       '        *%s = o_%s;'
                       % (p.name, p.name, p.name, p.name, p.name))
        elif p.kind == 'PROP':
            out.append('    if (%s && proxy_out_prop(&c, %d, result, &o_%s))\n'
                       '        *%s = o_%s;'
                       % (p.name, method.params.index(p), p.name, p.name,
                          p.name))
        else:
            i = method.params.index(p)
            out.append('    if (%s && proxy_out(&c, %d, &o_%s, sizeof(o_%s)))\n'
                       '        *%s = o_%s;'
                       % (p.name, i, p.name, p.name, p.name, p.name))
    for i, p in enumerate(method.params):
        if p.dir == 'out' and p.kind == 'OPAQUE':
            out.append('    if (%s)\n        proxy_out_opaque(&c, %d, %s);'
                       % (p.name, i, p.name))
        elif p.kind == 'OBJECTS' and i + 1 < len(method.params):
            n = method.params[i + 1].name
            out.append('    if (%s && %s && o_%s <= %s)\n        '
                       'proxy_out_objects(&c, "%s", %s, o_%s);'
                       % (p.name, n, n, method.params[i - 1].name, p.name,
                          p.name, n))
        elif p.kind == 'PROPS':
            n = method.params[i + 1].name
            out.append('    if (%s && %s)\n        proxy_out_props(&c, %s, '
                       'o_%s < %s ? o_%s : %s);'
                       % (p.name, n, p.name, n, method.params[i - 1].name, n,
                          method.params[i - 1].name))
    out.append('    proxy_leave(&c);\n    return result;\n}\n')


def invoke(method, out):
    most = MOST[method.iface.family]
    args = []
    for i, p in enumerate(method.params):
        if p.dir == 'out':
            args.append('v[%d].out' % i)
        elif p.kind == 'GUID':
            args.append('v[%d].guid' % i)
        elif p.kind == 'GUIDS':
            args.append('v[%d].guids' % i)
        elif p.kind == 'TEXT':
            args.append('(%s)(uintptr_t)v[%d].text' % (p.ctype, i))
        elif p.base == 'FILETIME':
            args.append('(FILETIME){(DWORD)v[%d].num, (DWORD)(v[%d].num >> 32)}'
                        % (i, i))
        elif p.stars or p.kind == 'OPAQUE':
            args.append('v[%d].out' % i)
        else:
            args.append('(%s)v[%d].num' % (p.ctype, i))
    out.append('static HRESULT invoke_%s(void *object, union api_value *v)\n{'
               % method.id)
    if not method.params:
        out.append('    (void)v;')
    out.append('    return ((%s *)object)->lpVtbl->%s(%s);\n}\n'
               % (most, method.name, ', '.join(['object'] + args)))


def not_there(method, out):
    """What the simulated virtual disk service does not have."""
    out.append('__attribute__((unused)) static HRESULT STDMETHODCALLTYPE\n'
               'notimpl_%s(%s *This%s)\n{\n    (void)This;'
               % (method.id, method.iface.name, decl(method)))
    for p in method.params:
        if p.dir == 'out' and p.stars == 2:
            out.append('    if (%s)\n        *%s = NULL;' % (p.name, p.name))
        elif p.dir == 'out' and p.kind == 'INT':
            out.append('    if (%s)\n        *%s = 0;' % (p.name, p.name))
        else:
            out.append('    (void)%s;' % p.name)
    out.append('    return E_NOTIMPL;\n}\n')


def size(p):
    if p.kind == 'BOOL':
        return 1
    if p.kind == 'GUID':
        return 16
    if p.kind in ('INT', 'ENUM', 'HR'):
        return 4
    return 8 # pointers and structures


def main():
    ifaces = parse(sys.argv[1])
    out = ['/* Made by gen_api.py from com/api.def. */']
    members = [i for i in ifaces if i.family]
    functions = [i for i in ifaces if not i.family]
    methods = [m for i in members for m in i.methods]
    extra = [m for i in functions for m in i.methods]
    out.append('enum {')
    out += ['    M_%s,' % m.id for m in methods]
    out.append('    M_COUNT\n};\n')
    out.append('#ifdef GEN_PROXIES')
    for m in methods:
        proxy(m, out)
    for family, most in MOST.items():
        if family == 'WRITER_COMPONENTS':
            head = ''
        else:
            head = ('    proxy_%s_QueryInterface, proxy_%s_AddRef,\n'
                    '    proxy_%s_Release,\n' % ((family.lower(),) * 3))
            for name, ret, args, pas in (
                    ('QueryInterface', 'HRESULT', ', REFIID riid, void **out',
                     ', riid, out'),
                    ('AddRef', 'ULONG', '', ''), ('Release', 'ULONG', '', '')):
                out.append('static %s STDMETHODCALLTYPE proxy_%s_%s('
                           '%s *This%s)\n{\n    return proxy_%s('
                           'proxy_of(This)%s);\n}\n'
                           % (ret, family.lower(), name, most, args, name,
                              pas))
        out.append('static const %sVtbl proxy_vtbl_%s = {' % (most, family))
        out.append(head + ''.join(
            '    .%s = proxy_%s,\n' % (m.name, m.id)
            for m in sorted(methods, key=lambda m: m.slot)
            if m.iface.family == family) + '};\n')
    out.append('#endif\n\n#ifdef GEN_VDS')
    for m in methods:
        if m.iface.family.startswith('VDS_'):
            not_there(m, out)
    out.append('#endif\n\n#ifdef GEN_TABLE')
    for m in methods:
        out.append('_Static_assert(offsetof(%sVtbl, %s) == %d * sizeof(void *), '
                   '"slot of %s");' % (MOST[m.iface.family], m.name, m.slot,
                                       m.id))
    for m in methods:
        invoke(m, out)
    says, used = read_says(sys.argv[1]), set()
    for m in methods + extra:
        if m.params:
            out.append('static const struct api_param params_%s[] = {'
                       % m.id.replace('(', '').replace(')', ''))
            for p in m.params:
                s = said(says, m, p, used)
                out.append('    {"%s", "%s", API_%s, API_%s, %d, API_%s, '
                           'API_%s, %s, %s, %s},'
                           % (p.name, p.type, p.kind, p.dir.upper(), size(p),
                              s.form, s.unsaid, s.value, s.words, s.id))
            out.append('};')
    if set(says) - used:
        sys.exit('%s: no parameter %s' % (sys.argv[1],
                                          ', '.join(set(says) - used)))
    out.append('const struct api_method api_methods[] = {')
    for m in methods:
        out.append('    {"%s", "%s", %d, API_%s, %d, %s, invoke_%s},'
                   % (m.iface.name, m.name, m.slot, m.iface.family,
                      len(m.params),
                      'params_' + m.id if m.params else 'NULL', m.id))
    for m in extra:
        out.append('    {"function", "%s", -1, API_FUNCTION, %d, %s, NULL},'
                   % (m.name, len(m.params),
                      'params_' + m.id if m.params else 'NULL'))
    out.append('};\nconst unsigned api_n_methods = %d;'
               % (len(methods) + len(extra)))
    out.append('const struct api_iface api_ifaces[] = {')
    for i in members:
        out.append('    {"%s", %s, %s, API_%s, %d},'
                   % (i.name, '"%s"' % i.base if i.base else 'NULL',
                      '&IID_' + i.name if i.iid else 'NULL', i.family,
                      max(m.slot for m in i.methods)))
    out.append('};\nconst unsigned api_n_ifaces = %d;\n#endif' % len(members))
    with open(sys.argv[2], 'w', encoding='utf-8') as f:
        f.write('\n'.join(out) + '\n')


if __name__ == '__main__':
    main()
