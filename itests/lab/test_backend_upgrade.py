#!/usr/bin/env python3
"""The whole distribution replaced on a node under traffic (operations/upgrade.md): the route stays, nothing is lost."""

import os
import shutil
import sys
import time

import peers
from frrlab import FrrLab, Watch, announcer
from herald import Node, unpack
from lab import Lab, Report, has_users, wait

SERVICE = '203.0.113.1'
PREFIX = SERVICE + '/32'


class Upgrade:
    def __init__(self, lab):
        self.lab = FrrLab(lab, router_daemons=('zebra', 'bgpd'))
        self.node = self.lab.nodes[0]
        self.lab.serve(self.node, SERVICE)
        # This one's address is not written down anywhere but in the ledger.
        self.node.write('free.yaml', 'apiVersion: heraldlb.org/v1\nkind: Service\nmetadata: {name: free}\n'
                                     'spec: {pool: lab, ipFamilies: [IPv4], ports: [{protocol: TCP, port: 80}]}\n')
        self.node.start().wait_ready()
        wait(lambda: self.lab.hops(PREFIX) == 1, 60, 0.1, 'the route in the kernel')
        wait(lambda: announcer(self.node, 'native').get('announced') == 2, 30, 0.1, 'both routes to be announced')

    def the_new_one_refuses_nothing(self):
        self.new = unpack(os.path.join(self.lab.lab.directory, 'new'))
        self.node.host.run(os.path.join(self.new, 'bin', 'herald'), 'validate', self.node.documents, timeout=60)

    def replaces_it_under_traffic(self):
        had = self.node.addresses()
        watch = Watch(self.lab, PREFIX, SERVICE)
        time.sleep(0.3)
        begun = time.monotonic()
        self.node.stop()
        shutil.rmtree(os.path.join(self.node.base, 'data'))
        successor = Node(self.node.host, self.new)
        successor.start().wait_ready()
        wait(lambda: not any(path.get('stale') for path in self.lab.route(PREFIX)), 60, 0.1, 'the route to be told again')
        took = time.monotonic() - begun
        time.sleep(1)
        fewest, lost, sent = watch.stop()
        detail = f'{took:.1f} s, fewest paths {fewest}, {lost} of {sent} probes lost'
        assert fewest == 1, f'the route left the kernel: {detail}'
        assert lost <= 3, detail
        assert successor.addresses() == had, f'addresses moved: {had} -> {successor.addresses()}'
        assert successor.home != self.lab.home
        return detail


def main():
    if peers.missing() or not has_users():
        return 77
    report = Report()
    with Lab('bku') as lab:
        test = Upgrade(lab)
        for check in ('the_new_one_refuses_nothing', 'replaces_it_under_traffic'):
            report.run('upgrade: ' + check.replace('_', ' '), getattr(test, check))
    return report.exit_code()


if __name__ == '__main__':
    sys.exit(main())
