#!/usr/bin/env python3
"""Puts the profiles into the program: gen_profiles.py OUTPUT PROFILE.yaml...

Written as C arrays of bytes, one a profile, in the order of their names.
"""
import os
import sys


def main():
    out = ['/* Made by gen_profiles.py. */', '#include "writers/profiles.h"', '']
    rows = []
    for i, path in enumerate(sorted(sys.argv[2:])):
        with open(path, 'rb') as f:
            data = f.read()
        name = os.path.basename(path)[:-len('.yaml')]
        out.append('static const char text_%d[] = {' % i)
        for at in range(0, len(data), 16):
            out.append('    ' + ' '.join('%d,' % (b if b < 128 else b - 256)
                                         for b in data[at:at + 16]))
        out.append('    0};')
        rows.append('    {"%s", text_%d, %d},' % (name, i, len(data)))
    out.append('const struct builtin_profile builtin_profiles[] = {')
    out += rows or ['    {0, 0, 0},']
    out.append('};\nconst unsigned n_builtin_profiles = %d;' % len(rows))
    with open(sys.argv[1], 'w', encoding='utf-8') as f:
        f.write('\n'.join(out) + '\n')


if __name__ == '__main__':
    main()
