"""lists.py - what vssim list and vssim explain print: for lists.sh.

usage: lists.py VSSIM

Prints "ok - what" and "not ok - what"; exit code 1 when anything is not ok.
"""
import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, '../build'))
from option_table import Table  # noqa: E402

VSSIM = sys.argv[1]
# What looks like a name of ours and is a word, or a key of scenarios.
WORDS = {'clean-up', 'diff-area', 'hand-written', 'hung-writer', 'old-system',
         'out-parameter', 'out-parameters', 'restore-event'}
# Codes, states and types; KEY=VALUE; ids of rules and the like; decisions;
# interfaces. Names in single capitals are the documentation's.
NAME = re.compile(r'(?<![\w-])(?:[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+'
                  r'|[a-z][a-z-]+=[\w-]+|[a-z0-9]+(?:-[a-z0-9]+)+'
                  r'|U\d+[a-z]?|I[A-Z][a-z]\w+)(?![\w-])')
# Where pages of Microsoft are named, in words of theirs.
PAGES = re.compile(r'^Provenance: .*$|\(documented: [^)]*\)', re.M)
bad = 0


def look(good, what, *more):
    global bad
    print('%s - %s' % ('ok' if good else 'not ok', what))
    if not good:
        bad = 1
        for line in more:
            print('    %s' % (line,))


def run(*words):
    done = subprocess.run([VSSIM] + list(words), stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                          encoding='utf-8', check=False)
    return done.returncode, done.stdout


def listed(what, pattern):
    found = re.findall(pattern, run('list', '--' + what)[1], re.M)
    look(found, 'list --%s has names' % what)
    return found


def widths():
    table = Table('sim/cli/options.def')
    for o in table.commands['list'].options:
        if o.argument or o.name == 'help':
            continue
        code, out = run('list', '--' + o.name)
        wide = [line for line in out.split('\n') if len(line) > 80]
        look(code == 0 and out and not wide,
             'list --%s fits 80 columns' % o.name, *wide)


def legend(what, row):
    """Signs that stand in the rows, and those that the legend explains."""
    out = run('list', '--' + what)[1]
    rows = re.findall(row, out, re.M)
    told = re.findall(r'^  (\S)  (.+)$', out[out.rindex('\n\n'):], re.M)
    used = set(''.join(rows).replace(' ', ''))
    look(rows and used == {sign for sign, _ in told} and
         len(told) == len({text for _, text in told}) == len(used),
         'list --%s explains its signs, and no others' % what,
         'used: %s' % sorted(used), 'told: %s' % told)
    return rows


def states():
    rows = legend('states', r'^\w+ +([^A-Z ]{12} [^A-Z ]{9})$')
    out = run('list', '--states')[1]
    phases = listed('phases', r'^(\S+)')
    head = re.search(r'^method +(.+)$', out, re.M).group(1).replace(' ', '')
    told = re.findall(r'^  ([A-Z])  (\S+)$', out, re.M)
    look([p for _, p in told] == phases and
         ''.join(c for c, _ in told) == head and
         all(len(r) == len(head) + 1 for r in rows),
         'list --states explains its columns', head, told)
    legend('api', r'^    states  (.+)$')


def closed():
    """From what is listed on, all that is explained."""
    todo = set(listed('rules', r'^(\S+)')) | \
        set(listed('codes', r'^\S+ +(\S+)')) | \
        set(listed('phases', r'^(\S+)')) | \
        set(listed('policies', r'^(\S+)')) | \
        set(listed('policies', r'^\S+ +(\S+)')) | \
        set(listed('windows', r'^(\S+)')) | \
        set(listed('gaps', r'^(\S+)')) | \
        set(listed('profiles', r'^(\S+)')) | \
        set(listed('states', r'^(\w+) +[^A-Z ]{12} ')) | \
        set(listed('methods', r'(\w+)\('))
    by = {name: 'a list' for name in todo}
    unknown, done = [], 0
    while todo:
        name = todo.pop()
        code, out = run('explain', name)
        done += 1
        if code != 0:
            unknown.append('%s, which %s prints' % (name, by[name]))
            continue
        for word in NAME.findall(PAGES.sub('', out)):
            if word not in by and word not in WORDS and \
                    not word.startswith('nf-'):  # a page
                by[word] = 'explain ' + name
                todo.add(word)
    look(done > 600 and not unknown,
         'explain knows the %d names that lists and explain print' % done,
         *sorted(unknown))


def main():
    widths()
    states()
    closed()
    return bad


if __name__ == '__main__':
    sys.exit(main())
