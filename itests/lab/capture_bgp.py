#!/usr/bin/env python3
"""Records what routers and Herald say to each other, for the tests of the codec: capture_bgp.py DIRECTORY.

FRR and the routers of test_bgp_others.py get a session with Herald's speaker, and both tell routes. Both directions of the TCP
connections are taken from the link and cut into BGP messages. `NAME.hex` has one message a line, `<` from the router, `>` from
Herald. Not a test: run it when a router's new version is worth a look, and commit what changed.
"""

import os
import sys

import peers
import test_bgp_others as others
from lab import Lab, Report
from speaker import Speaker

FRR = '''router bgp 65010
 bgp router-id 10.99.0.10
 no bgp ebgp-requires-policy
 no bgp network import-check
 bgp long-lived-graceful-restart stale-time 600
 neighbor 10.99.0.1 remote-as 65001
 neighbor 10.99.0.1 timers connect 1
 neighbor 10.99.0.1 local-role customer
 address-family ipv4 unicast
  network 203.0.113.1/32
  network 198.51.100.0/25
  neighbor 10.99.0.1 route-map out out
 exit-address-family
 address-family ipv6 unicast
  network 2001:db8:2::1/128
  neighbor 10.99.0.1 activate
 exit-address-family
route-map out permit 10
 set community 65010:1 no-export
 set large-community 65010:1:2
 set metric 7
'''

RECORDER = r'''
import socket, struct, sys
link = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3))
link.bind(('eth0', 0))
while True:
    frame = link.recv(65536)
    kind = struct.unpack('>H', frame[12:14])[0]
    if kind == 0x0800 and frame[23] == 6:
        start, end = 14 + (frame[14] & 15) * 4, 14 + struct.unpack('>H', frame[16:18])[0]
        ends = socket.inet_ntop(2, frame[26:30]), socket.inet_ntop(2, frame[30:34])
    elif kind == 0x86dd and frame[20] == 6:
        start, end = 54, 54 + struct.unpack('>H', frame[18:20])[0]
        ends = socket.inet_ntop(10, frame[22:38]), socket.inet_ntop(10, frame[38:54])
    else:
        continue
    source, target, number = struct.unpack('>HHI', frame[start:start + 8])
    payload = frame[start + (frame[start + 12] >> 4) * 4:end]
    if payload and 179 in (source, target):
        print(ends[0], source, ends[1], target, number, payload.hex(), flush=True)
'''

NAMES = {'10.99.0.10': 'frr', '10.99.0.11': 'bird', 'fd99::11': 'bird-ipv6', '10.99.0.12': 'gobgp', '10.99.0.13': 'exabgp',
         '10.99.0.14': 'openbgpd'}
HERE = ('10.99.0.1', 'fd99::1')


def streams(path):
    """Bytes of each direction of each connection, by (remote, ports, direction), in the order of their first byte."""
    segments = {}
    with open(path, encoding='ascii') as lines:
        for line in lines:
            source, sport, target, tport, number, payload = line.split()
            away, sign = (target, '>') if source in HERE else (source, '<')
            key = (away, *sorted((sport, tport)), sign)
            segments.setdefault(key, {}).setdefault(int(number), bytes.fromhex(payload))
    found = {}
    for key, parts in segments.items():
        data, expected = b'', min(parts)
        for number in sorted(parts):
            if number == expected:
                data += parts[number]
                expected += len(parts[number])
        found[key] = data
    return found


def messages(data):
    while len(data) >= 19 and data[:16] == b'\xff' * 16:
        length = int.from_bytes(data[16:18], 'big')
        yield data[:length]
        data = data[length:]


def write(directory, path):
    """Of each router the connection on which most was said."""
    best = {}
    said = streams(path)
    for (away, *ports, _) in said:
        both = [(sign, message) for sign in '<>' for message in messages(said.get((away, *ports, sign), b''))]
        if away in NAMES and len(both) > len(best.get(NAMES[away], [])):
            best[NAMES[away]] = both
    for name, lines in best.items():
        seen = []
        for sign, message in lines:
            line = f'{sign} {message.hex()}'
            if line not in seen:
                seen.append(line)
        with open(os.path.join(directory, name + '.hex'), 'w', encoding='ascii') as out:
            out.write('\n'.join(seen) + '\n')
        print(name, len(seen), 'messages')


def frr(report, host, speaker):
    speaker.say('peer frr 10.99.0.10 my=65001 as=65010 both gr role=PROVIDER', 'apply')
    peers.Frr(host, FRR, daemons=('zebra', 'bgpd'))
    others.received(report, speaker, 'frr', 3)


def main():
    report = Report()
    with Lab('cap') as lab:
        switch = lab.switch('sw')
        node = lab.host('n')
        switch.attach(node, 'eth0', others.NODE + '/24', others.NODE6 + '/64')
        hosts = {}
        for index, name in ((10, 'frr'), (11, 'bird'), (12, 'gobgp'), (13, 'exabgp'), (14, 'obgpd')):
            hosts[name] = lab.host(name)
            switch.attach(hosts[name], 'eth0', f'10.99.0.{index}/24', f'fd99::{index}/64')
        node.spawn('python3', '-c', RECORDER, log='wire')
        speaker = Speaker(node, 'listen=179', 'llgr=600')
        speaker.say(*others.ROUTES, 'route 192.0.2.2/32 med=5 prepend=1 bw=1000000')
        for name, test in (('frr', frr), ('bird', others.bird), ('gobgp', others.gobgp), ('exabgp', others.exabgp),
                           ('obgpd', others.openbgpd)):
            report.run(name, test, report, hosts[name], speaker)
        for name in ('frr', 'bird4', 'bird6', 'gobgp', 'exabgp', 'openbgpd'):
            speaker.say(f'clear {name} soft')
        speaker.say('noroute 192.0.2.2/32', 'apply')
        speaker.say('disable frr captured')
        speaker.quit()
        write(sys.argv[1], os.path.join(node.directory(), 'wire'))
    return report.exit_code()


if __name__ == '__main__':
    sys.exit(main())
