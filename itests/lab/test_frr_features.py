#!/usr/bin/env python3
"""What FRR makes of every line that we write: the same text comes back, no line is refused, sessions come up. Managed FRR."""

import os
import sys
import time

import peers
from frrlab import ROUTER, FrrLab, advertisement, announcer, backend, configure, install, peer
from lab import Lab, Report, has_users, wait

PROFILES = """\
apiVersion: metallb.io/v1beta1
kind: BFDProfile
metadata: {name: fast}
spec: {receiveInterval: 120, transmitInterval: 130, echoInterval: 60, detectMultiplier: 4, echoMode: true, passiveMode: false, minimumTtl: 250}
---
apiVersion: metallb.io/v1beta1
kind: BFDProfile
metadata: {name: plain}
"""

# Peers whose routers do not exist: what counts is that FRR takes the lines as they are.
PEERS = {
    'ibgp': dict(address='10.99.0.31', remote=65001),
    'multihop': dict(address='10.77.0.1', remote=65000, ebgpMultiHop=True, bfdProfile='fast', peerPort=1179),
    'six': dict(address='fd99::31', remote=65000),
    'timed': dict(address='10.99.0.32', remote=65000, holdTime='0s', keepaliveTime='0s', connectTime='7s'),
    'keyed': dict(address='10.99.0.33', remote=65000, password='s"e\'c|r!e#t', sourceAddress='10.99.0.11'),
    'local': dict(address='10.99.0.34', remote=65000, localASN=65099),
    'dual': dict(address='10.99.0.35', remote=65000, dualStackAddressFamily=True, bfdProfile='plain'),
}

EXTENDED = """\
apiVersion: heraldlb.org/v1
kind: BGPPeer
metadata: {name: gtsm}
spec: {myASN: 65001, peerASN: 65000, peerAddress: 10.99.0.36, ttlSecurityHops: 1, passive: true, role: customer}
---
apiVersion: heraldlb.org/v1
kind: BGPPeer
metadata: {name: dynamic}
spec: {myASN: 65001, dynamicASN: external, interface: eth0}
"""

ADVERTISEMENTS = '---\n'.join([
    advertisement('one', localPref=150, communities=['65001:1', 'large:65001:1:1'], peers=['ibgp']),
    advertisement('two', communities=['65535:0', '65535:666', '65535:65282'], aggregationLength=28, peers=['tor', 'timed']),
    advertisement('three', communities=['65001:3'], peers=['keyed', 'dual']),
])


class Features:
    def __init__(self, lab):
        self.lab = FrrLab(lab, router_daemons=('zebra', 'bgpd'))
        self.node = self.lab.nodes[0]
        self.directory = os.path.join(self.node.host.directory(), 'own')
        configure(self.node, 'org.heraldlb.frr', mode='managed', directory=self.directory, programs=peers.FRR_LIBRARY,
                  sockets=self.node.host.directory() + '/none')
        self.lab.serve(self.node, '203.0.113.1', '203.0.113.18', 'fd00:113::5')
        self.node.start().wait_ready()
        install(self.node, 'herald-frr')

    def problems(self):
        return [(problem['code'], problem['text']) for problem in self.node.api('status').get('problems', [])
                if problem['code'].startswith('frr')]

    def daemons(self):
        return [name for name in ('zebra', 'bgpd', 'bfdd') if os.path.exists(f'{self.directory}/{name}.vty')]

    def starts_with_the_first_plan(self):
        assert not self.daemons(), 'FRR runs before it was chosen'
        backend(self.node, 'frr')
        wait(lambda: self.lab.frr.session('10.99.0.11') == 'Established', 60, 0.1, 'the session')
        self.lab.wait_route('203.0.113.1/32')
        assert self.daemons() == ['zebra', 'bgpd', 'bfdd'], self.daemons()

    def every_line_is_taken_as_it_is(self):
        flaps = self.lab.frr.json('show bgp neighbors')['10.99.0.11'].get('connectionsDropped')
        for name, values in PEERS.items():
            values = dict(values)
            text = peer(values.pop('address'), 65001, values.pop('remote'), **values).replace('name: tor', f'name: {name}')
            if 'holdTime' in values:
                text = text.replace('  holdTime: 30s\n', '', 1)
            if name == 'ibgp':
                text = text.replace('  enableGracefulRestart: true\n', '')
            self.node.write(f'peer-{name}.yaml', text)
        self.node.write('profiles.yaml', PROFILES)
        self.node.write('extended.yaml', EXTENDED)
        self.node.write('advertisement.yaml', ADVERTISEMENTS)
        count = len(PEERS) + 3
        wait(lambda: self.node.api('status').get('counts', {}).get('peers') == count, 30, 0.2, f'{count} peers in the plan')
        wait(lambda: len(self.running_neighbors()) == count, 30, 0.2, f'{count} neighbours in FRR')
        wait(lambda: announcer(self.node, 'frr').get('ready'), 20, 0.2, 'the announcer')
        # The look after the change decides; a line that does not come back as it was said would be refused by then.
        for _ in range(20):
            others = [problem for problem in self.problems() if not problem[1].startswith('passive: the FRR that Herald runs')]
            assert not others, others
            time.sleep(0.3)
        after = self.lab.frr.json('show bgp neighbors')['10.99.0.11'].get('connectionsDropped')
        assert after == flaps, f'the session of another peer was reset: {flaps} -> {after}'
        return f'{count} neighbours'

    def vtysh(self, command):
        return peers.run([peers.VTYSH, '--vty_socket', self.directory, '-c', command], check=False)

    def running_neighbors(self):
        return [line for line in self.vtysh('show running-config').splitlines() if 'description herald' in line]

    def the_password_is_nowhere(self):
        seen = self.node.log() + str(self.node.api('status')) + self.node.do('herald:problems') + self.node.do('bgp:peers')
        assert 's"e\'c' not in seen, 'the password is in a log or a status'

    def killed_daemons_come_back(self):
        for daemon in ('bgpd', 'zebra', 'bfdd'):
            with open(f'{self.directory}/{daemon}.pid', encoding='ascii') as file:
                pid = int(file.read())
            os.kill(pid, 9)
            wait(lambda: self._other(daemon, pid), 30, 0.1, f'another {daemon}')
        wait(lambda: self.lab.frr.session('10.99.0.11') == 'Established', 60, 0.1, 'the session')
        self.lab.wait_route('203.0.113.0/28')

    def _other(self, daemon, pid):
        try:
            with open(f'{self.directory}/{daemon}.pid', encoding='ascii') as file:
                return int(file.read() or pid) != pid
        except (FileNotFoundError, ValueError):
            return False

    def stops_with_its_bundle(self):
        pids = [open(f'{self.directory}/{name}.pid', encoding='ascii').read().strip() for name in self.daemons()]
        self.node.do('bundle:stop ' + self._bundle())
        wait(lambda: not any(os.path.exists(f'/proc/{pid}') for pid in pids), 20, 0.1, 'the daemons to end')

    def _bundle(self):
        listed = self.node.do('bundle:list -s -t 0')
        return next(line.split('|')[0].strip() for line in listed.splitlines() if line.strip().endswith('org.heraldlb.frr'))


def main():
    if peers.missing() or not has_users():
        return 77
    report = Report()
    with Lab('frf') as lab:
        test = Features(lab)
        for check in ('starts_with_the_first_plan', 'every_line_is_taken_as_it_is', 'the_password_is_nowhere',
                      'killed_daemons_come_back', 'stops_with_its_bundle'):
            if not report.run('frr managed: ' + check.replace('_', ' '), getattr(test, check)) and '-v' in sys.argv:
                print(test.vtysh('show running-config'), test.node.do('herald:problems'), test.node.log()[-3000:])
    return report.exit_code()


if __name__ == '__main__':
    sys.exit(main())
