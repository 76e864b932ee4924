"""mutate_find - the mutants of a C file: what is changed where.

Reads the file with libclang. Each mutant is one small change inside a function:
an operator, a constant or code, a condition, a removed statement, two swapped
arguments. All mutants of a file become one source (a schema): each change
stands beside the original and a global number chooses it, so that thousands of
mutants cost one build.
"""
import re

from clang.cindex import CursorKind, Index, TranslationUnit

SWAPPED = {
    '<': '<=', '<=': '<', '>': '>=', '>=': '>', '==': '!=', '!=': '==',
    '&&': '||', '||': '&&', '+': '-', '-': '+', '*': '+', '/': '*', '&': '|',
    '|': '&', '<<': '>>', '>>': '<<', '%': '+'}
CODE = re.compile(r'^(E_|VSS_E_|S_OK$|S_FALSE$|VSS_S_)')
UNUSED = re.compile(r'^\(void\)\w+$')  # says so, and does nothing
EQUALITY = ('==', '!=')
# Whose arguments may stand in either order, as far as they are used here.
SYMMETRIC = ('guid_equal(', 'IsEqualGUID(', 'machine_same_id(', 'memcmp(',
             'room(', 'same(', 'same_component(', 'same_method(', 'same_name(',
             'same_pack(', 'same_writer(', 'strcmp(', 'strncmp(',
             'vss_same_text(', 'wide_equal(', 'wide_same(', 'xcalloc(')
# Records of a trace are numbered: no two of them are at the same place.
NUMBERED = re.compile(r'\bseq$')


class Mutant:
    """One change: of `start` to `end` in the file into `text`."""

    def __init__(self, path, function, kind, node, text):
        self.path, self.function, self.kind = path, function, kind
        self.start, self.end, self.line = node
        self.text = text
        self.number = 0
        self.key = None


class Finder:
    def __init__(self, path, arguments):
        self.path = path
        with open(path, 'rb') as f:
            self.source = f.read()
        self.unit = Index.create().parse(
            path, args=arguments,
            options=TranslationUnit.PARSE_DETAILED_PROCESSING_RECORD)
        bad = [d for d in self.unit.diagnostics if d.severity >= 3]
        if bad:
            raise SystemExit('mutate: %s: %s' % (path, bad[0].spelling))
        self.macros = []
        self.mutants = []
        self.wraps = []  # (start, end, statement?) of what can be wrapped
        for c in self.unit.cursor.get_children():
            if not self.here(c):
                continue
            if c.kind == CursorKind.MACRO_INSTANTIATION:
                self.macros.append(self.span(c)[:2] + (c.spelling,))
        for c in self.unit.cursor.get_children():
            if (self.here(c) and c.kind == CursorKind.FUNCTION_DECL and
                    c.is_definition()):
                self.function = c.spelling
                for child in c.get_children():
                    if child.kind == CursorKind.COMPOUND_STMT:
                        self.statements(child)

    def here(self, cursor):
        file = cursor.location.file
        return file is not None and file.name == self.path

    def span(self, cursor):
        e = cursor.extent
        for end in (e.start, e.end):
            if end.file is None or end.file.name != self.path:
                return 0, 0, 0  # of an included file
        return e.start.offset, e.end.offset, e.start.line

    def text(self, span):
        return self.source[span[0]:span[1]].decode()

    def one_line(self, span):
        """As it stands, on one line; None when that cannot be."""
        text = self.text(span)
        text = re.sub(r'/\*.*?\*/', ' ', text, flags=re.S)
        if '#' in text or '//' in text:
            return None
        return re.sub(r'\s*\n\s*', ' ', text)

    def in_macro(self, span):
        """Part of a macro's call, or of what it stands for."""
        return any(s <= span[0] and span[1] <= e and (s, e) != span[:2]
                   for s, e, _ in self.macros)

    def is_macro(self, span):
        for s, e, name in self.macros:
            if (s, e) == span[:2]:
                return name
        return None

    def add(self, kind, span, text):
        if (span[1] > span[0] and self.one_line(span) is not None and
                not self.in_macro(span)):
            self.mutants.append(Mutant(self.path, self.function, kind, span,
                                       text))

    # --- statements ---

    def statements(self, block):
        for s in block.get_children():
            self.statement(s)

    def statement(self, s):
        kind = s.kind
        span = self.span(s)
        children = list(s.get_children())
        if self.is_macro(span) is not None:
            self.removal(span)
        elif kind == CursorKind.COMPOUND_STMT:
            self.statements(s)
        elif kind == CursorKind.IF_STMT:
            self.condition(children[0], '01')
            for child in children[1:]:
                self.statement(child)
        elif kind == CursorKind.WHILE_STMT:
            self.condition(children[0], '0')
            self.statement(children[1])
        elif kind == CursorKind.DO_STMT:
            self.statement(children[0])
            self.condition(children[1], '0')
        elif kind == CursorKind.FOR_STMT:
            self.loop(children)
        elif kind == CursorKind.SWITCH_STMT:
            self.expression(children[0])
            self.statement(children[-1])
        elif kind in (CursorKind.CASE_STMT, CursorKind.DEFAULT_STMT):
            self.statement(children[-1])
        elif kind == CursorKind.DECL_STMT:
            for child in children:
                if child.storage_class.name != 'STATIC':
                    self.declaration(child)
        elif kind == CursorKind.RETURN_STMT:
            for child in children:
                self.expression(child)
        elif kind in (CursorKind.BREAK_STMT, CursorKind.CONTINUE_STMT):
            self.removal(span)
        elif kind.is_expression():
            if not UNUSED.match(self.text(span)):
                self.removal(span)
            self.expression(s)
        else:
            for child in children:
                if child.kind.is_expression():
                    self.expression(child)
                elif child.kind.is_statement():
                    self.statement(child)

    def loop(self, children):
        """What of the head is given is not told: by their kinds, then."""
        for child in children[:-1]:
            if child.kind == CursorKind.BINARY_OPERATOR:
                self.expression(child)
            elif child.kind == CursorKind.DECL_STMT:
                for d in child.get_children():
                    self.declaration(d)
        self.statement(children[-1])

    def declaration(self, d):
        if d.kind != CursorKind.VAR_DECL:
            return
        for child in d.get_children():
            if child.kind.is_expression():
                if child.kind == CursorKind.INIT_LIST_EXPR:
                    continue
                # char x[16]: the size is a child as well
                if d.type.kind.name == 'CONSTANTARRAY':
                    continue
                self.expression(child)

    def removal(self, span):
        if span[1] == 0 or self.source[span[1]:span[1] + 1] != b';':
            return
        if re.fullmatch(r'\(void\)\s*\w+', self.text(span)):
            return  # not used, and says so
        span = (span[0], span[1] + 1, span[2])
        if '\n' in self.text(span) and self.one_line(span) is None:
            return
        self.add('removed', span, None)

    # --- expressions ---

    def condition(self, c, values):
        span = self.span(c)
        for value in values:
            self.add('condition', span, value)
        self.expression(c, True)

    def expression(self, c, decides=False):
        span = self.span(c)
        children = list(c.get_children())
        name = self.is_macro(span)
        if name is not None:
            self.code(span, name)
            return
        if c.kind == CursorKind.BINARY_OPERATOR:
            self.binary(c, span, children, decides)
        elif c.kind == CursorKind.UNARY_OPERATOR:
            if self.text(span).startswith('!'):
                if not decides:
                    self.add('operator', span, '!!' + self.one_rest(span, 1))
                self.expression(children[0], decides)
                return
        elif c.kind == CursorKind.CONDITIONAL_OPERATOR:
            self.condition(children[0], '01')
            children = children[1:]
        elif c.kind == CursorKind.INTEGER_LITERAL:
            self.number(span)
        elif c.kind == CursorKind.CALL_EXPR:
            self.call(span, children)
        elif c.kind == CursorKind.DECL_REF_EXPR:
            r = c.referenced
            if r is not None and r.kind == CursorKind.ENUM_CONSTANT_DECL:
                self.add('constant', span, '(%s + 1)' % self.text(span))
        elif c.kind == CursorKind.CXX_UNARY_EXPR:
            return  # sizeof
        for child in children:
            if child.kind.is_expression():
                self.expression(child, decides and c.kind ==
                                CursorKind.PAREN_EXPR)

    def one_rest(self, span, skip):
        return self.one_line((span[0] + skip, span[1], span[2])) or '0'

    def binary(self, c, span, children, decides):
        if len(children) != 2:
            return
        left, right = (self.span(x) for x in children)
        between = re.sub(r'/\*.*?\*/', ' ',
                         self.source[left[1]:right[0]].decode(), flags=re.S)
        op = between.strip()
        if op not in SWAPPED or (decides and op in EQUALITY):
            return
        a, b = self.one_line(left), self.one_line(right)
        if a is None or b is None:
            return
        to = SWAPPED[op]
        if op in ('<', '>') and NUMBERED.search(a) and NUMBERED.search(b):
            to = '<' if op == '>' else '>'
        self.add('operator', span, '(%s %s %s)' % (a, to, b))

    def number(self, span):
        text = self.text(span)
        try:
            value = int(text.rstrip('uUlL'), 0)
        except ValueError:
            return
        self.add('constant', span, '0' if value == 1 else str(value + 1))

    def code(self, span, name):
        if name in ('true', 'false'):
            self.add('constant', span, 'false' if name == 'true' else 'true')
        elif CODE.match(name):
            self.add('constant', span, 'E_FAIL' if name != 'E_FAIL' else 'S_OK')

    def call(self, span, children):
        args = children[1:]
        if self.text(span).startswith(SYMMETRIC):
            return
        for a, b in zip(args, args[1:]):
            x, y = self.span(a), self.span(b)
            if (a.type.get_canonical().spelling !=
                    b.type.get_canonical().spelling or
                    self.text(x) == self.text(y) or x[1] > y[0]):
                continue
            parts = [self.source[span[0]:x[0]], self.source[y[0]:y[1]],
                     self.source[x[1]:y[0]], self.source[x[0]:x[1]],
                     self.source[y[1]:span[1]]]
            text = b''.join(parts).decode()
            if '#' in text or '//' in text:
                continue
            self.add('arguments', span,
                     re.sub(r'\s*\n\s*', ' ',
                            re.sub(r'/\*.*?\*/', ' ', text, flags=re.S)))


def find(path, arguments):
    """The mutants of a file, each with a key that survives other edits."""
    finder = Finder(path, arguments)
    seen = {}
    for m in finder.mutants:
        before = finder.one_line((m.start, m.end))
        after = 'nothing' if m.text is None else m.text
        key = '%s %s: %s: %s => %s' % (path, m.function, m.kind, before, after)
        seen[key] = seen.get(key, 0) + 1
        if seen[key] > 1:
            key += ' (%d)' % seen[key]
        m.key = key
    return finder.source, finder.mutants


def schema(source, mutants):
    """The source with all mutants in it; M(n) chooses number n."""
    nodes = {}
    for m in mutants:
        nodes.setdefault((m.start, m.end), []).append(m)
    spans = sorted(nodes, key=lambda s: (s[0], -s[1]))

    def render(start, end, inner):
        out, at = [], start
        while inner:
            s, e = inner[0]
            n = 1
            while n < len(inner) and inner[n][0] < e:
                n += 1
            out.append(source[at:s])
            body = render(s, e, inner[1:n])
            for m in nodes[(s, e)]:
                if m.text is None:
                    body = b'{ if (!M(%d)) { %s } }' % (m.number, body)
                else:
                    body = b'(M(%d) ? (%s) : (%s))' % (
                        m.number, m.text.encode(), body)
            out.append(body)
            at = e
            inner = inner[n:]
        out.append(source[at:end])
        return b''.join(out)

    return b'#include "os/mutant.h"\n#line 1\n' + render(
        0, len(source), spans)

