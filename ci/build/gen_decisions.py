#!/usr/bin/env python3
"""Makes a C table of the decisions.

usage: gen_decisions.py DECISIONS_MD OUTPUT
"""
import sys


def main():
    entries = []
    with open(sys.argv[1], encoding='utf-8') as f:
        for line in f:
            if line.startswith('## '):
                name, title = line[3:].rstrip().split(' ', 1)
                entries.append([name, title, ''])
            elif entries:
                entries[-1][2] += line
    with open(sys.argv[2], 'w', encoding='utf-8') as f:
        f.write('/* Made by gen_decisions.py. */\n#include "cli/cli.h"\n\n'
                'const struct decision decisions[] = {\n')
        for name, title, text in entries:
            lines = text.strip().split('\n')
            f.write('    {"%s", "%s",\n' % (name, title.replace('"', '\\"')))
            for line in lines:
                f.write('     "%s\\n"\n' % line.replace('\\', '\\\\')
                        .replace('"', '\\"'))
            f.write('    },\n')
        f.write('};\nconst unsigned n_decisions = %d;\n' % len(entries))


if __name__ == '__main__':
    main()
