#!/usr/bin/env python3
"""The BFD lines of the checklist of MetalLB's tests, by their ids: profiles of BGP peers with a real router, and its metrics."""

import os
import shutil
import sys

from herald import Node, unpack
from lab import Lab, Report, wait
from peers import Frr, missing

LONG = 60
NODE, ROUTER, NODE6, ROUTER6 = '10.92.0.1', '10.92.0.2', 'fd92::1', 'fd92::2'
ALL = {'receiveInterval': 60, 'transmitInterval': 80, 'detectMultiplier': 7, 'echoInterval': 90, 'minimumTtl': 200}
PROFILES = {
    'defaults': {},
    'all parameters': {**ALL, 'echoMode': 'false', 'passiveMode': 'false'},
    'echo mode': {'receiveInterval': 300, 'transmitInterval': 300, 'echoMode': 'true', 'echoInterval': 100},
}
CASES = (('D-37', 'E-55', 'defaults', '4'), ('D-38', None, 'all parameters', '4'), ('D-39', 'E-56', 'echo mode', '4'),
         ('D-40', 'E-57', 'defaults', '6'), ('D-41', None, 'all parameters', '6'), ('D-42', 'E-58', 'all parameters', '46'))
ENDS = {'4': (NODE, ROUTER), '6': (NODE6, ROUTER6)}


def document(profile, families):
    text = ('apiVersion: metallb.io/v1beta1\nkind: IPAddressPool\nmetadata: {name: pool}\n'
            'spec: {addresses: [203.0.113.0/28]}\n---\n'
            'apiVersion: metallb.io/v1beta1\nkind: BGPAdvertisement\nmetadata: {name: all}\n---\n'
            'apiVersion: metallb.io/v1beta1\nkind: BFDProfile\nmetadata: {name: tested}\nspec:\n'
            + ''.join(f'  {key}: {value}\n' for key, value in PROFILES[profile].items())
            + ('  passiveMode: false\n' if not PROFILES[profile] else ''))
    for family in families:
        own, router = ENDS[family]
        text += (f'---\napiVersion: metallb.io/v1beta2\nkind: BGPPeer\nmetadata: {{name: v{family}}}\nspec:\n  myASN: 65001\n'
                 f'  peerASN: 65000\n  peerAddress: "{router}"\n  sourceAddress: "{own}"\n  bfdProfile: tested\n')
    return text


def service(name):
    return f'apiVersion: heraldlb.org/v1\nkind: Service\nmetadata: {{name: {name}}}\nspec: {{ports: [{{protocol: TCP, port: 80}}]}}\n'


class Checklist:
    def __init__(self, lab):
        switch = lab.switch('switch')
        self.host, router = lab.host('node'), lab.host('router')
        switch.attach(self.host, 'eth0', NODE + '/24', NODE6 + '/64')
        switch.attach(router, 'eth0', ROUTER + '/24', ROUTER6 + '/64')
        lines = ['router bgp 65000', f' bgp router-id {ROUTER}', ' no bgp ebgp-requires-policy']
        for own, there in ENDS.values():
            lines += [f' neighbor {own} remote-as 65001', f' neighbor {own} update-source {there}', f' neighbor {own} timers connect 1']
        self.frr = Frr(router, '\n'.join(lines) + '\n')
        self.node = Node(self.host, unpack(lab.directory))
        self.node.start().wait_ready()

    def watch(self, families, wanted):
        words = [f'{"" if wanted else "no "}neighbor {ENDS[family][0]} bfd' for family in families]
        self.frr.vtysh('configure terminal', 'router bgp 65000', *words)

    def metric(self, name, family):
        text = self.node.get('/metrics', 10)[1]
        wanted = f'metallb_bfd_{name}{{peer="{ENDS[family][1]}"}} '
        return next((int(line[len(wanted):]) for line in text.splitlines() if line.startswith(wanted)), None)

    def downs(self, families):
        return sum(each.get('session-down', 0) for each in self.frr.json('show bfd peers counters')
                   if each.get('peer') in [ENDS[family][0] for family in families])

    def fits(self, family, profile):
        """What FRR was told; a host that is late runs everything 2, 4, 8 times slower."""
        wanted, found = PROFILES[profile], self.frr.bfd(ENDS[family][0])
        times = (wanted.get('transmitInterval', 300), wanted.get('receiveInterval', 300))
        return (found.get('status') == 'up' and found.get('remote-detect-multiplier') == wanted.get('detectMultiplier', 3)
                and any((found.get('remote-transmit-interval'), found.get('remote-receive-interval'))
                        in ((times[0] * factor, times[1] * factor), (times[0] * factor, 1000)) for factor in (1, 2, 4, 8)))

    def profile_is_run_and_nothing_flaps(self, profile, families):
        self.watch('46', False)
        self.node.write('peers.yaml', document(profile, families))
        self.watch(families, True)
        for family in families:
            wait(lambda f=family: self.fits(f, profile), LONG, 0.2,
                 f'FRR to know the timers of {profile}: {self.frr.bfd(ENDS[family][0])}')
        before = self.downs(families)
        self.node.write('service.yaml', service('first'))
        wait(lambda: self.node.addresses().get('default/first'), LONG, 0.1, 'an address')
        wait(lambda: self.frr.json('show bgp ipv4 unicast').get('routes') or '4' not in families, LONG, 0.2, 'the route')
        assert self.downs(families) == before and all(self.fits(family, profile) for family in families)
        self.node.remove('service.yaml')

    def metrics_follow_when_the_peer_disables_bfd(self, families):
        for family in families:
            wait(lambda f=family: self.metric('session_up', f) == 1, LONG, 0.2, 'session_up to be 1')
        before = {family: self.metric('session_down_events', family) for family in families}
        self.watch(families, False)
        for family in families:
            wait(lambda f=family: self.metric('session_up', f) == 0, LONG, 0.2, 'session_up to be 0')
            wait(lambda f=family: self.metric('session_down_events', f) > before[f], LONG, 0.2, 'a down event')
            for name in ('control_packet_input', 'control_packet_output', 'session_up_events'):
                assert self.metric(name, family) > 0, name


def main():
    if missing():
        print(f'# missing: {missing()}')
        return 77
    report = Report()
    with Lab('bfdc') as lab:
        checklist = Checklist(lab)
        for first, second, profile, families in CASES:
            name = f'BFD profile {profile}, {"dual" if families == "46" else "IPv" + families}'
            report.run(f'{first} {name}: up with those timers, no flap with another service',
                       checklist.profile_is_run_and_nothing_flaps, profile, families)
            if second:
                report.run(f'{second} {name}: the metrics when the peer disables BFD',
                           checklist.metrics_follow_when_the_peer_disables_bfd, families)
        if report.failed and os.environ.get('HERALD_KEEP_LOG'):
            shutil.copy(os.path.join(checklist.host.directory(), 'herald.log'), os.environ['HERALD_KEEP_LOG'])
    return report.exit_code()


if __name__ == '__main__':
    sys.exit(main())
