"""coverage.py - judges an export of llvm-cov by its branches, room by room.

Each condition has two sides, true and false; one that several expansions or
binaries have is taken when any of them takes it. ci/prove.d/coverage keeps how
many sides of each room may be not taken: more is a failure, and with --update
what is kept falls to what is. Of a room that may miss none, each side that
nothing takes is named. It may be excused in the source by

    /* not taken: why */

behind the code, or on lines of its own before it. That holds for the sides
of one line, and only as long as one of them is really not taken.

Files that are compiled only for Windows have no sides here: ci/prove.d/windows
lists them, each with the test under Wine that shows it.
"""
import collections
import glob
import json
import os
import re
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import rooms as statements  # noqa: E402

KEPT = 'ci/prove.d/coverage'
RECORD = 'ci/prove.d/rooms.record'
WINDOWS = 'ci/prove.d/windows'
MOST_EXCUSED = 1.0  # percent of all sides

EXCUSE = re.compile(r'/\* not taken: (.*?)\s*\*/', re.DOTALL)


def rooms():
    """The rooms of the product, by folder."""
    return {r.folder: r for r in statements.read_rooms().values()
            if r.folder.startswith(('sim/', 'writers', 'asserts')) and
            r.name not in ('include', 'asserts/mutants', 'asserts/tapes')}


def room_of(path, folders):
    found = [f for f in folders if path.startswith(f + '/')]
    return max(found, key=len) if found and '/test/' not in path else None


def asserted(path):
    """The lines of our own assertions: a side of theirs is never taken."""
    lines, open_ = set(), 0
    with open(path, encoding='utf-8') as source:
        for number, line in enumerate(source, 1):
            if open_ <= 0 and not re.match(r'\s*assert\(', line):
                continue
            lines.add(number)
            open_ += line.count('(') - line.count(')')
    return lines


def sides_of(export, root, folders):
    """{(file, line, column, side): count}, for the sources we look at."""
    sides = collections.Counter()
    for file in export['data'][0]['files']:
        path = os.path.relpath(file['filename'], root)
        if not room_of(path, folders):
            continue
        ours = asserted(path)
        for line, column, _, _, true, false, *_ in file['branches']:
            if line in ours:
                continue
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


def rows(name):
    with open(name, encoding='utf-8') as f:
        return [line.split() for line in f
                if line.strip() and not line.startswith('#')]


def write_kept(kept):
    with open(KEPT, encoding='utf-8') as f:
        head = [line for line in f if line.startswith('#')]
    with open(KEPT, 'w', encoding='utf-8') as f:
        f.writelines(head)
        for folder, most in sorted(kept.items()):
            f.write('%s %d\n' % (folder, most))


def keep_row(folder, taken, sides):
    commit = subprocess.run(['git', 'rev-parse', '--short', 'HEAD'],
                            text=True, stdout=subprocess.PIPE).stdout.strip()
    with open(RECORD, 'a', encoding='utf-8') as out:
        print(time.strftime('%Y-%m-%d', time.gmtime()), commit or 'unknown',
              'coverage', folder, taken, sides, sides, sep='\t', file=out)


def windows_only():
    """What is wrong with the list of files for Windows."""
    listed = {row[0]: row[1] for row in rows(WINDOWS)}
    there = set(glob.glob('sim/**/*_win32.c', recursive=True))
    wrong = ['%s: not in %s' % (p, WINDOWS) for p in sorted(there - set(listed))]
    wrong += ['%s: there is no %s' % (WINDOWS, p)
              for p in sorted(set(listed) - there)]
    wrong += ['%s: there is no %s' % (WINDOWS, t)
              for t in sorted(set(listed.values())) if not os.path.exists(t)]
    return listed, wrong


def main():
    update = '--update' in sys.argv[1:]
    record = '--record' in sys.argv[1:]
    folders = rooms()
    kept = {folder: int(most) for folder, most in rows(KEPT)}
    sides = sides_of(json.load(sys.stdin), os.getcwd(), folders)
    open_, excused, stale = collections.defaultdict(list), [], []
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
                open_[room_of(path, folders)].append(where)
        stale += [f'{path}:{line}: taken, or no branch: {excuses[line]}'
                  for line in sorted(set(excuses) - used)]
    for line in stale:
        print(line)
    for line in excused:
        print(f'excused: {line}')
    bad = len(stale)
    for folder in sorted(folders):
        mine = [s for s in sides if room_of(s[0], folders) == folder]
        missing, most = open_[folder], kept.get(folder, 0)
        late = len(missing) > most or not mine
        bad += late
        if late or '--show' in sys.argv[1:]:
            for where in missing:
                print(f'{where} is never taken')
        print('%-16s %5d sides, %5.1f %% taken, %4d not, %4d allowed%s' % (
            folder, len(mine), 100 - 100 * len(missing) / max(len(mine), 1),
            len(missing), most, ' NOTHING MEASURED' if not mine else
            ' TOO MANY' if late else
            ': lower it' if len(missing) < most else ''))
        if mine:
            kept[folder] = min(most, len(missing)) if folder in kept \
                else len(missing)
        if record:
            keep_row(folder, len(mine) - len(missing), len(mine))
    if update:
        write_kept({f: n for f, n in kept.items() if f in folders})
    listed, wrong = windows_only()
    for line in wrong:
        print(line)
    bad += len(wrong)
    percent = 100 * len(excused) / max(len(sides), 1)
    print(f'{len(listed)} files for Windows only, shown by '
          + ', '.join(sorted(set(listed.values()))))
    print(f'coverage: {len(sides)} sides, {sum(map(len, open_.values()))} '
          f'not taken, {len(excused)} excused ({percent:.2f} %, '
          f'{MOST_EXCUSED} % allowed), {len(stale)} excuses that do not hold')
    return not sides or bad or percent > MOST_EXCUSED


if __name__ == '__main__':
    sys.exit(1 if main() else 0)
