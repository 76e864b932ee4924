#!/usr/bin/python3
"""lists.py - writes the lists of what is built, by what lies in the folders.

usage: lists.py [--check] [DEPFILE]

Writes ci/build/lists_*.ninja, which are committed; ninja itself runs this when
a folder has changed (build.ninja), so a new file needs no line anywhere.
--check only says whether they are as they would be written. DEPFILE gets the
folders that were looked at.

A room is a library of the sources of its folder. NAME_posix.c and NAME_win32.c
are one object, NAME.o, each on its own system. What a binary is linked to
follows from what the rooms say they touch (ci/check/rooms.py).
"""
import glob
import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)),
                                '../check'))
import rooms as statements  # noqa: E402

os.chdir(os.path.join(os.path.dirname(os.path.abspath(__file__)), '../..'))

HEAD = '''# Made by ci/build/lists.py: not to be edited.
include ci/build/head.ninja
'''
# Sources made while building, and the room whose library they are in.
MADE = {'writers': 'profiles', 'cli': 'decisions'}
# What only some files are compiled with: a part of the path, and the rest of
# the edge. Requesters in the tests of vss are as for Windows.
SPECIAL = (
    ('sim/vss/test/client', '  inc = -Isim/include/vssim/win32 $inc\n'
                            '  opt = $opt -fno-sanitize=vptr\n'),
    ('subject_load_test.c', '  inc = $inc -DBUILD_FOLDER=\\"$b\\"\n'),
)
# Rooms that are no libraries: each file of theirs is a library to be loaded.
LOADED = {'ci/subjects': 'subjects', 'asserts/mutants': 'mutants'}
NO_LIBRARY = set(LOADED) | {'include', 'docs', 'ci/requesters', 'ci/fuzz',
                            'ci/tests/programs', 'ci/tests/layout',
                            'ci/benchmarks', 'ci/prove.d/golden', 'vssapi'}
ROOMS = statements.read_rooms()
LOOKED = set(statements.TOPS)


def listed(folder, pattern):
    LOOKED.add(folder)
    found = sorted(glob.glob(os.path.join(folder, pattern)))
    for path in found:
        if not re.fullmatch(r'[\w./+-]+', path, re.A):
            refuse('%s: letters, digits and _ . + - are allowed' % path)
    return found


def made_by(path, seen):
    """The generated files that a source includes, through headers, too."""
    if path in seen or not os.path.exists(path):
        return set()
    seen.add(path)
    with open(path, encoding='utf-8') as f:
        names = re.findall(r'^#include "([^"]+)"', f.read(), re.M)
    made = {n for n in names if re.fullmatch(r'\w+_gen\.inc', n)}
    for name in names:
        for folder in ('sim', '', os.path.dirname(path)):
            made |= made_by(os.path.normpath(os.path.join(folder, name)),
                            seen)
    return made


def refuse(text):
    """Lists that ninja cannot read would never be made anew."""
    sys.exit('ci/build/lists.py: ' + text)


def needs(path):
    made = sorted(made_by(path, set()))
    return ' | ' + ' '.join('$b/gen/' + m for m in made) if made else ''


def archive(name):
    return '$b/rooms/%s.a' % name.replace('/', '-')


class List:
    """One file of lists, for one system."""

    def __init__(self, system):
        self.system = system
        self.text = [HEAD]
        self.made = {}  # object or program: its source

    def add(self, line):
        self.text.append(line + '\n')

    def edge(self, out, rule, ins, more=''):
        self.add('build %s: %s $\n  %s%s' % (out, rule, ' $\n  '.join(ins),
                                            more))

    def compiled(self, path, out):
        rule = 'cxx' if path.endswith('.cpp') else 'cc'
        self.only(path, out)
        self.add('build %s: %s %s%s' % (out, rule, path, needs(path)))
        for part, more in SPECIAL:
            if part in path:
                self.add(more.rstrip('\n'))
        return out

    def only(self, path, out):
        other = self.made.setdefault(out, path)
        if other != path:
            refuse('%s and %s are both %s' % (other, path, out))

    def objects(self, folder, to):
        other = 'win32' if self.system == 'posix' else 'posix'
        found = []
        for path in listed(folder, '*.c') + listed(folder, '*.cpp'):
            stem = os.path.splitext(os.path.basename(path))[0]
            if stem.endswith('_' + other):
                continue
            stem = re.sub('_%s$' % self.system, '', stem)
            found.append(self.compiled(path, '$b/%s/%s.o' % (to, stem)))
        return found

    def libraries(self, names):
        return [archive(n) for n in statements.below(ROOMS, names)
                if n not in NO_LIBRARY]

    def room(self, room):
        objects = self.objects(room.folder, room.name)
        if room.name in MADE:
            out = '$b/gen/%s.o' % MADE[room.name]
            self.add('build %s: cc $b/gen/%s.c' % (out, MADE[room.name]))
            objects.append(out)
        if room.name == 'cli':
            objects.remove('$b/cli/main.o')
        self.edge(archive(room.name), 'ar', objects)

    def loaded(self, room, to):
        made = []
        for path in listed(room.folder, '*.c'):
            stem = os.path.basename(path)[:-2]
            if stem.endswith('_posix') and self.system != 'posix':
                continue
            stem = re.sub('_%s$' % self.system, '', stem)
            made.append('$b/%s/%s$so' % (to, stem))
            self.only(path, made[-1])
            self.add('build %s: module %s' % (made[-1], path))
        return made

    def write(self):
        return ''.join(self.text)


def product(system):
    out = List(system)
    for name in sorted(ROOMS):
        if name not in NO_LIBRARY:
            out.room(ROOMS[name])
    out.edge('$b/vssim$exe', 'link',
             ['$b/cli/main.o'] + out.libraries(['cli']),
             ' | $linked' if system == 'win32' else '')
    objects = out.objects(ROOMS['vssapi'].folder, 'vssapi')
    libs = out.libraries(['vssapi'])
    if system == 'posix':
        out.edge('$b/libvssapi.so', 'so', objects + libs,
                 ' | sim/vssapi/vssapi.map\n'
                 '  ldflags = $ldflags '
                 '-Wl,--version-script=sim/vssapi/vssapi.map\n'
                 '  libs = -lyaml -lexpat -lpthread')
    else:
        out.edge('$b/vssapi.dll', 'so',
                 objects + libs + ['sim/vssapi/vssapi.def'], ' | $linked\n'
                 '  libs = $b/third/libyaml.a $b/third/libexpat.a '
                 '-loleaut32 -lole32 -luuid $\n'
                 '    -Wl,--out-implib,$b/libvssapi.a')
    for name, to in LOADED.items():
        made = out.loaded(ROOMS[name], to)
        if to == 'subjects':
            out.add('build $b/example_overlay$so: module '
                    'docs/example_overlay.c')
            made.append('$b/example_overlay$so')
        out.edge('$b/' + to, 'phony', made)
    return out.write()


def profiles():
    out = List('posix')
    out.edge('$b/gen/profiles.c', 'genprofiles',
             listed('writers/profiles', '*.yaml'),
             ' | writers/profiles/gen_profiles.py')
    return out.write()


def tests():
    """Unit tests: one binary a room, linked to the libraries of its arrows."""
    out = List('posix')
    made = []
    for name in sorted(ROOMS):
        room = ROOMS[name]
        folder = os.path.join(room.folder, 'test')
        if not glob.glob(folder + '/*.c'):
            continue
        objects = out.objects(folder, 'test/' + name)
        names = room.rooms(True) | {name}
        made.append('$b/test/%s_tests' % name.replace('/', '-'))
        out.edge(made[-1], 'link', objects + out.libraries(names),
                 '\n  libs = $libs -lcriterion -lstdc++')
    out.edge('$b/tests', 'phony', made)
    out.edge('$b/unit', 'run', ['$b/tests', '$b/subjects'],
             '\n  cmd = ci/tests/unit $b\n  what = unit tests in $b')
    golden = out.objects('ci/prove.d/golden', 'golden')
    out.edge('$b/golden/golden', 'link',
             golden + out.libraries(ROOMS['ci/prove.d/golden'].rooms()))
    return out.write()


def programs(folder, to, phony, more=''):
    """Each file a program of its own: benchmarks, fuzz targets."""
    out = List('posix')
    made = []
    for path in listed(folder, '*.c'):
        stem = os.path.basename(path)[:-2]
        made.append('%s/%s' % (to, stem))
        out.compiled(path, made[-1] + '.o')
        out.edge(made[-1], 'link', [made[-1] + '.o'] +
                 out.libraries(ROOMS[folder].rooms()), more)
    out.edge(phony, 'phony', made)
    return out.write()


def pages():
    """Man pages, of which there is one set."""
    out = ['# Made by ci/build/lists.py: not to be edited.\n']
    made = []
    for path in listed('docs/man', '*.scd') + listed('docs/man', '*.scd.in'):
        name = os.path.basename(path).split('.scd')[0]
        made.append('build/doc/' + name)
        if path.endswith('.in'):  # a table of options, or of something else
            with open(path, encoding='utf-8') as f:
                options = '\n@OPTIONS ' in f.read()
            source, path = path, made[-1] + '.scd'
            if options:
                out.append('build %s: gen %s $\n  sim/cli/options.def | '
                           'ci/build/gen_options.py $\n  '
                           'ci/build/option_table.py\n'
                           '  script = ci/build/gen_options.py man\n' % (
                               path, source))
        out.append('build %s: man %s | ci/build/man.awk\n' % (made[-1], path))
    out.append('build docs: phony $\n  %s\n' % ' $\n  '.join(made))
    return ''.join(out)


def depfile(path):
    """Folders: all that sources could be added to; and what rooms say, which
    can change in place. Those that are gone are no error for ninja, since they
    stand in a depfile."""
    folders = LOOKED | {r.folder + '/README.md' for r in ROOMS.values()}
    for top in statements.TOPS:
        for folder, _, _ in os.walk(top):
            folders.add(folder)
    folders.discard('docs')  # a target of that name would be built first
    with open(path, 'w') as f:
        f.write('build.ninja: %s\n' % ' '.join(
            sorted(f.replace(' ', '\\ ') for f in folders)))


def main():
    try:
        statements.below(ROOMS, ROOMS)
    except ValueError as e:
        refuse(str(e))
    made = {'posix': product('posix'), 'win32': product('win32'),
            'profiles': profiles(), 'tests': tests(), 'pages': pages(),
            'benchmarks': programs('ci/benchmarks', '$b/bench', '$b/bench/all'),
            'fuzz': programs('ci/fuzz', '$b', '$b/targets',
                             '\n  ldflags = -fsanitize=fuzzer')}
    check = '--check' in sys.argv[1:]
    changed = []
    for name, text in sorted(made.items()):
        path = 'ci/build/lists_%s.ninja' % name
        try:
            with open(path, encoding='utf-8') as f:
                same = f.read() == text
        except OSError:
            same = False
        if not same:
            changed.append(path)
            if not check:
                with open(path, 'w', encoding='utf-8') as f:
                    f.write(text)
    if check:
        for path in changed:
            print('%s is stale: run ci/build/lists.py' % path)
        print('lists: %d, %d stale' % (len(made), len(changed)))
        return 1 if changed else 0
    for path in sys.argv[1:]:
        depfile(path)
    if changed:
        os.utime('build.ninja')  # ninja reads its files anew
    return 0


if __name__ == '__main__':
    sys.exit(main())
