#!/usr/bin/python3
"""paths - every path that documentation and comments name is there.

usage: paths.py [FILE...]

Looked at: *.md and the man pages whole, comments of C sources, of Python, of
shell and of ninja files. A word with a slash counts as a path of ours when it
begins with a folder of the tree (sim/, ci/ ...) or of a room (play/, rules/
...), or ends like a source of ours. It may be meant from the root, from where
#include looks, or from the file's own folder; * stands for anything, a word in
capitals (TOPIC, NAME) or foo for something of the reader's. In *.md also

  `file.c`, `name.sh`         a file of that name is somewhere in the tree
  `file.c:name()`             and the word name stands in it, outside comments
  `name()`                    a function or macro of that name is somewhere
  [text](path)                is there, from the file's own folder

What is built (build/...) and what belongs to others (http:, /usr) is not
looked at. Tries itself on made-up mistakes first. Exit code 1: mistakes.
"""
import glob
import os
import re
import subprocess
import sys

OWN = 'ci/check/paths.py'
ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..')
TEXTS = ('.md', '.scd', '.in')
C_LIKE = ('.c', '.h', '.cpp', '.def')
HASH = ('.py', '.sh', '.ninja', '.yml')
SOURCE = re.compile(r'\.(c|h|cpp|def|py|sh|ninja|scd|md|inc|awk|map|yaml)$')
# Where a path may begin. ci/requesters is built as for Windows.
BASES = ('', 'sim', 'sim/include', 'sim/include/vssim', 'asserts', 'ci')
# Not of this tree: what a user has, what is installed, what others have.
FOREIGN = re.compile(r'^(build|tests|vssim|cases?|sys|tmp|out|path|pool|dists|'
                     r'libyaml|expat|jansson)/|^vssim/(wine|vssim)|'
                     r'^my-|^\.\.?/|^win64/')
WORD = re.compile(r'(?<![\w/.:~$%{\\>@#-])\.?[\w*-][\w.*-]*(?:/[\w.*-]+)+/?')
URL = re.compile(r'\b(?:https?|file|github):\S+|\]\(https?:[^)]*\)')
CAPITALS = re.compile(r'(?<![A-Za-z])[A-Z]{2,}(?![a-z])')
NAMED = re.compile(r'`([\w.-]+\.(?:c|h|cpp|def|py|sh|scd|ninja))`')
CALL = re.compile(r'`([A-Za-z_]\w*)\(\)`')
IN_FILE = re.compile(r'`([\w./-]+\.\w+):(\w+)(?:\(\))?`')
LINK = re.compile(r'\]\(([^)#: ]+)(?:#[^)]*)?\)')


def listed():
    names = subprocess.run(
        ['git', 'ls-files', '-coz', '--exclude-standard'], cwd=ROOT, text=True,
        check=True, stdout=subprocess.PIPE).stdout.split('\0')
    return [n for n in names if n and os.path.isfile(os.path.join(ROOT, n))]


def read(path):
    try:
        with open(os.path.join(ROOT, path), encoding='utf-8') as f:
            return f.read()
    except UnicodeDecodeError:
        return ''


def blank(text):
    """As many lines, and nothing on them."""
    return '\n' * text.count('\n')


STRING = r'"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\''
TOKEN = re.compile(r'(/\*.*?\*/)|(//[^\n]*)|' + STRING, re.S)


def c_parts(text):
    """The comments of a C source, and the rest; lines stay where they are."""
    comments, at = [], 0
    code = []
    for m in TOKEN.finditer(text):
        comments.append(blank(text[at:m.start()]))
        code.append(text[at:m.start()])
        comment = m.group(1) or m.group(2)
        comments.append(comment or blank(m.group(0)))
        code.append(blank(m.group(0)) if comment else m.group(0))
        at = m.end()
    return ''.join(comments) + blank(text[at:]), ''.join(code) + text[at:]


def hash_comments(text, docstring):
    """Lines that begin with #, and the text that opens a Python file."""
    out, m = [], None
    if docstring:
        m = re.match(r'(?:#[^\n]*\n)*"""(.*?)"""', text, re.S)
    end = text[:m.end()].count('\n') if m else -1
    for number, line in enumerate(text.split('\n')):
        keep = number <= end or line.lstrip().startswith('#')
        out.append(line if keep else '')
    return '\n'.join(out)


def prose(path, text):
    """What of a file is looked at, or None."""
    if path.endswith(TEXTS):
        return text
    if path.endswith(C_LIKE):
        return c_parts(text)[0]
    if path.endswith(HASH) or text.startswith('#!'):
        return hash_comments(text, 'python' in text.split('\n')[0] or
                             path.endswith('.py'))
    return None


class Tree:
    """What there is."""

    def __init__(self, files):
        self.names = {os.path.basename(f) for f in files}
        self.tops = {f.split('/')[0] for f in files if '/' in f}
        self.rooms = {f.split('/')[1] for f in files
                      if f.startswith(('sim/', 'asserts/')) and
                      f.count('/') > 1}
        self.code = {}
        self.words = None

    def is_there(self, word, folder):
        word = word.rstrip('/')
        for base in BASES + (folder, ):
            full = os.path.join(ROOT, base, word)
            if os.path.exists(full) or '*' in word and glob.glob(full):
                return True
        return False

    def has(self, path, name):
        """The word stands in the code of that file."""
        if path not in self.code:
            text = read(path)
            if path.endswith(C_LIKE):
                text = c_parts(text)[1]
            self.code[path] = set(re.findall(r'\w+', text))
        return name in self.code[path]

    def find(self, path):
        for base in BASES:
            full = os.path.normpath(os.path.join(base, path))
            if os.path.isfile(os.path.join(ROOT, full)):
                return full
        return None

    def known(self, name, files):
        """A function or macro that some source calls or defines."""
        if self.words is None:
            self.words = set()
            for f in files:
                text = '' if f == OWN else read(f)
                if f.endswith(C_LIKE):
                    self.words |= set(re.findall(r'\b(\w+)\(',
                                                 c_parts(text)[1]))
                elif f.endswith('.py') or text.startswith('#!'):
                    self.words |= set(re.findall(r'\b(\w+)(?:\(|\(\) *{)',
                                                 text))
        return name in self.words


def is_ours(word, tree):
    if FOREIGN.match(word) and not word.startswith('vssim/subject'):
        return False
    if CAPITALS.search(word) and not word.endswith('README.md') or \
            re.search(r'\bfoo', word):
        return False
    first = word.split('/')[0]
    if first in tree.tops:
        return True
    if SOURCE.search(word):
        return True
    return first in tree.rooms and word.endswith('/')


def mistakes(path, text, tree, files):
    """(line, what) of each; `text` is what is looked at."""
    folder = os.path.dirname(path)
    for number, line in enumerate(text.split('\n'), 1):
        shown = URL.sub('', line)
        for m in WORD.finditer(shown):
            word = m.group(0).rstrip('.,-')
            if is_ours(word, tree) and not tree.is_there(word, folder):
                yield number, word
        if not path.endswith('.md'):
            continue
        for file, name in IN_FILE.findall(line):
            found = tree.find(file)
            if not found or not tree.has(found, name):
                yield number, file + ':' + name
        for name in NAMED.findall(line):
            if name not in tree.names:
                yield number, name
        for name in CALL.findall(line):
            if not tree.known(name, files):
                yield number, name + '()'
        for target in LINK.findall(line):
            if not os.path.exists(os.path.join(ROOT, folder, target)):
                yield number, target


def try_itself(tree, files):
    """False when it does not find what is wrong, or finds what is right."""
    here = 'docs/made-up.md'
    right = ('sim/base/trace.h, base/trace.h and vssim/subject.h; `trace.c`, '
             '`trace_end()`, `base/trace.c:trace_end()`, sim/*/README.md, '
             'build/vssim, /usr/bin/python3, ci/check/, [x](decisions.md), '
             'scenarios/TOPIC/NNN-x.yaml, https://a.org/sim/none.c, and/or')
    wrong = ('sim/none/trace.h', 'base/none.h', 'none/trace.c', 'ci/none',
             'sim/none*.c', '`none.c`', '`no_such_function()`',
             '`base/trace.c:no_such()`', '`none.c:x()`', '[x](none.md)')
    comment = 'char s[] = "sim/none.c"; /* sim/none.c\n * sim/base */ int x;\n'
    found = list(mistakes(here, right, tree, files))
    if found:
        print('paths: found what is right: %s' % found[0][1])
        return False
    for word in wrong:
        if not list(mistakes(here, word, tree, files)):
            print('paths: does not find %s' % word)
            return False
    found = list(mistakes('sim/x.c', prose('sim/x.c', comment), tree, files))
    if found != [(1, 'sim/none.c')]:
        print('paths: comments are not told from strings: %s' % found)
        return False
    found = list(mistakes('x.py', prose('x.py', '"""sim/none.c"""\nx = 1 # a\n'
                                        'y = "sim/none.c"\n'), tree, files))
    if found != [(1, 'sim/none.c')]:
        print('paths: docstrings are not told from strings: %s' % found)
        return False
    return True


def main():
    files = listed()
    tree = Tree(files)
    if not try_itself(tree, files):
        return 1
    looked = bad = 0
    for path in sys.argv[1:] or files:
        if path == OWN or path.startswith('scenarios/data/'):
            continue
        text = prose(path, read(path))
        if text is None:
            continue
        looked += 1
        for number, what in mistakes(path, text, tree, files):
            print('%s:%d: %s: there is no such thing' % (path, number, what))
            bad += 1
    print('paths: %d files, %d mistakes' % (looked, bad))
    return 1 if bad else 0


if __name__ == '__main__':
    sys.exit(main())
