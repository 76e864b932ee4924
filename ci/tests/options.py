"""options.py - holds vssim against sim/cli/options.def: for options.sh.

usage: options.py VSSIM FOLDER

For every command: the options of the table, and no others, are in --help, in
the man page and in each completion, and the parser takes them. The completion
of bash is tried, the other two are read. FOLDER is for what is written.
Prints "ok - what" and "not ok - what"; exit code 1 when anything is not ok.
"""
import os
import re
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, '../build'))
from option_table import Table  # noqa: E402

VSSIM, FOLDER = sys.argv[1:]
TABLE = Table('sim/cli/options.def')
ALL = {o.name: o for c in TABLE.commands.values() for o in c.options}
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
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          encoding='utf-8', errors='replace', check=False)
    return done.returncode, done.stdout, done.stderr


def same(found, command, what):
    """found: (letter, name, argument or whether there is one) of each."""
    wanted = sorted(expected(command, found))
    look(sorted(found) == wanted, '%s: %s' % (command.name, what),
         'found:  %s' % sorted(set(found) - set(wanted)),
         'wanted: %s' % sorted(set(wanted) - set(found)))


def expected(command, found):
    names = any(isinstance(a, str) for _, _, a in found)
    return [(o.letter, o.name, o.argument if names else bool(o.argument))
            for o in command.options]


# --- what is told ---

HELP = re.compile(r'^  (?:-(\w), |    )--([a-z-]+)(?: ([A-Z][A-Z=]*))?(?:  |$)',
                  re.M)
MAN = re.compile(r'^(?:\\fB-(\w)\\fR, )?\\fB--([a-z-]+)\\fR'
                 r'(?: \\fI(.+)\\fR)?$', re.M)


def plain(page):
    return page.replace('\\-', '-').replace('\\&', '')


def man_section(command):
    own = 'build/doc/vssim-%s.1' % command.name
    path = own if os.path.exists(own) else 'build/doc/vssim.1'
    with open(path, encoding='utf-8') as f:
        page = plain(f.read())
    heading = 'OPTIONS' if path == own else 'OPTIONS OF ' + \
        command.name.upper()
    m = re.search(r'^\.SH "?%s"?$(.*?)^\.SH' % heading, page, re.M | re.S)
    return m.group(1) if m else ''


def told(command):
    code, out, _ = run(command.name, '--help')
    same(HELP.findall(out), command, '--help has the options of the table')
    look(code == 0 and out.startswith('usage: vssim %s %s\n' % (
        command.name, command.usage)), '%s: the usage' % command.name, out)
    long = [line for line in out.split('\n') if len(line) > 79]
    look(not long, '%s: --help fits 79 columns' % command.name, *long)
    words = re.sub(r'\s+', ' ', out)
    for o in command.options:
        if o.text not in words:
            look(False, '%s --%s: its text is in --help' % (
                command.name, o.name))
    same(MAN.findall(man_section(command)), command,
         'the man page has the options of the table')


# --- what is taken ---

def value_of(option):
    """A value that is good, or at least taken for one."""
    argument = TABLE.arguments[option.argument]
    if argument.kind == 'FREE' and option.argument in ('N', 'MIB', 'SECONDS'):
        return '1'
    if argument.kind in ('WORDS', 'PAIRS'):
        return argument.words[-1]
    return {'VERSION': 'windows-11', 'RULE': 'expect-returns',
            'PHASE': 'restore', 'ROLE': 'sql'}.get(option.argument,
                               os.path.join(FOLDER, 'made'))


def parsed(command):
    """--help comes last: so all before it is taken, and nothing is done."""
    for o in command.options:
        for spelling in ['--' + o.name] + (['-' + o.letter] if o.letter
                                           else []):
            words = [spelling] + ([value_of(o)] if o.argument else [])
            code, out, err = run(command.name, *words, '--help')
            if code != 0 or 'usage: vssim ' + command.name not in out or err:
                look(False, '%s %s is taken' % (command.name,
                                                ' '.join(words)), code, err)
    own = [o.name for o in command.options]
    for name in sorted(set(ALL) - set(own)):
        if any(o.startswith(name) for o in own):
            continue  # an abbreviation
        code, out, err = run(command.name, '--' + name)
        if code != 2 or command.name + ': see vssim' not in err and \
                'did you mean' not in err:
            look(False, '%s --%s is refused' % (command.name, name), code, err)
    letters = {o.letter for o in command.options}
    for letter in set('abcdefghijklmnopqrstuvwxyzABCXYZ') - letters:
        code, _, _ = run(command.name, '-' + letter)
        if code != 2:
            look(False, '%s -%s is refused' % (command.name, letter), code)
    look(True, '%s: the parser was tried with %d options' % (
        command.name, len(own)))


def vocabularies():
    """What is completed for an argument is taken for it."""
    for command in TABLE.commands.values():
        for o in command.options:
            kind = TABLE.arguments[o.argument].kind if o.argument else ''
            if kind not in ('WORDS', 'LISTED', 'PAIRS'):
                continue
            words = complete(command.name, '--' + o.name, '')
            wrong = [w for w in words
                     if run(command.name, '--' + o.name, w, '--help')[2]]
            look(words and not wrong, '%s --%s: each of %d words is taken' % (
                command.name, o.name, len(words)), wrong)


# --- completions ---

def bash(words, breaks):
    script = ('source build/completion/vssim; cd "$1"; breaks=$2; shift 2;'
              'COMP_WORDBREAKS=$breaks; COMP_WORDS=("$@");'
              'COMP_CWORD=$(($# - 1)); _vssim;'
              'for word in "${COMPREPLY[@]}"; do echo "$word"; done')
    done = subprocess.run(['bash', '--norc', '-c', script, 'bash', FOLDER,
                           breaks, os.path.abspath(VSSIM)] + list(words),
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          encoding='utf-8', check=False)
    if done.stderr:
        look(False, 'bash completes "%s" in silence' % ' '.join(words),
             done.stderr)
    return done.stdout.split('\n')[:-1]


def complete(*words):
    return bash(words, ' \t\n"\'><=;|&(:')


def bash_options(command):
    offered = complete(command.name, '-')
    found = sorted(o.name for o in command.options) + sorted(
        o.letter for o in command.options if o.letter)
    look(sorted(w.lstrip('-') for w in offered) == sorted(found),
         '%s: bash offers the options of the table' % command.name, offered)
    for o in command.options:
        if not o.argument:
            continue
        kind = TABLE.arguments[o.argument].kind
        offered = complete(command.name, '--' + o.name, '')
        if bool(offered) != (kind != 'FREE'):
            look(False, 'bash offers values of %s --%s' % (command.name,
                                                           o.name), offered)


def bash_words():
    os.makedirs(os.path.join(FOLDER, 'one folder'), exist_ok=True)
    open(os.path.join(FOLDER, 'one.yaml'), 'w').close()
    listed = run('list', '--windows')[1].split('\n')[:-1]
    versions = sorted(line.split()[0] for line in listed)
    for words, wanted in (
            (('ru',), ['run']), (('ex',), ['exec', 'explore', 'explain']),
            (('run', '--windows', ''), versions),
            (('run', '--windows', '=', 'windows-1'),
             ['windows-10', 'windows-11']),
            (('run', '--windows', '='), versions),
            (('list', '--on', 'windows-x'), ['windows-xp']),
            (('run', '--policy', 'access'), ['access=granted',
                                             'access=denied']),
            (('run', '--policy', 'access', '='), ['granted', 'denied']),
            (('run', '--policy', 'access', '=', 'd'), ['denied']),
            (('run', '--policy', '=', 'access', '=', 'd'), ['denied']),
            (('run', '--policy', 'len'), ['lenient']),
            (('run', '--sweep', 'a'), ['alloc', 'access', 'all']),
            (('run', '--color', 'n'), ['never']),
            (('judge', '--disable', 'selection-b'),
             ['selection-before-prerestore']),
            (('explain', 'VSS_E_BAD_S'), ['VSS_E_BAD_STATE']),
            (('explain', 'PreR'), ['PreRestore']),
            (('explore', '--from', 'pre-p'), ['pre-pending']),
            (('run', 'one'), ['one.yaml', 'one folder']),
            (('run', '-v', 'one.'), ['one.yaml']),
            (('run', '--shrink', 'one'), ['one folder']),
            (('import', '-o', 'one.'), ['one.yaml']),
            (('run', '--filter', 'one'), []),
            (('run', '--subject', 'sys'), ['system']),
            (('exec', 'one.yaml', '--', 'one.'), ['one.yaml'])):
        offered = complete(*words)
        look(sorted(offered) == sorted(wanted),
             'bash completes vssim %s' % ' '.join(words), offered)
    look(bash(('run', '--policy', 'access=d'), ' \t\n') == ['access=denied'],
         'bash that does not break words at = gets whole ones')
    look(sorted(complete('')) == sorted(list(TABLE.commands) +
                                        ['--help', '--version']),
         'bash offers the commands')


ZSH = re.compile(r"^ +'\*-(-?)([\w-]+?)(=?)\[(?:[^\]\\]|\\.)*\]"
                 r"(?::([A-Z=]+):.*)?'$", re.M)
FISH = re.compile(r"^complete -c vssim -n '__fish_seen_subcommand_from (\w+)'"
                  r"(?: -s (\w))? -l (\S+)( -r)? ", re.M)


def read_zsh():
    with open('build/completion/_vssim', encoding='utf-8') as f:
        text = f.read()
    for name, command in TABLE.commands.items():
        part = re.search(r'^ +%s\) specs=\(\n(.*?)\n +\) ;;' % name, text,
                         re.M | re.S)
        letters, found = [], []
        for m in ZSH.finditer(part.group(1) if part else ''):
            if not m[1]:
                letters.append(m[2])
            else:
                found.append((letters.pop() if letters else '', m[2],
                              m[4] or ''))
                if bool(m[3]) != bool(m[4]):
                    look(False, 'zsh: --%s=' % m[2])
        same(found, command, 'zsh has the options of the table')
        look("'%s:%s'" % (name, command.summary) in text,
             '%s: zsh has the command' % name)


def read_fish():
    with open('build/completion/vssim.fish', encoding='utf-8') as f:
        text = f.read()
    for name, command in TABLE.commands.items():
        found = [(letter, option, bool(argument)) for of, letter, option,
                 argument in FISH.findall(text) if of == name]
        same(found, command, 'fish has the options of the table')
        look('-n __fish_use_subcommand -a %s -d ' % name in text,
             '%s: fish has the command' % name)


def main():
    shown = re.findall(r'^  (\w+) +(.+)$', run('--help')[1], re.M)
    look(shown == [(c.name, c.summary) for c in TABLE.commands.values()],
         'vssim --help has the commands of the table', shown)
    for command in TABLE.commands.values():
        told(command)
        parsed(command)
        bash_options(command)
    bash_words()
    vocabularies()
    read_zsh()
    read_fish()
    shutil.rmtree(os.path.join(FOLDER, 'made'), ignore_errors=True)
    return bad


if __name__ == '__main__':
    sys.exit(main())
