"""lint_trials.py - what ci/check/lint tries itself on: files with one mistake
each, and the rule that must tell of it; files with none."""

BAD = {
    'sim/a/one.c': ('int f(void)\n{\n' + '    ;\n' * 61 + '}\n', 'function'),
    'sim/a/two.c': ('int a;\n' * 401, 'lines'),
    'sim/a/three.c': ('int a; ' + '/* ' + 'x' * 80 + ' */\n', 'columns'),
    'sim/a/four.c': ('#include "a/good.h"\nint a;\n', 'include'),
    'sim/a/five.c': ('#include <string.h>\nint a;\n', 'include'),
    'sim/a/six.c': ('/* see gone.c */\nint a;\n', 'name'),
    'sim/a/seven.c': ('/* as no_such_thing() says */\nint a;\n', 'name'),
    'sim/a/eight.c': ('int  a;\n', 'format'),
    'sim/a/ä.c': ('int  a;\n', 'format'),
    'sim/a/ten.c': ('enum a f(void) {\n    return  0;\n}\n', 'format'),
    'sim/a/nine.c': ('int a;', 'blank'),
    'ci/one': ('#!/bin/sh\ncd $1\n', 'shell'),
    'ci/three': ('#!/bin/dash\ncd $1\n', 'shell'),
    'ci/two.py': ('import os\n', 'python'),
}
GOOD = {
    'sim/a/good.h': '/* good */\n#define GOOD 1\n',
    'sim/a/good.c': '/* good.c - see good.h, f_f() */\n#include "a/good.h"\n\n'
                    '#include <string.h>\n\nint f_f(void)\n{\n'
                    '    return (int)strlen("");\n}\n',
    'ci/good': '#!/bin/sh\n# as good.c\ncd "$1" || exit\n',
}
