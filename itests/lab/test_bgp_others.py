#!/usr/bin/env python3
"""Herald's speaker against BIRD, GoBGP, ExaBGP and OpenBGPD, and against peers that behave badly."""

import json
import os
import sys
import time

import peers
from lab import Lab, Report, wait
from speaker import Speaker, class_path

NODE = '10.99.0.1'
NODE6 = 'fd99::1'
ROUTES = ['route 192.0.2.1/32 com=65001:100 large=65001:1:2', 'route 2001:db8::1/128']

BIRD = '''router id 10.99.0.11;
protocol device {}
protocol static s4 { ipv4; route 203.0.113.1/32 blackhole; }
protocol static s6 { ipv6; route 2001:db8:2::1/128 blackhole; }
protocol bgp b4 { local 10.99.0.11 as 65011; neighbor 10.99.0.1 as 65001; password "k"; connect delay time 1;
  connect retry time 1; error wait time 1, 2; ttl security on;
  ipv4 { import all; export where source = RTS_STATIC; }; }
protocol bgp b6 { local fd99::11 as 65011; neighbor fd99::1 as 65001; connect delay time 1; connect retry time 1;
  error wait time 1, 2;
  ipv4 { import all; export where source = RTS_STATIC; extended next hop on; };
  ipv6 { import all; export where source = RTS_STATIC; }; }
'''

GOBGP = '''[global.config]
  as = 65012
  router-id = "10.99.0.12"
[[neighbors]]
  [neighbors.config]
    neighbor-address = "10.99.0.1"
    peer-as = 65001
    auth-password = "g"
  [neighbors.timers.config]
    connect-retry = 1
  [neighbors.graceful-restart.config]
    enabled = true
    restart-time = 60
    notification-enabled = true
  [[neighbors.afi-safis]]
    [neighbors.afi-safis.config]
      afi-safi-name = "ipv4-unicast"
    [neighbors.afi-safis.mp-graceful-restart.config]
      enabled = true
  [[neighbors.afi-safis]]
    [neighbors.afi-safis.config]
      afi-safi-name = "ipv6-unicast"
'''

EXABGP = '''neighbor 10.99.0.1 { router-id 10.99.0.13; local-address 10.99.0.13; local-as 65013; peer-as 65001; hold-time 9;
  md5-password 's3cret'; capability { graceful-restart 60; route-refresh; asn4; }
  family { ipv4 unicast; ipv6 unicast; }
  static { route 203.0.113.13/32 next-hop self community [65013:1]; route 203.0.113.14/32 next-hop self attribute [0x63 0xc0 0xdead]; } }
'''

OPENBGPD = '''AS 65014
router-id 10.99.0.14
fib-update no
socket "%s"
network 203.0.113.15/32
neighbor 10.99.0.1 {
  remote-as 65001
  announce IPv4 unicast
  announce IPv6 none
}
allow from any
allow to any
'''


def bird(report, host, speaker):
    speaker.say('peer bird4 10.99.0.11 my=65001 as=65011 md5=k gtsm=1',
                'peer bird6 fd99::11 my=65001 as=65011 both', 'apply')
    daemon = peers.Bird(host, BIRD)
    wait(lambda: daemon.command('show protocols').count('Established') == 2, 30, what='BIRD')
    report.check('BIRD: MD5 and GTSM, and both families over IPv6', True)
    wait(lambda: '192.0.2.1/32' in daemon.command('show route table master4'), what='the route')
    route = daemon.command('show route all 192.0.2.1/32 protocol b4')
    report.check('BIRD: attributes', all(word in route for word in ('(65001,100)', '(65001, 1, 2)', 'origin: IGP')))
    extended = daemon.command('show route all 192.0.2.1/32 protocol b6')
    report.check('BIRD: RFC 8950', 'fd99::1' in extended)
    received(report, speaker, 'bird6', 2)


def received(report, speaker, peer, count):
    wait(lambda: f'received={count} ' in speaker.status().get(peer, ''), 10, what=f'{count} routes from {peer}')
    report.check(f'{peer}: its routes are seen', True)


def gobgp(report, host, speaker):
    path = os.path.join(host.directory(), 'gobgpd.toml')
    with open(path, 'w', encoding='utf-8') as file:
        file.write(GOBGP)
    speaker.say('peer gobgp 10.99.0.12 my=65001 as=65012 md5=g both gr', 'apply')
    host.spawn('gobgpd', '-f', path, '--api-hosts', '127.0.0.1:50051', '--pprof-disable', '--log-plain')

    def rib():
        said = host.run('gobgp', '-j', 'global', 'rib', check=False)
        return json.loads(said) if said.startswith('{') else {}
    wait(lambda: '192.0.2.1/32' in rib(), 40, what='GoBGP to learn the route')
    report.check('GoBGP: MD5, graceful restart, both families', True)
    host.run('gobgp', 'global', 'rib', 'add', '203.0.113.9/32')
    received(report, speaker, 'gobgp', 1)


def exabgp(report, host, speaker):
    path = os.path.join(host.directory(), 'exabgp.conf')
    with open(path, 'w', encoding='utf-8') as file:
        file.write(EXABGP)
    speaker.say('peer exabgp 10.99.0.13 my=65001 as=65013 md5=s3cret both', 'apply')
    host.spawn('/usr/bin/python3', '/usr/sbin/exabgp', path, env={
        'exabgp.daemon.user': 'root', 'exabgp.log.destination': 'stdout', 'exabgp.api.cli': 'false',
        'exabgp.daemon.drop': 'false'})
    wait(lambda: speaker.status().get('exabgp', '').startswith('Established'), 15, what="ExaBGP")
    report.check('ExaBGP: MD5', True)
    received(report, speaker, 'exabgp', 2)


def openbgpd(report, host, speaker):
    os.makedirs('/run/openbgpd', mode=0o755, exist_ok=True)
    path = os.path.join(host.directory(), 'bgpd.conf')
    with open(path, 'w', encoding='utf-8') as file:
        file.write(OPENBGPD % os.path.join(host.directory(), 'bgpd.sock'))
    os.chmod(path, 0o600)
    speaker.say('peer openbgpd 10.99.0.14 my=65001 as=65014', 'apply')
    host.spawn('/usr/sbin/bgpd', '-d', '-f', path)
    wait(lambda: speaker.status().get('openbgpd', '').startswith('Established'), 15, what="OpenBGPD")
    report.check('OpenBGPD: session', True)
    received(report, speaker, 'openbgpd', 1)


INTRUDER = '''
import os, random, socket, struct, sys
marker = b'\\xff' * 16
def message(kind, body=b''):
    return marker + struct.pack('>HB', 19 + len(body), kind) + body
seed, count = int(sys.argv[1]), int(sys.argv[2])
random.seed(seed)
opening = message(1, bytes([4]) + struct.pack('>HHI', 65015, 90, 15) + bytes([8, 2, 6, 65, 4]) + struct.pack('>I', 65015))
for i in range(count):
    s = socket.create_connection(('10.99.0.1', 179), timeout=5, source_address=('10.99.0.15', 0))
    try:
        good = random.random() < 0.7
        data = opening + message(4) if good else os.urandom(random.randrange(200))
        for _ in range(random.randrange(4)):
            body = bytes(random.randrange(256) for _ in range(random.randrange(60)))
            kind = random.randrange(1, 6)
            data += message(kind, body) if random.random() < 0.9 else body
        s.sendall(data)
        if random.random() < 0.5:
            s.settimeout(0.05)
            s.recv(4096)
    except OSError:
        pass
    finally:
        s.close()
print('done')
'''


def intruders(report, host, speaker):
    """Any bytes: other sessions stay, memory stays, and the next good session comes up."""
    speaker.say('peer intruder 10.99.0.15 my=65001 as=65015 passive', 'apply')
    before = {name: line for name, line in speaker.status().items() if line.startswith('Established')}
    memory = rss(speaker.process.pid)
    said = host.run('python3', '-c', INTRUDER, '7', '1500', timeout=120)
    after = {name for name, line in speaker.status().items() if line.startswith('Established')}
    report.check('noise: 1500 connections of noise answered', 'done' in said)
    report.check('noise: other sessions stay', set(before) <= after, f'{sorted(set(before) - after)}')
    flaps = [name for name in before if 'flaps=0' not in speaker.status()[name]]
    report.check('noise: and do not flap', not flaps, flaps)
    report.check('noise: memory stays bounded', rss(speaker.process.pid) - memory < 40, f'{memory} to {rss(speaker.process.pid)} MiB')


FLOOD = '''
import socket, struct
marker = b'\\xff' * 16
def message(kind, body=b''):
    return marker + struct.pack('>HB', 19 + len(body), kind) + body
s = socket.create_connection(('10.99.0.1', 179), timeout=30, source_address=('10.99.0.15', 0))
s.sendall(message(1, bytes([4]) + struct.pack('>HHI', 65015, 90, 15) + bytes([0])) + message(4))
attributes = bytes.fromhex('40010100' + '4002040201' + 'fdf7' + '4003040a63000f')
routes = 0
for block in range(400):
    data = b''
    for i in range(20):
        body = struct.pack('>HH', 0, len(attributes)) + attributes
        for j in range(100):
            body += bytes([32]) + struct.pack('>I', 0x0b000000 + routes)
            routes += 1
        data += message(2, body)
    s.sendall(data)
print('flooded', routes)
'''


def flood(report, host, speaker):
    """More routes than anybody wants: counted, not kept; the others do not notice."""
    memory = rss(speaker.process.pid)
    said = host.run('python3', '-c', FLOOD, timeout=60)
    flaps = [name for name, line in speaker.status().items() if name != 'intruder' and 'flaps=0' not in line]
    report.check('flood: 800,000 routes are read', 'flooded 800000' in said)
    report.check('flood: the other sessions do not flap', not flaps, flaps)
    grown = rss(speaker.process.pid) - memory
    report.check('flood: memory stays bounded', grown < 120, f'{grown} MiB more, 100,000 routes kept')


def strangers(report, host, speaker):
    """Connections from addresses that belong to no peer."""
    host.add_address('eth0', '10.99.0.200/24')
    begun = time.monotonic()
    host.run('python3', '-c', '''
from socket import create_connection
for i in range(3000):
    try:
        create_connection(('10.99.0.1', 179), timeout=5, source_address=('10.99.0.200', 0)).close()
    except OSError:
        pass
''', timeout=60)
    since = len(speaker.lines)
    time.sleep(1.2)
    speaker.say('status')
    line = speaker.expect('counters', since=since)
    refused = int(line.split('bgp_refused_connections_total=')[1].split(',')[0].rstrip('}'))
    report.check('3000 strangers are refused and counted', refused >= 3000, f'{refused} in {time.monotonic() - begun:.1f} s')


def rss(pid):
    with open(f'/proc/{pid}/status', encoding='ascii') as status:
        return next(int(line.split()[1]) // 1024 for line in status if line.startswith('VmRSS'))


def main():
    if peers.missing() or not class_path():
        return 77
    report = Report()
    with Lab('bgo') as lab:
        switch = lab.switch('sw')
        node = lab.host('n')
        switch.attach(node, 'eth0', NODE + '/24', NODE6 + '/64')
        hosts = {}
        for index, name in ((11, 'bird'), (12, 'gobgp'), (13, 'exabgp'), (14, 'obgpd'), (15, 'bad')):
            hosts[name] = lab.host(name)
            switch.attach(hosts[name], 'eth0', f'10.99.0.{index}/24', f'fd99::{index}/64')
        speaker = Speaker(node, 'listen=179')
        speaker.say(*ROUTES)
        for name, test in (('bird', bird), ('gobgp', gobgp), ('exabgp', exabgp), ('obgpd', openbgpd)):
            report.run(name, test, report, hosts[name], speaker)
        report.run('noise', intruders, report, hosts['bad'], speaker)
        report.run('flood', flood, report, hosts['bad'], speaker)
        report.run('strangers', strangers, report, hosts['bad'], speaker)
    return report.exit_code()


if __name__ == '__main__':
    sys.exit(main())
