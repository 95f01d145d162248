#!/usr/bin/env python3
"""Every kind of session with BIRD, GoBGP, ExaBGP and OpenBGPD, and with FRR what test_bgp_frr.py leaves out (a listen range). All
sessions of a daemon stand side by side, each from an address of its own; what they bring is read at the daemon."""

import json
import os
import sys

import peers
from lab import Lab, Report, wait
from speaker import Speaker, class_path

AS = 65010
ROUTES = ['route 192.0.2.1/32 com=65001:100,65535:65281 large=65001:1:2 med=7 lp=200 bw=125000', 'route 2001:db8::1/128']
# Name: (our address, our words). The daemons' side is below, by name; `wrong` has to stay down.
SESSIONS = {
    'ebgp': ('10.97.0.21', f'my=65001 as={AS}'),
    'dynamic': ('10.97.0.22', 'my=65001 as=external'),
    'ibgp': ('10.97.0.23', f'my={AS} as=internal'),
    'as4': ('10.97.0.24', f'my=4200000001 as={AS}'),
    'both': ('10.97.0.25', f'my=65001 as={AS} both gr'),
    'md5': ('10.97.0.26', f'my=65001 as={AS} md5=right'),
    'wrong': ('10.97.0.27', f'my=65001 as={AS} md5=wrong'),
    'gtsm': ('10.97.0.28', f'my=65001 as={AS} gtsm=1'),
    'multihop': ('10.97.0.29', f'my=65001 as={AS} multihop'),
    'range': ('10.97.0.130', f'my=65001 as={AS}'),
    'v6': ('fd97::21', f'my=65001 as={AS}'),
    'v6md5': ('fd97::22', f'my=65001 as={AS} md5=right'),
    'v6gtsm': ('fd97::23', f'my=65001 as={AS} gtsm=1'),
    'v6both': ('fd97::24', f'my=65001 as={AS} both'),
}
RANGE = '10.97.0.128/28'


def remote_as(name):
    return {'ibgp': AS, 'as4': 4200000001}.get(name, 65001)


def is_v6(name):
    return ':' in SESSIONS[name][0]


def families(name):
    return '46' if 'both' in name else '6' if is_v6(name) else '4'


def key(name):
    return 'right' if name in ('md5', 'wrong', 'v6md5') else None


class Daemon:
    """A router with the address 10.97.0.N and fd97::N, and what Herald says to it."""

    without = ()

    def __init__(self, host, number):
        self.host = host
        self.address = {'4': f'10.97.0.{number}', '6': f'fd97::{number}'}

    def words(self):
        for name in self.sessions():
            own, words = SESSIONS[name]
            yield f'peer {self.peer(name)} {self.address["6" if is_v6(name) else "4"]} source={own} {words}'

    def sessions(self):
        return [name for name in SESSIONS if name not in self.without]

    def peer(self, name):
        return f'{type(self).__name__.lower()}-{name}'

    def write(self, name, text):
        path = os.path.join(self.host.directory(), name)
        with open(path, 'w', encoding='utf-8') as file:
            file.write(text)
        os.chmod(path, 0o600)
        return path


class Bird(Daemon):
    def start(self):
        lines = [f'router id {self.address["4"]};', 'protocol device {}']
        for name in self.sessions():
            own = SESSIONS[name][0]
            neighbor = f'range {RANGE}' if name == 'range' else own
            local = self.address['6' if is_v6(name) else '4']
            options = {'gtsm': 'ttl security on;', 'v6gtsm': 'ttl security on;', 'multihop': 'multihop 3;',
                       'range': 'dynamic name "dyn";'}.get(name, '')
            options += f' password "{key(name)}";' if key(name) else ''
            options += ' direct;' if name == 'ibgp' else ''
            channels = ' '.join(f'ipv{family} {{ import all; export none;'
                                f'{" extended next hop on;" if name == "v6both" and family == "4" else ""} }};'
                                for family in families(name))
            lines.append(f'protocol bgp s_{name} {{ local {local} as {AS}; neighbor {neighbor} as {remote_as(name)}; {options} '
                         f'connect delay time 1; connect retry time 1; error wait time 1, 2; {channels} }}')
        self.daemon = peers.Bird(self.host, '\n'.join(lines) + '\n')

    def checks(self):
        text = wait(lambda: (said := self.daemon.command('show route all 192.0.2.1/32 protocol s_ebgp')) and 'BGP' in said and said,
                    20, 0.2, 'the route')
        for word in ('(65001,100)', '(65535,65281)', '(65001, 1, 2)', 'origin: IGP', 'med: 7', 'as_path: 65001'):
            yield f'attribute {word}', word in text, text
        text = self.daemon.command('show route all 192.0.2.1/32 protocol s_ibgp')
        yield 'iBGP: LOCAL_PREF', 'local_pref: 200' in text, text
        text = self.daemon.command('show route all 192.0.2.1/32 protocol s_as4')
        yield 'four-octet AS', 'as_path: 4200000001' in text, text
        text = self.daemon.command('show route all 192.0.2.1/32 protocol s_v6both')
        yield 'RFC 8950', 'fd97::24' in text, text
        text = self.daemon.command('show route all 2001:db8::1/128')
        yield 'IPv6 route', text.count('BGP') >= 5, text


class Gobgp(Daemon):
    # GoBGP takes no IPv4 routes over an IPv6 next hop without a configuration of its own.
    def start(self):
        lines = ['[global.config]', f'  as = {AS}', f'  router-id = "{self.address["4"]}"']
        for name in self.sessions():
            if name == 'range':
                continue
            lines += ['[[neighbors]]', *self._neighbor(name)]
        lines += ['[[peer-groups]]', '  [peer-groups.config]', '    peer-group-name = "range"', '    peer-as = 65001',
                  '  [[peer-groups.afi-safis]]', '    [peer-groups.afi-safis.config]', '      afi-safi-name = "ipv4-unicast"',
                  '[[dynamic-neighbors]]', '  [dynamic-neighbors.config]', f'    prefix = "{RANGE}"', '    peer-group = "range"']
        path = self.write('gobgpd.toml', '\n'.join(lines) + '\n')
        self.host.spawn('gobgpd', '-f', path, '--api-hosts', '127.0.0.1:50051', '--pprof-disable', '--log-plain', log='gobgpd.log')

    @staticmethod
    def _neighbor(name):
        lines = ['  [neighbors.config]', f'    neighbor-address = "{SESSIONS[name][0]}"', f'    peer-as = {remote_as(name)}']
        if key(name):
            lines.append(f'    auth-password = "{key(name)}"')
        lines += ['  [neighbors.timers.config]', '    connect-retry = 1']
        if 'gtsm' in name:
            lines += ['  [neighbors.ttl-security.config]', '    enabled = true', '    ttl-min = 255']
        if name == 'multihop':
            lines += ['  [neighbors.ebgp-multihop.config]', '    enabled = true', '    multihop-ttl = 3']
        for family in families(name):
            lines += ['  [[neighbors.afi-safis]]', '    [neighbors.afi-safis.config]',
                      f'      afi-safi-name = "ipv{family}-unicast"']
        return lines

    def _paths(self, prefix, family):
        said = self.host.run('gobgp', '-j', 'global', 'rib', prefix, '-a', f'ipv{family}', check=False)
        found = json.loads(said) if said[:1] in ('{', '[') else {}
        return next(iter(found.values()), []) if isinstance(found, dict) else found

    def checks(self):
        found = wait(lambda: len(self._paths('192.0.2.1/32', 4)) >= 6 and self._paths('192.0.2.1/32', 4), 30, 0.3, 'the paths')
        text = json.dumps(found)
        # 65001:100 is 4259905636, NO_EXPORT 4294967041.
        for word in ('4259905636', '4294967041', '"LocalData1": 1', '"LocalData2": 2', '4200000001'):
            yield f'attribute {word}', word in text or word.replace(': ', ':') in text, text[:1500]
        yield 'IPv6 route', len(self._paths('2001:db8::1/128', 6)) >= 4, text[:300]


class Openbgpd(Daemon):
    # It has no dynamic capability for an IPv4 route over an IPv6 session.
    without = ('v6both',)

    def start(self):
        os.makedirs('/run/openbgpd', mode=0o755, exist_ok=True)
        self.socket = os.path.join(self.host.directory(), 'bgpd.sock')
        lines = [f'AS {AS}', f'router-id {self.address["4"]}', 'fib-update no', f'socket "{self.socket}"']
        for name in self.sessions():
            own = SESSIONS[name][0]
            lines += [f'neighbor {RANGE if name == "range" else own} {{', f'  remote-as {remote_as(name)}',
                      f'  announce IPv4 {"unicast" if "4" in families(name) else "none"}',
                      f'  announce IPv6 {"unicast" if "6" in families(name) else "none"}']
            lines += ['  ttl-security yes'] if 'gtsm' in name else []
            lines += ['  multihop 3'] if name == 'multihop' else []
            lines += [f'  tcp md5sig password {key(name)}'] if key(name) else []
            lines.append('}')
        path = self.write('bgpd.conf', '\n'.join([*lines, 'allow from any', 'allow to any']) + '\n')
        self.host.spawn('/usr/sbin/bgpd', '-d', '-f', path, log='bgpd.log')

    def _shown(self, *words):
        return self.host.run('bgpctl', '-s', self.socket, 'show', 'rib', *words, check=False)

    def checks(self):
        text = wait(lambda: 'Communities' in (said := self._shown('detail', '192.0.2.1/32')) and said, 20, 0.3, 'the route')
        for word in ('65001:100', 'NO_EXPORT', '65001:1:2', '4200000001', 'localpref 200', 'metric 7', 'Origin IGP'):
            yield f'attribute {word}', word in text, text[:1500]
        yield 'IPv6 route', '2001:db8::1/128' in self._shown('inet6'), self._shown('inet6')


class Exabgp(Daemon):
    # It dials and does not listen; each of its neighbours is one that we take.
    without = ('range', 'wrong', 'v6gtsm', 'gtsm', 'multihop')

    def start(self):
        blocks = []
        for name in self.sessions():
            own = SESSIONS[name][0]
            kinds = ' '.join(f'ipv{family} unicast;' for family in families(name))
            md5 = f"md5-password '{key(name)}';" if key(name) else ''
            blocks.append(f'neighbor {own} {{ router-id {self.address["4"]}; local-address {self._local(name)}; local-as {AS}; '
                          f'peer-as {remote_as(name)}; hold-time 9; {md5} capability {{ asn4; graceful-restart 60; }} '
                          f'family {{ {kinds} }} }}')
        path = self.write('exabgp.conf', '\n'.join(blocks) + '\n')
        self.host.spawn('/usr/bin/python3', '/usr/sbin/exabgp', path, log='exabgp.log', env={
            'exabgp.daemon.user': 'root', 'exabgp.log.destination': 'stdout', 'exabgp.api.cli': 'false',
            'exabgp.daemon.drop': 'false'})

    def _local(self, name):
        """One address for each: the kernel holds calls from an address to one key."""
        place = 60 + self.sessions().index(name)
        return f'fd97::{place}' if is_v6(name) else f'10.97.0.{place}'

    def words(self):
        for name in self.sessions():
            self.host.add_address('eth0', self._local(name) + ('/64' if is_v6(name) else '/24'))
            own, words = SESSIONS[name]
            yield f'peer {self.peer(name)} {self._local(name)} source={own} passive {words}'

    def checks(self):
        return []


class Frr(Daemon):
    def sessions(self):
        return ['range']

    def start(self):
        self.daemon = peers.Frr(self.host, f'router bgp {AS}\n bgp router-id {self.address["4"]}\n no bgp ebgp-requires-policy\n'
                                ' neighbor fabric peer-group\n neighbor fabric remote-as external\n'
                                f' bgp listen range {RANGE} peer-group fabric\n', daemons=('zebra', 'bgpd'))

    def checks(self):
        found = wait(lambda: self.daemon.json('show bgp ipv4 unicast 192.0.2.1/32').get('paths'), 20, 0.2, 'the route')
        yield 'route', found[0]['community']['string'] == '65001:100 no-export', found


def examine(report, daemon, speaker):
    speaker.say(*daemon.words(), 'apply')
    daemon.start()
    wanted = {daemon.peer(name) for name in daemon.sessions() if name != 'wrong'}

    def up():
        return {peer for peer, line in speaker.status().items() if line.startswith('Established')}
    try:
        wait(lambda: wanted <= up(), 45, 0.3, 'all sessions')
    except Exception:  # noqa: B902 the checks below name those that are missing
        pass
    found = up()
    status = speaker.status()
    for name in daemon.sessions():
        peer = daemon.peer(name)
        report.check(f'{peer} {"stays down" if name == "wrong" else "is up"}', (peer in found) == (name != 'wrong'),
                     '' if (peer in found) == (name != 'wrong') else status.get(peer))
    for name, good, detail in daemon.checks():
        report.check(f'{type(daemon).__name__}: {name}', good, '' if good else detail)


def main():
    if peers.missing() or not class_path():
        return 77
    report = Report()
    with Lab('bgx') as lab:
        switch = lab.switch('sw')
        node = lab.host('n')
        switch.attach(node, 'eth0', *[own + ('/64' if ':' in own else '/24') for own, _ in SESSIONS.values()])
        speaker = Speaker(node, 'listen=179', 'id=10.97.0.21')
        speaker.say(*ROUTES)
        for number, kind in enumerate((Bird, Gobgp, Exabgp, Openbgpd, Frr), 1):
            host = lab.host(kind.__name__.lower())
            switch.attach(host, 'eth0', f'10.97.0.{number}/24', f'fd97::{number}/64')
            report.run(kind.__name__, examine, report, kind(host, number), speaker)
    return report.exit_code()


if __name__ == '__main__':
    sys.exit(main())
