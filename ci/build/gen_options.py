#!/usr/bin/python3
"""gen_options.py - what the table of options is made into.

usage: gen_options.py man TEMPLATE OPTIONS_DEF OUTPUT
       gen_options.py bash|zsh|fish OPTIONS_DEF OUTPUT

man: a line @OPTIONS command@ of a page becomes that command's options. Else: a
file that completes vssim in that shell. Values that vssim list has are asked
of it when they are completed; so they are those of the vssim that is typed.
"""
import re
import sys

from option_table import Table

FIRST = '0.1'  # the version that all began with: not said
# The names in column n of a list. Of methods only the name; lines that go on
# from the line before are indented.
NAMES = ('!/^ / || n > 1 && $n ~ /\\(/ { x = $n; sub(/.*::/, "", x); '
         'sub(/\\(.*/, "", x); print x }')
PAIRS = '{ for (i = 3; i <= NF; i++) print $1 "=" $i }'


# --- man pages ---

def escaped(text):
    """Text without meaning to scdoc."""
    return re.sub(r'([\\*_<>#~|`\[\]])', r'\\\1', text)


def sentences(option):
    text = option.text[0].upper() + option.text[1:] + '.'
    if option.text == 'this text':
        text = 'Prints these options, and what the command does.'
    if option.more:
        text += ' ' + option.more
    if option.since != FIRST:
        text += ' Since version %s.' % option.since
    text = escaped(text)
    # Options in bold, the argument underlined.
    text = re.sub(r'(?<![\w-])(-vv|--[a-z][a-z-]*)', r'*\1*', text)
    if option.argument:
        text = re.sub(r'\b%s\b' % re.escape(option.argument),
                      '_%s_' % option.argument, text)
    return text


def page_options(command):
    lines = []
    for o in command.options:
        names = (['*-%s*' % o.letter] if o.letter else []) + \
            ['*--%s*' % o.name]
        lines += [', '.join(names) + (' _%s_' % o.argument if o.argument
                                      else ''),
                  '\t' + sentences(o), '']
    return '\n'.join(lines).rstrip()


def man(template, table):
    with open(template, encoding='utf-8') as f:
        page = f.read()
    return re.sub(r'^@OPTIONS (\w+)@$',
                  lambda m: page_options(table.commands[m.group(1)]), page,
                  flags=re.M)


# --- completions ---

def head(mark=''):
    return mark + '# Completes vssim. Made of sim/cli/options.def.\n'


def spellings(option):
    return (['-' + option.letter] if option.letter else []) + \
        ['--' + option.name]


def by_argument(table):
    """{argument: ['command --option' ...]}, operands as 'command '."""
    found = {}
    for c in table.commands.values():
        if c.arguments:
            found.setdefault(c.arguments, []).append(c.name + ' ')
        for o in c.options:
            for name in spellings(o) if o.argument else ():
                found.setdefault(o.argument, []).append(c.name + ' ' + name)
    return found


def bash_values(a):
    words = ' '.join(a.words)
    if a.kind in ('FILE', 'FOLDER'):
        do = '_vssim_files -%s' % ('f' if a.kind == 'FILE' else 'd')
        return do + (' ' + words if words else '')
    return {'WORDS': '_vssim_words %s' % words, 'FREE': ':',
            'LISTED': '_vssim_words $(_vssim_list %s)' % words,
            'PAIRS': '_vssim_words $(_vssim_pairs %s)' % words}[a.kind]


BASH = r'''
# Names that vssim list has: WHAT or WHAT/COLUMN.
_vssim_list()
{
    local what column
    for what; do
        column=${what#*/}
        [[ $what == */* ]] || column=1
        "$program" list "--${what%%/*}" 2>/dev/null |
            awk -v n="$column" '%(names)s'
    done
}

# Every key with each of its values, and further words.
_vssim_pairs()
{
    "$program" list "--$1" 2>/dev/null | awk '%(pairs)s'
    shift
    printf '%%s\n' "$@"
}

_vssim_words()
{
    COMPREPLY=($(compgen -W "$*" -- "$cur"))
}

# Files or folders (-f or -d), and further words.
_vssim_files()
{
    local kind=$1 words IFS=$'\n'
    shift
    words=$(IFS=' '; compgen -W "$*" -- "$cur")
    compopt -o filenames 2>/dev/null
    COMPREPLY=($words $(compgen "$kind" -- "$cur"))
}

# What the argument of an option of a command is, or the command's own.
_vssim_argument()
{
    case $1 in
%(arguments)s
    esac
}

_vssim_values()
{
    case $1 in
%(values)s
    esac
}

_vssim_options()
{
    case $1 in
%(options)s
    esac
}

_vssim()
{
    local IFS=$' \t\n' program=${COMP_WORDS[0]/#\~\//$HOME/}
    local typed=() n=0 i word cur option argument
    COMPREPLY=()
    # Bash breaks words at =; here they are whole.
    for ((i = 1; i <= COMP_CWORD; i++)); do
        word=${COMP_WORDS[i]}
        if ((n)) && [[ $word == =* || ${COMP_WORDS[i - 1]} == = ]]; then
            typed[n - 1]+=$word
        else
            typed[n++]=$word
        fi
    done
    cur=${typed[n - 1]}
    if ((n < 2)); then
        _vssim_words %(commands)s
        return
    fi
    for ((i = 1; i < n - 1; i++)); do
        if [[ ${typed[0]} == exec && ${typed[i]} == -- ]]; then
            compopt -o filenames 2>/dev/null
            COMPREPLY=($(compgen -c -- "$cur") $(compgen -f -- "$cur"))
            return
        fi
    done
    option=${typed[n - 2]}
    if [[ $cur == --*=* ]]; then
        option=${cur%%%%=*}
        cur=${cur#*=}
    elif ((n < 3)) || [[ $option != -* || $option == --*=* ]]; then
        option=
    fi
    argument=
    [[ -z $option ]] || argument=$(_vssim_argument "${typed[0]} $option")
    if [[ -z $argument && $cur == -* ]]; then
        _vssim_words $(_vssim_options "${typed[0]}")
        return
    fi
    _vssim_values "${argument:-$(_vssim_argument "${typed[0]} ")}"
    # Only what follows the = is replaced.
    if [[ $cur == *=* && $COMP_WORDBREAKS == *=* ]]; then
        for i in "${!COMPREPLY[@]}"; do
            COMPREPLY[i]=${COMPREPLY[i]#"${cur%%=*}="}
        done
    fi
}
complete -F _vssim vssim
'''


def bash(table):
    arguments = ['    %s) echo %s ;;' % (
        ' | \\\n    '.join("'%s'" % w for w in where), name)
        for name, where in sorted(by_argument(table).items())]
    values = ['    %s) %s ;;' % (a.name, bash_values(a))
              for a in table.arguments.values()]
    options = ['    %s) echo %s ;;' % (c.name, ' '.join(
        s for o in c.options for s in spellings(o)))
        for c in table.commands.values()]
    return head() + BASH % {
        'names': NAMES, 'pairs': PAIRS, 'arguments': '\n'.join(arguments),
        'values': '\n'.join(values), 'options': '\n'.join(options),
        'commands': ' '.join(table.commands) + ' --help --version'}


def quoted(text):
    return "'%s'" % text.replace("'", "'\\''")


def zsh_action(table, name):
    a = table.arguments[name]
    words = ' '.join(a.words)
    return {'FILE': '_files', 'FOLDER': '_files -/', 'FREE': ' ',
            # Behind a blank: called with these words only.
            'WORDS': '(%s)' % words, 'LISTED': ' _vssim_list ' + words,
            'PAIRS': ' _vssim_pairs ' + words}[a.kind]


def zsh_option(table, o):
    what = '[%s]' % re.sub(r'([\[\]:\\])', r'\\\1', o.clause())
    value = ':%s:%s' % (o.argument, zsh_action(table, o.argument)) \
        if o.argument else ''
    mark = '=' if o.argument else ''
    specs = ['*--%s%s%s%s' % (o.name, mark, what, value)]
    if o.letter:
        specs.insert(0, '*-%s%s%s' % (o.letter, what, value))
    return ['            ' + quoted(s) for s in specs]


ZSH = r'''
# Names that vssim list has: WHAT or WHAT/COLUMN.
_vssim_list() {
    local what column
    local -a names
    for what; do
        column=${what#*/}
        [[ $what == */* ]] || column=1
        names+=(${(f)"$($program list --${what%%/*} 2>/dev/null |
            awk -v n=$column '%(names)s')"})
    done
    compadd -- $names
}

# Every key with each of its values, and further words.
_vssim_pairs() {
    local -a pairs
    pairs=(${(f)"$($program list --$1 2>/dev/null |
        awk '%(pairs)s')"})
    compadd -- $pairs $argv[2,-1]
}

_vssim() {
    local curcontext=$curcontext state line program=$words[1]
    typeset -A opt_args
    local -a known specs
    known=(
%(commands)s
    )
    _arguments -C \
        '(- *)'{-h,--help}'[this text]' \
        '(- *)--version[the version]' \
        '1:command:->command' \
        '*::argument:->argument'
    case $state in
    command) _describe command known ;;
    argument)
        case $words[1] in
%(options)s
        esac
        _arguments -s $specs
        ;;
    esac
}

_vssim "$@"
'''


def zsh(table):
    commands = ['        ' + quoted('%s:%s' % (c.name, c.summary))
                for c in table.commands.values()]
    options = []
    for c in table.commands.values():
        options += ['        %s) specs=(' % c.name]
        for o in c.options:
            options += zsh_option(table, o)
        if c.arguments:
            options.append('            ' + quoted('*:%s:%s' % (
                c.arguments, zsh_action(table, c.arguments))))
        options.append('            ) ;;')
    return head('#compdef vssim\n') + ZSH % {
        'names': NAMES, 'pairs': PAIRS, 'commands': '\n'.join(commands),
        'options': '\n'.join(options)}


FISH = r'''
# Names that vssim list has: WHAT or WHAT/COLUMN.
function __vssim_list
    set -l program (commandline -opc)[1]
    for what in $argv
        set -l parts (string split / $what) 1
        $program list --$parts[1] 2>/dev/null |
            awk -v n=$parts[2] '%(names)s'
    end
end

# Every key with each of its values, and further words.
function __vssim_pairs
    set -l program (commandline -opc)[1]
    $program list --$argv[1] 2>/dev/null | awk '%(pairs)s'
    printf '%%s\n' $argv[2..-1]
end

complete -c vssim -f
complete -c vssim -n __fish_use_subcommand -s h -l help -d 'this text'
complete -c vssim -n __fish_use_subcommand -l version -d 'the version'
'''


def fish_quoted(text):
    return "'%s'" % re.sub(r"(['\\])", r'\\\1', text)


def fish_value(table, name, required):
    a = table.arguments[name]
    words = ' '.join(a.words)
    files = '-F' if a.kind in ('FILE', 'FOLDER') else '-f'
    given = {'FILE': words, 'WORDS': words,
             'LISTED': '(__vssim_list %s)' % words,
             'PAIRS': '(__vssim_pairs %s)' % words}.get(a.kind, '')
    return (' -r' if required else '') + ' ' + files + (
        ' -a ' + fish_quoted(given) if given else '')


def fish(table):
    # Given to awk in single quotes, in which \ is a sign of fish, too.
    out = head() + FISH % {'names': NAMES.replace('\\', '\\\\'),
                           'pairs': PAIRS}
    for c in table.commands.values():
        seen = 'complete -c vssim -n %s' % fish_quoted(
            '__fish_seen_subcommand_from ' + c.name)
        out += '\ncomplete -c vssim -n __fish_use_subcommand -a %s -d %s\n' % (
            c.name, fish_quoted(c.summary))
        if c.arguments:
            out += seen + fish_value(table, c.arguments, False) + '\n'
        for o in c.options:
            out += seen + (' -s ' + o.letter if o.letter else '') + \
                ' -l ' + o.name + \
                (fish_value(table, o.argument, True) if o.argument else '') + \
                ' -d ' + fish_quoted(o.clause()) + '\n'
    return out


def main(what, *paths):
    table = Table(paths[-2])
    makers = {'bash': bash, 'zsh': zsh, 'fish': fish}
    made = man(paths[0], table) if what == 'man' else makers[what](table)
    with open(paths[-1], 'w', encoding='utf-8') as f:
        f.write(made)


if __name__ == '__main__':
    main(*sys.argv[1:])
