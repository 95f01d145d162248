#!/usr/bin/env python3
"""Layer 2 against true links: who is answered with what, and what happens when links change. No container."""

import os
import re
import shutil
import sys
import time

from l2node import L2Node, Wire, arp, available, ip_bytes, mac_bytes, solicitation
from lab import Lab, Report, percentile, wait

ARP, IPV6 = 0x0806, 0x86dd
VIP, VIP6, OTHER = '10.96.0.100', 'fd96::100', '10.96.0.101'
PROMPT_MS = 100


def arp_about(address):
    return lambda frame: frame[12:14] == b'\x08\x06' and frame[28:32] == ip_bytes(address)


def advertisement_about(address):
    return lambda frame: frame[12:14] == b'\x86\xdd' and frame[54] == 136 and frame[62:78] == ip_bytes(address)


class Link:
    def __init__(self, lab, io):
        self.switch = lab.switch('sw')
        self.client = lab.host('client')
        self.host = lab.host('node')
        self.switch.attach(self.client, 'eth0', '10.96.0.50/24', 'fd96::50/64')
        self.switch.attach(self.host, 'eth0', '10.96.0.11/24', 'fd96::11/64')
        self.mac = self.client.mac('eth0')
        self.node_mac = self.host.mac('eth0')
        self.arp = Wire(self.client, 'eth0', ARP)
        self.ndp = Wire(self.client, 'eth0', IPV6)
        wait(lambda: 'tentative' not in self.host.run('ip', '-6', 'addr') and 'fe80' in self.host.run('ip', '-6', 'addr'),
             10, what='a link-local address')
        self.node = L2Node(self.host, io)

    def asks(self, **changes):
        return arp(**{'source': self.mac, 'target': VIP, 'sender': '10.96.0.50', **changes})

    def answers(self, seconds=0.3, **changes):
        return self.arp.ask(self.asks(**changes), self.answer_about(changes.get('target', VIP)), seconds)

    def answer_about(self, address):
        """Not what is told to everybody unasked."""
        about = arp_about(address)
        return lambda frame: about(frame) and frame[:6] == mac_bytes(self.mac)

    def quiet(self):
        """After the burst of what was gained before."""
        time.sleep(5)
        self.arp.drain()
        self.ndp.drain()

    # Who is answered with what.

    def answers_a_broadcast(self):
        frame = wait(lambda: self.answers(), 2, what='an answer')
        assert frame and frame[:6] == mac_bytes(self.mac), 'not answered to the asker'
        assert frame[6:12] == frame[22:28] == mac_bytes(self.node_mac) and frame[20:22] == b'\0\2', frame.hex()
        assert frame[32:42] == mac_bytes(self.mac) + ip_bytes('10.96.0.50'), frame.hex()

    def answers_a_unicast_and_a_probe(self):
        assert self.answers(destination=self.node_mac), 'unicast'
        assert self.answers(sender='0.0.0.0'), 'probe'

    def does_not_answer_what_is_not_asked_of_it(self):
        assert not self.answers(operation=2, target=VIP, sender='10.96.0.50'), 'a reply'
        assert not self.answers(target='10.96.0.99'), 'another address'
        assert not self.answers(destination='02:00:00:00:00:99'), 'another MAC'
        assert not self.answers(sender_mac='ff:ff:ff:ff:ff:ff'), 'a broadcast sender'
        frame = self.asks()
        assert not self.arp.ask(frame[:12] + b'\x81\0\0\x64' + frame[12:], self.answer_about(VIP)), 'another VLAN'
        assert not self.arp.ask(frame[:30], self.answer_about(VIP)), 'a truncated frame'
        assert self.answers(), 'and after all that it still answers'

    def counts_what_it_drops(self):
        time.sleep(5.5)
        for verdict in ('vlan_tagged', 'bad_sender', 'not_announced'):
            count = self.node.counter(f'layer2_frames{{protocol="arp",verdict="{verdict}"}}')
            assert count > 0, verdict

    def answers_arping(self):
        out = self.client.run('arping', '-c', '2', '-i', 'eth0', VIP, check=False)
        assert self.node_mac in out, out

    def answers_ndisc6(self):
        out = self.client.run('ndisc6', '-1', VIP6, 'eth0', check=False)
        assert self.node_mac in out.lower(), out

    def answers_a_solicitation(self):
        frame = self.ndp.ask(solicitation(self.mac, VIP6, 'fd96::50'), advertisement_about(VIP6))
        assert frame, 'no advertisement'
        assert frame[:6] == mac_bytes(self.mac) and frame[38:54] == ip_bytes('fd96::50'), 'not to the asker'
        assert frame[58] == 0x40 and frame[21] == 255, f'flags {frame[58]:#x}, hop limit {frame[21]}'
        assert frame[78:86] == b'\2\1' + mac_bytes(self.node_mac), 'target link-layer address'

    def answers_a_unicast_solicitation_without_option(self):
        frame = self.ndp.ask(solicitation(self.mac, VIP6, 'fd96::50', link_layer=False, to=VIP6,
                                          destination=self.node_mac), advertisement_about(VIP6))
        assert frame and frame[58] == 0x40 and frame[:6] == mac_bytes(self.mac), frame

    def is_seen_by_duplicate_address_detection(self):
        frame = self.ndp.ask(solicitation(self.mac, VIP6), advertisement_about(VIP6))
        assert frame and frame[:6] == mac_bytes('33:33:00:00:00:01') and frame[58] == 0x20, frame
        self.client.sysctl('net.ipv6.conf.eth0.accept_dad', 1)
        self.client.sysctl('net.ipv6.conf.eth0.dad_transmits', 1)
        self.client.run('ip', 'addr', 'add', f'{VIP6}/64', 'dev', 'eth0')
        try:
            wait(lambda: 'dadfailed' in self.client.run('ip', '-6', 'addr', 'show', 'dev', 'eth0'), 5, what='DAD to fail')
        finally:
            self.client.run('ip', 'addr', 'del', f'{VIP6}/64', 'dev', 'eth0')

    def ignores_bad_solicitations(self):
        good = solicitation(self.mac, VIP6, 'fd96::50')
        for name, frame in (('hop limit', solicitation(self.mac, VIP6, 'fd96::50', hop_limit=64)),
                            ('checksum', good[:56] + bytes([good[56] ^ 1]) + good[57:]),
                            ('other target', solicitation(self.mac, 'fd96::99', 'fd96::50', to='ff02::1')),
                            ('truncated', good[:70])):
            assert not self.ndp.ask(frame, lambda answer: answer[12:14] == b'\x86\xdd' and answer[54] == 136
                                    and answer[6:12] == mac_bytes(self.node_mac)), name

    # What is said unasked.

    def tells_the_link_at_once_and_by_the_schedule(self):
        self.node.plan()
        self.quiet()
        begun = time.monotonic()
        self.node.plan(VIP, VIP6)
        times = []
        while (frame := self.arp.next(2.2, arp_about(VIP))) is not None:
            times.append(time.monotonic() - begun)
            assert frame[:6] == b'\xff' * 6 and frame[22:28] == mac_bytes(self.node_mac), frame.hex()
        assert len(times) == 10, f'{len(times)} frames'
        assert times[0] < 0.5 and 4.2 < times[-1] < 5, times
        advertisements = self.ndp.all(0.1, advertisement_about(VIP6))
        assert len(advertisements) == 5 and all(frame[58] == 0x20 for frame in advertisements), len(advertisements)
        return f'first after {1000 * times[0]:.0f} ms'

    def says_nothing_on_an_equal_plan(self):
        self.quiet()
        self.node.plan(VIP, VIP6)
        assert self.arp.next(1.5, arp_about(VIP)) is None

    def stops_answering_what_it_lost(self):
        self.node.plan(VIP6)
        assert not self.answers()
        self.node.plan(VIP, VIP6)
        assert self.answers()

    # Groups.

    def groups(self):
        return re.findall(r'ff02::1:ff\S+', self.host.run('ip', '-6', 'maddr', 'show', 'dev', 'eth0'))

    def joins_groups_exactly_as_long_as_needed(self):
        self.node.plan('fd96::7:100', 'fd97::7:100')
        assert 'ff02::1:ff07:100' in self.groups(), self.groups()
        self.node.plan('fd97::7:100')
        assert 'ff02::1:ff07:100' in self.groups(), 'left too early'
        self.node.plan(VIP, VIP6)
        assert 'ff02::1:ff07:100' not in self.groups(), 'not left'

    def takes_a_thousand_groups(self):
        self.node.plan('fd96::9:1+1000')
        assert 'no problems' in self.node.tell('problems').replace('[]', 'no problems'), self.node.tell('problems')
        assert len(self.groups()) >= 1000, len(self.groups())
        assert self.ndp.ask(solicitation(self.mac, 'fd96::9:3e8', 'fd96::50'), advertisement_about('fd96::9:3e8'))
        self.node.plan(VIP, VIP6)

    # Links that change.

    def prompt(self, change, condition, what):
        begun = time.monotonic()
        change()
        wait(condition, 5, 0.001, what)
        return 1000 * (time.monotonic() - begun)

    def hears_of_links_promptly(self):
        took = []
        for _ in range(5):
            took.append(self.prompt(lambda: self.host.run('ip', 'addr', 'add', '10.5.5.5/32', 'dev', 'eth0'),
                                    lambda: '10.5.5.5' in self.node.tell('links'), 'the address'))
            took.append(self.prompt(lambda: self.host.run('ip', 'addr', 'del', '10.5.5.5/32', 'dev', 'eth0'),
                                    lambda: '10.5.5.5' not in self.node.tell('links'), 'its end'))
        assert percentile(took, 50) < PROMPT_MS, took
        return f'{percentile(took, 50):.0f} ms with the command itself'

    def tells_the_link_when_the_carrier_is_back(self):
        self.quiet()
        self.switch.unplug(self.host)
        wait(lambda: 'no carrier' in self.node.tell('status'), 2, what='no carrier')
        self.arp.drain()
        self.switch.plug(self.host)
        frame = self.arp.next(3, arp_about(VIP))
        assert frame and frame[:6] == b'\xff' * 6, 'no gratuitous ARP'
        assert self.answers(), 'no answer'

    def follows_a_new_mac(self):
        self.quiet()
        begun = time.monotonic()
        self.host.run('ip', 'link', 'set', 'eth0', 'address', '02:00:00:00:00:77')
        frame = self.arp.next(3, arp_about(VIP))
        took = 1000 * (time.monotonic() - begun)
        assert frame and frame[22:28] == mac_bytes('02:00:00:00:00:77'), 'no gratuitous ARP from the new MAC'
        self.node_mac = '02:00:00:00:00:77'
        self.answers_a_broadcast()
        return f'{took:.0f} ms with the command itself'

    def survives_down_and_up(self):
        self.host.run('ip', 'link', 'set', 'eth0', 'down')
        wait(lambda: 'PENDING' in self.node.tell('status'), 2, what='pending')
        self.host.run('ip', 'link', 'set', 'eth0', 'up')
        wait(lambda: self.answers(0.1), 3, what='an answer')
        wait(lambda: self.ndp.ask(solicitation(self.mac, VIP6, 'fd96::50'), advertisement_about(VIP6), 0.1), 5,
             what='an advertisement after the link-local address is back')

    def follows_an_interface_that_appears_and_vanishes(self):
        self.node.plan(f'{VIP}@eth0', f'{OTHER}@eth7')
        assert 'no such interface' in self.node.tell('status')
        self.host.run('ip', 'link', 'add', 'eth7', 'type', 'veth', 'peer', 'name', 'eth8')
        self.host.run('ip', 'link', 'set', 'eth8', 'up')
        self.host.run('ip', 'link', 'set', 'eth7', 'up')
        wait(lambda: 'places=[eth7]' in self.node.tell('status'), 3, what='the address on eth7')
        assert not self.answers(target=OTHER), 'answered on the wrong interface'
        self.host.run('ip', 'link', 'del', 'eth7')
        wait(lambda: 'no such interface' in self.node.tell('status'), 3, what='the interface to be gone')
        self.node.plan(VIP, VIP6)

    def uses_the_bridge_and_not_its_ports(self):
        for words in (('add', 'br7', 'type', 'bridge'), ('add', 'eth7', 'type', 'veth', 'peer', 'name', 'eth8'),
                      ('set', 'eth7', 'master', 'br7'), ('set', 'br7', 'up'), ('set', 'eth7', 'up'), ('set', 'eth8', 'up')):
            self.host.run('ip', 'link', *words)
        self.node.plan(f'{VIP}@eth0', f'{OTHER}@eth7,br7')
        wait(lambda: 'places=[br7]' in self.node.tell('status'), 3, what='the address on br7')
        assert 'part of br7' in self.node.tell('status')
        self.host.run('ip', 'link', 'del', 'br7')
        self.host.run('ip', 'link', 'del', 'eth8')
        self.node.plan(VIP, VIP6)

    def uses_the_bond_and_not_its_slaves(self):
        try:
            self.host.run('ip', 'link', 'add', 'bond7', 'type', 'bond', 'mode', 'active-backup')
        except Exception as failure:
            return f'skipped, this kernel has no bonds: {str(failure).splitlines()[-1]}'
        for words in (('add', 'eth7', 'type', 'veth', 'peer', 'name', 'eth8'), ('set', 'eth7', 'master', 'bond7'),
                      ('set', 'bond7', 'up'), ('set', 'eth8', 'up')):
            self.host.run('ip', 'link', *words)
        self.node.plan(f'{VIP}@eth0', f'{OTHER}@eth7,bond7')
        wait(lambda: 'places=[bond7]' in self.node.tell('status'), 30, what='the address on bond7')
        assert 'part of bond7' in self.node.tell('status')
        self.host.run('ip', 'link', 'del', 'bond7')
        self.host.run('ip', 'link', 'del', 'eth8')
        self.node.plan(VIP, VIP6)
        return None

    def waits_for_a_late_link_local_address(self):
        self.host.run('ip', 'link', 'add', 'eth7', 'type', 'veth', 'peer', 'name', 'eth8')
        self.host.sysctl('net.ipv6.conf.eth7.addr_gen_mode', 1)
        self.host.run('ip', 'link', 'set', 'eth8', 'up')
        self.host.run('ip', 'link', 'set', 'eth7', 'up')
        self.node.plan('fd96::7:7@eth7')
        wait(lambda: 'no IPv6 link-local address' in self.node.tell('status'), 30, what='a word about the missing address')
        self.host.add_address('eth7', 'fe80::7/64')
        wait(lambda: 'state=ANNOUNCED' in self.node.tell('status'), 30, what='the announcement')
        assert 'ff02::1:ff07:7' in self.host.run('ip', '-6', 'maddr', 'show', 'dev', 'eth7'), 'the group was not joined'
        self.host.run('ip', 'link', 'del', 'eth7')
        self.node.plan(VIP, VIP6)

    def answers_on_a_vlan_of_its_own(self):
        for host, address in ((self.host, None), (self.client, '10.97.0.50/24')):
            try:
                host.run('ip', 'link', 'add', 'link', 'eth0', 'name', 'eth0.100', 'type', 'vlan', 'id', '100')
            except Exception as failure:
                return f'skipped, this kernel has no VLANs: {str(failure).splitlines()[-1]}'
            host.run('ip', 'link', 'set', 'eth0.100', 'up')
            if address:
                host.add_address('eth0.100', address)
        self.node.plan(f'{VIP}@eth0.100')
        wire = Wire(self.client, 'eth0.100', ARP)
        assert wait(lambda: wire.ask(self.asks(), arp_about(VIP), 0.1), 3, what='an answer in the VLAN')
        assert not self.answers(), 'answered outside the VLAN'
        self.host.run('ip', 'link', 'del', 'eth0.100')
        self.node.plan(VIP, VIP6)

    # Addresses on interfaces.

    def puts_addresses_with_a_lifetime_and_removes_them(self):
        self.host.run('ip', 'addr', 'add', '10.96.0.200/32', 'dev', 'lo')
        self.node.tell('assign', f'{VIP}@lo', f'{VIP6}@lo', '10.96.0.200@lo')
        wait(lambda: VIP6 in self.host.run('ip', 'addr', 'show', 'dev', 'lo'), 2, what='the addresses')
        shown = self.host.run('ip', 'addr', 'show', 'dev', 'lo')
        lifetime = re.search(rf'{VIP}/32.*\n\s*valid_lft (\S+)', shown).group(1)
        assert lifetime.endswith('sec') and VIP6 in shown, shown
        self.node.tell('assign')
        wait(lambda: VIP not in self.host.run('ip', 'addr', 'show', 'dev', 'lo'), 2, what='its removal')
        assert '10.96.0.200' in self.host.run('ip', 'addr', 'show', 'dev', 'lo'), 'removed the address of somebody else'

    def needs_no_more_than_net_raw(self):
        if not shutil.which('setpriv'):
            return 'skipped, no setpriv'
        self.node.stop()
        keep = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', '--inh-caps=+net_raw',
                '--ambient-caps=+net_raw', '--bounding-set=-all,+net_raw']
        self.node = L2Node(self.host, wrapper=keep, flags=[f'-Djna.tmpdir={self.scratch()}'])
        self.node.plan(VIP, VIP6)
        self.answers_a_broadcast()
        self.answers_a_solicitation()
        self.node.tell('assign', f'{VIP}@lo')
        wait(lambda: 'CAP_NET_ADMIN' in self.node.tell('assigned'), 3, what='a word about CAP_NET_ADMIN')
        self.node.stop()

    def scratch(self):
        path = os.path.join(self.host.directory(), 'scratch')
        os.makedirs(path, exist_ok=True)
        os.chmod(path, 0o777)
        for parent in (self.host.directory(), os.path.dirname(self.host.directory())):
            os.chmod(parent, 0o755)
        return path

    def says_what_to_do_without_net_raw(self):
        if not shutil.which('setpriv'):
            return 'skipped, no setpriv'
        self.node = L2Node(self.host, wrapper=['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups',
                                               '--bounding-set=-all'], flags=[f'-Djna.tmpdir={self.scratch()}'])
        self.node.plan(VIP)
        problems = self.node.tell('problems')
        assert 'CAP_NET_RAW' in problems and problems.count('Problem[') == 1, problems
        self.node.stop()


CHECKS = ('answers_a_broadcast', 'answers_a_unicast_and_a_probe', 'does_not_answer_what_is_not_asked_of_it', 'counts_what_it_drops',
          'answers_arping', 'answers_ndisc6', 'answers_a_solicitation', 'answers_a_unicast_solicitation_without_option',
          'is_seen_by_duplicate_address_detection', 'ignores_bad_solicitations', 'tells_the_link_at_once_and_by_the_schedule',
          'says_nothing_on_an_equal_plan', 'stops_answering_what_it_lost', 'joins_groups_exactly_as_long_as_needed',
          'takes_a_thousand_groups', 'hears_of_links_promptly', 'tells_the_link_when_the_carrier_is_back',
          'follows_a_new_mac', 'survives_down_and_up', 'follows_an_interface_that_appears_and_vanishes',
          'uses_the_bridge_and_not_its_ports', 'uses_the_bond_and_not_its_slaves',
          'waits_for_a_late_link_local_address', 'answers_on_a_vlan_of_its_own',
          'puts_addresses_with_a_lifetime_and_removes_them', 'needs_no_more_than_net_raw',
          'says_what_to_do_without_net_raw')
OVER_PCAP = ('answers_a_broadcast', 'does_not_answer_what_is_not_asked_of_it', 'answers_a_solicitation',
             'is_seen_by_duplicate_address_detection', 'tells_the_link_at_once_and_by_the_schedule', 'survives_down_and_up')


def main():
    if not available():
        print('# not built: mvn -q -pl bench -am package -DskipTests')
        return 77
    report = Report()
    for io, checks in (('socket', CHECKS), ('pcap', OVER_PCAP)):
        with Lab('l2' + io[0]) as lab:
            link = Link(lab, io)
            link.node.plan(VIP, VIP6)
            for check in checks:
                report.run(f'{io}: {check.replace("_", " ")}', getattr(link, check))
    return report.exit_code()


if __name__ == '__main__':
    sys.exit(main())
