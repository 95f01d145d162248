#!/usr/bin/env python3
"""BFD's Echo function with FRR both ways, unaffiliated echo with a host that only forwards, and a session bound to a device."""

import json
import os
import shutil
import sys

from herald import Node, unpack
from lab import Lab, Report, wait
from peers import Frr, missing

NODE, ROUTER, FORWARDER, NEIGHBOUR = '10.94.0.1', '10.94.0.2', '10.94.0.3', '10.94.1.2'
LONG = 30

PEER = f'peer {NODE} local-address {ROUTER} interface eth0'
ROUTER_CONFIGURATION = f"""\
bfd
 {PEER}
  receive-interval 300
  transmit-interval 300
  echo receive-interval 50
  echo transmit-interval 50
 !
!
"""


class Echoes:
    """A node, an FRR and a host without BFD on one link; a second FRR on a device of its own."""

    def __init__(self, lab):
        self.lab = lab
        self.switch = lab.switch('switch')
        self.host, self.router_host, self.forwarder, other = (
            lab.host(name) for name in ('node', 'router', 'forwarder', 'other'))
        for host, address in ((self.host, NODE), (self.router_host, ROUTER), (self.forwarder, FORWARDER)):
            self.switch.attach(host, 'eth0', address + '/24')
            host.sysctl('net.ipv4.ip_forward', 1)
        lab.wire(self.host, 'eth1', other, 'eth0', ['10.94.1.1/24'], [NEIGHBOUR + '/24'])
        self.router = Frr(self.router_host, ROUTER_CONFIGURATION, daemons=('zebra', 'bfdd'))
        # FRR answers this one with a warning about IPv6, which a configuration that is loaded must not have.
        self.router.vtysh('configure terminal', 'bfd', PEER, 'echo-mode')
        self.other = Frr(other, 'bfd\n peer 10.94.1.1 interface eth0\n !\n!\n', daemons=('zebra', 'bfdd'))
        self.node = Node(self.host, unpack(lab.directory))
        shutil.copytree(os.path.join(self.node.home, 'etc'), os.path.join(self.node.base, 'etc'), dirs_exist_ok=True)
        self.node.start().wait_ready()

    def ask_for(self, name, **settings):
        path = os.path.join(self.node.base, 'etc', f'org.heraldlb.bfd.session-{name}.cfg')
        with open(path + '.new', 'w', encoding='utf-8') as file:
            file.write(''.join(f'{key} = {value}\n' for key, value in settings.items()))
        os.replace(file.name, path)

    def tell(self, command):
        """What a command says as JSON, None when it has nothing to say."""
        code, output = self.node.shell(command + ' -o json')
        return json.loads(output) if code == 0 else None

    def page(self, peer):
        return next(iter(self.tell(f'bfd:session {peer}') or []), {})

    def state(self, peer):
        return self.page(peer).get('session', {}).get('state')

    def echo(self, peer=ROUTER):
        return self.page(peer).get('echo') or {}

    def counters(self):
        return next((each for each in self.router.json('show bfd peers counters') if each.get('peer') == NODE), {})

    def problems(self):
        return str((self.tell('bfd:list') or {}).get('problems'))

    # --- tests ---

    def both_send_echoes_and_control_packets_slow_down(self):
        self.ask_for('router', peer=ROUTER, transmitInterval=300, receiveInterval=300, echoMode='true', echoInterval=50)
        wait(lambda: self.echo().get('active'), LONG, 0.1, f'echoes of ours to come back: {self.page(ROUTER)}')
        wait(lambda: self.page(ROUTER)['local']['requiredMinRxMicros'] >= 1_000_000, LONG, 0.1, 'control packets to slow down')
        wait(lambda: self.counters().get('echo-packet-input', 0) > 20, LONG, 0.1, f'echoes of FRR to come back: {self.counters()}')
        assert self.page(ROUTER)['packets']['downs'] == 0, self.page(ROUTER)
        trips = self.echo()['roundTrips']
        return (f'{self.echo()["returned"]} of {self.echo()["sent"]} of ours back, round trip p50 <= '
                f'{trips["p50Micros"]} us; FRR {self.counters()["echo-packet-input"]} of {self.counters()["echo-packet-output"]}')

    def a_peer_that_ceases_to_forward_is_down_with_diagnostic_2(self):
        # FRR would notice by its own echoes; they are switched off, so that ours are what is tried.
        self.router.vtysh('configure terminal', 'bfd', PEER, 'no echo-mode')
        wait(lambda: self.echo().get('active') and self.state(ROUTER) == 'Up', LONG, 0.1, 'echoes of ours')
        before = self.page(ROUTER)['packets']['downs']
        self.router_host.sysctl('net.ipv4.ip_forward', 0)
        wait(lambda: self.page(ROUTER)['packets']['downs'] > before, LONG, 0.05, 'the session to go down')
        assert any('echo function failed' in line for line in self.page(ROUTER)['transitions']), self.page(ROUTER)

    def then_control_packets_detect_and_a_problem_names_it(self):
        wait(lambda: self.state(ROUTER) == 'Up', LONG, 0.1, 'the session to come back')
        wait(lambda: 'echoes do not come back' in self.problems(), LONG, 0.2, 'the problem')
        before = self.page(ROUTER)['packets']['downs']
        sent = self.echo()['sent']
        wait(lambda: self.echo()['sent'] > sent + 2, LONG, 0.2, 'more echoes to be lost')
        assert self.page(ROUTER)['packets']['downs'] == before
        self.router_host.sysctl('net.ipv4.ip_forward', 1)
        wait(lambda: self.echo().get('active'), LONG, 0.1, 'echoes to take over again')

    def a_host_that_does_not_forward_says_so(self):
        self.host.sysctl('net.ipv4.ip_forward', 0)
        wait(lambda: self.router.bfd(NODE).get('remote-echo-receive-interval') in (0, None), LONG, 0.2,
             f'FRR to hear that no echoes are wanted: {self.router.bfd(NODE)}')
        assert self.state(ROUTER) == 'Up'
        self.host.sysctl('net.ipv4.ip_forward', 1)
        wait(lambda: self.router.bfd(NODE).get('remote-echo-receive-interval') == 50, LONG, 0.2, 'FRR to hear 50 ms')

    def a_silent_cut_is_found_by_echoes(self):
        wait(lambda: self.echo().get('active'), LONG, 0.1, 'echoes')
        before = self.page(ROUTER)['packets']['downs']
        self.switch.cut(self.host)
        wait(lambda: self.page(ROUTER)['packets']['downs'] > before, LONG, 0.05, 'the session to go down')
        self.switch.heal(self.host)
        wait(lambda: self.state(ROUTER) == 'Up', LONG, 0.1, 'the session to come back')
        assert any('echo function failed' in line for line in self.page(ROUTER)['transitions'][-3:]), self.page(ROUTER)

    def an_unaffiliated_session_with_a_host_that_only_forwards(self):
        self.ask_for('plain', peer=FORWARDER, local=NODE, interface='eth0', unaffiliated='true', transmitInterval=100,
                     receiveInterval=100)
        wait(lambda: self.state(FORWARDER) == 'Up', LONG, 0.1, f'the session to come up: {self.page(FORWARDER)}')
        self.forwarder.sysctl('net.ipv4.ip_forward', 0)
        wait(lambda: self.state(FORWARDER) == 'Down', LONG, 0.05, 'the session to go down')
        assert self.page(FORWARDER)['diagnostic'] == 2, self.page(FORWARDER)
        self.forwarder.sysctl('net.ipv4.ip_forward', 1)
        wait(lambda: self.state(FORWARDER) == 'Up', LONG, 0.1, 'the session to come back')

    def a_session_bound_to_a_device_has_a_listener_of_its_own(self):
        self.ask_for('vrf', peer=NEIGHBOUR, vrf='eth1')
        wait(lambda: self.state(NEIGHBOUR) == 'Up', LONG, 0.1, f'the session to come up: {self.problems()}')
        shown = self.host.run('ss', '-Hnul', 'sport = :3784')
        assert '%eth1:3784' in shown and self.state(ROUTER) == 'Up', shown


TESTS = ('both_send_echoes_and_control_packets_slow_down', 'a_peer_that_ceases_to_forward_is_down_with_diagnostic_2',
         'then_control_packets_detect_and_a_problem_names_it', 'a_host_that_does_not_forward_says_so',
         'a_silent_cut_is_found_by_echoes', 'an_unaffiliated_session_with_a_host_that_only_forwards',
         'a_session_bound_to_a_device_has_a_listener_of_its_own')


def main():
    if missing():
        print(f'# missing: {missing()}')
        return 77
    report = Report()
    with Lab('bfde') as lab:
        echoes = Echoes(lab)
        for name in TESTS:
            report.run('bfd echo: ' + name.replace('_', ' '), getattr(echoes, name))
        if report.failed and os.environ.get('HERALD_KEEP_LOG'):
            shutil.copy(os.path.join(echoes.host.directory(), 'herald.log'), os.environ['HERALD_KEEP_LOG'])
    return report.exit_code()


if __name__ == '__main__':
    sys.exit(main())
