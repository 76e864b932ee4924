#!/usr/bin/python3
"""Makes vssim-trace.5.scd: puts the tables of trace.def into its template.

usage: gen_trace_man.py TEMPLATE TRACE_DEF OUTPUT
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
        sys.exit('gen_trace_man.py: no %s in the table' % macro)
    return '\n'.join(lines).rstrip()


def main(template, definitions, output):
    with open(definitions, encoding='utf-8') as file:
        text = file.read()
    with open(template, encoding='utf-8') as file:
        page = file.read()
    page = page.replace('@KINDS@', table(text, 'TRACE_KIND'))
    page = page.replace('@KEYS@', table(text, 'TRACE_KEY'))
    with open(output, 'w', encoding='utf-8') as file:
        file.write(page)


if __name__ == '__main__':
    main(*sys.argv[1:])
