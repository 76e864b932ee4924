"""format.py - clang-format over our sources, tables excepted.

Tables (initialisers of arrays and structs over several lines, enumerations,
the headers that stand in for those of Windows) keep the form that they were
given; all the rest is as .clang-format says.

    format.py [--fix] [FILE...]     the files that are not so; --fix mends them
"""
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

# A pointer to a function whose type is in capitals.
POINTER = re.compile(r'\s*[A-Z_]+ \*?\(\w* ?\*\w+\)\(')
# Where a table begins.
OPENS = re.compile(r'= *\{|^\s*(?:typedef )?enum\b[^()]*\{')


def depth_of(line):
    """By how much a line opens braces; those in texts do not count."""
    line = re.sub(r'"(?:\\.|[^"\\])*"|\'(?:\\.|[^\'\\])*\'', '', line)
    return line.count('{') - line.count('}')


def tables(lines):
    """The lines (from 1) that belong to tables or to long macros."""
    inside, number = set(), 0
    while number < len(lines):
        line = lines[number]
        start = number
        if line.startswith('#define'):
            inside.add(number + 1)
            while number + 1 < len(lines) and lines[number].endswith('\\'):
                number += 1
        elif OPENS.search(line):
            depth = depth_of(line[OPENS.search(line).start():])
            while depth > 0 and number + 1 < len(lines):
                number += 1
                depth += depth_of(lines[number])
        elif POINTER.match(line):  # clang-format takes HRESULT for a macro
            inside.add(number + 1)
            while not lines[number].endswith(';') and number + 1 < len(lines):
                number += 1
        if number > start or OPENS.search(line):
            inside.update(range(start + 1, number + 2))
        number += 1
    return inside


def formatted(path):
    with open(path, encoding='utf-8') as f:
        text = f.read()
    if 'sim/include/vssim/win32/' in path:
        return text, text
    lines = text.split('\n')
    inside = tables(lines)
    ranges, start = [], None
    for number in range(1, len(lines) + 2):
        if number <= len(lines) and number not in inside:
            start = start or number
        elif start:
            ranges.append('--lines=%d:%d' % (start, number - 1))
            start = None
    out = subprocess.run(['clang-format', '--assume-filename=' + path] +
                         ranges, input=text, text=True, check=True,
                         stdout=subprocess.PIPE).stdout
    return text, out


def ours():
    """Every C source that git knows; asserts/mutants included."""
    names = subprocess.run(['git', 'ls-files', '*.c', '*.h', '*.cpp'],
                           text=True, check=True,
                           stdout=subprocess.PIPE).stdout.split()
    return [n for n in names if os.path.exists(n)]


def check(paths, fix):
    """The paths that are not as they are to be."""
    bad = []
    with ThreadPoolExecutor() as pool:
        for path, (text, out) in zip(paths, pool.map(formatted, paths)):
            if text != out:
                bad.append(path)
                if fix:
                    with open(path, 'w', encoding='utf-8') as f:
                        f.write(out)
    return bad


def main():
    fix = '--fix' in sys.argv[1:]
    paths = [a for a in sys.argv[1:] if a != '--fix'] or ours()
    bad = check(paths, fix)
    for path in bad:
        print('%s: %s' % (path, 'mended' if fix else
                          'not as clang-format has it: ci/check/lint --fix'))
    return 1 if bad and not fix else 0


if __name__ == '__main__':
    sys.exit(main())
