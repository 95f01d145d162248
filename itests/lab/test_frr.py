#!/usr/bin/env python3
"""The FRR backend against a real FRR beside it and another one as the router: what is told, what is touched, what is repaired."""

import os
import signal
import sys
import time

import peers
from frrlab import (NODE_AS, POLICY, ROUTER, ROUTER_AS, FrrLab, advertisement, announcer, backend, configure, install, peer)
from lab import Lab, Report, has_users, wait

BFD = """\
apiVersion: metallb.io/v1beta1
kind: BFDProfile
metadata:
  name: slow
spec:
  receiveInterval: 300
  transmitInterval: 300
  detectMultiplier: 5
"""

# An operator's own part of the FRR on the node: it has to look the same in the end.
MINE = """\
ip prefix-list mine seq 5 permit 10.0.0.0/8
route-map mine permit 10
 set metric 7
exit
"""


class Backend:
    def __init__(self, lab):
        self.lab = FrrLab(lab, more=(f'neighbor 10.99.0.11 bfd',))
        self.node = self.lab.nodes[0]
        self.frr = peers.Frr(self.node.host, MINE)
        configure(self.node, 'org.heraldlb.frr', mode='attached', sockets=self.frr.directory)
        configure(self.node, 'org.heraldlb.core', **{'bgp.target': '(announcer.name=frr)'})
        self.node.write('bfd.yaml', BFD)
        self.node.write('peer.yaml', peer(bfdProfile='slow', dualStackAddressFamily=True))
        self.node.write('advertisement.yaml', advertisement(communities=['65001:7', 'large:65001:1:2', '65535:65281']))
        self.lab.serve(self.node, '203.0.113.1', '203.0.113.2', 'fd00:113::5')
        self.node.start()
        wait(lambda: os.path.exists(self.node.socket_path()), 60, 0.1, 'the door')
        install(self.node, 'herald-frr')
        self.node.wait_ready()

    def running(self):
        return self.frr.vtysh('show running-config')

    def neighbor(self):
        return self.frr.json('show bgp neighbors').get(ROUTER, {})

    def settled(self, seconds=30):
        """FRR runs what is wanted, and the session is up."""
        wait(lambda: self.neighbor().get('bgpState') == 'Established', seconds, 0.1, 'the session')
        wait(lambda: announcer(self.node, 'frr').get('ready'), seconds, 0.1, 'the announcer to be ready')

    def problems(self):
        return {problem['code'] for problem in self.node.api('status').get('problems', [])}

    def announces_both_families_with_attributes(self):
        self.lab.wait_route('203.0.113.1/32')
        path = self.lab.route('203.0.113.1/32')[0]
        assert path['community']['string'] == '65001:7 no-export', path['community']
        assert path['largeCommunity']['string'] == '65001:1:2', path
        self.lab.wait_route('fd00:113::5/128', family='ipv6')
        self.settled()
        wait(lambda: not self.problems(), 15, 0.2, f'no problem, but there are {self.node.api("status").get("problems")}')

    def the_status_is_that_of_the_native_speaker(self):
        text = wait(lambda: (lambda said: 'Established' in said and 'UP' in said and said)(self.node.do('bgp:peers')), 20,
                    0.2, 'bgp:peers to show the session and BFD')
        status = wait(lambda: (lambda one: one.get('announced') == 3 and one)(announcer(self.node, 'frr')), 20, 0.2,
                      'three announced routes')
        return f'{text.splitlines()[1].split()[:3]}, {status["announced"]} of {status["planned"]}'

    def nothing_is_accepted(self):
        """The router tells routes of both families, of which none is in FRR's table, nor in the kernel."""
        told = {'ipv4': '198.18.0.0/15', 'ipv6': '2001:db8:bad::/48'}
        for family, prefix in told.items():
            self.lab.frr.vtysh('configure terminal', f'router bgp {ROUTER_AS}', 'no bgp network import-check',
                               f'address-family {family} unicast', f'network {prefix}')
        for family, prefix in told.items():
            said = f'show bgp {family} unicast neighbors 10.99.0.11 advertised-routes'
            wait(lambda: prefix in self.lab.frr.json(said).get('advertisedRoutes', {}), 20, 0.2, f'the router to tell {prefix}')
        time.sleep(1)
        for family, prefix in told.items():
            info = self.neighbor()['addressFamilyInfo'][f'{family}Unicast']
            assert info.get('acceptedPrefixCounter', 0) == 0, info
            assert prefix not in self.frr.vtysh(f'show bgp {family} unicast'), f'{prefix} of the router was taken'
            assert not self.node.host.run('ip', '-6' if family == 'ipv6' else '-4', 'route', 'show', prefix).strip()

    def only_the_plan_is_announced(self):
        """What the operator originates, by `network` or from the kernel, also from a prefix of the pool, is not told."""
        mine = {'ipv4': ('198.51.100.0/24', '203.0.113.128/25'), 'ipv6': ('2001:db8:51::/48', 'fd00:113::80/121')}
        self.node.host.run('ip', 'route', 'add', 'blackhole', '192.0.2.128/25')
        for family, prefixes in mine.items():
            self.frr.vtysh('configure terminal', f'router bgp {NODE_AS}', f'address-family {family} unicast',
                           *(f'network {prefix}' for prefix in prefixes), 'redistribute kernel')
        for family, prefixes in mine.items():
            for prefix in prefixes:
                wait(lambda: self.frr.json(f'show bgp {family} unicast {prefix}').get('paths'), 20, 0.2, f'{prefix} in FRR')
        time.sleep(1)
        for family, prefixes in mine.items():
            for prefix in (*prefixes, *(['192.0.2.128/25'] if family == 'ipv4' else [])):
                assert not self.lab.route(prefix, family), f"the operator's {prefix} was told"
            self.frr.vtysh('configure terminal', f'router bgp {NODE_AS}', f'address-family {family} unicast',
                           *(f'no network {prefix}' for prefix in prefixes), 'no redistribute kernel')

    def services_come_and_go_without_a_word_about_neighbours(self):
        before = self.neighbor()
        self.lab.serve(self.node, '203.0.113.9')
        self.lab.wait_route('203.0.113.9/32')
        self.lab.withdraw(self.node, '203.0.113.9')
        self.lab.wait_route('203.0.113.9/32', there=False)
        after = self.neighbor()
        same = ('connectionsEstablished', 'connectionsDropped', 'portLocal')
        assert {key: before.get(key) for key in same} == {key: after.get(key) for key in same}, (before, after)
        refreshes = after['messageStats']['updatesSent'] - before['messageStats']['updatesSent']
        assert refreshes <= 4, f'{refreshes} updates for one route that came and went'
        return f'{refreshes} updates'

    def a_session_is_cleared_on_request(self):
        before = self.neighbor()
        self.node.do('bgp:clear tor --soft')
        time.sleep(0.5)
        assert self.neighbor().get('connectionsDropped') == before.get('connectionsDropped'), 'soft was not soft'
        assert 'Established' in self.node.do('bgp:peer tor')
        self.node.do('bgp:clear tor')
        wait(lambda: self.neighbor().get('connectionsDropped', 0) > before.get('connectionsDropped', 0), 20, 0.1, 'the reset')
        self.settled()

    def an_attribute_changes_without_a_reset(self):
        dropped = self.neighbor().get('connectionsDropped')
        self.node.write('advertisement.yaml', advertisement(communities=['65001:8']))
        wait(lambda: any(path.get('community', {}).get('string') == '65001:8' for path in self.lab.route('203.0.113.1/32')), 20,
             0.1, 'the other community')
        assert self.neighbor().get('connectionsDropped') == dropped

    def edits_by_hand_are_put_back(self):
        def edited():
            self.frr.vtysh('configure terminal', f'router bgp {NODE_AS}', 'address-family ipv4 unicast',
                           f'no neighbor {ROUTER} route-map herald-in in')
            wait(lambda: 'route-map herald-in in' in self.running(), 30, 0.2, 'the line to be put back')
            return 'frrEdited' in self.problems()
        # What is edited right after a change of ours is put back too, but not told from what FRR did not take at first.
        wait(edited, 30, 2, 'the problem to be reported')

    def the_operators_part_is_as_it_was(self):
        running = self.running()
        for line in MINE.splitlines():
            assert line.strip() in running, f'{line} is gone'

    def killed_and_restarted(self):
        self.gone('bgpd')
        noticed = self.appears('frrUnreachable')
        self.frr._start('bgpd', [])
        # The operator's own part is the operator's to bring back.
        self.frr.load(MINE)
        self.settled(40)
        self.lab.wait_route('203.0.113.1/32')
        self.appears('frrUnreachable', there=False)
        return f'noticed after {noticed}'

    def gone(self, daemon):
        """Ends a daemon as a crash does, with what it leaves behind taken away."""
        process = self.frr.processes[daemon]
        process.kill()
        process.wait()
        for name in (f'{daemon}.vty', f'{daemon}.pid'):
            if os.path.exists(os.path.join(self.frr.directory, name)):
                os.unlink(os.path.join(self.frr.directory, name))

    def appears(self, code, there=True):
        """How long a problem took to come, or to go."""
        begun = time.monotonic()
        wait(lambda: (code in self.problems()) == there, 30, 0.02, f'{code} to be {"there" if there else "gone"}')
        return f'{1000 * (time.monotonic() - begun):.0f} ms'

    def hung(self):
        process = self.frr.processes['bgpd']
        process.send_signal(signal.SIGSTOP)
        try:
            noticed = self.appears('frrUnreachable')
            # The rest of Herald is not held up by it.
            assert self.node.get('/healthz')[0] == 200
        finally:
            process.send_signal(signal.SIGCONT)
        self.appears('frrUnreachable', there=False)
        self.settled(60)
        self.lab.wait_route('203.0.113.1/32')
        return f'noticed after {noticed}'

    def its_socket_missing(self):
        """bgpd runs, but where nobody told us."""
        self.gone('bgpd')
        there = self.frr.directory
        self.frr.directory = os.path.join(there, 'elsewhere')
        os.makedirs(self.frr.directory, exist_ok=True)
        self.frr._open_up()
        os.chmod(self.frr.directory, 0o777)
        try:
            self.frr._start('bgpd', [])
            noticed = self.appears('frrUnreachable')
            wait(lambda: 'bgpd.vty: ' in self.node.do('herald:problems'), 20, 0.2, 'the problem to name the socket')
            self.gone('bgpd')
        finally:
            self.frr.directory = there
        self.frr._start('bgpd', [])
        self.frr.load(MINE)
        self.appears('frrUnreachable', there=False)
        self.settled(60)
        return f'noticed after {noticed}'

    def restarted_with_another_configuration(self):
        """Of another AS than the plan's: it is named and nothing of it touched; and what is in its place is used at once."""
        self.gone('bgpd')
        other = self.frr._write('other.conf', 'router bgp 65123\n bgp router-id 9.9.9.9\n neighbor 10.99.0.88 remote-as 65000\n')
        self.frr._start('bgpd', ['-f', other])
        self.frr.load(MINE)
        noticed = self.appears('frrInstance')
        router = self.running().split('router bgp', 1)[1].split('exit\n!', 1)[0]
        assert '65123' in router and '10.99.0.88' in router and 'herald' not in router, router
        self.frr.vtysh('configure terminal', 'no router bgp 65123')
        self.appears('frrInstance', there=False)
        self.settled(60)
        self.lab.wait_route('203.0.113.1/32')
        return f'noticed after {noticed}'

    def without_bfdd_for_a_while(self):
        self.gone('bfdd')
        noticed = self.appears('frrNoBfdd')
        self.frr._start('bfdd', [])
        self.appears('frrNoBfdd', there=False)
        wait(lambda: self.frr.bfd(ROUTER).get('status') == 'up', 40, 0.2, 'BFD to be up again')
        self.settled(60)
        assert 'profile herald-slow' in self.running(), 'the profile is not there'
        return f'noticed after {noticed}'

    def a_neighbour_of_the_operator_is_left_alone(self):
        self.frr.vtysh('configure terminal', f'router bgp {NODE_AS}', 'neighbor 10.99.0.77 remote-as 65000',
                       'neighbor 10.99.0.77 description mine')
        self.node.write('second.yaml', peer(address='10.99.0.77').replace('name: tor', 'name: second'))
        wait(lambda: 'frrNeighbor' in self.problems(), 20, 0.2, 'the problem')
        assert 'neighbor 10.99.0.77 description mine' in self.running()
        assert self.neighbor().get('bgpState') == 'Established'
        self.node.remove('second.yaml')

    def nothing_is_left_when_there_is_nothing_to_do(self):
        self.node.remove('peer.yaml')
        wait(lambda: 'herald-' not in self.running(), 30, 0.2, 'our part to go')
        wait(lambda: 'neighbor 10.99.0.1 ' not in self.running(), 10, 0.2, 'the neighbour to go')
        self.the_operators_part_is_as_it_was()
        assert 'neighbor 10.99.0.77 description mine' in self.running(), 'the instance went with a neighbour in it'


def main():
    if peers.missing() or not has_users():
        return 77
    report = Report()
    with Lab('frr') as lab:
        test = Backend(lab)
        for check in ('announces_both_families_with_attributes', 'the_status_is_that_of_the_native_speaker',
                      'nothing_is_accepted', 'only_the_plan_is_announced',
                      'services_come_and_go_without_a_word_about_neighbours', 'a_session_is_cleared_on_request',
                      'an_attribute_changes_without_a_reset',
                      'edits_by_hand_are_put_back', 'the_operators_part_is_as_it_was', 'killed_and_restarted', 'hung',
                      'its_socket_missing', 'restarted_with_another_configuration', 'without_bfdd_for_a_while',
                      'a_neighbour_of_the_operator_is_left_alone', 'nothing_is_left_when_there_is_nothing_to_do'):
            if not report.run('frr: ' + check.replace('_', ' '), getattr(test, check)) and '-v' in sys.argv:
                print(test.running(), test.node.do('herald:problems'), test.node.log()[-3000:])
    return report.exit_code()


if __name__ == '__main__':
    sys.exit(main())
