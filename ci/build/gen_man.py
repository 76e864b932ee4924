#!/usr/bin/python3
"""Makes a page of its template and tables: vssim-trace.5 and trace.def,
vssim-scenario.5, behaviours.def and events.def.

usage: gen_man.py TEMPLATE TABLE... OUTPUT
"""
import re
import sys

ENTRY = re.compile(r'^(TRACE_KIND|TRACE_KEY)\((\w+),\s*((?:"[^"]*",?\s*)+)\)',
                   re.MULTILINE)


def entries(text, macro):
    """(name, text) of each entry of that macro, in order."""
    for found in ENTRY.finditer(text):
        if found.group(1) != macro or found.group(2) == 'NONE':
            continue
        # "name", "text" "more text": the first string is the name.
        name, *words = re.findall(r'"([^"]*)"', found.group(3))
        yield name, ''.join(words)


def escaped(text):
    """Text without meaning to scdoc."""
    return re.sub(r'([\\*_<>#~|`\[\]])', r'\\\1', text)


def table(text, macro):
    lines = []
    for name, words in entries(text, macro):
        lines += ['*%s*' % escaped(name), '\t' + escaped(words), '']
    if not lines:
        sys.exit('gen_man.py: no %s in the table' % macro)
    return '\n'.join(lines).rstrip()


def behaviours(text):
    """A line each: the key, its value, what it does."""
    found = re.findall(r'^BEHAVIOUR\(\w+,\s*"([^"]*)",\s*\w+,\s*"([^"]*)",\s*'
                       r'((?:"[^"]*"\s*)+)\)', text, re.MULTILINE)
    if not found:
        sys.exit('gen_man.py: no BEHAVIOUR in the table')
    return ';\n'.join('*%s* %s: %s' % (key, escaped(value), escaped(
        ''.join(re.findall(r'"([^"]*)"', words))))
        for key, value, words in found) + '.'


def events(text):
    """Those that writers hear, those of a backup last."""
    text = re.sub(r'/\*.*?\*/', '', text, flags=re.S)
    found = re.findall(r'^EVENT\(\w+,\s*"(\w+)",\s*WRITERS,\s*"\w+",'
                       r'\s*\w+,\s*\w+,\s*(\w+)', text, re.MULTILINE)
    if not found:
        sys.exit('gen_man.py: no EVENT in the table')
    backup = [name for name, part in found if part.startswith('BACKUP')]
    others = [name for name, _ in found if name not in backup]
    return '%s, and of a backup %s' % (', '.join(others), ', '.join(backup))


PARTS = (('@KINDS@', lambda text: table(text, 'TRACE_KIND')),
         ('@KEYS@', lambda text: table(text, 'TRACE_KEY')),
         ('@BEHAVIOURS@', behaviours),
         ('@EVENTS@', events))


def main(template, *tables, output):
    text = ''
    for table_name in tables:
        with open(table_name, encoding='utf-8') as file:
            text += file.read()
    with open(template, encoding='utf-8') as file:
        page = file.read()
    for name, made in PARTS:
        if name in page:
            page = page.replace(name, made(text))
    with open(output, 'w', encoding='utf-8') as file:
        file.write(page)


if __name__ == '__main__':
    main(*sys.argv[1:-1], output=sys.argv[-1])
