"""rooms.py - what the rooms of the tree say of themselves.

A room is a folder of C sources with a README.md of this form:

    # sim/vss: what the room is, in one sentence

    - May touch: com, base, include/vssim/windows.def
    - Tests may touch: play
    - Circle: a.c b.c: why these two need each other

A room is named by its folder without a leading sim/. What it may touch is a
room or one file of a room. `Tests may touch` adds to that for test/. Objects
of a room that need each other in a circle are a `Circle`, with the reason.
Nothing else says how rooms may depend on each other: ci/check/layers holds
the code against it, ci/build/lists.py takes the order of linking from it.
"""
import os
import re

TOPS = ('sim', 'writers', 'asserts', 'ci', 'docs')
SOURCES = ('.c', '.h', '.cpp', '.def')
HEAD = re.compile(r'# (\S+): (.+)')
STATEMENT = re.compile(r'- (May touch|Tests may touch|Circle): (.*)')


class Room:
    """One room; `touch` and `tests` hold names of rooms or of files."""

    def __init__(self, folder, sentence):
        self.folder = folder
        self.name = name_of(folder)
        self.sentence = sentence
        self.touch, self.tests, self.circles = [], [], []

    def rooms(self, tests=False):
        """The names of the rooms that it touches, files' rooms included."""
        return {room_of_arrow(a) for a in
                self.touch + (self.tests if tests else [])}


def name_of(folder):
    return folder[4:] if folder.startswith('sim/') else folder


def room_of_arrow(arrow):
    if '.' not in os.path.basename(arrow):
        return arrow
    folder = os.path.dirname(arrow)
    while os.path.basename(folder) in ('test', 'vssim'):
        folder = os.path.dirname(folder)
    return folder


def statements(text):
    """The statements of a README, a statement going on in indented lines."""
    for line in re.sub(r'\n {2,}(?=\S)', ' ', text).split('\n'):
        m = STATEMENT.fullmatch(line)
        if m:
            yield m.groups()


def words(text):
    return [] if text == 'nothing' else [w.strip() for w in text.split(',')]


def read_room(root, folder):
    """The room of that folder, or None when its README states none."""
    try:
        with open(os.path.join(root, folder, 'README.md'),
                  encoding='utf-8') as f:
            text = f.read()
    except OSError:
        return None
    head = HEAD.match(text)
    if not head or head.group(1) != folder:
        return None
    room = Room(folder, head.group(2))
    said = False
    for what, value in statements(text):
        if what == 'May touch':
            said = True
            room.touch = words(value)
        elif what == 'Tests may touch':
            room.tests = words(value)
        else:
            files, _, why = value.partition(': ')
            room.circles.append((tuple(sorted(files.split())), why))
    return room if said else None


def read_rooms(root='.'):
    """All rooms by name."""
    rooms = {}
    for top in TOPS:
        for folder, folders, _ in os.walk(os.path.join(root, top)):
            folders.sort()
            room = read_room(root, os.path.relpath(folder, root))
            if room:
                rooms[room.name] = room
    return rooms


def room_of_file(rooms, path):
    """The room that a file lies in: the deepest one around it."""
    folder = os.path.dirname(path)
    while folder.strip('/'):
        if name_of(folder) in rooms:
            return rooms[name_of(folder)]
        folder = os.path.dirname(folder)
    return None


def below(rooms, names):
    """The rooms named and all that they touch, each before what it touches:
    the order of a linker's command line."""
    order, seen = [], set()

    def visit(name, path):
        if name in path:
            raise ValueError('a circle of rooms: ' + ' '.join(path + (name,)))
        if name in seen or name not in rooms:
            return
        for other in sorted(rooms[name].rooms()):
            visit(other, path + (name,))
        seen.add(name)
        order.append(name)

    for name in sorted(names):
        visit(name, ())
    return order[::-1]
