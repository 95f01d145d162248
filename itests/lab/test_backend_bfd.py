#!/usr/bin/env python3
"""native -> frr -> native with BFD between the node and a router that ends BGP when BFD goes down: no path leaves the router."""

import sys
import time

import peers
from frrlab import FrrLab, Watch, announcer, backend, configure, install, peer
from lab import Lab, Report, has_users, wait

SERVICE = '203.0.113.1'
PREFIX = SERVICE + '/32'
NODE = '10.99.0.11'
PROFILE = """\
apiVersion: metallb.io/v1beta1
kind: BFDProfile
metadata: {name: lab}
spec: {receiveInterval: 300, transmitInterval: 300, detectMultiplier: 5}
"""


class Swap:
    def __init__(self, lab):
        watched = [line for address in ('10.99.0.11', '10.99.0.12')
                   for line in (f'neighbor {address} bfd', f'neighbor {address} bfd 5 300 300')]
        self.lab = FrrLab(lab, nodes=2, more=watched)
        self.node = self.lab.nodes[0]
        configure(self.node, 'org.heraldlb.frr', mode='managed', directory=self.node.host.directory() + '/own',
                  programs=peers.FRR_LIBRARY, sockets=self.node.host.directory() + '/none')
        for node in self.lab.nodes:
            node.write('bfd.yaml', PROFILE)
            node.write('peer.yaml', peer(bfdProfile='lab'))
            self.lab.serve(node, SERVICE)
            node.start()
        for node in self.lab.nodes:
            node.wait_ready()
        install(self.node, 'herald-frr')
        wait(lambda: self.lab.hops(PREFIX) == 2, 60, 0.1, 'two paths in the kernel')
        wait(self.bfd_is_up, 60, 0.1, 'BFD')

    def bfd_is_up(self):
        return self.lab.frr.bfd(NODE).get('status') == 'up'

    def session(self):
        return self.lab.frr.json('show bgp neighbors').get(NODE, {})

    def ours(self):
        return next((path for path in self.lab.route(PREFIX) if path.get('peer', {}).get('peerId') == NODE), {})

    def to(self, name):
        flaps = self.session().get('connectionsDropped', 0)
        watch = Watch(self.lab, PREFIX, SERVICE)
        time.sleep(0.3)
        begun = time.monotonic()
        backend(self.node, name)
        wait(lambda: self.session().get('bgpState') == 'Established' and
             self.session().get('connectionsDropped', 0) > flaps and self.ours() and not self.ours().get('stale'), 60, 0.05,
             'the session with the other backend, and its routes')
        took = time.monotonic() - begun
        wait(self.bfd_is_up, 60, 0.1, 'BFD with the other backend')
        wait(lambda: announcer(self.node, name).get('announced') == 1, 20, 0.1, f'{name} to report the route')
        # As long as a detection time and an AdminDown that comes late.
        time.sleep(6)
        fewest, lost, sent = watch.stop()
        detail = f"{took:.2f} s, fewest paths {fewest}, {lost} of {sent} probes lost, last reset {self.session().get('lastResetDueTo')}"
        again = self.session().get('connectionsDropped', 0) - flaps - 1
        # FRR 8.4 ends its BFD session once, right after BGP is up, and where that comes late BGP with it (hard reset).
        assert fewest == 2 or again, f'a path left the kernel: {detail}'
        detail += f', {again} sessions more that BFD ended' if again else ''
        assert lost <= 3, detail
        assert self.session().get('bgpState') == 'Established', self.session().get('lastResetDueTo')
        return detail


def main():
    if peers.missing() or not has_users():
        return 77
    report = Report()
    with Lab('bkb') as lab:
        swap = Swap(lab)
        for name in ('frr', 'native'):
            if not report.run(f'backend with BFD: to {name}', swap.to, name) and '-v' in sys.argv:
                print(swap.node.log()[-5000:], swap.node.do('herald:problems'), swap.lab.frr.vtysh('show bfd peers'))
    return report.exit_code()


if __name__ == '__main__':
    sys.exit(main())
