#!/usr/bin/env python3
"""The longest gap in answered ARP requests while a bundle is updated: swap.py [ROUNDS] [BUNDLE...].

One node, one service, a client that asks 200 times a second. Without names: l2, the one whose gap matters most.
"""

import os
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', 'itests', 'lab'))
from herald import Traffic  # noqa: E402
from lab import Lab, percentile, wait  # noqa: E402
from link import CLIENT, FIRST, LinkLab, service_document  # noqa: E402


def gap(link, node, bundle):
    with Traffic(link.client, 'eth0', CLIENT, FIRST, rate=200) as traffic:
        wait(lambda: len(traffic.replies) > 50, 10, 0.02, 'replies')
        since = time.monotonic()
        node.do(f'bundle:update org.heraldlb.{bundle}')
        time.sleep(2)
        return traffic.longest_gap(since)


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    with Lab('sp') as lab:
        link = LinkLab(lab, ('node-a',))
        node = link.nodes['node-a']
        node.write('web.yaml', service_document('web', assignTo='lo'))
        link.start()
        for bundle in sys.argv[2:] or ['l2']:
            gaps = [1000 * gap(link, node, bundle) for _ in range(rounds)]
            print(f'{bundle:14} n {rounds:3}  longest gap ms: min {min(gaps):.0f}  median {percentile(gaps, 50):.0f}  '
                  f'max {max(gaps):.0f}', flush=True)


if __name__ == '__main__':
    main()
