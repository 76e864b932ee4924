"""coverage.py - judges an export of llvm-cov (ci/check/coverage) by its branches.

Each condition has two sides, true and false; one that several expansions or
binaries have is taken when any of them takes it. A side that nothing takes
is named. It may be excused in the source by

    /* not taken: why */

behind the code, or on lines of its own before it. That holds for the sides
of one line, and only as long as one of them is really not taken.
"""
import collections
import json
import os
import re
import sys

FOLDERS = ('sim/vss', 'writers', 'asserts')
MOST = 0            # sides that may be not taken
MOST_EXCUSED = 1.0  # percent of all sides

EXCUSE = re.compile(r'/\* not taken: (.*?)\s*\*/', re.DOTALL)


def sides_of(export, root):
    """{(file, line, column, side): count}, for the sources we look at."""
    sides = collections.Counter()
    for file in export['data'][0]['files']:
        path = os.path.relpath(file['filename'], root)
        if not path.startswith(tuple(f + '/' for f in FOLDERS)) or \
                '/test/' in path or '/mutants/' in path:
            continue
        for line, column, _, _, true, false, *_ in file['branches']:
            sides[path, line, column, 'true'] += true
            sides[path, line, column, 'false'] += false
    return sides


def excuses_of(path):
    """{line: reason}: the comments, by the line of code that they are for."""
    found = {}
    with open(path, encoding='utf-8') as source:
        text = source.read()
    for match in EXCUSE.finditer(text):
        start = text.rfind('\n', 0, match.start()) + 1
        at = match.start()
        if not text[start:at].strip():  # alone: the code comes behind it
            at = match.end() + len(text[match.end():]) - \
                len(text[match.end():].lstrip())
        found[text.count('\n', 0, at) + 1] = ' '.join(match[1].split())
    return found


def main():
    sides = sides_of(json.load(sys.stdin), os.getcwd())
    open_, excused, stale = [], [], []
    for path in sorted({side[0] for side in sides}):
        excuses = excuses_of(path)
        used = set()
        for _, line, column, side in sorted(
                s for s, n in sides.items() if s[0] == path and not n):
            where = f'{path}:{line}:{column}: {side}'
            if line in excuses:
                used.add(line)
                excused.append(f'{where}: {excuses[line]}')
            else:
                open_.append(f'{where} is never taken')
        stale += [f'{path}:{line}: taken, or no branch: {excuses[line]}'
                  for line in sorted(set(excuses) - used)]
    for line in open_ + stale:
        print(line)
    for line in excused:
        print(f'excused: {line}')
    for folder in FOLDERS:
        mine = {s: n for s, n in sides.items() if s[0].startswith(folder)}
        print(f'{folder}: {sum(n > 0 for n in mine.values())} of '
              f'{len(mine)} sides taken')
    percent = 100 * len(excused) / max(len(sides), 1)
    print(f'coverage: {len(sides)} sides, {len(open_)} not taken '
          f'({MOST} allowed), {len(excused)} excused ({percent:.2f} %, '
          f'{MOST_EXCUSED} % allowed), {len(stale)} excuses that do not hold')
    return not sides or len(open_) > MOST or stale or percent > MOST_EXCUSED


if __name__ == '__main__':
    sys.exit(1 if main() else 0)
