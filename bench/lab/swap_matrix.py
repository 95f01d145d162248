#!/usr/bin/env python3
"""Rounds of the swap matrix: every bundle, every verb, under client traffic; what clients and the router saw, and what is left over.

    python3 bench/lab/swap_matrix.py [--rounds 100] [--services 0]
"""

import argparse
import os
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', 'itests', 'lab'))

from lab import Lab, percentile, run  # noqa: E402
from test_swap_matrix import BUNDLES, VERBS, Matrix  # noqa: E402


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--rounds', type=int, default=100)
    parser.add_argument('--services', type=int, default=0, help='so many more services, without an address')
    options = parser.parse_args()
    gaps, failed = {}, []
    with Lab('bmx') as lab:
        matrix = Matrix(lab, options.services)
        with matrix.traffic:
            time.sleep(1)
            for turn in range(options.rounds):
                for name in BUNDLES:
                    verb = VERBS[(BUNDLES.index(name) + turn) % len(VERBS)]
                    begun = time.monotonic()
                    try:
                        matrix.swap(verb, name)
                    except Exception as failure:  # counted, and the rounds go on
                        failed.append(f'round {turn} {verb} {name}: {failure}')
                        print('#', failed[-1], flush=True)
                    gaps.setdefault(name, []).append(matrix.traffic.longest_gap(begun))
                if turn in (0, options.rounds // 2, options.rounds - 1):
                    print(f'# round {turn}: {matrix.left_over()} {matrix.memory()}', flush=True)
        for name, values in gaps.items():
            print(f'{name}: longest ARP gap p50 {1000 * percentile(values, 50):.0f} ms, max {1000 * max(values):.0f} ms')
        print(f'{options.rounds} rounds, {len(failed)} cells failed, {matrix.flaps()} flaps at the router, '
              f'{len(matrix.traffic.failures)} of {len(matrix.traffic.pages) + len(matrix.traffic.failures)} pages failed')
        print(run(['uptime']).strip())


if __name__ == '__main__':
    main()
