#!/usr/bin/env python3
"""BFD of the distribution against FRR and BIRD: single hop, link-local, multihop, authentication, restarts, swaps, floods."""

import json
import os
import re
import shutil
import signal
import socket
import struct
import sys
import time

from herald import Node, inside, unpack
from lab import Lab, Report, end, wait
from peers import Bird, Frr, missing

NODE, ROUTER, BIRD, FAR = '10.96.0.1', '10.96.0.2', '10.96.0.3', '10.97.0.2'
NODE6, ROUTER6 = 'fd96::1', 'fd96::2'
NODE_LINK, ROUTER_LINK = 'fe80::96:1', 'fe80::96:2'
UDP_SINGLE_HOP = 3784
LONG = 30
FLOOD_SECONDS = 5

ROUTER_CONFIGURATION = f"""\
bfd
 peer {NODE} interface eth0
  receive-interval 100
  transmit-interval 100
 !
 peer {NODE6} local-address {ROUTER6} interface eth0
 !
 peer {NODE_LINK} local-address {ROUTER_LINK} interface eth0
 !
!
"""

FAR_CONFIGURATION = f"""\
bfd
 peer {NODE} multihop local-address {FAR}
 !
!
"""

KINDS = ('simple-password', 'keyed-md5', 'meticulous-keyed-md5', 'keyed-sha1', 'meticulous-keyed-sha1')
BIRD_KINDS = {'simple-password': 'simple', 'keyed-md5': 'keyed md5', 'meticulous-keyed-md5': 'meticulous keyed md5',
              'keyed-sha1': 'keyed sha1', 'meticulous-keyed-sha1': 'meticulous keyed sha1'}


def bird_configuration(kind=None, key='sesame'):
    authentication = f'authentication {BIRD_KINDS[kind]}; password "{key}" {{ id 7; }};' if kind else ''
    return (f'router id {BIRD};\nprotocol device {{}}\nprotocol bfd {{\n'
            f'  interface "eth0" {{ interval 100 ms; multiplier 3; idle tx interval 1 s; {authentication} }};\n'
            f'  multihop {{ interval 200 ms; multiplier 3; }};\n'
            f'  neighbor {NODE} dev "eth0";\n  neighbor {NODE} local {BIRD} multihop on;\n}}\n')


class Sessions:
    """A node with the distribution, an FRR and a BIRD on its link, and an FRR behind a hop."""

    def __init__(self, lab):
        self.lab = lab
        self.switch = lab.switch('switch')
        self.host = lab.host('node')
        router, bird, hop, far = (lab.host(name) for name in ('router', 'bird', 'hop', 'far'))
        for host, *addresses in ((self.host, NODE, NODE6), (router, ROUTER, ROUTER6), (bird, BIRD), (hop, '10.96.0.254')):
            self.switch.attach(host, 'eth0', *(a + ('/64' if ':' in a else '/24') for a in addresses))
        self.link_local(self.host, NODE_LINK)
        self.link_local(router, ROUTER_LINK)
        lab.wire(hop, 'eth1', far, 'eth0', ['10.97.0.254/24'], [FAR + '/24'])
        hop.sysctl('net.ipv4.ip_forward', 1)
        self.host.run('ip', 'route', 'add', '10.97.0.0/24', 'via', '10.96.0.254')
        far.run('ip', 'route', 'add', '10.96.0.0/24', 'via', '10.97.0.254')
        self.router = Frr(router, ROUTER_CONFIGURATION, daemons=('zebra', 'bfdd'))
        self.far = Frr(far, FAR_CONFIGURATION, daemons=('zebra', 'bfdd'))
        self.bird = Bird(bird, bird_configuration())
        self.node = Node(self.host, unpack(lab.directory))
        etc = os.path.join(self.node.base, 'etc')
        shutil.copytree(os.path.join(self.node.home, 'etc'), etc, dirs_exist_ok=True)
        self.node.start().wait_ready()

    @staticmethod
    def link_local(host, address):
        """The one link-local address: the kernel's own would change with the interface."""
        host.run('ip', '-6', 'addr', 'flush', 'dev', 'eth0', 'scope', 'link')
        host.add_address('eth0', address + '/64')

    # --- what the node is told and says ---

    def path(self, name):
        return os.path.join(self.node.base, 'etc', f'org.heraldlb.bfd.session-{name}.cfg')

    def ask_for(self, name, **settings):
        """Writes the configuration of a session, as an operator does."""
        text = ''.join(f'{key.replace("_", ".", 1) if key.startswith("_") else key} = {value}\n'
                       for key, value in settings.items())
        with open(self.path(name) + '.new', 'w', encoding='utf-8') as file:
            file.write(text)
        os.replace(file.name, self.path(name))

    def forget(self, name):
        os.unlink(self.path(name))

    def list(self):
        try:
            code, output = self.node.shell('bfd:list -o json')
        except OSError:
            code, output = 1, ''
        return json.loads(output) if code == 0 else {'sessions': [], 'discards': {}, 'problems': []}

    def session(self, peer, multihop=False):
        try:
            code, output = self.node.shell(f'bfd:session {peer} -o json')
        except OSError:
            code, output = 1, ''
        pages = json.loads(output) if code == 0 else []
        return next((page for page in pages if ('multihop' in page['session']['path']) == multihop), None)

    def state(self, peer, multihop=False):
        page = self.session(peer, multihop)
        return page['session']['state'] if page else None

    def await_state(self, peer, state, seconds=LONG, multihop=False):
        begun = time.monotonic()
        wait(lambda: self.state(peer, multihop) == state, seconds, 0.05, f'{peer} to be {state} ({self.list()})')
        return time.monotonic() - begun

    def counters(self, peer=NODE):
        return next(each for each in self.router.json('show bfd peers counters') if each.get('peer') == peer)

    def await_router(self, status, peer=NODE, seconds=LONG):
        return wait(lambda: self.router.bfd(peer).get('status') == status, seconds, 0.05,
                    f'FRR to say {status}: {self.router.bfd(peer)}')

    # --- tests ---

    def single_hop_ipv4_with_frr(self):
        self.ask_for('router', peer=ROUTER, transmitInterval=100, receiveInterval=100)
        self.await_state(ROUTER, 'Up')
        self.await_router('up')
        wait(lambda: self.session(ROUTER)['session']['detectionMicros'] == 300_000, 5, what='a detection time of 300 ms')
        page = self.session(ROUTER)
        assert page['remote']['desiredMinTxMicros'] == 100_000, page

    def single_hop_ipv6_with_frr(self):
        self.ask_for('router6', peer=ROUTER6)
        self.await_state(ROUTER6, 'Up')
        self.await_router('up', NODE6)

    def link_local_with_frr(self):
        self.ask_for('link', peer=ROUTER_LINK, interface='eth0')
        self.await_state(ROUTER_LINK, 'Up')
        self.await_router('up', NODE_LINK)

    def multihop_with_frr(self):
        self.ask_for('far', peer=FAR, local=NODE, multihop='true')
        self.await_state(FAR, 'Up', multihop=True)
        wait(lambda: self.far.bfd(NODE).get('status') == 'up', 5, what='FRR behind the hop to be up')

    def single_hop_with_bird(self):
        self.ask_for('bird', peer=BIRD, transmitInterval=100, receiveInterval=100)
        self.await_state(BIRD, 'Up')
        assert re.search(rf'{NODE}.*Up', self.bird.command('show bfd sessions')), self.bird.command('show bfd sessions')

    def multihop_with_bird_needs_its_ttl_of_64_allowed(self):
        before = self.list()['discards'].get('TTL', 0)
        self.ask_for('birdfar', peer=BIRD, local=NODE, multihop='true')
        wait(lambda: self.list()['discards'].get('TTL', 0) > before, LONG, 0.1, 'packets with TTL 64 to be refused')
        assert self.state(BIRD, True) == 'Down'
        self.ask_for('birdfar', peer=BIRD, local=NODE, multihop='true', minimumTtl=60)
        self.await_state(BIRD, 'Up', multihop=True)
        self.forget('birdfar')

    def new_timing_is_polled_for_without_a_flap(self):
        before = self.counters()
        for transmit, receive, multiplier in ((50, 200, 5), (400, 60, 3), (100, 100, 3)):
            self.ask_for('router', peer=ROUTER, transmitInterval=transmit, receiveInterval=receive,
                         detectMultiplier=multiplier)
            wait(lambda t=transmit, r=receive: self.router_knows(t, r), LONG, 0.1, f'FRR to know {transmit}/{receive}')
        after = self.counters()
        assert after['session-down'] == before['session-down'], (before, after)
        assert self.session(ROUTER)['packets']['downs'] == 0, self.session(ROUTER)

    def router_knows(self, transmit, receive):
        """A host that is late runs everything 2, 4, 8 times slower; that is told in the same way."""
        found = self.router.bfd(NODE)
        return any(found.get('remote-transmit-interval') == transmit * factor
                   and found.get('remote-receive-interval') == receive * factor for factor in (1, 2, 4, 8))

    def a_refused_timing_leaves_the_one_before(self):
        self.ask_for('router', peer=ROUTER, transmitInterval=5, receiveInterval=100)
        time.sleep(3)
        assert self.session(ROUTER)['local']['desiredMinTxMicros'] % 100_000 == 0, self.session(ROUTER)
        self.ask_for('router', peer=ROUTER, transmitInterval=100, receiveInterval=100)

    def the_peer_takes_it_down_on_purpose(self):
        self.router.vtysh('configure terminal', 'bfd', f'peer {NODE} interface eth0', 'shutdown')
        self.await_state(ROUTER, 'Down')
        page = self.session(ROUTER)
        assert page['session']['remoteState'] == 'AdminDown' and page['diagnostic'] == 3, page
        assert 'on purpose' in self.node.do(f'bfd:doctor {ROUTER}')
        self.router.vtysh('configure terminal', 'bfd', f'peer {NODE} interface eth0', 'no shutdown')
        self.await_state(ROUTER, 'Up')

    def we_take_it_down_on_purpose(self):
        self.forget('router')
        self.await_router('down')
        found = self.router.bfd(NODE)
        assert 'detection' not in found['diagnostic'], found
        self.ask_for('router', peer=ROUTER, transmitInterval=100, receiveInterval=100)
        self.await_router('up')
        return found['diagnostic']

    def the_peer_restarts(self):
        end(self.router.processes['bfdd'], signal.SIGKILL)
        self.await_state(ROUTER, 'Down')
        self.router = self.restarted()
        took = self.await_state(ROUTER, 'Up')
        self.await_state(ROUTER6, 'Up')
        return f'Up {took:.1f} s after its start'

    def restarted(self):
        end(self.router.processes['zebra'])
        return Frr(self.router.host, ROUTER_CONFIGURATION, daemons=('zebra', 'bfdd'))

    def bundle(self):
        shown = self.node.do('bundle:list -s -t 0')
        return re.search(r'^\s*(\d+)\s.*\borg\.heraldlb\.bfd\b', shown, re.M).group(1)

    def the_bundle_is_swapped(self):
        number = self.bundle()
        before = self.counters()
        diagnostics = set()
        begun = time.monotonic()
        self.node.do(f'bundle:update {number}')

        def back():
            found = self.router.bfd(NODE)
            diagnostics.add(found.get('diagnostic'))
            return found.get('status') == 'up' and self.state(ROUTER) == 'Up'

        wait(back, LONG, 0.02, 'the session to come back')
        took = time.monotonic() - begun
        assert not any('detection' in (text or '') for text in diagnostics), diagnostics
        after = self.counters()
        assert after['session-down'] - before['session-down'] <= 1, (before, after)
        for peer in (ROUTER6, ROUTER_LINK, BIRD):
            self.await_state(peer, 'Up')
        return f'back after {took:.1f} s; FRR said {sorted(filter(None, diagnostics))}'

    def a_silent_cut_is_noticed_and_healed(self):
        self.switch.cut(self.host)
        begun = time.monotonic()
        self.await_state(ROUTER, 'Down', 5)
        took = time.monotonic() - begun
        assert self.session(ROUTER)['diagnostic'] == 1
        self.switch.heal(self.host)
        self.await_state(ROUTER, 'Up')
        self.await_state(ROUTER_LINK, 'Up')
        return f'Down seen after {1000 * took:.0f} ms'

    def an_interface_vanishes_and_comes_back(self):
        self.host.run('ip', 'link', 'del', 'eth0')
        self.await_state(ROUTER_LINK, 'Down')
        found = wait(lambda: [each for each in self.list()['problems'] if 'eth0' in json.dumps(each)], 10,
                     what='a problem about the interface')
        self.switch.attach(self.host, 'eth0', NODE + '/24', NODE6 + '/64')
        self.link_local(self.host, NODE_LINK)
        self.host.run('ip', 'route', 'add', '10.97.0.0/24', 'via', '10.96.0.254')
        for peer in (ROUTER_LINK, ROUTER, ROUTER6):
            self.await_state(peer, 'Up')
        assert not self.list()['problems'], self.list()['problems']
        return found[0].get('text')

    def authentication_with_bird(self, kind):
        self.forget('bird')
        wait(lambda: self.state(BIRD) is None, 10, what='the session to be gone')
        self.configure_bird(kind)
        self.ask_for('bird', peer=BIRD, transmitInterval=100, receiveInterval=100, authentication=kind, keyId=7,
                     _key='sesame')
        self.await_state(BIRD, 'Up')
        wait(lambda: re.search(rf'{NODE}.*Up', self.bird.command('show bfd sessions')), 10, what='BIRD to be Up')
        time.sleep(1)
        assert self.state(BIRD) == 'Up'
        shown = self.node.do(f'bundle:services -p {self.bundle()}')
        assert 'keyId' in shown and 'sesame' not in shown, 'the key is shown'

    def configure_bird(self, kind=None, key='sesame'):
        path = os.path.join(self.bird.host.directory(), 'bird.conf')
        with open(path, 'w', encoding='utf-8') as file:
            file.write(bird_configuration(kind, key))
        said = self.bird.command('configure')
        assert 'Reconfigur' in said, said

    def a_wrong_key_is_refused(self):
        before = self.list()['discards'].get('AUTHENTICATION', 0)
        self.configure_bird('keyed-sha1', 'wrong')
        self.ask_for('bird', peer=BIRD, authentication='keyed-sha1', keyId=7, _key='sesame')
        wait(lambda: self.list()['discards'].get('AUTHENTICATION', 0) > before + 2, LONG, 0.1, 'packets to be refused')
        wait(lambda: self.state(BIRD) != 'Up', LONG, 0.1, 'the session to be down')
        assert 'AUTHENTICATION' in self.node.do(f'bfd:doctor {BIRD}')
        self.configure_bird()
        self.ask_for('bird', peer=BIRD, transmitInterval=100, receiveInterval=100)
        wait(lambda: self.state(BIRD) == 'Up' and self.session(BIRD)['local']['desiredMinTxMicros'] == 100_000, LONG,
             what='BIRD to be Up without authentication')

    def a_flood_takes_no_session_down(self):
        before = {peer: self.session(peer)['packets'] for peer in (ROUTER, BIRD)}
        discards = sum(self.list()['discards'].values())
        flooders = [self.bird.host.spawn('python3', os.path.abspath(__file__), 'flood', str(ttl), NODE) for ttl in (64, 255)]
        for flooder in flooders:
            flooder.wait(FLOOD_SECONDS + 10)
        time.sleep(1)
        refused = sum(self.list()['discards'].values()) - discards
        sent = sum(int(number) for number in re.findall(r'sent (\d+)', self.flood_log()))
        for peer in before:
            packets = self.session(peer)['packets']
            assert packets['downs'] == before[peer]['downs'], (peer, before[peer], packets)
        return f'{sent / FLOOD_SECONDS:.0f} packets/s sent, {refused / FLOOD_SECONDS:.0f}/s judged and refused'

    def flood_log(self):
        with open(os.path.join(self.bird.host.directory(), 'python3.log'), encoding='utf-8') as file:
            return file.read()

    def metrics_are_there(self):
        text = self.node.get('/metrics')[1]
        for wanted in (f'herald_bfd_session_up{{peer="{ROUTER}",path=""}} 1', f'metallb_bfd_session_up{{peer="{BIRD}"}} 1',
                       'herald_bfd_timer_lag_seconds_bucket{le="+Inf"}', 'herald_bfd_discards_total{reason="TTL"}'):
            assert wanted in text, f'{wanted} is not in /metrics'

    def a_stop_is_no_failure_for_the_peer(self):
        self.node.stop()
        found = self.router.bfd(NODE)
        assert found['status'] == 'down' and 'detection' not in found['diagnostic'], found
        return found['diagnostic']

    def a_port_in_use_is_a_problem_until_it_is_free(self):
        holder = inside(self.host, self.hold_port)
        self.node.start().wait_ready()
        problem = wait(lambda: [each for each in self.list()['problems'] if 'in use' in json.dumps(each)
                                and 'BFD IPV4 single' in json.dumps(each)], LONG, 0.2, 'the problem')
        assert len(problem) == 1, problem
        holder.close()
        took = self.await_state(ROUTER, 'Up', 60)
        assert not [each for each in self.list()['problems'] if 'in use' in json.dumps(each)]
        return f'Up {took:.1f} s after the port was free'

    @staticmethod
    def hold_port():
        holder = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        holder.bind(('0.0.0.0', UDP_SINGLE_HOP))
        return holder


def flood(ttl, target):
    """Sends control packets of strangers as fast as it can, a third of them broken."""
    sender = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sender.setsockopt(socket.IPPROTO_IP, socket.IP_TTL, ttl)
    sender.connect((target, UDP_SINGLE_HOP))
    good = struct.pack('!BBBBIIIII', 0x20, 0x40, 3, 24, 0x11223344, 0, 1_000_000, 1_000_000, 0)
    known = struct.pack('!BBBBIIIII', 0x20, 0xc0, 3, 24, 0x11223344, 0x55667788, 1_000_000, 1_000_000, 0)
    packets = (good, known, b'\xff' * 24)
    count, stop = 0, time.monotonic() + FLOOD_SECONDS
    while time.monotonic() < stop:
        for _ in range(100):
            for packet in packets:
                try:
                    sender.send(packet)
                    count += 1
                except OSError:
                    pass
    print(f'sent {count}', flush=True)


TESTS = ('single_hop_ipv4_with_frr', 'single_hop_ipv6_with_frr', 'link_local_with_frr', 'multihop_with_frr',
         'single_hop_with_bird', 'multihop_with_bird_needs_its_ttl_of_64_allowed',
         'new_timing_is_polled_for_without_a_flap', 'a_refused_timing_leaves_the_one_before',
         'the_peer_takes_it_down_on_purpose', 'we_take_it_down_on_purpose', 'the_peer_restarts',
         'a_silent_cut_is_noticed_and_healed', 'an_interface_vanishes_and_comes_back', 'the_bundle_is_swapped',
         'authentication', 'a_wrong_key_is_refused', 'a_flood_takes_no_session_down', 'metrics_are_there',
         'a_stop_is_no_failure_for_the_peer', 'a_port_in_use_is_a_problem_until_it_is_free')


def main():
    if sys.argv[1:2] == ['flood']:
        flood(int(sys.argv[2]), sys.argv[3])
        return 0
    if missing():
        print(f'# missing: {missing()}')
        return 77
    report = Report()
    with Lab('bfd') as lab:
        sessions = Sessions(lab)
        for name in TESTS:
            if name == 'authentication':
                for kind in KINDS:
                    report.run(f'bfd: authentication with bird, {kind}', sessions.authentication_with_bird, kind)
            else:
                report.run('bfd: ' + name.replace('_', ' '), getattr(sessions, name))
        if report.failed and os.environ.get('HERALD_KEEP_LOG'):
            shutil.copy(os.path.join(sessions.host.directory(), 'herald.log'), os.environ['HERALD_KEEP_LOG'])
    return report.exit_code()


if __name__ == '__main__':
    sys.exit(main())
