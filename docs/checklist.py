#!/usr/bin/env python3
"""The table of MetalLB's 514 checklist lines: docs/checklist.py writes docs/checklist.md; --check says whether it holds.

docs/checklist.txt has a line for each: `ID | rule in a few words | what else`. Tests that name an id, in the name of a
method or in a string (A-01, A01_..., a01..., A-01 to A-04), are found by themselves. `what else` is one of

    = PATH[#WORD] ...   tests that prove it without naming it; the word must stand in the file (_ for a blank)
    n/a REASON          does not apply to Herald
    open WHAT           what is missing, while no test names the line

--check fails when a test that the table names is gone, when a line has neither test nor reason, and when a test names a
line that does not exist.
"""

import collections
import glob
import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
RULES = os.path.join(HERE, 'checklist.txt')
TABLE = os.path.join(HERE, 'checklist.md')
LINES = {'A': 21, 'B': 20, 'C': 18, 'D': 81, 'E': 59, 'F': 30, 'G': 50, 'H': 105, 'I': 36, 'J': 17, 'K': 18, 'L': 18,
         'M': 6, 'N': 11, 'O': 4, 'P': 11, 'Q': 3, 'R': 6}
AREAS = {'A': 'Layer 2', 'B': 'Assignment of addresses', 'C': 'Layer 2: selectors and preferences', 'D': 'BGP',
         'E': 'BGP: families, selectors, unnumbered, metrics', 'F': 'Admission, ConfigurationState, network policies',
         'G': 'Changes of services', 'H': 'Reading the configuration', 'I': 'Modes', 'J': 'Allocator', 'K': 'BGP speaker',
         'L': 'Layer 2 speaker', 'M': 'BGP messages', 'N': 'Text for FRR', 'O': 'Objects for frr-k8s',
         'P': 'Kubernetes', 'Q': 'Webhooks', 'R': 'The rest'}
TESTS = ('bundles/*/src/test/**/*.java', 'cli/src/test/**/*.java', 'itests/src/test/**/*.java', 'itests/lab/test_*.py',
         'itests/kubernetes/test_*.py', 'tools/*/src/test/**/*.java')

ID = r'[A-R]-\d{2,3}'
NAMED = re.compile(rf'\b({ID})(?: to ({ID}))?')
METHOD = re.compile(r'(?:\bvoid|\bdef)\s+(\w+)\s*\(')
LEADING = re.compile(r'([A-Ra-r])_?(\d{2,3})(?=[A-Z_(]|[a-r]\d{2}|$)_?')


def number(name):
    """A-7 as the list writes it: A-07."""
    area, digits = name.split('-')
    return f'{area}-{int(digits):02d}'


def in_text(line):
    """Ids that stand in a string or an annotation; `A-01 to A-03` stands for three."""
    found = []
    for first, last in NAMED.findall(line):
        low, high = int(first[2:]), int((last or first)[2:])
        found += [f'{first[0]}-{each:02d}' for each in range(low, high + 1)]
    return found


def in_name(name):
    """Ids that a method's name begins with: H01_..., l02l03With..."""
    found, at = [], 0
    while match := LEADING.match(name, at):
        found.append(number(f'{match[1].upper()}-{match[2]}'))
        at = match.end()
    return found


def name_of(path):
    """MODULE/Class, or lab/script."""
    parts = os.path.relpath(path, ROOT).split(os.sep)
    module = parts[1] if parts[0] in ('bundles', 'tools', 'itests') else parts[0]
    return module + '/' + os.path.splitext(parts[-1])[0]


def tests_of(path):
    """Pairs of id and test in one file: the method where that is known, else the file."""
    where = name_of(path)
    waiting = []
    with open(path, encoding='utf-8') as file:
        for line in file:
            text = line.strip()
            method = METHOD.search(text)
            if method:
                for each in {*waiting, *in_name(method[1])}:
                    yield each, f'{where}.{method[1]}'
                waiting = []
            elif text.startswith('@DisplayName'):
                waiting = in_text(text)
            elif not text.startswith(('*', '/*', '//', '#', '"""')):
                for each in in_text(text):
                    yield each, where


def committed():
    """What git knows; None where it is not there."""
    try:
        done = subprocess.run(['git', '-C', ROOT, 'ls-files'], text=True, capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    return {os.path.join(ROOT, path) for path in done.stdout.splitlines()}


def found(known=None):
    """Tests by id; of files in `known` only, where that is given."""
    tests = collections.defaultdict(set)
    for pattern in TESTS:
        for path in glob.glob(os.path.join(ROOT, pattern), recursive=True):
            if known is None or path in known:
                for each, test in tests_of(path):
                    tests[each].add(test)
    return tests


def rules():
    """(id, rule, what else) of each line."""
    with open(RULES, encoding='utf-8') as file:
        for line in file:
            if line.strip() and not line.startswith('#'):
                parts = [part.strip() for part in line.split('|', 2)]
                yield parts[0], parts[1], parts[2] if len(parts) > 2 else ''


def referred(else_):
    """Tests that a line refers to: (name to show, what is wrong with it)."""
    for reference in else_[1:].split():
        path, _, word = reference.partition('#')
        name = name_of(os.path.join(ROOT, path)) + (f'.{word}' if word else '')
        try:
            with open(os.path.join(ROOT, path), encoding='utf-8') as file:
                text = file.read()
                wrong = '' if word in text or word.replace('_', ' ') in text else f'{path} does not have {word}'
        except OSError:
            wrong = f'there is no {path}'
        yield name, wrong


def rows(tests, problems):
    """(id, rule, state, tests or reason) of each line; what is wrong goes to `problems`."""
    expected = [f'{area}-{each:02d}' for area, count in LINES.items() for each in range(1, count + 1)]
    listed = list(rules())
    if [each for each, *_ in listed] != expected:
        problems.append(f'checklist.txt has not the {len(expected)} lines in their order: '
                        f'{sorted(set(expected) ^ {each for each, *_ in listed})[:5]}')
    for each in sorted(set(tests) - set(expected)):
        problems.append(f'{each} is named by {", ".join(sorted(tests[each]))}, and is no line of the list')
    for each, rule, else_ in listed:
        proofs = set(tests.get(each, ()))
        if else_.startswith('='):
            for name, wrong in referred(else_):
                proofs.add(name)
                if wrong:
                    problems.append(f'{each}: {wrong}')
        state, _, reason = else_.partition(' ')
        if state == 'n/a' or state == 'open' and not proofs:
            yield each, rule, 'not applicable' if state == 'n/a' else 'open', reason, proofs
        else:
            if not proofs:
                problems.append(f'{each} has no test any more, and no reason why: {rule}')
            yield each, rule, 'passed', '', proofs


def table(all_rows):
    counts = collections.Counter(state for _, _, state, _, _ in all_rows)
    out = ['# MetalLB\'s checklist', '',
           'What MetalLB\'s own tests require, line by line, and the test of Herald\'s that proves it. Written by',
           '`docs/checklist.py` from `docs/checklist.txt` and from the tests that name a line; `./verify` checks it.', '',
           f'{sum(counts.values())} lines: {counts["passed"]} passed, {counts["not applicable"]} not applicable, '
           f'{counts["open"]} open.', '']
    area = ''
    for each, rule, state, reason, proofs in all_rows:
        if each[0] != area:
            area = each[0]
            mine = collections.Counter(row[2] for row in all_rows if row[0][0] == area)
            told = ', '.join(f'{count} {what}' for what, count in mine.items())
            out += ['', f'## {area}: {AREAS[area]} ({told})', '', '| line | rule | state | test |', '|---|---|---|---|']
        shown = sorted(proofs)
        text = ', '.join(f'`{test}`' for test in shown[:3]) + (f' and {len(shown) - 3} more' if len(shown) > 3 else '')
        last = ': '.join(part for part in (reason, text) if part)
        out.append(f'| {each} | {rule} | {state} | {last} |')
    return '\n'.join(out) + '\n'


def vanished(tests, problems):
    """Tests that the written table names and nobody has any more."""
    try:
        with open(TABLE, encoding='utf-8') as file:
            written = file.read()
    except OSError:
        problems.append('docs/checklist.md is not there: run docs/checklist.py')
        return
    known = {test for each in tests.values() for test in each}
    for each, cell in re.findall(rf'^\| ({ID}) \| .* \| passed \| (.*) \|$', written, re.MULTILINE):
        for test in re.findall(r'`([^`]+)`', cell):
            if test not in known:
                problems.append(f'{each}: the test {test} is gone; run docs/checklist.py if that is meant')


def main(argv):
    problems = []
    # The table is to hold for whoever checks it out: a test that is not committed yet is not in it.
    tests = found(None if argv else committed())
    all_rows = list(rows(tests, problems))
    if argv == ['--check']:
        known = {each: set(proofs) for each, _, _, _, proofs in all_rows}
        vanished(known, problems)
    elif not argv:
        with open(TABLE, 'w', encoding='utf-8') as out:
            out.write(table(all_rows))
    else:
        print(__doc__, file=sys.stderr)
        return 2
    for problem in problems:
        print(f'checklist: {problem}', file=sys.stderr)
    counts = collections.Counter(state for _, _, state, _, _ in all_rows)
    print(', '.join(f'{counts[state]} {state}' for state in ('passed', 'not applicable', 'open')))
    return 1 if problems else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
