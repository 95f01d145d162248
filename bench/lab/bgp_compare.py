#!/usr/bin/env python3
"""Herald beside FRR (as it comes, and with coalesce-time 1), BIRD and GoBGP as senders, in one run, with one receiver:
bgp_compare.py [ROUTES,... [SESSIONS,... [REPETITIONS [SENDER,...]]]].

One line of medians for each: `connect` is from the first dial to the last session up, `routes` from there to the last route at
the last session, `all` the sum: what a router waits that restarts. `withdraw` is from the command to the last withdrawal.
Herald is measured with a JVM just started (cold) and in the same one again (warm).
"""

import json
import os
import statistics
import sys

import bgp_fanout
from bgp_fanout import Sink, address, apply
from lab import Lab, run, wait
from peers import Bird, Frr
from speaker import Speaker


def prefixes(count):
    for i in range(count):
        value = 0x0a800000 + i
        yield f'{value >> 24}.{value >> 16 & 255}.{value >> 8 & 255}.{value & 255}/32'


class Herald:
    """The speaker as a program; `warm` lets one whole round pass first."""

    def __init__(self, host, routes, sessions, warm=None):
        flags = os.environ.get('HERALD_JAVA', '-Xmx160m -XX:+UseSerialGC -Xshare:auto').split()
        self.speaker = Speaker(host, 'listen=179', 'id=10.100.0.1', flags=flags)
        self.speaker.say(*[f'peer p{i:04} {address(i)} my=65001 as=65000 passive' for i in range(sessions)])
        apply(self.speaker, f'table {routes} 4')
        if warm:
            for _ in range(2):
                sink = warm()
                sink.moment('ALLRECV')
                apply(self.speaker, 'table 0 4')
                sink.moment('ALLWD')
                apply(self.speaker, f'table {routes} 4')
                sink.stop()
                wait(lambda: all(line.startswith('Active') for line in self.speaker.status().values()))

    def withdraw(self):
        return apply(self.speaker, 'table 0 4')


class FrrSender:
    """bgpd with routes of the kernel."""

    def __init__(self, host, routes, sessions, tuning=''):
        batch = os.path.join(host.directory(), 'routes')
        with open(batch, 'w', encoding='ascii') as file:
            file.writelines(f'route add blackhole {prefix}\n' for prefix in prefixes(routes))
        host.run('ip', '-batch', batch, timeout=120)
        neighbours = ''.join(f' neighbor {address(i)} peer-group P\n' for i in range(sessions))
        self.frr = Frr(host, f'''router bgp 65001
 bgp router-id 10.100.0.1
 no bgp ebgp-requires-policy
 no bgp network import-check
 {tuning}
 neighbor P peer-group
 neighbor P remote-as 65000
 neighbor P passive
 neighbor P advertisement-interval 0
{neighbours} address-family ipv4 unicast
  redistribute kernel
''', daemons=('zebra', 'bgpd'), extra={'zebra': ['-s', '90000000']})
        wait(lambda: self.frr.json('show bgp ipv4 unicast statistics')['ipv4Unicast'][0]['totalPrefixes'] >= routes, 120, 0.3,
             'FRR to load')

    def withdraw(self):
        begun = bgp_fanout.time.time()
        self.frr.vtysh('conf t', 'router bgp 65001', 'address-family ipv4 unicast', 'no redistribute kernel')
        return begun


class BirdSender:
    """BIRD with static routes; it is asked for its status all the time, as it sleeps up to 3 s otherwise."""

    def __init__(self, host, routes, sessions):
        neighbours = ''.join(f'protocol bgp p{i} from T {{ neighbor {address(i)} as 65000; }}\n' for i in range(sessions))
        statics = ''.join(f'route {prefix} blackhole;\n' for prefix in prefixes(routes))
        self.bird = Bird(host, f'''router id 10.100.0.1;
protocol device {{}}
template bgp T {{ local 10.100.0.1 as 65001; passive on;
  ipv4 {{ import none; export where source = RTS_STATIC; next hop self; }}; }}
{neighbours}protocol static st {{ ipv4; {statics} }}
''')
        wait(lambda: f'{routes} of {routes} routes' in self.bird.command('show route count'), 60, 0.1, 'BIRD to load')

    def poke(self):
        self.bird.command('show status')

    def withdraw(self):
        begun = bgp_fanout.time.time()
        self.bird.command('disable st')
        return begun


class GobgpSender:
    """GoBGP; routes are added one by one, so that more than 10,000 take too long to load."""

    def __init__(self, host, routes, sessions):
        path = os.path.join(host.directory(), 'gobgpd.json')
        neighbours = [{'config': {'neighbor-address': address(i), 'peer-as': 65000},
                       'transport': {'config': {'passive-mode': True}}} for i in range(sessions)]
        with open(path, 'w', encoding='utf-8') as file:
            json.dump({'global': {'config': {'as': 65001, 'router-id': '10.100.0.1'}}, 'neighbors': neighbours}, file)
        host.spawn('gobgpd', '-f', path, '-t', 'json', '--api-hosts', '127.0.0.1:50051', '--pprof-disable')
        wait(lambda: 'Router-ID' in host.run('gobgp', 'global', check=False), 20, 0.1, 'GoBGP')
        script = ''.join(f'gobgp global rib add {prefix} origin igp\n' for prefix in prefixes(routes))
        host.run('sh', '-c', script, timeout=600)
        self.host = host

    def withdraw(self):
        begun = bgp_fanout.time.time()
        self.host.run('gobgp', 'global', 'rib', 'del', 'all')
        return begun


SENDERS = {
    'herald-cold': lambda host, routes, sessions, sink: Herald(host, routes, sessions),
    'herald-warm': Herald,
    'frr': lambda host, routes, sessions, sink: FrrSender(host, routes, sessions),
    'frr-tuned': lambda host, routes, sessions, sink: FrrSender(host, routes, sessions, 'coalesce-time 1'),
    'bird': lambda host, routes, sessions, sink: BirdSender(host, routes, sessions),
    'gobgp': lambda host, routes, sessions, sink: GobgpSender(host, routes, sessions),
}


def one(binary, kind, routes, sessions):
    with Lab('bgc') as lab:
        sender, receivers = lab.host('s'), lab.host('r')
        lab.wire(sender, 'eth0', receivers, 'eth0', ['10.100.0.1/16'], [])
        batch = ''.join(f'addr add {address(i)}/16 dev eth0\n' for i in range(sessions))
        bgp_fanout.subprocess.run(receivers.command('ip', '-batch', '-'), input=batch, text=True, check=True)

        def sink():
            return Sink(receivers, binary, sessions, routes, '4')
        daemon = SENDERS[kind](sender, routes, sessions, sink)
        bgp_fanout.time.sleep(1.5)
        receiver = sink()
        poke = getattr(daemon, 'poke', lambda: None)
        wait(lambda: (receiver.lines('ALLRECV'), poke())[0], 120, 0.01, 'all routes')
        start, up, done = [receiver.moment(word) for word in ('START', 'ALLUP', 'ALLRECV')]
        figures = {'connect': (up - start) * 1000, 'routes': (done - up) * 1000, 'all': (done - start) * 1000,
                   'updates': int(receiver.lines('ALLRECV')[0][2])}
        begun = daemon.withdraw()
        figures['withdraw'] = (receiver.moment('ALLWD', 120) - begun) * 1000
        receiver.stop()
        return figures


def main():
    words = sys.argv[1:] + ['', '', '', ''][len(sys.argv) - 1:]
    repetitions = int(words[2] or 5)
    binary = os.path.join('/tmp', f'bgp_sink.{os.getpid()}')
    run(['cc', '-O2', '-o', binary, os.path.join(bgp_fanout.HERE, 'bgp_sink.c')])
    try:
        for routes in (words[0] or '10000,100000').split(','):
            for sessions in (words[1] or '1,10,50').split(','):
                for kind in (words[3] or 'herald-cold,herald-warm,frr,frr-tuned,bird').split(','):
                    runs = [one(binary, kind, int(routes), int(sessions)) for _ in range(repetitions)]
                    medians = {key: statistics.median(figures[key] for figures in runs) for key in runs[0]}
                    print(f'{kind:12} routes={routes} sessions={sessions} runs={repetitions} '
                          + ' '.join(f'{key}={value:.4g}' for key, value in medians.items()), flush=True)
    finally:
        os.unlink(binary)


if __name__ == '__main__':
    main()
