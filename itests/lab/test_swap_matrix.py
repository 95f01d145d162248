#!/usr/bin/env python3
"""Every bundle updated, stopped and started, refreshed, uninstalled and installed, under client traffic (architecture section 5).

First in the state "a service by layer 2 and by BGP with BFD", then the bundles that a state is about while a thousand services
get their addresses, and idle. The bundles that all others are wired to come first, once with each verb; twenty rounds see every verb
on every other bundle five times. `HERALD_ROUNDS=1 test_swap_matrix.py [BUNDLE...]` sees less, and bench/lab/swap_matrix.py counts what it costs.
"""

import os
import re
import sys
import time

from herald import Traffic
from lab import Lab, LabError, Report, wait
from link import CLIENT, FIRST, WEB, LinkLab, service_document
from routed import ROUTER_AS, Router

# Seconds without an ARP answer, by architecture section 5; what the asker itself stalled is added.
GAPS = {'l2': 1.0, 'host-linux': 1.0}
ELSE = 0.5
# Whose replacement takes down others that are wired to it: all of them start again, and that may take a while.
LIBRARIES = ('view', 'manifest', 'runtime', 'api')
LIBRARY_GAP = 20.0
BUNDLES = ('l2', 'host-linux', 'bgp', 'bfd', 'core', 'ipam', 'file-source', 'config-source', 'shell', 'observability',
           'membership', 'frr', 'shadow')
# Which bundles a thousand services that come meanwhile go through, and which of them have something to do without any.
BUSY = ('core', 'ipam', 'file-source')
IDLE = ('l2', 'bgp', 'core')
MANY = 1000
VERBS = ('update', 'restart', 'refresh', 'reinstall')
# What the heap holds is to be what somebody needs, not what the JVM has not yet seen a reason to let go.
HOLD_NOTHING_SOFTLY = '-XX:SoftRefLRUPolicyMSPerMB=0'


POOL = """\
apiVersion: metallb.io/v1beta1
kind: IPAddressPool
metadata: {name: more}
spec: {addresses: ["10.64.0.0/20"], autoAssign: false}
"""

BFD = """\
apiVersion: metallb.io/v1beta1
kind: BFDProfile
metadata: {name: lab}
spec: {receiveInterval: 300, transmitInterval: 300, detectMultiplier: 5}
"""


class Matrix:
    """One node with a layer-2 service, a routed one with BGP and BFD, and a router."""

    def __init__(self, lab, services=0, bfd=True):
        os.environ.setdefault('HERALD_JAVA_OPTS', HOLD_NOTHING_SOFTLY)
        self.link = LinkLab(lab, names=('node-a',))
        self.node = self.link.nodes['node-a']
        self.node.write('web.yaml', WEB)
        if services:
            self.many(services)
        self.router = Router(self.link, ['192.0.2.11'])
        self.router.start()
        if bfd:
            self.watch()
        self.link.start()
        # Bundles that are there and do nothing in this state: their coming and going must be nothing to the others.
        for feature in ('herald-frr', 'herald-shadow'):
            self.node.do(f'feature:install {feature}')
        self.mac = self.node.host.mac('eth0')
        wait(lambda: self.link.asker.ask(FIRST, 0.05) == self.mac, 30, what='an ARP reply')
        self.router.wait_established(60)
        wait(self.router.next_hops, 30, 0.1, 'the route')
        self.traffic = Traffic(self.link.client, 'eth0', CLIENT, FIRST)

    def many(self, count):
        """So many services more, with addresses that nothing announces."""
        self.node.write('more-pool.yaml', POOL)
        self.node.write('more.yaml', '---\n'.join(
            service_document(f'more-{number}', pool='more') for number in range(count)) if count else '# none\n')

    def allocated(self):
        return sum(1 for name in self.node.addresses() if name.startswith('default/more-'))

    def watch(self):
        """BFD between the node and the router."""
        process = self.router.frr
        process._start('bfdd', [])
        process.vtysh('configure terminal', f'router bgp {ROUTER_AS}', 'neighbor 192.0.2.11 bfd',
                      'neighbor 192.0.2.11 bfd 5 300 300')
        path = os.path.join(self.node.documents, 'routed.yaml')
        with open(path, encoding='utf-8') as file:
            text = file.read()
        text = text.replace('  peerAddress:', '  bfdProfile: lab\n  peerAddress:', 1)
        self.node.write('bfd.yaml', BFD)
        self.node.write('routed.yaml', text)

    def busy(self, verb, name):
        """A bundle is replaced while a thousand services come and go."""
        self.many(MANY)
        self.swap(verb, name)
        wait(lambda: self.allocated() == MANY, 60, 0.2, f'{MANY} addresses, not {self.allocated()}')
        self.many(0)
        wait(lambda: not self.allocated(), 60, 0.2, 'the addresses to be free again')

    def idle(self, verb, name):
        """A bundle is replaced while there is nothing to do, and then there is."""
        self.node.remove('web.yaml')
        wait(lambda: not self.node.addresses().get('default/web'), 30, 0.1, 'the service to go')
        self.act(verb, name)
        self.node.write('web.yaml', WEB)
        wait(lambda: self.node.addresses().get('default/web') == [FIRST], 60, 0.1, 'the service')
        wait(lambda: self.link.asker.ask(FIRST, 0.05) == self.mac, 60, 0.05, 'an ARP reply')
        self.router.wait_established(60)
        wait(self.router.next_hops, 60, 0.1, 'the route')

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
        if name in LIBRARIES and verb in ('update', 'reinstall'):
            # Until then others stay wired to what is gone, and the next update of one of them would see two of a kind.
            self.node.do('bundle:refresh')

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
        # A collection finds a class loader without users; what that was the last user of is found by the next one.
        os.popen(f'jcmd {self.pid()} GC.run 2>/dev/null').read()
        histogram = os.popen(f'jcmd {self.pid()} GC.class_histogram 2>/dev/null').read()
        total = re.search(r'^Total\s+(\d+)\s+(\d+)', histogram, re.M)
        loaders = re.findall(r'^\s*\d+:\s+(\d+)\s+\d+\s+org\.apache\.felix\.framework\.BundleWiringImpl\$BundleClassLoader',
                             histogram, re.M)
        return {'heap': int(total.group(2)) if total else None, 'loaders': int(loaders[0]) if loaders else None}

    def settled(self, before, slack):
        """The same numbers once they are flat, or as they are after a while: threads of what was replaced end by themselves."""
        now = {}

        def flat():
            now.update({**self.left_over(), **self.memory()})
            return is_flat(before, now, slack)
        try:
            wait(flat, 20, 1, 'flat numbers')
        except LabError:
            pass
        return now


def is_flat(before, after, slack):
    return all(after[key] is None or before[key] is None or after[key] <= before[key] + slack[key] for key in before)


def main():
    words = [word for word in sys.argv[1:] if not word.startswith('-')]
    rounds = int(os.environ.get('HERALD_ROUNDS', '20'))
    report = Report()
    with Lab('mtx') as lab:
        matrix = Matrix(lab)
        with matrix.traffic:
            time.sleep(1)
            before = None
            for name in LIBRARIES if not words else ():
                for verb in VERBS:
                    report.run(f'matrix: {verb} {name}', matrix.swap, verb, name)
            for turn in range(rounds):
                for name in words or BUNDLES:
                    # One verb for each bundle and round, another one in the next: four rounds see the whole matrix.
                    verbs = VERBS if '-a' in sys.argv else [VERBS[(BUNDLES.index(name) + turn) % len(VERBS)]]
                    for verb in verbs:
                        report.run(f'matrix: {verb} {name}', matrix.swap, verb, name)
                if before is None:
                    before = {**matrix.left_over(), **matrix.memory()}
            for name in BUSY if not words else ():
                report.run(f'matrix: update {name} while {MANY} services come', matrix.busy, 'update', name)
            # Once more for what grows with every round: the first one has warmed everything up.
            for name in ('l2', 'bgp', 'core'):
                report.run(f'matrix: update {name} again', matrix.swap, 'update', name)
            slack = {'threads': 6, 'files': 8, 'groups': 0, 'heap': 6_000_000, 'loaders': 4}
            after = matrix.settled(before, slack)
            report.check('matrix: nothing is left over', is_flat(before, after, slack), f'{before} -> {after}')
            print(f'# {matrix.flaps()} flaps of the BGP session')
        for name in IDLE if not words else ():
            report.run(f'matrix: restart {name} with nothing to do', matrix.idle, 'restart', name)
    return report.exit_code()


if __name__ == '__main__':
    sys.exit(main())
