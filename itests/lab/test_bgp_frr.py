#!/usr/bin/env python3
"""Herald's speaker against FRR: every kind of session side by side, each from an address of its own."""

import sys

import peers
from lab import Lab, Report, wait
from speaker import Speaker, class_path

ROUTER = '10.99.0.1'
NEIGHBOURS = {
    # address: (FRR's lines, FRR's families, our words)
    '10.99.0.11': (['remote-as 65001'], '4', 'my=65001 as=65000'),
    '10.99.0.12': (['remote-as 65001', 'password s3cret'], '4', 'my=65001 as=65000 md5=s3cret'),
    '10.99.0.13': (['remote-as 65001', 'password s3cret'], '4', 'my=65001 as=65000 md5=other'),
    '10.99.0.14': (['remote-as 65001', 'ttl-security hops 1'], '4', 'my=65001 as=65000 gtsm=1'),
    '10.99.0.15': (['remote-as 65001'], '46', 'my=65001 as=65000 both'),
    '10.99.0.16': (['remote-as external'], '4', 'my=65001 as=external'),
    '10.99.0.17': (['remote-as 65000'], '4', 'my=65000 as=65000'),
    '10.99.0.18': (['remote-as 4200000001'], '4', 'my=4200000001 as=65000'),
    '10.99.0.19': (['remote-as 65001', 'passive'], '4', 'my=65001 as=65000'),
    '10.99.0.20': (['remote-as 65001', 'local-role provider'], '4', 'my=65001 as=65000 role=CUSTOMER'),
    '10.99.0.21': (['remote-as 65001', 'update-source 10.99.0.2', 'timers 3 9'], '4', 'my=65001 as=65000 passive'),
    '10.99.0.22': (['remote-as 65000'], '4', 'my=65000 as=internal'),
    '10.99.0.23': (['remote-as 65001', 'ebgp-multihop 5'], '4', 'my=65001 as=65000 multihop'),
    '10.99.0.24': (['remote-as 65002'], '4', 'my=65001 local=65002 as=65000'),
    'fd99::11': (['remote-as 65001'], '6', 'my=65001 as=65000'),
    'fd99::12': (['remote-as 65001', 'capability extended-nexthop'], '46', 'my=65001 as=65000 both'),
    'fd99::13': (['remote-as 65001', 'password v6key'], '6', 'my=65001 as=65000 md5=v6key'),
    'fd99::14': (['remote-as 65001', 'ttl-security hops 1'], '6', 'my=65001 as=65000 gtsm=1'),
}
WRONG_KEY = '10.99.0.13'
PASSIVE = '10.99.0.21'  # all others share one router's address, for which the kernel holds incoming calls to one MD5 key


def name(address):
    return 'p' + address.replace('.', '-').replace(':', '-')


def router_configuration():
    lines = ['router bgp 65000', ' bgp router-id 10.99.0.1', ' no bgp ebgp-requires-policy', ' no bgp default ipv4-unicast',
             ' bgp bestpath as-path multipath-relax']
    for address, (words, _, _) in NEIGHBOURS.items():
        lines += [f' neighbor {address} {word}' for word in words] + [f' neighbor {address} timers connect 1']
    for family, keyword in (('4', 'ipv4'), ('6', 'ipv6')):
        lines += [f' address-family {keyword} unicast', '  maximum-paths 16']
        lines += [f'  neighbor {address} activate' for address, (_, families, _) in NEIGHBOURS.items() if family in families]
        lines += [' exit-address-family']
    return '\n'.join(lines) + '\n'


def paths(frr, family, prefix):
    """Paths of a prefix as the router has them, by peer."""
    return {path['peer']['peerId']: path for path in frr.json(f'show bgp {family} unicast {prefix}').get('paths', [])}


def topology(lab):
    switch = lab.switch('sw')
    router, node = lab.host('r'), lab.host('n')
    switch.attach(router, 'eth0', ROUTER + '/24', '10.99.0.2/24', 'fd99::1/64')
    switch.attach(node, 'eth0', *[a + ('/64' if ':' in a else '/24') for a in NEIGHBOURS])
    router.sysctl('net.ipv4.ip_forward', 1)
    return router, node


def dial_words(address):
    remote = 'fd99::1' if ':' in address else '10.99.0.2' if address == PASSIVE else ROUTER
    return f'peer {name(address)} {remote} source={address} {NEIGHBOURS[address][2]}'


def established(frr):
    return {address for address, peer in frr.json('show bgp neighbors').items() if peer.get('bgpState') == 'Established'}


def sessions(report, frr, speaker):
    wanted = set(NEIGHBOURS) - {WRONG_KEY}
    try:
        wait(lambda: wanted <= established(frr), 20, what='all sessions')
    except Exception:  # the checks below name those that are missing
        pass
    up = established(frr)
    status = speaker.status()
    for address in NEIGHBOURS:
        words = ' '.join(NEIGHBOURS[address][0])
        if address == WRONG_KEY:
            report.check(f'wrong MD5 key stays down ({address})', address not in up)
        else:
            detail = '' if address in up else f'{frr.session(address)}; we say {status.get(name(address))}'
            report.check(f'session {address} ({words})', address in up, detail)


def attributes(report, frr):
    found = wait(lambda: paths(frr, 'ipv4', '192.0.2.1/32'), what='192.0.2.1/32')
    wait(lambda: len(paths(frr, 'ipv4', '192.0.2.1/32')) >= 14, 5, what='paths from all')
    report.check('every IPv4 session has brought the route', True)
    found = paths(frr, 'ipv4', '192.0.2.1/32')
    plain = found['10.99.0.11']
    report.check('origin IGP', plain['origin'] == 'IGP')
    report.check('AS path', plain['aspath']['string'] == '65001', plain['aspath']['string'])
    report.check('standard communities', plain['community']['string'] == '65001:100 no-export', plain['community']['string'])
    report.check('large communities', plain['largeCommunity']['string'] == '65001:1:2', plain['largeCommunity']['string'])
    report.check('link bandwidth', 'LB:65001:125000' in str(plain.get('extendedCommunity')), plain.get('extendedCommunity'))
    report.check('MED', plain.get('metric') == 7, plain.get('metric'))
    report.check('next hop self', plain['nexthops'][0]['ip'] == '10.99.0.11', plain['nexthops'])
    internal = found['10.99.0.17']
    report.check('iBGP: LOCAL_PREF', internal.get('locPrf') == 200, internal.get('locPrf'))
    report.check('iBGP: empty AS path', internal['aspath']['string'] == 'Local', internal['aspath']['string'])
    report.check('iBGP: dynamic AS', '10.99.0.22' in found)
    report.check('four-octet AS', found['10.99.0.18']['aspath']['string'] == '4200000001', found['10.99.0.18']['aspath'])
    report.check('local AS', found['10.99.0.24']['aspath']['string'] == '65002', found['10.99.0.24']['aspath'])
    prepended = paths(frr, 'ipv4', '192.0.2.2/32')['10.99.0.11']
    report.check('prepend', prepended['aspath']['string'] == '65001 65001 65001', prepended['aspath']['string'])
    extended = found['fd99::12']
    report.check('RFC 8950: IPv4 over an IPv6 next hop', any(hop.get('afi') == 'ipv6' for hop in extended['nexthops']),
                 extended['nexthops'])
    six = wait(lambda: paths(frr, 'ipv6', '2001:db8::1/128'), what='2001:db8::1/128')
    report.check('IPv6 over IPv6', 'fd99::11' in six and six['fd99::11']['nexthops'][0]['ip'] == 'fd99::11')
    report.check('IPv6 over an IPv4 session', '10.99.0.15' in six, str(six.get('10.99.0.15', {}).get('nexthops')))


def changes(report, frr, speaker):
    """A session is never reset by a change of routes, and only the routes of the change move."""
    before = frr.json('show bgp neighbors')['10.99.0.11']['connectionsEstablished']
    speaker.say('route 192.0.2.3/32', 'apply')
    wait(lambda: paths(frr, 'ipv4', '192.0.2.3/32'), what='the new route')
    speaker.say('noroute 192.0.2.3/32', 'apply')
    wait(lambda: not paths(frr, 'ipv4', '192.0.2.3/32'), what='the route to go')
    after = frr.json('show bgp neighbors')['10.99.0.11']['connectionsEstablished']
    report.check('a changed route resets nothing', before == after, f'{before} {after}')
    speaker.say('drain on')
    wait(lambda: 'graceful-shutdown' in str(paths(frr, 'ipv4', '192.0.2.1/32')['10.99.0.11'].get('community')), 5,
         what='the graceful shutdown community')
    report.check('drain: graceful shutdown community', True)
    speaker.say('drain off')
    wait(lambda: 'graceful-shutdown' not in str(paths(frr, 'ipv4', '192.0.2.1/32')['10.99.0.11'].get('community')), 5)
    frr.vtysh('clear bgp 10.99.0.11 soft in')
    report.check('route refresh is answered', bool(paths(frr, 'ipv4', '192.0.2.1/32').get('10.99.0.11')))
    speaker.say('nopeer ' + name('10.99.0.16'), 'apply')
    reason = wait(lambda: frr.json('show bgp neighbors')['10.99.0.16'].get('lastNotificationReason'), 5,
                  what='the last NOTIFICATION')
    report.check('a peer that goes is told so', 'Peer Unconfigured' in reason or 'Cease' in reason, reason)


def main():
    if peers.missing() or not class_path():
        return 77
    report = Report()
    with Lab('bgt') as lab:
        router, node = topology(lab)
        frr = peers.Frr(router, router_configuration(), daemons=('zebra', 'bgpd'))
        speaker = Speaker(node, 'listen=179')
        speaker.say(*[dial_words(address) for address in NEIGHBOURS])
        speaker.say('route 192.0.2.1/32 lp=200 com=65001:100,65535:65281 large=65001:1:2 bw=125000 med=7',
                    'route 192.0.2.2/32 prepend=2', 'route 2001:db8::1/128', 'apply')
        sessions(report, frr, speaker)
        report.run('attributes as the router shows them', attributes, report, frr)
        report.run('changes', changes, report, frr, speaker)
    return report.exit_code()


if __name__ == '__main__':
    sys.exit(main())
