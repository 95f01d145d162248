#!/usr/bin/env python3
"""Others who have an address of ours, nobody who has it, permission to answer, pings, captures, and floods. No container."""

import contextlib
import os
import random
import re
import shutil
import subprocess
import sys
import time

from l2node import L2Node, Wire, advertisement, arp, available, ip_bytes, mac_bytes, solicitation
from lab import Lab, Report, wait

ARP, IPV6 = 0x0806, 0x86dd
VIP, VIP6, OTHER = '10.97.0.100', 'fd97::100', '10.97.0.101'
LONG = 40
CONFLICTS = 'layer2_frames{protocol="arp",verdict="conflict"}'


def gratuitous(frame):
    return frame[12:14] == b'\x08\x06' and frame[28:32] == frame[38:42] == ip_bytes(VIP)


def probe(frame):
    return frame[12:14] == b'\x08\x06' and frame[28:32] == bytes(4) and frame[38:42] == ip_bytes(VIP)


class Conflict:
    """Two nodes, a client, and a host that takes addresses which are not its own."""

    def __init__(self, lab):
        self.switch = lab.switch('sw')
        self.hosts = {}
        for number, name in enumerate(('client', 'a', 'b', 'thief')):
            host = self.hosts[name] = lab.host(name)
            self.switch.attach(host, 'eth0', f'10.97.0.{number + 1}/24', f'fd97::{number + 1}/64')
        self.client, self.thief = self.hosts['client'], self.hosts['thief']
        self.macs = {name: host.mac('eth0') for name, host in self.hosts.items()}
        for name in ('a', 'b'):
            host = self.hosts[name]
            wait(lambda host=host: 'fe80' in host.run('ip', '-6', 'addr'), LONG, what='a link-local address')
        self.arp, self.ndp = Wire(self.client, 'eth0', ARP), Wire(self.client, 'eth0', IPV6)
        self.theft = Wire(self.thief, 'eth0', ARP)
        self.a, self.b = L2Node(self.hosts['a'], pings=50), L2Node(self.hosts['b'])
        for node in (self.a, self.b):
            node.tell('members', self.macs['a'], self.macs['b'])

    def who(self, address=VIP, seconds=0.3):
        """Everybody who answers."""
        self.arp.drain()
        self.arp.send(arp(self.macs['client'], address, '10.97.0.1'))
        frames = self.arp.all(seconds, lambda frame: frame[28:32] == ip_bytes(address) and frame[20:22] == b'\0\2'
                              and frame[:6] == mac_bytes(self.macs['client']))
        return sorted(name for name, mac in self.macs.items() if any(frame[22:28] == mac_bytes(mac) for frame in frames))

    @contextlib.contextmanager
    def stolen(self, address):
        """While the thief has the address."""
        prefix = f'{address}/{128 if ":" in address else 32}'
        self.thief.add_address('eth0', prefix)
        try:
            yield
        finally:
            self.thief.run('ip', 'addr', 'del', prefix, 'dev', 'eth0')

    def has(self, node, *words):
        problems = node.tell('problems')
        return problems if all(word in problems for word in words) else None

    def quiet(self, node):
        return wait(lambda: node.tell('problems') == '[]', 100, what='no problems')

    # Conflicts.

    def refuse_probes_and_then_claims(self):
        self.arp.drain()
        self.a.plan('refuse', VIP)
        first = self.arp.next(LONG, lambda frame: gratuitous(frame) or probe(frame))
        assert first and probe(first), 'claimed without a probe'
        assert self.who() == [], 'answered before the probes were over'
        assert wait(lambda: self.who() == ['a'], LONG, what='an answer after the probes')

    def refuse_leaves_it_to_whoever_has_it(self):
        self.a.plan()
        with self.stolen(OTHER):
            self.a.plan('refuse', OTHER)
            problem = wait(lambda: self.has(self.a, 'l2Conflict', self.macs['thief'], 'eth0'), LONG, what='the conflict')
            assert self.who(OTHER) == ['thief'], self.who(OTHER)
            assert 'FAILED' in self.a.tell('status'), self.a.tell('status')
        wait(lambda: self.who(OTHER) == ['a'], LONG, what='the address when it is free')
        self.quiet(self.a)
        return re.search(r'text=([^\]]*?), place', problem).group(1)

    def warn_tells_who_and_defends(self):
        self.a.plan('warn', VIP)
        wait(lambda: self.who() == ['a'], LONG, what='an answer')
        with self.stolen(VIP):
            self.theft.send(arp(self.macs['thief'], VIP, VIP))
            wait(lambda: self.has(self.a, 'l2Conflict', self.macs['thief']), LONG, what='the conflict')
            assert 'ANNOUNCED' in self.a.tell('status') and 'CONFLICT' in self.a.tell('checks')
            begun = time.monotonic()
            before = self.a.counter('layer2_defences_sent')
            assert before >= 1, 'not defended'
            seen = self.a.counter(CONFLICTS)
            for _ in range(100):
                self.theft.send(arp(self.macs['thief'], VIP, VIP))
            wait(lambda: self.a.counter(CONFLICTS) >= seen + 100, LONG, what='the counter')
            defences = self.a.counter('layer2_defences_sent') - before
            assert defences <= 1 + (time.monotonic() - begun) // 10, f'{defences} defences'

    def ipv6_conflicts_are_found_too(self):
        self.a.plan()
        with self.stolen(VIP6):
            self.a.plan('refuse', VIP6)
            wait(lambda: self.has(self.a, 'l2Conflict', self.macs['thief']), LONG, what='the conflict')
        wait(lambda: 'ANNOUNCED' in self.a.tell('status'), LONG, what='the address when it is free')
        self.quiet(self.a)
        Wire(self.thief, 'eth0', IPV6).send(advertisement(self.macs['thief'], VIP6))
        wait(lambda: self.macs['thief'] in self.a.tell('checks'), LONG, what='the sighting')
        self.a.plan()

    def a_move_is_no_conflict(self):
        self.a.plan('warn', VIP)
        wait(lambda: self.who() == ['a'], LONG, what='an answer')
        for new, old, name in ((self.b, self.a, 'b'), (self.a, self.b, 'a')):
            new.plan('warn', VIP)
            time.sleep(1)
            old.plan()
            assert self.who() == [name], self.who()
        assert self.a.tell('problems') == self.b.tell('problems') == '[]'
        assert 'l2Conflict' not in self.a.tell('problems')

    # The watchdog.

    def the_watchdog_sees_who_answers(self):
        self.a.plan('off', VIP, VIP6)
        self.b.plan(f'watch:a={self.macs["a"]}', VIP, VIP6)
        wait(lambda: self.b.tell('checks').count('EXPECTED') == 2, LONG, what='two good answers')
        assert self.b.tell('problems') == '[]'
        with self.stolen(VIP):
            wait(lambda: self.has(self.b, 'l2OtherAnswers', self.macs['thief'], 'a ('), LONG, what='the other answer')
        self.quiet(self.b)
        self.switch.cut(self.hosts['a'])
        wait(lambda: self.has(self.b, 'l2Silent', VIP6) and self.has(self.b, 'l2Silent', VIP), LONG, what='the silence')
        self.switch.heal(self.hosts['a'])
        self.quiet(self.b)
        self.b.plan()

    # Permission.

    def without_permission_it_is_silent(self):
        self.a.plan()
        for mode, reason in (('quorum', 'no_majority'), ('available', 'stale')):
            self.a.tell('lease', mode, 'off')
            self.arp.drain()
            self.a.plan('off', mode, VIP)
            assert self.who() == [], 'answered without permission'
            assert self.arp.next(1.3, gratuitous) is None, 'announced without permission'
            wait(lambda: self.a.counter(f'layer2_frames{{protocol="arp",verdict="{reason}"}}') > 0, LONG,
                 what=f'the counter {reason}')
            self.a.tell('lease', mode, 'on')
            assert self.arp.next(LONG, gratuitous), 'the link was not told afterwards'
            assert self.who() == ['a'], self.who()
            self.a.plan()

    # What operators look at.

    def pings_are_answered(self):
        self.a.plan('off', VIP, VIP6)
        for address in (VIP, VIP6):
            out = self.client.run('ping', '-c', '3', '-i', '0.2', '-W', '5', address, check=False)
            assert ' 0% packet loss' in out, out
        self.b.plan('off', OTHER)
        out = self.client.run('ping', '-c', '1', '-W', '1', OTHER, check=False)
        assert '100% packet loss' in out, 'answered without being asked to'
        self.b.plan()

    def it_knows_who_asked(self):
        self.who()
        seen = self.a.tell('neighbors')
        assert self.macs['client'] in seen and '10.97.0.1' in seen and VIP in seen, seen

    def wireshark_reads_the_capture(self):
        path = os.path.join(self.hosts['a'].directory(), 'l2.pcapng')
        self.arp.ask(arp(self.macs['client'], '10.97.0.77', '10.97.0.1'))
        self.a.tell('capture', path)
        if not shutil.which('tshark'):
            return 'skipped, no tshark'
        out = subprocess.run(['tshark', '-r', path, '-T', 'fields', '-e', 'frame.interface_name', '-e', '_ws.col.Info', '-e',
                              'frame.comment', '-e', 'frame.packet_flags_direction'], text=True, capture_output=True, timeout=60)
        assert out.returncode == 0, out.stderr
        lines = out.stdout.splitlines()
        for words in (('eth0', f'Who has {VIP}', 'herald decided: answered'), ('eth0', f'{VIP} is at', 'herald sent: reply'),
                      ('Who has 10.97.0.77', 'herald decided: not_announced'), ('herald sent: announcement',),
                      ('Echo (ping) request', 'herald decided: answered')):
            assert any(all(word in line for word in words) for line in lines), f'{words} not in\n' + '\n'.join(lines[-20:])
        return f'{len(lines)} frames'

    # Floods.

    def floods_are_bounded(self):
        """Random bytes, forged claims of our address and of anybody's: it counts them and goes on answering."""
        self.a.plan('warn', VIP, VIP6)
        wait(lambda: self.who() == ['a'], LONG, what='an answer')
        seed = random.Random(1)
        forged = arp(self.macs['thief'], VIP, VIP)
        neighbors = Wire(self.thief, 'eth0', IPV6)
        good = solicitation(self.macs['thief'], VIP6, 'fd97::4')
        for _ in range(3):
            for _ in range(700):
                mac = seed.randbytes(5)
                self.theft.send(forged[:6] + b'\x02' + mac + forged[12:22] + b'\x02' + mac + forged[28:])
                self.theft.send(forged[:14] + seed.randbytes(seed.randrange(0, 1400)))
                at = seed.randrange(14, len(good))
                neighbors.send(good[:at] + seed.randbytes(1) + good[at + 1:])
            # A socket of its own: the other one holds the flood.
            wire = Wire(self.client, 'eth0', ARP)
            mine = lambda frame: frame[:6] == mac_bytes(self.macs['client']) and frame[28:32] == ip_bytes(VIP)
            question = arp(self.macs['client'], VIP, '10.97.0.1')
            assert wait(lambda: wire.ask(question, mine), LONG, what='an answer after the flood'), 'no answer'
            wire.close()
        wait(lambda: self.a.counter(CONFLICTS) > 200, LONG, what='the counters')
        assert self.a.counter('layer2_frames{protocol="ndp",verdict="bad_checksum"}') > 0
        assert self.a.tell('problems').count('Problem[') <= 1, self.a.tell('problems')
        log = os.path.join(self.hosts['a'].directory(), 'l2node.log')
        assert os.path.getsize(log) < 20_000, f'{os.path.getsize(log)} bytes of log'


CHECKS = ('refuse_probes_and_then_claims', 'refuse_leaves_it_to_whoever_has_it', 'warn_tells_who_and_defends',
          'ipv6_conflicts_are_found_too', 'a_move_is_no_conflict', 'the_watchdog_sees_who_answers',
          'without_permission_it_is_silent', 'pings_are_answered', 'it_knows_who_asked', 'wireshark_reads_the_capture',
          'floods_are_bounded')


def main():
    if not available():
        print('# not built: mvn -q -pl bench -am package -DskipTests')
        return 77
    report = Report()
    with Lab('l2c') as lab:
        conflict = Conflict(lab)
        for check in sys.argv[1:] or CHECKS:
            report.run(check.replace('_', ' '), getattr(conflict, check))
    return report.exit_code()


if __name__ == '__main__':
    sys.exit(main())
