#!/usr/bin/python3
"""mutate - damages the sources in small ways; the tests must notice.

  ci/mutate.py                     every room of the product
  ci/mutate.py --sample N --seed S N mutants, chosen by the seed
  ci/mutate.py --each N --seed S   N of each room
  ci/mutate.py --only TEXT         those whose key contains TEXT
  ci/mutate.py --quick             without what takes longest: sanitizers,
                                   shell tests

All mutants (ci/prove.d/mutate_find.py) are built into one tree under
build/mutate; the environment variable MUTANT chooses one. Each is held against
the golden sums, by the scenarios that reach it; then given to the unit tests,
to generated scenarios, explored, looked at by sanitizers and by the shell
tests of its room, until something fails: it is killed. What survives is named,
unless it stands in ci/prove.d/mutate.survivors with the reason why it is
harmless. How many of a room must be killed stands in ci/prove.d/mutate.rooms;
where that says `listed`, every survivor must be listed, too (--quick does not
ask for that: some are seen by sanitizers only). A sample may lie below as far
as chance explains.

Exit code: 0 when that is reached and what is listed is true, 1 otherwise.
--update lists survivors that are missing there, with no reason yet.
"""
import argparse
import collections
import glob
import hashlib
import json
import os
import random
import re
import resource
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor, as_completed

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..')
sys.path[:0] = [os.path.join(ROOT, 'ci', part)
                for part in ('prove.d', 'check')]
import mutate_find  # noqa: E402
import rooms as statements  # noqa: E402

TREE = 'build/mutate/tree'
REACH = 'build/mutate/reach.json'
SUPPORTS = {'sim/os/mutant.h', 'sim/os/mutant.c'}
KEPT = 'ci/prove.d/mutate.survivors'
FLOORS = 'ci/prove.d/mutate.rooms'
RECORD = 'ci/prove.d/rooms.record'
FLAGS = ['-std=c11', '-D_GNU_SOURCE', '-Isim', '-Isim/include', '-I.',
         '-Ibuild/gen']
TARGETS = ['build/vssim', 'build/subjects', 'build/libvssapi.so',
           'build/programs', 'build/requesters', 'build/tests',
           'build/golden/golden']
SANITIZED = ['build/asan/golden/golden', 'build/asan/tests']
# Shell tests that ask what is in a room; those of a program are asked last.
SHELL = {
    'asserts': 'junit diff baseline cli traces subjects', 'base': 'cli traces',
    'cli': 'cli diff baseline junit subjects traces import shrink state exec',
    'com': 'cli import', 'exec': 'exec threads state', 'import': 'import',
    'os': 'cli subjects exec', 'play': 'subjects cli state',
    'proxy': 'exec', 'scenario': 'cli', 'search': 'shrink cli',
    'subjects': 'subjects cli', 'vds': 'exec', 'vssapi': 'exec threads',
    'world': 'state exec', 'yaml': 'cli import'}
SUMS = 'ci/prove.d/golden/library.sums'
MOST = 60  # scenarios of those that reach a mutant, where one takes long
HEADER = """#ifndef OS_MUTANT_H
#define OS_MUTANT_H
extern int mutant_chosen;
extern unsigned char mutant_seen[];
#define M(n) (mutant_seen[n] = 1, mutant_chosen == (n))
#endif
"""
# Which mutant is chosen; which were come by. Every binary has this.
SUPPORT = """#include "os/mutant.h"
#include <stdio.h>
#include <stdlib.h>
int mutant_chosen;
unsigned char mutant_seen[65536];
__attribute__((constructor)) static void mutant_begin(void)
{
    const char *text = getenv("MUTANT");

    mutant_chosen = text ? atoi(text) : 0;
}
__attribute__((destructor)) static void mutant_end(void)
{
    const char *name = getenv("MUTANT_SEEN");
    FILE *out = name ? fopen(name, "w") : NULL;

    for (int i = 0; out && i < 65536; i++)
        if (mutant_seen[i])
            fprintf(out, "%d\\n", i);
    if (out)
        fclose(out);
}
"""


# --- rooms ---

def product_rooms():
    return {r.folder: r for r in statements.read_rooms().values()
            if r.folder.startswith(('sim/', 'writers', 'asserts/')) and
            r.name not in ('include', 'asserts/mutants', 'asserts/tapes')}


def sources():
    names = []
    for folder in sorted(product_rooms()):
        names += [n for n in sorted(glob.glob(folder + '/*.c'))
                  if not n.endswith('_win32.c')]
    return names


def room_of(path):
    return os.path.dirname(path)


def unit_tests():
    """Of a folder: the tests of its own, then those that are linked to it, the
    nearest first."""
    rooms = statements.read_rooms()
    linked = {name: statements.below(rooms, room.rooms(True) | {name})
              for name, room in rooms.items()
              if glob.glob(room.folder + '/test/*.c')}
    found = {}
    for folder, room in product_rooms().items():
        near = sorted((len(below), name) for name, below in linked.items()
                      if room.name in below and name != room.name)
        names = [room.name] if room.name in linked else []
        names += [name for _, name in near[:2]]
        found[folder] = [n.replace('/', '-') for n in names]
    return found


def floors():
    """Of each room, the share that must be killed; and where all that survive
    are listed."""
    shares, listed = {}, set()
    with open(FLOORS, encoding='utf-8') as f:
        for line in f:
            words = line.split()
            if words and words[0] != '#':
                shares[words[0]] = float(words[1]) / 100
                if 'listed' in words[2:]:
                    listed.add(words[0])
    return shares, listed


# --- the tree ---

def find_all():
    subprocess.run(['ci/build/ninja', 'build/vssim'], check=True,
                   stdout=subprocess.DEVNULL)
    files, mutants = {}, []
    for path in sources():
        source, found = mutate_find.find(path, FLAGS)
        files[path] = source
        mutants += found
    for i, m in enumerate(mutants):
        m.number = i + 1
    return files, mutants


def copy_tree():
    """The files of the repository, and no others: what is gone goes."""
    os.makedirs(TREE, exist_ok=True)
    names = subprocess.run(['git', 'ls-files'], check=True, text=True,
                           stdout=subprocess.PIPE).stdout.split('\n')
    names = {n for n in names if n and os.path.exists(n)}
    for name in names:
        to = os.path.join(TREE, name)
        os.makedirs(os.path.dirname(to), exist_ok=True)
        put(to, open(name, 'rb').read(), os.stat(name).st_mode)
    for folder, folders, files in os.walk(TREE):
        if folder == TREE:
            folders[:] = [f for f in folders if f != 'build']
        for name in files:
            path = os.path.join(folder, name)
            if os.path.relpath(path, TREE) not in names | SUPPORTS:
                os.remove(path)


def put(path, text, mode=0o644):
    """Writes what differs, so that ninja builds no more than that."""
    if os.path.exists(path):
        with open(path, 'rb') as f:
            if f.read() == text:
                return
    with open(path, 'wb') as f:
        f.write(text)
    os.chmod(path, mode & 0o777)


def write_tree(files, mutants):
    copy_tree()
    build = open('build.ninja').read()
    build = re.sub(r'-Wall.*?-Wmissing-prototypes', '-w', build, flags=re.S)
    build = build.replace('$hardld', '').replace('$hard', '')
    build = build.replace('-O2 -g', '-O1')  # built more often than it runs
    put(TREE + '/build.ninja', build.encode())
    put(TREE + '/sim/os/mutant.h', HEADER.encode())
    put(TREE + '/sim/os/mutant.c', SUPPORT.encode())
    for path, source in files.items():
        mine = [m for m in mutants if m.path == path]
        put(os.path.join(TREE, path), mutate_find.schema(source, mine))


def build(files, mutants, targets):
    """Leaves out what does not compile: a number where a pointer must be."""
    while True:
        write_tree(files, mutants)
        subprocess.run(['/usr/bin/python3', 'ci/build/lists.py'], cwd=TREE,
                       check=True)  # with what a mutant needs
        done = subprocess.run(['ninja', '-k', '0'] + targets, cwd=TREE,
                              text=True, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT)
        if done.returncode == 0:
            return mutants
        bad = {(path, int(line)) for path, line in re.findall(
            r'^([\w/]+\.c):(\d+):\d+: error', done.stdout, flags=re.M)}
        left = [m for m in mutants if not any(
            (m.path, m.line + i) in bad
            for i in range(files[m.path][m.start:m.end].count(b'\n') + 1))]
        if len(left) == len(mutants):
            sys.exit('mutate: does not build:\n' + done.stdout[-4000:])
        mutants = left


# --- killing ---

def limits(cpu, memory):
    """Of a process: how busy the machine is must not kill a mutant."""
    def limit():
        resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu))
        if memory:
            resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    return limit


def judges(m):
    return m.path.startswith('asserts')


class Killer:
    def __init__(self, jobs, quick):
        self.tests = unit_tests()
        self.stages = self.QUICK if quick else self.STAGES
        self.vssim = os.path.abspath(TREE + '/build/vssim')
        self.golden = os.path.abspath(TREE + '/build/golden/golden')
        self.jobs = jobs
        self.reach = collections.defaultdict(list)
        self.scenarios = sorted(
            glob.glob('scenarios/**/*.yaml', recursive=True))
        self.scenarios = [s for s in self.scenarios
                          if '/data/' not in s and '/schema/' not in s and
                          '/gen/' not in s]
        self.stream = os.path.abspath('build/mutate/gen.yaml')
        with open(self.stream, 'w') as f:
            subprocess.run(['scenarios/gen/gen.py', '--random', '300',
                            '--seed', '5'], stdout=f, check=True)

    def run(self, command, number, cpu, seen=None, stdin=None):
        """Its exit code; it may take so many seconds of a processor."""
        said = os.path.abspath('build/mutate/sanitizer.%d' % number)
        env = dict(os.environ, MUTANT=str(number), ASAN_OPTIONS=(
            'hard_rss_limit_mb=1500:log_path=%s' % said))
        sanitized = command[0].startswith('build/asan')
        if seen:
            env['MUTANT_SEEN'] = seen
        with subprocess.Popen(
                command, env=env, stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL, cwd=TREE,
                preexec_fn=limits(cpu, 0 if sanitized else 1 << 30),
                stdin=stdin or subprocess.DEVNULL,
                start_new_session=True) as process:
            try:
                code = process.wait(min(30 + 20 * cpu, 150))
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                code = 'timeout'
        # Criterion takes no notice of a leak.
        reports = glob.glob(said + '.*') if sanitized else []
        for report in reports:
            os.remove(report)
        return code or ('sanitizer' if reports else 0)

    def look(self, one):
        i, scenario = one
        seen = os.path.abspath('build/mutate/seen.%d' % i)
        if self.run([self.golden, '--check', SUMS, scenario], 0, 60,
                    seen) != 0:
            sys.exit('mutate: %s is not as it was: ci/tests/golden.sh' %
                     scenario)
        with open(seen) as f:
            numbers = [int(n) for n in f]
        os.remove(seen)
        return scenario, numbers

    def marks(self):
        """Of each scenario, what decides which mutants it reaches."""
        with open(self.golden, 'rb') as f:
            of_all = hashlib.sha1(f.read())
        sums = collections.defaultdict(list)
        with open(SUMS) as f:
            for line in f:
                sums[line.split()[1]].append(line)
        marks = {}
        for scenario in self.scenarios:
            mark = of_all.copy()
            with open(scenario, 'rb') as f:
                mark.update(f.read())
            mark.update(''.join(sums[scenario]).encode())
            marks[scenario] = mark.hexdigest()
        return marks

    def look_all(self):
        """Kept, for it takes minutes: the next run looks at what is new."""
        kept = {}
        if os.path.exists(REACH):
            with open(REACH) as f:
                kept = json.load(f)
        marks = self.marks()
        new = [s for s in self.scenarios if marks[s] not in kept]
        with ThreadPoolExecutor(self.jobs) as pool:
            for scenario, numbers in pool.map(self.look, enumerate(new)):
                kept[marks[scenario]] = numbers
        kept = {mark: kept[mark] for mark in marks.values()}
        with open(REACH, 'w') as f:
            json.dump(kept, f)
        for scenario in self.scenarios:
            for n in kept[marks[scenario]]:
                self.reach[n].append(scenario)
        self.reach[0] = self.scenarios[::20]  # no mutant: check()

    def golden_kill(self, m):
        """All play; of what takes longer, as many as tell the same. A few
        first: what never ends shall not take long."""
        names = list(self.reach.get(m.number, []))
        random.Random(m.number).shuffle(names)
        parts = ['damage', 'read', 'worlds'] if judges(m) else ['worlds', 'faults']
        tries = [('play', names[:8], 3), ('play', names[8:], 10)]
        tries += [(part, names[:8], 10) for part in parts]
        tries += [(part, names[8:MOST], 60) for part in parts]
        return any(self.run(
            [self.golden, '--part', part, '--check', SUMS] + some, m.number,
            cpu) != 0 for part, some, cpu in tries if some)

    def sanitizers_kill(self, m):
        """What leaks, or reads beyond its end, and says the same."""
        names = self.reach.get(m.number, [])
        some = random.Random(m.number).sample(names, min(20, len(names)))
        return bool(some) and self.run(
            ['build/asan/golden/golden', '--check', SUMS] + some, m.number,
            60) != 0 or self.unit_tests_kill(m, 'build/asan', 30)

    def generated_kill(self, m):
        if judges(m) or not self.reach.get(m.number):
            return False  # what judges is asked more by golden
        with open(self.stream) as f:
            return self.run([self.vssim, 'run', '-q', '--no-fork',
                             '--fail-fast', '-'], m.number, 10, None, f) != 0

    def explored_kill(self, m):
        if judges(m) or room_of(m.path) in ('sim/import', 'sim/vssapi'):
            return False
        return any(self.run([self.vssim, 'explore', '-q'] + depth, m.number,
                            20) != 0
                   for depth in (['--depth', '2'],
                                 ['--depth', '1', '--from', 'all']))

    def unit_tests_kill(self, m, folder='build', cpu=10):
        """But for random damage, of which golden has more."""
        return any(self.run(['%s/test/%s_tests' % (folder, tests),
                             '--fail-fast', '--filter', '!(damage)/*'],
                            m.number, cpu) != 0
                   for tests in self.tests[room_of(m.path)])

    def shell_tests_kill(self, m):
        tests = SHELL.get(statements.name_of(room_of(m.path)).split('/')[0],
                          '').split()
        return any(self.run(['ci/tests/%s.sh' % t], m.number, 10) != 0
                   for t in tests)

    QUICK = ('golden', 'unit_tests', 'generated', 'explored', 'shell_tests')
    STAGES = QUICK + ('sanitizers',)

    def kill(self, m):
        """By what, and how long it took; by None: it survives."""
        began = time.monotonic()
        what = None
        for by in self.stages:
            if getattr(self, by + '_kill')(m):
                what = by
                break
        return what, round(time.monotonic() - began, 2)

    def check(self, mutants):
        """What fails without a mutant would kill them all."""
        for folder in sorted({room_of(m.path) for m in mutants}):
            none = mutate_find.Mutant(folder + '/x.c', '', '', (0, 0, 0), None)
            none.number = 0
            for by in self.stages:
                if getattr(self, by + '_kill')(none):
                    sys.exit('mutate: without a mutant, %s: %s fails' % (
                        folder, by))


def survived(name):
    """The keys that --json says survived when they were last tried."""
    with open(name) as f:
        last = {key: what for _, key, what, _ in map(json.loads, f)}
    return {key for key, what in last.items() if what is None}


def read_results(name, of, survivors):
    """Key -> what killed it, in an earlier run on the same source file; the
    tests have but grown since. Survivors are given another chance, unless they
    shall be taken over, too."""
    if not name or not os.path.exists(name):
        return {}
    with open(name) as f:
        lines = [json.loads(line) for line in f]
    return {key: what for source, key, what, _ in lines
            if (what or survivors) and of.get(key.split(' ')[0]) == source}


# --- survivors ---

def read_kept():
    """Key -> reason."""
    kept = {}
    if os.path.exists(KEPT):
        with open(KEPT) as f:
            for line in f:
                if line.strip() and not line.startswith('#'):
                    key, _, reason = line.rstrip('\n').partition('\t')
                    kept[key] = reason
    return kept


def write_kept(kept):
    with open(KEPT) as f:
        head = ''.join(line for line in f if line.startswith('#'))
    with open(KEPT, 'w') as f:
        f.write(head)
        for key in sorted(kept):
            f.write('%s\t%s\n' % (key, kept[key]))


def stale(kept, keys):
    found = [key for key in kept if key not in keys]
    for key in found:
        print('no such mutant any more: %s' % key)
    empty = [key for key in kept if not kept[key]]
    for key in empty:
        print('no reason given: %s' % key)
    return len(found) + len(empty)


def drawn(mutants, args):
    """By the keys, so that an edit elsewhere leaves the others chosen."""
    def by_seed(some):
        return sorted(some, key=lambda m: hashlib.sha1(
            (args.seed + m.key).encode()).digest())

    if args.sample:
        mutants = by_seed(mutants)[:args.sample]
    if args.each:
        mutants = [m for room in sorted({room_of(m.path) for m in mutants})
                   for m in by_seed(m for m in mutants
                                    if room_of(m.path) == room)[:args.each]]
    return sorted(mutants, key=lambda m: m.number)


def by_room(mutants, results, totals, record):
    """Tells of each room; True when it, or the whole, lies below its floor by
    more than chance explains."""
    shares, _ = floors()
    below, expected, spread = False, 0.0, 0.0
    lines = []
    for room in sorted({room_of(m.path) for m in mutants}):
        mine = [m for m in mutants if room_of(m.path) == room]
        killed = sum(results[m.key] is not None for m in mine)
        floor = shares.get(room, 0.95)
        variance = len(mine) * floor * (1 - floor) * (len(mine) < totals[room])
        bad = killed < floor * len(mine) - 3 * variance ** 0.5
        below |= bad
        expected += floor * len(mine)
        spread += variance
        print('%-16s %4d of %4d killed (%5.1f %%), of %5d; %.0f %% asked%s' % (
            room, killed, len(mine), 100 * killed / len(mine), totals[room],
            100 * floor, ' BELOW' if bad else ''))
        lines.append((room, killed, len(mine), totals[room]))
    killed = sum(results[m.key] is not None for m in mutants)
    if record:
        with open(RECORD, 'a', encoding='utf-8') as out:
            for line in lines:
                print(time.strftime('%Y-%m-%d', time.gmtime()), commit(),
                      'mutate', *line, sep='\t', file=out)
    return below or killed < expected - 3 * spread ** 0.5


def commit():
    return subprocess.run(['git', 'rev-parse', '--short', 'HEAD'], text=True,
                          stdout=subprocess.PIPE).stdout.strip() or 'unknown'


def main():
    parser = argparse.ArgumentParser(
        description=__doc__.split('\n')[0],
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--sample', type=int)
    parser.add_argument('--each', type=int, metavar='N')
    parser.add_argument('--record', action='store_true',
                        help='append the rooms to ' + RECORD)
    parser.add_argument('--seed', default='1')
    parser.add_argument('--only')
    parser.add_argument('--again', action='store_true',
                        help='only what survived, by the file of --json')
    parser.add_argument('--quick', action='store_true')
    parser.add_argument('--minutes', type=float, help='then stop, and tell of '
                        'those that were tried: a sample')
    parser.add_argument('--update', action='store_true')
    parser.add_argument('--json', help='write what becomes of each there, a line '
                        'each; go on from what stands there of source '
                        'files as they are')
    parser.add_argument('--go-on', action='store_true',
                        help='with --json, after an interruption: nor is what '
                        'survived tried again')
    parser.add_argument('-j', type=int, default=os.cpu_count())
    args = parser.parse_args()
    if args.again and not args.json:
        parser.error('--again: --json says what survived')
    os.chdir(ROOT)
    began = time.monotonic()

    files, mutants = find_all()
    of = {path: hashlib.sha1(files[path]).hexdigest()[:8] for path in files}
    keys = {m.key for m in mutants}
    total = len(mutants)
    totals = collections.Counter(room_of(m.path) for m in mutants)
    listed = floors()[1]
    targets = TARGETS + ([] if args.quick else SANITIZED)
    if not args.sample and not args.each:  # one tree, whatever is chosen
        mutants = build(files, mutants, targets)
    if args.only:
        mutants = [m for m in mutants if args.only in m.key]
    if args.again:
        again = survived(args.json)
        mutants = [m for m in mutants if m.key in again]
    mutants = drawn(mutants, args)
    if args.sample or args.each:
        mutants = build(files, mutants, targets)
    print('mutate: %d mutants, %d chosen; built in %.0f s' % (
        total, len(mutants), time.monotonic() - began), flush=True)

    killer = Killer(args.j, args.quick)
    killer.look_all()
    killer.check(mutants)
    kept = read_kept()
    by = collections.Counter()
    results, survivors = read_results(args.json, of, args.go_on), []
    left = [m for m in mutants if m.key not in results]
    if len(left) < len(mutants):
        print('mutate: %d of them known' % (len(mutants) - len(left)))
    out = open(args.json, 'a') if args.json else None
    left.sort(key=lambda m: hashlib.sha1(m.key.encode()).digest())
    end = began + 60 * args.minutes if args.minutes else None

    def kill(m):
        return None if end and time.monotonic() > end else killer.kill(m)

    with ThreadPoolExecutor(args.j) as pool:
        running = {pool.submit(kill, m): m for m in left}
        for one in as_completed(running):
            m, done = running[one], one.result()
            if not done:
                continue
            what, took = done
            results[m.key] = what
            if out:
                print(json.dumps([of[m.path], m.key, what, took]), file=out,
                      flush=True)
    if args.minutes:
        mutants = [m for m in mutants if m.key in results]
    for m in mutants:
        by[results[m.key]] += 1
        if results[m.key] is None:
            survivors.append(m.key)

    new = [key for key in survivors if key not in kept
           and room_of(key.split(' ')[0]) in listed]
    for key in new:
        print('survives: %s' % key)
    wrong = [key for key in kept if results.get(key)]
    for key in wrong:
        print('listed as a survivor, but killed by %s: %s' % (
            results[key], key))
    if args.update:
        kept = {k: v for k, v in kept.items()
                if k in keys and not results.get(k)}
        kept.update({key: '' for key in new})
        write_kept(kept)
    bad = stale(kept, keys)
    killed = len(mutants) - len(survivors)
    share = killed / len(mutants) if mutants else 1.0
    print('mutate: %d of %d killed (%.1f %%): %s; %d survive, %d of them not '
          'listed; %.0f s' % (
              killed, len(mutants), 100 * share,
              ', '.join('%s %d' % (k, v) for k, v in by.most_common() if k),
              len(survivors), len(new), time.monotonic() - began))
    below = by_room(mutants, results, totals, args.record)
    part = args.sample or args.each or args.minutes or args.only or args.again
    if not part and not args.quick:
        bad += len(new) + len(wrong)
    return 1 if bad or below else 0


if __name__ == '__main__':
    sys.exit(main())
