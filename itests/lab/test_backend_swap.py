#!/usr/bin/env python3
"""native -> frr -> native -> managed frr -> native, and shadow, on a live node, under traffic through a router with two paths."""

import sys
import time

import peers
from frrlab import FrrLab, Watch, announcer, backend, configure, install
from lab import Lab, Report, has_users, wait

SERVICE = '203.0.113.1'
PREFIX = SERVICE + '/32'
LOST = 3


class Swap:
    def __init__(self, lab):
        self.lab = FrrLab(lab, nodes=2, router_daemons=('zebra', 'bgpd'))
        self.node = self.lab.nodes[0]
        self.frr = peers.Frr(self.node.host, '', daemons=('zebra', 'bgpd'))
        configure(self.node, 'org.heraldlb.frr', mode='attached', sockets=self.frr.directory)
        for node in self.lab.nodes:
            self.lab.serve(node, SERVICE)
            node.start()
        for node in self.lab.nodes:
            node.wait_ready()
        install(self.node, 'herald-frr', 'herald-shadow')
        wait(lambda: self.lab.hops(PREFIX) == 2, 60, 0.1, 'two paths in the kernel')
        self.router_id = '10.99.0.11'

    def session(self):
        return self.lab.frr.json('show bgp neighbors').get(self.router_id, {})

    def ours(self):
        """The router's path through the node that changes its backend."""
        paths = [path for path in self.lab.route(PREFIX) if path.get('peer', {}).get('peerId') == self.router_id]
        return paths[0] if paths else {}

    def to(self, name):
        """Changes the backend under traffic: no path leaves the kernel, and what the router sees is the same."""
        before = {key: self.ours().get(key) for key in ('origin', 'aspath', 'community', 'nexthops')}
        flaps = self.session().get('connectionsDropped', 0)
        watch = Watch(self.lab, PREFIX, SERVICE)
        time.sleep(0.3)
        begun = time.monotonic()
        backend(self.node, name)
        wait(lambda: self.session().get('bgpState') == 'Established' and
             self.session().get('connectionsDropped', 0) > flaps and self.ours() and not self.ours().get('stale'), 60, 0.05,
             'the session with the other backend, and its routes')
        took = time.monotonic() - begun
        wait(lambda: announcer(self.node, name).get('announced') == 1, 20, 0.1, f'{name} to report the route')
        time.sleep(1)
        fewest, lost, sent = watch.stop()
        detail = f'{took:.2f} s, fewest paths {fewest}, {lost} of {sent} probes lost, {watch.looks} looks'
        assert fewest == 2, f'a path left the kernel: {detail}'
        assert lost <= LOST, detail
        after = {key: self.ours().get(key) for key in before}
        same = [key for key in ('origin', 'community') if before[key] != after[key]]
        assert not same, f'the router sees other attributes: {before} {after}'
        return detail

    def managed(self):
        configure(self.node, 'org.heraldlb.frr', mode='managed', directory=self.node.host.directory() + '/own', programs=peers.FRR_LIBRARY,
                  sockets=self.node.host.directory() + '/none')
        time.sleep(2)
        return self.to('frr')

    def nothing_is_left_in_frr(self):
        wait(lambda: 'herald-' not in self.frr.vtysh('show running-config'), 20, 0.1, 'our part to go')

    def shadow_announces_nothing(self):
        backend(self.node, 'shadow')
        wait(lambda: not self.ours(), 30, 0.1, 'the router to drop the path')
        status = wait(lambda: announcer(self.node, 'shadow'), 10, 0.1, 'its status')
        assert status['planned'] == 1 and status['announced'] == 0, status
        backend(self.node, 'native')
        wait(lambda: self.ours() and not self.ours().get('stale'), 60, 0.1, 'the path to come back')

    def one_that_is_not_there_is_refused(self):
        code, text = self.node.shell('herald:bgp-backend bird')
        assert code and 'there is no BGP backend "bird", only frr, native, shadow' in text, text


def main():
    if peers.missing() or not has_users():
        return 77
    report = Report()
    with Lab('bks') as lab:
        swap = Swap(lab)
        report.run('backend: one that is not there is refused', swap.one_that_is_not_there_is_refused)
        ok = report.run('backend: native to attached frr', swap.to, 'frr')
        if not ok and '-v' in sys.argv:
            print(swap.node.log()[-4000:], swap.node.do('herald:problems'), swap.frr.vtysh('show running-config'))
        report.run('backend: attached frr to native', swap.to, 'native')
        report.run('backend: nothing is left in frr', swap.nothing_is_left_in_frr)
        if not report.run('backend: native to managed frr', swap.managed) and '-v' in sys.argv:
            print(swap.node.log()[-4000:], swap.node.do('herald:problems'))
        report.run('backend: managed frr to native', swap.to, 'native')
        report.run('backend: shadow announces nothing', swap.shadow_announces_nothing)
    return report.exit_code()


if __name__ == '__main__':
    sys.exit(main())
