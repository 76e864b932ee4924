"""layers.py - one look at the tree: what is found against its statements.

Used by ci/check/layers, which says what is checked.
"""
import collections
import glob
import os
import re
import subprocess

import rooms as statements

SEARCH = ('sim', 'sim/include', '')
# Made while building, and what it is made of.
GENERATED = {'api_gen.inc': 'sim/com/api.def',
             'reference_gen.inc': 'sim/com/api.def',
             'layout.inc': 'sim/include/vssim/win32/wintypes.h'}
MADE = {'profiles.o': 'writers', 'decisions.o': 'cli'}
# Headers that stand in for the system's, each under the system's own name.
STAND_INS = 'sim/include/vssim/win32/'
INCLUDE = re.compile(r'\s*(?:#|%:)\s*(?:include(?:_next)?|import)\b\s*(.*)')
# Kinds of symbols for nm: needed, also by a weak reference; lower-case
# letters of those that others see.
NEEDED, SHARED = 'Uwv', 'ui'


def code_lines(text):
    """The lines of a C source without comments; one that goes on is one."""
    text = re.sub(r'"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'|//[^\n]*|/\*.*?\*/',
                  lambda m: m.group() if m.group()[0] != '/' else
                  ' ' + '\n' * m.group().count('\n'), text, flags=re.S)
    text = re.sub(r'((?:[^\n]*\\\n)+)([^\n]*)', lambda m: m.group(1).replace(
        '\\\n', ' ') + m.group(2) + '\n' * m.group(1).count('\n'), text)
    return text.split('\n')


class Checked:
    def __init__(self, root, builds, whole=True):
        self.root = root
        self.whole = whole  # arrows that nothing needs count
        self.builds = builds
        self.rooms = statements.read_rooms(root)
        self.problems = []
        self.files = sorted(self.sources())
        self.used = collections.defaultdict(set)  # room: arrows that it needs
        self.of_tests = set()  # objects of tests
        self.met = set()  # circles found: room and sources
        self.unbuilt = set()  # objects that are listed and not there

    def problem(self, text, *args):
        self.problems.append(text % args)

    def sources(self):
        for top in statements.TOPS:
            for folder, folders, names in os.walk(os.path.join(self.root,
                                                               top)):
                folders.sort()
                for name in names:
                    if name.endswith(statements.SOURCES):
                        yield os.path.relpath(os.path.join(folder, name),
                                              self.root)

    def resolve(self, path, name, quoted):
        """The file that an #include means, or None: not one of ours."""
        folders = list(SEARCH)
        if path.startswith('ci/'):  # requesters are as for Windows
            folders.append(STAND_INS)
        if quoted:
            folders.insert(0, os.path.dirname(path))
        for folder in folders:
            full = os.path.normpath(os.path.join(folder, name))
            if os.path.isfile(os.path.join(self.root, full)):
                return full
        return None

    def arrow(self, room, tests, other, target):
        """The arrow that lets `room` touch that file of `other`, or None."""
        said = room.touch + (room.tests if tests else [])
        for arrow in said:
            if arrow == other.name:
                return arrow
            if statements.room_of_arrow(arrow) == other.name and \
                    arrow != other.name and target.endswith(arrow):
                return arrow
        return None

    def touch(self, room, tests, other, target, where):
        if room is other:
            return
        arrow = self.arrow(room, tests, other, target)
        if arrow:
            self.used[room.name].add(arrow)
        else:
            self.problem('%s: %s may touch only %s', where,
                         room.name, ', '.join(room.touch) or 'itself')

    # --- includes ---

    def check_file(self, path):
        with open(os.path.join(self.root, path), encoding='utf-8') as f:
            text = f.read()
        room = statements.room_of_file(self.rooms, path)
        if path.endswith('.h') and not text.startswith('/*'):
            self.problem('%s:1: a header opens with a comment: what it is, '
                         'invariants, who may call it', path)
        if room is None:
            self.problem('%s: in no room: its folder has no README.md that '
                         'states one', path)
            return
        if path.endswith(('.c', '.cpp')) and os.path.dirname(path) not in (
                room.folder, room.folder + '/test'):
            self.problem('%s: nobody builds it: a folder in a room is a room '
                         'of its own, or test', path)
        for number, line in enumerate(code_lines(text), 1):
            m = INCLUDE.match(line)
            if m:
                self.check_include(room, path, number, m.group(1))

    def check_include(self, room, path, number, what):
        tests = '/test/' in path
        m = re.match(r'(["<])([^">]+)[">]', what)
        if not m:
            self.problem('%s:%d: an include of a macro: nobody sees what it '
                         'touches', path, number)
            return
        quoted, name = m.group(1) == '"', m.group(2)
        target = self.resolve(path, name, quoted) or GENERATED.get(name)
        if target is None:
            if quoted:
                self.problem('%s:%d: "%s" is nowhere to be found',
                             path, number, name)
            return
        if room.name == 'include' and '..' in name.split('/'):
            self.problem('%s:%d: a public header climbs out of its '
                         'folder', path, number)
        if '/test/' in target and not tests:
            self.problem('%s:%d: includes %s: what belongs to tests is for '
                         'tests', path, number, target)
        other = statements.room_of_file(self.rooms, target)
        if other is None or not target.endswith(statements.SOURCES):
            self.problem('%s:%d: includes %s: in no room, or of a kind that '
                         'nobody looks into', path, number, target)
            return
        self.touch(room, tests, other, target, '%s:%d: includes %s' %
                   (path, number, target))

    # --- names ---

    def check_names(self):
        """foo.c and foo.h of one folder are one thing."""
        by_stem = collections.defaultdict(set)
        for path in self.files:
            if path.startswith((STAND_INS, 'asserts/mutants/')):
                continue
            stem, kind = os.path.splitext(os.path.basename(path))
            if kind != '.def':
                by_stem[stem].add(os.path.dirname(path))
        for path in self.files:
            stem, kind = os.path.splitext(os.path.basename(path))
            if path.startswith(STAND_INS) and kind == '.h':
                by_stem[stem].add(os.path.dirname(path))
        for stem, folders in sorted(by_stem.items()):
            if len(folders) > 1:
                self.problem('%s: a file name means one thing, and this is '
                             'in %s', stem, ', '.join(sorted(folders)))

    # --- symbols ---

    def objects(self, build):
        """{object: room} of what was built there."""
        found = {}
        listed = None  # what is left of files that are gone does not count
        for name in ('win32', ) if build.endswith('win64') else (
                'posix', 'tests'):
            lists = os.path.join(self.root, 'ci/build/lists_%s.ninja' % name)
            if os.path.exists(lists):
                with open(lists, encoding='utf-8') as f:
                    listed = (listed or set()) | set(re.findall(
                        r'^build \$b/(\S+\.o):', f.read(), re.M))
        for name, room in self.rooms.items():
            for path in glob.glob(os.path.join(self.root, build, name,
                                               '*.o')):
                if listed is None or name + '/' + \
                        os.path.basename(path) in listed:
                    found[path] = room
            for path in glob.glob(os.path.join(self.root, build, 'test',
                                               name, '*.o')):
                if listed is None or 'test/' + name + '/' + \
                        os.path.basename(path) in listed:
                    found[path] = room
                    self.of_tests.add(path)
        for made, name in MADE.items():
            path = os.path.join(self.root, build, 'gen', made)
            if os.path.exists(path) and name in self.rooms:
                found[path] = self.rooms[name]
        if not build.endswith('win64'):
            self.unbuilt |= {
                os.path.join(build, o) for o in listed or ()
                if os.path.join(self.root, build, o) not in found and
                not o.startswith('golden/')}
        return found

    def needs(self, objects):
        """{object: {object: symbols}}: who needs a symbol of whom."""
        defined, tests, wanted = {}, {}, []  # a test sees its own room's
        text = subprocess.run(['nm', '-A', '-P'] + sorted(objects), text=True,
                              check=True, stdout=subprocess.PIPE).stdout
        for line in text.split('\n'):
            m = re.match(r'(.*?):? (\S+) ([A-Za-z])( |$)', line)
            if not m:
                continue
            path, symbol, kind = m.group(1, 2, 3)
            if kind in NEEDED:
                wanted.append((path, symbol))
            elif not kind.isupper() and kind not in SHARED:
                continue
            elif path in self.of_tests:
                tests.setdefault((objects[path].name, symbol), path)
            else:
                defined.setdefault(symbol, path)
        graph = collections.defaultdict(
            lambda: collections.defaultdict(set))
        for path, symbol in wanted:
            other = defined.get(symbol)
            if (objects[path].name, symbol) in tests:
                other = tests[objects[path].name, symbol]
            if other and other != path:
                graph[path][other].add(symbol)
        return graph

    def source_of(self, room, path, build):
        stem = os.path.basename(path)[:-2]
        system = '_win32' if build.endswith('win64') else '_posix'
        for name in (stem + '.c', stem + system + '.c'):
            if os.path.exists(os.path.join(self.root, room.folder, name)):
                return name
        return stem + '.c'

    def check_symbols(self, build):
        objects = self.objects(build)
        if not objects:
            return
        graph = self.needs(objects)
        inside = collections.defaultdict(dict)
        for path, others in graph.items():
            room = objects[path]
            for other, symbols in others.items():
                to = objects[other]
                if to is room and path in self.of_tests:
                    continue
                if to is room:
                    inside[room.name].setdefault(path, set()).add(other)
                    continue
                target = os.path.join(to.folder,
                                      os.path.basename(other)[:-2])
                name = sorted(symbols)[0]
                self.touch_symbol(
                    room, path in self.of_tests, to, target,
                    '%s: needs %s of %s' % (
                        os.path.relpath(path, self.root), name,
                        os.path.relpath(other, self.root)))
        for room in self.rooms.values():
            for circle in circles(inside[room.name]):
                names = tuple(sorted(self.source_of(room, p, build)
                                     for p in circle))
                self.met.add((room.name, names))
                if not any(names == c and why for c, why in room.circles):
                    self.problem('%s: %s need each other in a circle',
                                 room.folder, ', '.join(names))

    def touch_symbol(self, room, tests, to, target, where):
        for arrow in room.touch + (room.tests if tests else []):
            if arrow == to.name or statements.room_of_arrow(arrow) == \
                    to.name and target.endswith(os.path.splitext(arrow)[0]):
                self.used[room.name].add(arrow)
                return
        self.problem('%s: %s may touch only %s', where, room.name,
                     ', '.join(room.touch) or 'itself')

    # --- what is stated ---

    def check_statements(self):
        for room in self.rooms.values():
            for arrow in room.touch + room.tests:
                other = statements.room_of_arrow(arrow)
                if other not in self.rooms:
                    self.problem('%s/README.md: there is no room %s',
                                 room.folder, other)
                elif arrow not in self.used[room.name] and self.whole and \
                        not self.unbuilt:  # nobody knows what they need
                    self.problem('%s/README.md: touches nothing of %s',
                                 room.folder, arrow)
            for names, _ in room.circles if self.builds else ():
                if any(n.endswith('_win32.c') for n in names) and \
                        not any(b.endswith('win64') for b in self.builds):
                    continue
                if (room.name, names) not in self.met:
                    self.problem('%s/README.md: the circle of %s is none',
                                 room.folder, ', '.join(names))
        try:
            statements.below(self.rooms, self.rooms)
        except ValueError as e:
            self.problem('%s', e)

    def check(self):
        for path in self.files:
            self.check_file(path)
        self.check_names()
        for build in self.builds:
            self.check_symbols(build)
        self.check_statements()
        return self


def circles(graph):
    """The sets of nodes, more than one each, that reach each other."""
    reach = {}

    def from_(node):
        if node not in reach:
            seen, todo = set(), [node]
            while todo:
                for other in graph.get(todo.pop(), ()):
                    if other not in seen:
                        seen.add(other)
                        todo.append(other)
            reach[node] = seen
        return reach[node]

    done, found = set(), []
    for node in sorted(graph):
        if node in done or node not in from_(node):
            continue
        circle = {n for n in from_(node) if node in from_(n)} | {node}
        done |= circle
        found.append(circle)
    return found
