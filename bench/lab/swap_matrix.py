#!/usr/bin/env python3
"""Rounds of the swap matrix: every bundle, every verb, under client traffic; what clients and the router saw, and what is left over.

    python3 bench/lab/swap_matrix.py [--rounds 100] [--services 0] [--seconds 840]

A round is each bundle once, another verb each time: two seconds on a quiet machine, 20 to 40 on a busy one. After --seconds no round
is begun; the last line says how many there were. What is known is printed every tenth round.
"""

import argparse
import os
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', 'itests', 'lab'))

from lab import Lab, percentile, run  # noqa: E402
from test_swap_matrix import BUNDLES, VERBS, Matrix  # noqa: E402


def show(gaps):
    for name, values in gaps.items():
        print(f'{name}: n {len(values)}, longest ARP gap p50 {1000 * percentile(values, 50):.0f} ms, '
              f'max {1000 * max(values):.0f} ms', flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--rounds', type=int, default=100)
    parser.add_argument('--services', type=int, default=0, help='so many more services, with addresses')
    parser.add_argument('--seconds', type=float, default=840)
    options = parser.parse_args()
    gaps, failed, done, begun = {}, [], 0, time.monotonic()
    with Lab('bmx') as lab:
        matrix = Matrix(lab, options.services)
        with matrix.traffic:
            time.sleep(1)
            for turn in range(options.rounds):
                if time.monotonic() - begun > options.seconds:
                    break
                round_of(matrix, turn, gaps, failed)
                done += 1
                if turn in (0, 1) or turn % 10 == 9:
                    print(f'# after round {turn + 1}, {time.monotonic() - begun:.0f} s: {matrix.left_over()} '
                          f'{matrix.memory()}, {matrix.flaps()} flaps', flush=True)
                    show(gaps if turn % 10 == 9 else {})
        print(f'# in the end: {matrix.left_over()} {matrix.memory()}')
        show(gaps)
        print(f'{done} of {options.rounds} rounds in {time.monotonic() - begun:.0f} s, {len(failed)} cells failed, '
              f'{matrix.flaps()} flaps at the router, {len(matrix.traffic.failures)} of '
              f'{len(matrix.traffic.pages) + len(matrix.traffic.failures)} pages failed')
        print(run(['uptime']).strip())


def round_of(matrix, turn, gaps, failed):
    for name in BUNDLES:
        verb = VERBS[(BUNDLES.index(name) + turn) % len(VERBS)]
        begun = time.monotonic()
        try:
            matrix.swap(verb, name)
        except Exception as failure:  # counted, and the rounds go on
            failed.append(f'round {turn + 1} {verb} {name}: {failure}')
            print('#', failed[-1], flush=True)
        gaps.setdefault(name, []).append(matrix.traffic.longest_gap(begun))


if __name__ == '__main__':
    main()
