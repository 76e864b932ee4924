#!/usr/bin/env python3
"""Makes what the reference says of its methods from com/api.def.

usage: gen_reference.py API_DEF OUTPUT

For the interfaces of backup components (bc_) and of a component (co_): with
GEN_..._METHODS defined the functions' declarations, with GEN_..._VTABLE the
entries of their vtables. Slots are checked by what gen_api.py makes.
"""
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import gen_api  # noqa: E402

FAMILIES = {'BACKUP_COMPONENTS': 'BC', 'COMPONENT': 'CO'}


def main():
    out = ['/* Made by gen_reference.py from com/api.def. */']
    methods = [m for i in gen_api.parse(sys.argv[1]) for m in i.methods]
    for family, short in FAMILIES.items():
        mine = sorted((m for m in methods if m.iface.family == family),
                      key=lambda m: m.slot)
        out.append('#ifdef GEN_%s_METHODS' % short)
        out += ['HRESULT %s_%s(%s *This%s);' % (
            short.lower(), m.name, short, gen_api.decl(m)) for m in mine]
        out.append('#undef GEN_%s_METHODS\n#endif' % short)
        out.append('#ifdef GEN_%s_VTABLE' % short)
        out += ['.%s = %s_%s,' % (m.name, short.lower(), m.name)
                for m in mine]
        out.append('#undef GEN_%s_VTABLE\n#endif' % short)
    with open(sys.argv[2], 'w', encoding='utf-8') as f:
        f.write('\n'.join(out) + '\n')


if __name__ == '__main__':
    main()
