#!/usr/bin/python3
"""parts.py - the parts of ci/test: what each runs, how it counts, its cost.

Parts run two at a time, those that take longest first; parts of one lane never
run together (Wine has one prefix). Each is held to the CPU seconds that
ci/prove.d/budgets keeps of it: above 1.5 times, twice, is a failure. So that a
slower machine is no failure, they are counted in units of a fixed piece of
work that is measured first; --keep writes what was measured as what is kept.
"""
import argparse
import glob
import json
import os
import re
import subprocess
import sys
import threading
import time

os.chdir(os.path.join(os.path.dirname(os.path.abspath(__file__)), '../..'))
BUDGETS = 'ci/prove.d/budgets'
LOGS = 'build/parts'
FACTOR = 1.5
SLACK = 2.0     # CPU seconds that no part is asked about
AT_ONCE = 2
SANITIZED = ('baseline cli diff exec import junit lists options shrink state '
             'subjects traces').split()  # not explore: minutes there
WINE = ('exec-wine', 'layout', 'system', 'wine', 'requesters', 'standalone')
NO_PART = ('lib', 'mutants', 'golden')  # played by prove and its coverage
BUILT = ('build/everything build/clang/everything build/asan/everything docs '
         'completions '
         'build/valgrind/vssim build/tsan/vssim build/tsan/programs '
         'build/win64/windows build/mutants build/clang/mutants '
         'build/cov/everything build/cov/golden/golden build/golden/golden '
         'build/bench/all build/fuzz/targets').split()


class Part:
    def __init__(self, name, command, counts, lane=None, env=None):
        self.name, self.command, self.counts = name, command, counts
        self.lane, self.env = lane, env or {}
        self.passed = self.failed = 0
        self.again = True  # it may be too slow once
        self.cpu = self.wall = 0.0
        self.text = ''

    def run(self):
        """Runs it; that it cannot be run is a failure of its own."""
        try:
            self.play()
        except OSError as e:
            self.failed, self.text = 1, '%s\n' % e
        return self

    def play(self):
        log = os.path.join(LOGS, self.name.replace('/', '-').replace(' ', '-'))
        began = time.monotonic()
        with open(log, 'wb') as out:
            process = subprocess.Popen(
                self.command, stdout=out, stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL, env=dict(os.environ, **self.env))
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        self.wall = time.monotonic() - began
        self.cpu = used.ru_utime + used.ru_stime
        with open(log, encoding='utf-8', errors='replace') as f:
            self.text = f.read()
        self.passed, self.failed = self.counts(self, process.returncode)
        if process.returncode and not self.failed:
            self.failed = 1
        if not self.passed and not self.failed:
            self.failed = 1
            self.text += 'nothing that counts was said\n'


# --- how a part counts ---

def one(_, code):
    return (0, 1) if code else (1, 0)


def lines(good, bad):
    def count(part, _):
        return (len(re.findall('^' + good, part.text, re.M)),
                len(re.findall('^' + bad, part.text, re.M)))
    return count


def criterion(part, _):
    """Criterion's synthesis; a crash is among the failures."""
    found = re.findall(r'Synthesis: Tested: \d+ \| Passing: (\d+) \| '
                       r'Failing: (\d+)', part.text)
    return sum(int(p) for p, _ in found), sum(int(f) for _, f in found)


def report(path):
    """The totals of a JSON report."""
    def count(part, _):
        try:
            with open(path, encoding='utf-8') as f:
                totals = json.load(f)['totals']
        except (OSError, ValueError):
            return 0, 1
        bad = sum(totals[v] for v in ('fail', 'not exercised', 'error'))
        return totals['scenarios'] - bad, bad
    return count


# --- the parts ---

def library(folder, *options):
    """In one process, so that a sanitizer looks for leaks at its end."""
    name = 'library %s' % ' '.join((folder,) + options)
    path = os.path.join(LOGS, name.replace('/', '-').replace(' ', '-') +
                        '.json')
    return Part(name, [folder + '/vssim', 'run', '-q', '--no-fork', '--json',
                       path, *options, 'scenarios'], report(path))


def versions():
    with open('sim/include/vssim/windows.def', encoding='utf-8') as f:
        return re.findall(r'^WINDOWS\(\w+, "([^"]+)"', f.read(), re.M)


def all_parts():
    oks = lines('ok - ', 'not ok - ')
    parts = [Part('checks', ['ci/check/all', '--quick'], oks)]
    parts += [Part('unit ' + b, ['ci/tests/unit', b], criterion)
              for b in ('build', 'build/clang', 'build/asan')]
    for path in sorted(glob.glob('ci/tests/*.sh')):
        name = os.path.basename(path)[:-3]
        if name not in NO_PART:
            parts.append(Part('shell ' + name, [path], oks,
                              'wine' if name in WINE else None))
    parts += [Part('shell asan ' + n, ['ci/tests/%s.sh' % n], oks,
                   env={'FOLDER': 'build/asan'}) for n in SANITIZED]
    parts += [library('build'), library('build/asan')]
    parts += [library('build', '--windows', v) for v in versions()]
    parts.append(Part('valgrind', [
        'valgrind', '-q', '--error-exitcode=9', '--leak-check=full',
        '--errors-for-leak-kinds=definite,indirect,possible',
        'build/valgrind/vssim', 'run', '-q', '--no-fork', 'scenarios'], one))
    proved = subprocess.run(['ci/prove', '--list'], text=True, check=True,
                            stdout=subprocess.PIPE).stdout.split()
    parts += [Part('prove ' + p, ['ci/prove', '--short', p],
                   lines('ok ', 'FAILED ')) for p in proved]
    parts.append(Part('bench', ['ci/bench', '--short'], one))
    parts.append(Part('man pages', [
        'sh', '-c', 'code=0; for page in build/doc/*.[1-8]; do '
        'mandoc -Tlint -Wwarning "$page" || code=1; done; exit $code'], one))
    return parts


def build():
    part = Part('build', ['ninja'] + BUILT, one).run()
    if part.failed:
        print(part.text[-20000:])
    return part


def self_test():
    """What says nothing, and what cannot be run, has failed."""
    for command in (['true'], [BUDGETS], ['sh', '-c', 'echo ok - one; exit 3']):
        part = Part('its own test', command, lines('ok - ', 'not ok - ')).run()
        if not part.failed:
            sys.exit('ci/test: its own test fails: %s passes' % command)


# --- what it costs ---

def unit_of_work():
    """CPU seconds of a fixed piece of work, both cores busy with it."""
    work = ('import hashlib\nd = b"x" * 1000\n'
            'for _ in range(150000): d = hashlib.sha256(d).digest() * 31\n')
    running = [subprocess.Popen([sys.executable, '-c', work])
               for _ in range(AT_ONCE)]
    return min(os.wait4(p.pid, 0)[2].ru_utime for p in running)


def kept():
    found = {}
    with open(BUDGETS, encoding='utf-8') as f:
        for line in f:
            if line.strip() and not line.startswith('#'):
                name, seconds = line.rsplit(None, 1)
                found[name] = float(seconds)
    return found


def keep(parts, unit):
    with open(BUDGETS, encoding='utf-8') as f:
        head = [line for line in f if line.startswith('#')]
    with open(BUDGETS, 'w', encoding='utf-8') as f:
        f.writelines(head)
        f.write('unit %.3f\n' % unit)
        for part in sorted(parts, key=lambda p: p.name):
            f.write('%s %.1f\n' % (part.name, part.cpu))


class Runner:
    """Takes parts off one list, the longest first, lanes kept apart."""

    def __init__(self, parts, known, scale):
        self.todo = sorted(parts, key=lambda p: -known.get(p.name, 60))
        self.known, self.scale = known, scale
        self.lock, self.lanes = threading.Condition(), set()
        self.late = []

    def next(self):
        with self.lock:
            while self.todo:
                for part in self.todo:
                    if part.lane not in self.lanes:
                        self.todo.remove(part)
                        if part.lane:
                            self.lanes.add(part.lane)
                        return part
                self.lock.wait()
        return None

    def done(self, part):
        with self.lock:
            self.lanes.discard(part.lane)
            self.tell(part)
            self.lock.notify_all()

    def tell(self, part):
        budget = self.known.get(part.name)
        ratio = ''
        if budget is not None:
            allowed = budget * self.scale
            ratio = '%4.1f of %.1f' % (part.cpu, allowed)
            if part.cpu > allowed * FACTOR + SLACK and part.again:
                self.late.append(part)
                ratio += ', looked at again below'
            elif part.cpu > allowed * FACTOR + SLACK:
                part.failed += 1
                ratio += ' TOO MUCH'
        else:
            ratio = '%4.1f, nothing kept' % part.cpu
        if part.failed:
            print(re.sub(r'(?m)^ok - .*\n', '', part.text)[-20000:])
        print('%-6s %-34s %5d passed, %d failed, CPU %s s, %.0f s'
              % ('FAILED' if part.failed else 'ok', part.name, part.passed,
                 part.failed, ratio, part.wall), flush=True)

    def work(self):
        while True:
            part = self.next()
            if part is None:
                return
            self.done(part.run())

    def run(self):
        threads = [threading.Thread(target=self.work) for _ in range(AT_ONCE)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def again(self):
        """What took too long runs once more, alone, by a unit measured then:
        the machine may have been slow for a while."""
        late, self.late = self.late, []
        for part in late:
            self.scale = max(self.scale, unit_of_work() / self.known['unit'])
            part.again = False
            self.tell(part.run())


def main():
    parser = argparse.ArgumentParser(
        prog='ci/test', description=__doc__,
        formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument('--list', action='store_true')
    parser.add_argument('--keep', action='store_true')
    parser.add_argument('words', nargs='*', metavar='PART')
    args = parser.parse_args()
    words = args.words
    parts = all_parts()
    if args.list:
        print('\n'.join(p.name for p in parts))
        return 0
    unknown = [w for w in words if not any(p.name == w for p in parts)]
    if unknown:
        print('ci/test: no part "%s": ci/test --list' % unknown[0])
        return 2
    parts = [p for p in parts if not words or p.name in words]
    os.makedirs(LOGS, exist_ok=True)
    self_test()
    began = time.monotonic()
    known, unit = kept(), unit_of_work()
    scale = unit / known.get('unit', unit)
    print('== %d parts; a unit of work takes %.2f times what it took when the '
          'budgets were kept' % (len(parts), scale), flush=True)
    built = build()
    runner = Runner(parts, known, scale)
    runner.tell(built)
    if not built.failed:
        runner.run()
        runner.again()
    everything = [built] + parts
    if args.keep and not words:
        keep(everything, unit)
    passed = sum(p.passed for p in everything)
    failed = sum(p.failed for p in everything)
    for part in everything:
        if part.failed:
            print('FAILED: %s: build/parts has what it said' % part.name)
    print('%.0f CPU seconds (the build %.0f), %.0f seconds' % (
        sum(p.cpu for p in everything), built.cpu, time.monotonic() - began))
    print('%d passed, %d failed' % (passed, failed))
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
