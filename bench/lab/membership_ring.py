#!/usr/bin/env python3
"""How soon the ring of connections stands after all nodes started at once.

    bench/lab/membership_ring.py [--starts 10] [--json FILE]

Three nodes on one switch, in namespaces, started together with nothing kept from before. From the moment at which each
node counts all three as alive to the moment at which each has its two connections of the ring, which show the end of a
process at once: until then it is noticed by silence.
"""

import argparse
import json
import os
import statistics
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, '..', '..', 'itests', 'lab'))

from cluster import ClusterLab  # noqa: E402
from herald import unpack  # noqa: E402
from lab import Lab, LabError  # noqa: E402

LONGEST = 120


def ring(home):
    """Seconds."""
    with Lab('ring') as lab:
        cluster = ClusterLab(lab, home=home)
        cluster.start()
        cluster.wait_members(cluster.nodes, cluster.nodes, LONGEST)
        begun = time.monotonic()
        cluster.wait_connected(seconds=LONGEST)
        return time.monotonic() - begun


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--starts', type=int, default=10)
    parser.add_argument('--json')
    options = parser.parse_args()
    found = []
    with Lab('ringhome') as keep:
        home = unpack(keep.directory)
        for number in range(options.starts):
            try:
                found.append(ring(home))
                print(f'start {number + 1:2}: the ring stands after {found[-1]:5.1f} s', flush=True)
            except LabError as failure:
                print(f'start {number + 1:2}: {failure}', flush=True)
    if found:
        print(f'{len(found)} of {options.starts} starts: median {statistics.median(found):.1f} s, worst {max(found):.1f} s')
    if options.json:
        with open(options.json, 'w', encoding='utf-8') as out:
            json.dump(found, out)
    return 0 if len(found) == options.starts else 1


if __name__ == '__main__':
    sys.exit(main())
