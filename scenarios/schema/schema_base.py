"""The pieces that the parts of the schema are made of; see gen_schema.py."""
import os
import re

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))


def read(*path):
    with open(os.path.join(ROOT, *path), encoding='utf-8') as f:
        return f.read()


def entries(text, macro):
    """The arguments of each MACRO(...) of a .def file, strings unquoted."""
    text = re.sub(r'/\*.*?\*/', '', text, flags=re.S)
    text = re.sub(r'^#.*?(?<!\\)$', '', text, flags=re.M)
    token = re.compile(r'"((?:[^"\\]|\\.)*)"|([(),])|([^\s"(),]+)')
    for start in re.finditer(r'\b%s\(' % macro, text):
        args, depth = [''], 1
        for m in token.finditer(text, start.end()):
            quoted, mark, word = m.groups()
            if mark == '(':
                depth += 1
            elif mark == ')':
                depth -= 1
                if not depth:
                    break
            elif mark == ',' and depth == 1:
                args.append('')
            else:
                args[-1] += quoted if quoted is not None else word or ''
        yield args


def ref(name):
    return {'$ref': '#/definitions/' + name}


def described(schema, text):
    """A $ref hides what stands beside it in draft-07: hence allOf."""
    if '$ref' in schema:
        schema = {'allOf': [schema]}
    return dict(schema, description=text)


def one_of(names, texts=None):
    schema = {'enum': list(names)}
    if texts:
        schema['enumDescriptions'] = list(texts)
    return schema


def closed(properties, required=None, text=None):
    schema = {'type': 'object', 'additionalProperties': False,
              'properties': properties}
    if required:
        schema['required'] = required
    if text:
        schema['description'] = text
    return schema


def list_of(schema, text=None):
    out = {'type': 'array', 'items': schema}
    if text:
        out['description'] = text
    return out


TEXT = {'type': ['string', 'number']}
BOOL = {'type': 'boolean'}
NULL = {'type': 'null'}


def enumerations():
    types = {}
    for kind, name, _ in entries(read('sim/com/enums.def'), 'ENUM_VALUE'):
        types.setdefault(kind, []).append(name)
    return types


ENUMS = enumerations()


def enum(kind):
    return one_of(ENUMS[kind])
