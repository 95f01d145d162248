#!/usr/bin/env python3
"""BGP over BFD (RFC 5882) with FRR and BIRD: hop modes, failures, AdminDown, swaps. One node, an address of its own for each session."""

import json
import os
import re
import shutil
import sys
import time

from herald import Node, unpack
from lab import Lab, Report, wait
from peers import Bird, Frr, missing

LONG = 40
NODE_AS, ROUTER_AS, BIRD_AS = 65001, 65000, 65002
MAIN, GTSM, FAR, ROUTER3, ROUTER4, BIRD = '10.93.0.2', '10.93.0.3', '10.93.0.4', '10.93.0.6', '10.93.0.7', '10.93.0.5'
# name: (our address, its address, our extra words, FRR's words); None: not FRR
PEERS = {
    'plain': ('10.93.0.11', MAIN, '', [f'update-source {MAIN}', 'bfd', 'bfd profile fast']),
    'gtsm': ('10.93.0.12', GTSM, 'ttlSecurityHops: 1', [f'update-source {GTSM}', 'ttl-security hops 1', 'bfd', 'bfd profile fast']),
    'multi': ('10.93.0.13', FAR, 'ebgpMultiHop: true', [f'update-source {FAR}', 'ebgp-multihop 255', 'bfd', 'bfd profile fast']),
    'sourceless': ('10.93.0.14', MAIN, '', ['bfd', 'bfd profile fast']),
    'loose': ('10.93.0.15', ROUTER3, '', [f'update-source {ROUTER3}']),
    'strict': ('10.93.0.17', ROUTER4, 'bfdStrict: true', [f'update-source {ROUTER4}']),
    'bird': ('10.93.0.16', BIRD, 'ttlSecurityHops: 1', None),
}
STRICT = f'peer {PEERS["strict"][0]} local-address {ROUTER4} interface eth0'
LOOSE = f'peer {PEERS["loose"][0]} local-address {ROUTER3} interface eth0'


def router_configuration():
    lines = ['bfd', ' profile fast', '  transmit-interval 100', '  receive-interval 100', ' !', f' {LOOSE}', '  profile fast',
             ' !', '!', f'router bgp {ROUTER_AS}', f' bgp router-id {MAIN}', ' no bgp ebgp-requires-policy']
    for ours, _, _, words in PEERS.values():
        if words is not None:
            lines += [f' neighbor {ours} remote-as {NODE_AS}', f' neighbor {ours} timers connect 1']
            lines += [f' neighbor {ours} {word}' for word in words]
    return '\n'.join(lines) + '\n'


def bird_configuration():
    return (f'router id {BIRD};\nprotocol device {{}}\nprotocol bfd {{ interface "eth0" {{ interval 100 ms; multiplier 3; }}; }}\n'
            f'protocol bgp node {{ local {BIRD} as {BIRD_AS}; neighbor {PEERS["bird"][0]} as {NODE_AS}; ttl security on; bfd on;\n'
            f'  error wait time 1, 4; connect retry time 2; ipv4 {{ import all; export none; }}; }}\n')


def document(hop_modes):
    profile = ('apiVersion: metallb.io/v1beta1\nkind: BFDProfile\nmetadata: {name: fast}\n'
               'spec: {transmitInterval: 100, receiveInterval: 100}\n')
    peers = []
    for name, (ours, theirs, extra, words) in PEERS.items():
        peers.append(f'apiVersion: heraldlb.org/v1\nkind: BGPPeer\nmetadata: {{name: {name}}}\nspec:\n  myASN: {NODE_AS}\n'
                     f'  peerASN: {BIRD_AS if words is None else ROUTER_AS}\n  peerAddress: {theirs}\n  sourceAddress: {ours}\n'
                     f'  bfdProfile: fast\n' + (f'  {extra}\n' if extra else '')
                     + (f'  bfdMultihop: {hop_modes[name]}\n' if name in hop_modes else ''))
    return '---\n'.join([profile, *peers])


class Together:
    """The node, one FRR and one BIRD on a switch."""

    def __init__(self, lab):
        self.switch = lab.switch('switch')
        self.host, router, bird = (lab.host(name) for name in ('node', 'router', 'bird'))
        self.switch.attach(self.host, 'eth0', *(ours + '/24' for ours, *_ in PEERS.values()))
        self.switch.attach(router, 'eth0', *(each + '/24' for each in (MAIN, GTSM, FAR, ROUTER3, ROUTER4)))
        self.switch.attach(bird, 'eth0', BIRD + '/24')
        self.frr = Frr(router, router_configuration())
        self.bird = Bird(bird, bird_configuration())
        self.node = Node(self.host, unpack(lab.directory))
        self.node.write('peers.yaml', document({}))
        self.node.start().wait_ready()

    # --- what each side says ---

    def bfd(self, name):
        """The page of a session; {} when there is none."""
        ours, theirs, *_ = PEERS[name]
        code, output = self.node.shell(f'bfd:session {theirs} -o json')
        pages = json.loads(output) if code == 0 else []
        return next((page for page in pages if f'from {ours}' in page['session']['path']), {})

    def bfd_state(self, name):
        return self.bfd(name).get('session', {}).get('state')

    def await_bfd(self, name, state='Up', seconds=LONG):
        wait(lambda: self.bfd_state(name) == state, seconds, 0.1, f'BFD with {name} to be {state}: {self.bfd(name)}')

    def problems(self):
        return json.loads(self.node.do('bfd:list -o json'))['problems']

    def neighbor(self, name):
        return self.frr.json('show bgp neighbors').get(PEERS[name][0], {})

    def is_established(self, name):
        if name == 'bird':
            return 'Established' in self.bird.command('show protocols')
        return self.neighbor(name).get('bgpState') == 'Established'

    def await_bgp(self, *names):
        for name in names:
            wait(lambda n=name: self.is_established(n), LONG, 0.1, f'BGP with {name}: {self.neighbor(name).get("bgpState")}')

    def established(self, name):
        """How often, or since when: something that changes with every new session."""
        if name == 'bird':
            return re.search(r'^node\s+.*$', self.bird.command('show protocols'), re.M).group(0)
        return self.neighbor(name).get('connectionsEstablished')

    # --- hop modes: bgp-bfd.md section 0, items 6 and 7 ---

    def auto_is_single_hop_for_a_direct_peer(self):
        self.await_bgp('plain', 'loose')
        self.await_bfd('plain')
        self.await_bfd('loose')
        assert 'multihop' not in self.bfd('plain')['session']['path']

    def auto_is_multihop_with_ebgp_multihop(self):
        self.await_bgp('multi')
        self.await_bfd('multi')
        assert 'multihop' in self.bfd('multi')['session']['path']

    def auto_is_single_hop_with_ttl_security_as_bird_has_it(self):
        self.await_bgp('bird')
        self.await_bfd('bird')
        assert 'multihop' not in self.bfd('bird')['session']['path']

    def frr_with_ttl_security_speaks_multihop_and_a_problem_says_so(self):
        self.await_bgp('gtsm')
        found = wait(lambda: [each for each in self.problems() if each.get('code') == 'bfdHopMode'], LONG, 0.2,
                     f'the problem: {self.problems()}')
        assert self.is_established('gtsm'), 'a session that never came up takes BGP down'
        self.node.write('peers.yaml', document({'gtsm': 'true'}))
        self.await_bfd('gtsm')
        wait(lambda: not [each for each in self.problems() if each.get('code') == 'bfdHopMode'], LONG, 0.2, 'it to go')
        return found[0]['text']

    def frr_without_update_source_replaces_its_session_and_bgp_stays(self):
        self.await_bgp('sourceless')
        self.await_bfd('sourceless')
        before = self.established('sourceless')
        time.sleep(2)
        assert self.established('sourceless') == before and self.is_established('sourceless'), self.neighbor('sourceless')
        return f'{self.bfd("sourceless")["packets"]["downs"]} downs of BFD, {before} time(s) Established'

    # --- RFC 5882 ---

    def strict_waits_for_bfd(self):
        self.await_bfd('strict', 'Down')
        self.await_bgp('plain', 'loose')
        time.sleep(3)
        assert not self.is_established('strict') and 'Idle' in self.row('strict'), self.row('strict')
        self.frr.vtysh('configure terminal', 'bfd', STRICT, 'profile fast')
        self.await_bfd('strict')
        self.await_bgp('strict')

    def strict_does_not_mind_admin_down(self):
        before = self.established('strict')
        self.frr.vtysh('configure terminal', 'bfd', STRICT, 'shutdown')
        self.await_bfd('strict', 'Down')
        time.sleep(2)
        assert self.established('strict') == before and self.is_established('strict'), self.neighbor('strict')
        self.frr.vtysh('configure terminal', 'bfd', STRICT, 'no shutdown')
        self.await_bfd('strict')

    def a_new_profile_is_polled_for_and_bgp_stays(self):
        before = {name: self.established(name) for name in ('plain', 'multi', 'bird')}
        downs = {name: self.bfd(name)['packets']['downs'] for name in before}
        slower = document({'gtsm': 'true'}).replace('transmitInterval: 100', 'transmitInterval: 150')
        self.node.write('peers.yaml', slower)
        for name in before:
            wait(lambda n=name: self.bfd(n).get('local', {}).get('desiredMinTxMicros', 0) % 150_000 == 0, LONG, 0.1,
                 f'{name} to run at 150 ms')
        found = {name: self.bfd(name)['packets']['downs'] for name in before}
        assert found == downs, (downs, found)
        assert {name: self.established(name) for name in before} == before

    def admin_down_of_the_peer_leaves_bgp_up(self):
        before = self.established('loose')
        self.frr.vtysh('configure terminal', 'bfd', LOOSE, 'shutdown')
        self.await_bfd('loose', 'Down')
        assert self.bfd('loose')['session']['remoteState'] == 'AdminDown', self.bfd('loose')
        time.sleep(2)
        assert self.established('loose') == before and self.is_established('loose'), self.neighbor('loose')
        self.frr.vtysh('configure terminal', 'bfd', LOOSE, 'no shutdown')
        self.await_bfd('loose')
        assert self.established('loose') == before

    def a_silent_cut_takes_bgp_down_and_it_comes_back(self):
        before = {name: self.established(name) for name in ('plain', 'bird')}
        self.switch.cut(self.host)
        begun = time.monotonic()
        wait(lambda: not self.is_established('plain'), 10, 0.01, 'FRR to take BGP down')
        took = time.monotonic() - begun
        wait(lambda: self.established('bird') != before['bird'], 10, 0.05, 'BIRD to take BGP down')
        wait(lambda: 'Established' not in self.row('plain'), 10, 0.05, f'us to take BGP down: {self.row("plain")}')
        self.switch.heal(self.host)
        begun = time.monotonic()
        self.await_bgp('plain', 'multi', 'gtsm', 'bird', 'loose', 'strict')
        back = time.monotonic() - begun
        for name in ('plain', 'multi', 'bird'):
            self.await_bfd(name)
        return f'FRR dropped BGP after {1000 * took:.0f} ms, everything was back {back:.1f} s after the cable'

    def row(self, name):
        return next((line for line in self.node.do('bgp:peers').splitlines() if line.split()[:1] == [name]), '')

    def bundle(self):
        shown = self.node.do('bundle:list -s -t 0')
        return re.search(r'^\s*(\d+)\s.*\borg\.heraldlb\.bfd\b', shown, re.M).group(1)

    def bgp_stays_up_when_the_bundle_is_swapped(self):
        return self.swapped('bundle:update')

    def bgp_stays_up_when_the_bundle_is_stopped_and_started(self):
        return self.swapped('bundle:stop', 'bundle:start')

    def swapped(self, *commands):
        number = self.bundle()
        self.await_bgp('bird', 'loose', 'plain')
        before = {name: self.established(name) for name in ('bird', 'loose', 'plain', 'multi', 'gtsm', 'strict')}
        for command in commands:
            self.node.do(f'{command} {number}')
            if command == 'bundle:stop':
                time.sleep(2)
                assert 'Established' in self.row('loose'), self.row('loose')
        for name in ('bird', 'loose', 'plain', 'multi'):
            self.await_bfd(name)
        time.sleep(2)
        after = {name: self.established(name) for name in before}
        assert after == before, (before, after, {name: self.bfd(name).get('transitions') for name in before})
        self.await_bgp('plain', 'multi')


TESTS = ('auto_is_single_hop_for_a_direct_peer', 'auto_is_multihop_with_ebgp_multihop',
         'auto_is_single_hop_with_ttl_security_as_bird_has_it',
         'frr_with_ttl_security_speaks_multihop_and_a_problem_says_so',
         'strict_waits_for_bfd', 'strict_does_not_mind_admin_down',
         'frr_without_update_source_replaces_its_session_and_bgp_stays', 'a_new_profile_is_polled_for_and_bgp_stays',
         'admin_down_of_the_peer_leaves_bgp_up', 'a_silent_cut_takes_bgp_down_and_it_comes_back',
         'bgp_stays_up_when_the_bundle_is_swapped', 'bgp_stays_up_when_the_bundle_is_stopped_and_started')


def main():
    if missing():
        print(f'# missing: {missing()}')
        return 77
    report = Report()
    with Lab('bfdb') as lab:
        together = Together(lab)
        for name in TESTS:
            report.run('bfd bgp: ' + name.replace('_', ' '), getattr(together, name))
        if report.failed and os.environ.get('HERALD_KEEP_LOG'):
            shutil.copy(os.path.join(together.host.directory(), 'herald.log'), os.environ['HERALD_KEEP_LOG'])
    return report.exit_code()


if __name__ == '__main__':
    sys.exit(main())
