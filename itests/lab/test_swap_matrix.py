#!/usr/bin/env python3
"""Every bundle updated, stopped and started, refreshed, uninstalled and installed, under client traffic (architecture section 5).

`HERALD_ROUNDS=20 test_swap_matrix.py [BUNDLE...]` does more rounds, or some bundles only; bench/lab/swap_matrix.py counts what it costs.
"""

import os
import re
import sys
import time

from herald import Traffic
from lab import Lab, Report, wait
from link import CLIENT, FIRST, WEB, LinkLab, service_document
from routed import Router

# Seconds without an ARP answer, by architecture section 5; what the asker itself stalled is added.
GAPS = {'l2': 1.0, 'host-linux': 1.0}
ELSE = 0.5
# Whose replacement takes down others that are wired to it: all of them start again, and that may take a while.
LIBRARIES = {'api', 'runtime', 'manifest', 'view'}
LIBRARY_GAP = 20.0
BUNDLES = ('l2', 'host-linux', 'bgp', 'bfd', 'core', 'ipam', 'file-source', 'config-source', 'shell', 'observability')
VERBS = ('update', 'restart', 'refresh', 'reinstall')


class Matrix:
    """One node with a layer-2 service, a routed one with BGP, and a router."""

    def __init__(self, lab, services=0):
        self.link = LinkLab(lab, names=('node-a',))
        self.node = self.link.nodes['node-a']
        self.node.write('web.yaml', WEB)
        for number in range(services):
            self.node.write(f'more-{number}.yaml', service_document(f'more-{number}', pool='more'))
        self.router = Router(self.link, ['192.0.2.11'])
        self.router.start()
        self.link.start()
        self.mac = self.node.host.mac('eth0')
        wait(lambda: self.link.asker.ask(FIRST, 0.05) == self.mac, 30, what='an ARP reply')
        self.router.wait_established(60)
        wait(self.router.next_hops, 30, 0.1, 'the route')
        self.traffic = Traffic(self.link.client, 'eth0', CLIENT, FIRST)

    def bundles(self):
        """Id and place of each bundle of ours by its short name."""
        names, places = (dict(re.findall(r'^\s*(\d+)\s.*\|\s*(\S+)\s*$', self.node.do(f'bundle:list {what} -t 0'), re.M))
                         for what in ('-s', '-l'))
        return {name.removeprefix('org.heraldlb.'): (number, places[number]) for number, name in names.items()
                if name.startswith('org.heraldlb.')}

    def act(self, verb, name):
        number, place = self.bundles()[name]
        if verb == 'update':
            self.node.do(f'bundle:update {number}')
        elif verb == 'restart':
            self.node.do(f'bundle:stop {number}')
            self.node.do(f'bundle:start {number}')
        elif verb == 'refresh':
            self.node.do(f'bundle:refresh {number}')
        else:
            self.node.do(f'bundle:uninstall {number}')
            answer = self.node.do(f'bundle:install -s {place}')
            assert 'Bundle ID' in answer, answer

    def shell_is_back(self):
        def answers():
            try:
                return self.node.shell('bundle:list -s -t 0')[0] == 0
            except OSError:
                return False
        wait(answers, 60, 0.1, 'the shell')

    def swap(self, verb, name):
        """One cell of the matrix: what clients and the router saw of it."""
        begun = time.monotonic()
        if name == 'shell':
            # Its own door closes under the command.
            self._shell(verb)
        else:
            self.act(verb, name)
        took = time.monotonic() - begun
        wait(lambda: self.node.get('/readyz')[0] == 200, 60, 0.1, f'readiness: {self.node.get("/readyz")[1]}')
        self.shell_is_back()
        found = wait(lambda: self.node.addresses().get('default/web'), 30, 0.1, 'the service')
        assert found == [FIRST], found
        wait(lambda: self.traffic.replies and self.traffic.replies[-1] > begun + took, 30, 0.05, 'an ARP reply')
        self.router.wait_established(60)
        wait(self.router.next_hops, 30, 0.1, 'the route')
        return self.judge(begun, LIBRARY_GAP if name in LIBRARIES else GAPS.get(name, ELSE)) + f', {verb} took {took:.2f} s'

    def _shell(self, verb):
        number, _ = self.bundles()['shell']
        try:
            # Once stopped, nobody is there to start it again.
            self.node.shell(f"bundle:{'refresh' if verb == 'refresh' else 'update'} {number}", timeout=20)
        except OSError:
            pass

    def judge(self, begun, limit):
        gap, stall = self.traffic.longest_gap(begun), self.traffic.longest_stall(begun)
        lost = self.traffic.lost_since(begun)
        assert gap <= limit + stall, f'no ARP reply for {gap:.2f} s (the asker itself stalled for {stall:.2f} s)'
        assert not lost, f'{len(lost)} HTTP requests failed, the first {lost[0][0] - begun:.2f} s after: {lost[0][1]}'
        assert self.traffic.macs == {self.mac}, self.traffic.macs
        return f'longest gap {1000 * gap:.0f} ms (stalls up to {1000 * stall:.0f} ms)'

    def flaps(self):
        return self.router.frr.json('show bgp neighbors').get('192.0.2.11', {}).get('connectionsDropped', 0)

    def left_over(self):
        """Threads, sockets, class loaders: what must not grow."""
        return {'threads': len(os.listdir(f'/proc/{self.pid()}/task')),
                'files': len(os.listdir(f'/proc/{self.pid()}/fd')),
                'groups': self.node.host.run('ip', 'maddr', 'show', 'dev', 'eth0').count('users')}

    def pid(self):
        """The JVM: bin/herald may be a shell that waits for it."""
        pid = self.node.process.pid
        with open(f'/proc/{pid}/task/{pid}/children', encoding='ascii') as file:
            children = file.read().split()
        with open(f'/proc/{pid}/comm', encoding='ascii') as file:
            return pid if file.read().strip() == 'java' or not children else int(children[0])

    def memory(self):
        """Heap in use after a collection, and live classes (jcmd; None without one)."""
        histogram = os.popen(f'jcmd {self.pid()} GC.class_histogram 2>/dev/null').read()
        total = re.search(r'^Total\s+(\d+)\s+(\d+)', histogram, re.M)
        loaders = re.findall(r'^\s*\d+:\s+(\d+)\s+\d+\s+org\.apache\.felix\.framework\.BundleWiringImpl\$BundleClassLoader',
                             histogram, re.M)
        return {'heap': int(total.group(2)) if total else None, 'loaders': int(loaders[0]) if loaders else None}


def is_flat(before, after, slack):
    return all(after[key] is None or before[key] is None or after[key] <= before[key] + slack[key] for key in before)


def main():
    words = [word for word in sys.argv[1:] if not word.startswith('-')]
    rounds = int(os.environ.get('HERALD_ROUNDS', '1'))
    report = Report()
    with Lab('mtx') as lab:
        matrix = Matrix(lab)
        with matrix.traffic:
            time.sleep(1)
            before = None
            for turn in range(rounds):
                for name in words or BUNDLES:
                    # One verb for each bundle and round, another one in the next: four rounds see the whole matrix.
                    verbs = VERBS if '-a' in sys.argv else [VERBS[(BUNDLES.index(name) + turn) % len(VERBS)]]
                    for verb in verbs:
                        report.run(f'matrix: {verb} {name}', matrix.swap, verb, name)
                if before is None:
                    before = {**matrix.left_over(), **matrix.memory()}
            # Once more for what grows with every round: the first one has warmed everything up.
            for name in ('l2', 'bgp', 'core'):
                report.run(f'matrix: update {name} again', matrix.swap, 'update', name)
            after = {**matrix.left_over(), **matrix.memory()}
            slack = {'threads': 6, 'files': 25, 'groups': 0, 'heap': 12_000_000, 'loaders': 3}
            report.check('matrix: nothing is left over', is_flat(before, after, slack), f'{before} -> {after}')
            print(f'# {matrix.flaps()} flaps of the BGP session')
    return report.exit_code()


if __name__ == '__main__':
    sys.exit(main())
