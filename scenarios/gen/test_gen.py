#!/usr/bin/python3
"""Tests of the generator and of the oracle's use of its contract.

VSSIM names the vssim to check the scenarios with (default: build/vssim of
this checkout); without one those tests are skipped.
"""
import copy
import io
import itertools
import os
import random
import subprocess
import sys
import unittest
from contextlib import redirect_stdout

import yaml
from hypothesis import HealthCheck, given, settings, strategies as st

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
import gen      # noqa: E402
import model    # noqa: E402
import oracle   # noqa: E402
import script   # noqa: E402

VSSIM = os.environ.get('VSSIM', os.path.join(HERE, '../../build/vssim'))
MODEL = model.Model(oracle.CONTRACT)
QUICK = settings(max_examples=150, deadline=None, derandomize=True,
                 database=None, suppress_health_check=list(HealthCheck))
# Its Wait would end what is under way at the same time: no order, no scenario.
DUE_AT_THAT_MOMENT = [('GatherWriterStatus', 'gathering'),
                      ('GatherWriterStatus', 'post-pending')]


def written(*arguments):
    out = io.StringIO()
    with redirect_stdout(out):
        gen.main(list(arguments))
    return out.getvalue()


@st.composite
def points(draw):
    """Any sensible point: a few values chosen freely, the rest completed."""
    names = draw(st.lists(st.sampled_from(model.NAMES), max_size=4,
                          unique=True))
    fixed = {name: draw(st.sampled_from(model.PARAMETERS[name]))
             for name in names}
    point = MODEL.complete(fixed, random.Random(draw(st.integers(0, 9999))))
    if point is None:
        point = next(iter(MODEL.random(1, 1)))
    return point


class Generator(unittest.TestCase):
    def test_same_arguments_same_text(self):
        for arguments in (('--random', '60', '--seed', '7'),
                          ('--t-way', '2', '--shard', '2/9')):
            self.assertEqual(written(*arguments), written(*arguments))

    def test_another_seed_another_text(self):
        self.assertNotEqual(written('--random', '20', '--seed', '1'),
                            written('--random', '20', '--seed', '2'))

    def test_same_text_in_another_process(self):
        arguments = ['--random', '20', '--seed', '3']
        out = subprocess.run([sys.executable, os.path.join(HERE, 'gen.py')] +
                             arguments, capture_output=True, text=True,
                             check=True, env={'PYTHONHASHSEED': '99'})
        self.assertEqual(out.stdout, written(*arguments))

    def test_shards_make_the_whole(self):
        whole = written('--random', '50', '--list').splitlines()
        parts = [written('--random', '50', '--list', '--shard',
                         '%d/3' % part).splitlines() for part in (1, 2, 3)]
        self.assertEqual(sorted(whole), sorted(sum(parts, [])))
        self.assertEqual(whole[0::3], parts[0])

    def test_count_and_list_agree(self):
        self.assertEqual(int(written('--t-way', '1', '--count')),
                         len(written('--t-way', '1', '--list').splitlines()))

    def test_full_has_no_point_twice(self):
        titles = [gen.title(point) for point in gen.full()]
        self.assertEqual(len(titles), len(set(titles)))
        self.assertTrue(60000 <= len(titles) <= 100000, len(titles))

    def test_every_tuple_that_occurs_is_covered(self):
        """Against points that were made otherwise: --full and --random."""
        sample = itertools.chain(itertools.islice(gen.full(), 0, None, 23),
                                 MODEL.random(1500, 5))
        sample = list(sample)
        for strength in (1, 2):
            have = {each for point in MODEL.t_way(strength)
                    for each in combinations(point, strength)}
            for point in sample:
                for each in combinations(point, strength):
                    self.assertTrue(each in have, each)

    def test_pairs_left_out_are_not_sensible(self):
        """No pair that the covering array lacks is in any point of --full."""
        have = {each for point in MODEL.t_way(2)
                for each in combinations(point, 2)}
        missing = set(MODEL.tuples(2)) - have
        self.assertTrue(missing)
        for point in gen.full():
            for each in combinations(point, 2):
                if each in missing:
                    self.fail('not covered: %r' % (each,))

    @QUICK
    @given(points())
    def test_points_keep_the_rules(self, point):
        self.assertEqual(set(point), set(model.NAMES))
        self.assertTrue(MODEL.sensible(point))


def combinations(point, strength):
    return [tuple((name, point[name]) for name in names)
            for names in itertools.combinations(model.NAMES, strength)]


class Oracle(unittest.TestCase):
    @QUICK
    @given(points())
    def test_total_and_exercised(self, point):
        """It knows an answer for every point, and all that is armed bites."""
        world = script.build(point)
        self.assertTrue(world.exercised(), gen.title(point))
        self.assertTrue(world.steps)
        self.assertTrue(world.cites or point['policy'] == 'access=denied')

    @QUICK
    @given(points())
    def test_yaml_says_what_the_oracle_said(self, point):
        world = script.build(point)
        read = yaml.safe_load(gen.document(point, world))
        self.assertEqual(len(read['requester']), len(world.steps))
        self.assertEqual(read['scenario'], gen.title(point))
        for step, (name, what) in zip(read['requester'], world.steps):
            said = step[name] if isinstance(step, dict) else {}
            if name != 'sleep':
                self.assertEqual(said.get('returns'), what.get('returns'))
                self.assertEqual(said.get('is'), what.get('is_'))

    def test_the_state_that_was_asked_for_is_reached(self):
        for point in itertools.islice(gen.full(), 0, None, 101):
            world = script.build(point)
            phases = [what.get('phase') for _, what in world.steps]
            if point['state'] not in model.EARLY + ['selected', 'metadata']:
                if point['before'] != 'PostRestore':
                    self.assertIn(point['state'], phases, gen.title(point))

    def test_by_hand(self):
        """Two points computed by a person."""
        point = {'state': 'pre-pending', 'before': 'PostRestore',
                 'windows': 'server-2003', 'policy': 'none',
                 'selection': 'all', 'one': 'delay', 'two': 'slow-veto',
                 'three': 'absent', 'fault': 'none', 'wait': 'too-short',
                 'cancel': 'during', 'post': 'ok', 'then': 'none',
                 'kind': 'plain', 'files': 'unsaid'}
        steps = [(name, what.get('returns'), what.get('takes'))
                 for name, what in script.build(point).steps]
        self.assertEqual(steps[:7], [
            ('prepare', None, None), ('PreRestore', None, None),
            ('PostRestore', 'VSS_E_BAD_STATE', None),
            ('PreRestore', 'VSS_E_BAD_STATE', None),
            ('Wait', 'E_INVALIDARG', 0), ('QueryStatus', None, None),
            ('Cancel', None, None)])
        self.assertEqual(steps[7], ('Wait', None, 3))
        point.update(windows='windows-7', fault='async', cancel='after',
                     state='pre-failed', before='none')
        world = script.build(point)
        ends = [what.get('is_') for name, what in world.steps
                if name == 'QueryStatus']
        self.assertEqual(ends, ['VSS_S_ASYNC_PENDING', 'VSS_E_UNEXPECTED',
                                'VSS_E_UNEXPECTED', 'VSS_S_ASYNC_FINISHED'])
        self.assertIn(8193, world.logged())


class Contract(unittest.TestCase):
    """What contract.yaml says is what the scenarios demand."""

    def setUp(self):
        self.sample = list(itertools.chain(
            MODEL.t_way(2), itertools.islice(gen.full(), 0, 25000, 47)))
        self.kept = copy.deepcopy(oracle.CONTRACT)
        self.before = [self.text(point) for point in self.sample]

    def text(self, point):
        return gen.document(point, script.build(point))

    def shows(self):
        """Whether some scenario now says something else."""
        try:
            return any(self.text(point) != text
                       for point, text in zip(self.sample, self.before))
        except (oracle.Unknown, AttributeError):
            return True     # no answer, or no async to ask for one

    def tearDown(self):
        oracle.CONTRACT.clear()
        oracle.CONTRACT.update(self.kept)

    def leaves(self, node, path=()):
        """Paths to every code and number of the contract."""
        items = node.items() if isinstance(node, dict) else ()
        for key, value in items:
            if key in ('cites', 'cancel-cites', 'wait-cites', 'groups',
                       'states', 'sets', 'windows', 'allowed', 'refused',
                       'needs', 'to', 'codes', 'lost-writer',
                       'timed-out', 'by-policy', 'wants', 'since',
                       'interface'):
                continue
            if isinstance(value, dict):
                yield from self.leaves(value, path + (key,))
            elif value not in ('unexpected',):
                yield path + (key,)

    def test_every_code_is_demanded_somewhere(self):
        for path in list(self.leaves(oracle.CONTRACT)):
            if path[0] == 'nothing-selected' and path[1] == 'ok':
                continue
            node = oracle.CONTRACT
            for key in path[:-1]:
                node = node[key]
            kept = node[path[-1]]
            node[path[-1]] = 77 if isinstance(kept, int) else 'E_CHANGED'
            self.assertTrue(self.shows(), path)
            node[path[-1]] = kept
        self.assertFalse(self.shows())

    def test_every_cell_is_demanded_somewhere(self):
        """What a page allows in a state, refused there, shows."""
        for call, rule in oracle.CONTRACT['calls'].items():
            for state in list(rule['allowed']):
                if (call, state) in DUE_AT_THAT_MOMENT or (
                        rule.get('needs') == 'a status'
                        and state != 'pre-done'):
                    continue    # or there is no status to be had there
                rule['allowed'].remove(state)
                rule['refused'].append(state)
                self.assertTrue(self.shows(), (call, state))
                rule['refused'].remove(state)
                rule['allowed'].append(state)


@unittest.skipUnless(os.access(VSSIM, os.X_OK), 'no vssim at ' + VSSIM)
class Played(unittest.TestCase):
    def test_check_takes_what_is_written(self):
        import tempfile
        with tempfile.TemporaryDirectory() as folder:
            written('--random', '200', '--seed', '11', '--out', folder)
            done = subprocess.run([VSSIM, 'check', folder], text=True,
                                  capture_output=True)
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_a_wrong_expectation_is_found(self):
        text = written('--random', '1', '--seed', '2')
        wrong = text.replace('takes: 0', 'takes: 1s') \
            if 'takes: 0' in text else text + '  log: [4711]\n'
        done = subprocess.run([VSSIM, 'run', '-q', '-'], input=wrong,
                              text=True, capture_output=True)
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)


if __name__ == '__main__':
    unittest.main()
