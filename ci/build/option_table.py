"""option_table.py - reads sim/cli/options.def: commands and their options."""
import re

TEXT = r'((?:"(?:[^"\\]|\\.)*"\s*)+)'
ROW = re.compile(
    r'^(?:COMMAND\((?P<command>\w+), {t}, {t}, {t}, {t}\)'
    r'|COMMANDS\((?P<set>\w+), (?P<members>[\w |]+)\)'
    r'|ARGUMENT\({t}, (?P<kind>\w+), {t}\)'
    r'|OPTION\((?P<commands>[\w |]+), (?P<id>\w+), (?P<letter>0|\'.\'), '
    r'{t}, {t}, {t}, {t}, {t}\))$'
    .replace('{t}', TEXT).replace(' ', r'\s*'), re.M)
KINDS = ('FILE', 'FOLDER', 'FREE', 'WORDS', 'LISTED', 'PAIRS')
OPENING = re.compile(r'^(?:COMMAND|COMMANDS|ARGUMENT|OPTION)\(', re.M)


def text_of(literals):
    """C strings, one behind the other, as text."""
    found = re.findall(r'"((?:[^"\\]|\\.)*)"', literals)
    return ''.join(found).replace('\\"', '"')


class Command:
    def __init__(self, name, usage, arguments, summary):
        self.name, self.usage = name, usage
        self.arguments, self.summary = arguments, summary
        self.options = []


class Option:
    def __init__(self, letter, name, argument, since, text, more):
        self.letter, self.name, self.argument = letter, name, argument
        self.since, self.text, self.more = since, text, more

    def clause(self):
        """What it does, in a few words."""
        return re.split(r'; |: | \(', self.text)[0]


class Argument:
    def __init__(self, name, kind, words):
        self.name, self.kind, self.words = name, kind, words.split()


class Table:
    """commands: {name: Command}, arguments: {name: Argument}."""

    def __init__(self, path):
        with open(path, encoding='utf-8') as f:
            text = re.sub(r'/\*.*?\*/', '', f.read(), flags=re.S)
        ids, self.commands, self.arguments = {}, {}, {}
        rows = list(ROW.finditer(text))
        if len(rows) != len(OPENING.findall(text)):
            raise SystemExit('%s: %d rows, but only %d were understood' % (
                path, len(OPENING.findall(text)), len(rows)))
        for row in rows:
            texts = [text_of(g) for g in row.groups()
                     if g and g.startswith('"')]
            if row['command']:
                command = Command(*texts)
                ids[row['command']] = [command]
                self.commands[command.name] = command
            elif row['set']:
                ids[row['set']] = self.members(ids, row['members'])
            elif row['kind']:
                if row['kind'] not in KINDS:
                    raise SystemExit('%s: "%s": no kind %s' % (
                        path, texts[0], row['kind']))
                argument = Argument(texts[0], row['kind'], texts[1])
                self.arguments[argument.name] = argument
            else:
                if texts[1] and texts[1] not in self.arguments:
                    raise SystemExit('%s: --%s: no ARGUMENT "%s"' % (
                        path, texts[0], texts[1]))
                option = Option(row['letter'].strip("'").replace('0', ''),
                                *texts)
                for command in self.members(ids, row['commands']):
                    command.options.append(option)

    @staticmethod
    def members(ids, names):
        return [c for name in names.split('|') for c in ids[name.strip()]]
