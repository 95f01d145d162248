#!/usr/bin/env python3
"""The BGP lines of MetalLB's end-to-end checklist that concern the wire, in native mode, also those that MetalLB's own native
mode refuses ([F], [Fo]). Each check begins with the line's id. One FRR has a neighbour for each line, at an address of the node of its
own; what the planner decides is tested in core."""

import sys

import peers
from lab import Lab, Report, wait
from speaker import Speaker, class_path

# Name, last part of the node's address, what Herald is told, what FRR is told beyond the AS.
CASES = [
    ('plain', 11, 'my=65001 as=65002', 'remote-as 65001'),
    ('graceful', 12, 'my=65001 as=65002 gr', 'remote-as 65001'),
    ('local', 13, 'my=65001 as=65002 local=65055', 'remote-as 65055'),
    ('password', 14, 'my=65001 as=65002 md5=s3cret', 'remote-as 65001'),
    ('external', 15, 'my=65001 as=external', 'remote-as 65001'),
    ('internal', 16, 'my=65002 as=internal', 'remote-as 65002'),
    ('wrong', 17, 'my=65001 as=internal', 'remote-as 65001'),
    ('wrongexternal', 18, 'my=65002 as=external', 'remote-as 65002'),
    ('both', 19, 'my=65001 as=65002 both', 'remote-as 65001'),
    ('timers', 20, 'my=65001 as=65002 hold=180 keepalive=60', 'remote-as 65001'),
    ('another', 21, 'my=65077 as=65002', 'remote-as 65077'),
]
UP = [name for name, *_ in CASES if not name.startswith('wrong')]
FAMILIES = {'IPv4': ('10.96.0.', '10.96.0.2', 'ipv4'), 'IPv6': ('fd96::', 'fd96::2', 'ipv6')}
ROUTES = {'IPv4': '192.0.2.1/32', 'IPv6': '2001:db8::1/128'}
THEIRS = {'IPv4': '203.0.113.1/32', 'IPv6': '2001:db8:2::1/128'}


def configuration():
    neighbours, four, six = [], [], []
    for name, last, _, remote in CASES:
        for prefix, activate in (('10.96.0.', four), ('fd96::', six)):
            address = f'{prefix}{last}'
            neighbours += [f'neighbor {address} {remote}', f'neighbor {address} timers connect 1',
                           f'neighbor {address} passive']
            if name == 'password':
                neighbours.append(f'neighbor {address} password s3cret')
            activate.append(f'neighbor {address} activate')
            if name == 'both':
                (six if activate is four else four).append(f'neighbor {address} activate')
    return '\n '.join(['router bgp 65002', 'bgp router-id 10.96.0.2', 'no bgp ebgp-requires-policy',
                       'no bgp network import-check', *neighbours,
                       'address-family ipv4 unicast', f' network {THEIRS["IPv4"]}', *four, 'exit-address-family',
                       'address-family ipv6 unicast', f' network {THEIRS["IPv6"]}', *six, 'exit-address-family']) + '\n'


def start(speaker, family, only=None):
    prefix, router, _ = FAMILIES[family]
    for name, last, words, _ in CASES:
        if only is None or name == only:
            speaker.say(f'peer {name}{family} {router} source={prefix}{last} {words}')
    speaker.say('apply')


def established(frr, family, name):
    last = next(case[1] for case in CASES if case[0] == name)
    return neighbour(frr, family, last).get('bgpState') == 'Established'


def neighbour(frr, family, last):
    return frr.json('show bgp neighbors').get(f'{FAMILIES[family][0]}{last}', {})


def sessions(report, frr, speaker, family, ids):
    for name in ('plain', 'graceful', 'local'):
        start(speaker, family, name)
        wait(lambda peer=name: established(frr, family, peer), 30, what=f'{name} {family}')
    report.check(f'{ids["adding"]} adding peers one after another, each comes up, {family}', True)
    start(speaker, family)
    for name in UP:
        wait(lambda peer=name: established(frr, family, peer), 30, what=f'{name} {family}')
    report.check(f'{ids["router"]} routerID is what the peer sees, {family}',
                 neighbour(frr, family, 11).get('remoteRouterId') == '10.10.10.1', neighbour(frr, family, 11).get('remoteRouterId'))
    mode = neighbour(frr, family, 12).get('gracefulRestartInfo', {}).get('remoteGrMode')
    report.check(f'{ids["graceful"]} graceful restart, mode Restart, {family}', mode == 'Restart', mode)
    report.check(f'{ids["local"]} localASN is what the peer sees, {family}', neighbour(frr, family, 13).get('remoteAs') == 65055)
    report.check(f'{ids["password"]} a session with a password, {family}', established(frr, family, 'password'))
    report.check(f'{ids["dynamic"]} dynamicASN in the right mode, {family}',
                 established(frr, family, 'external') and established(frr, family, 'internal'))
    down = speaker.status()
    report.check(f'{ids["wrong"]} dynamicASN in the wrong mode stays down, {family}',
                 not any(down[f'{name}{family}'].startswith('Established') for name in ('wrong', 'wrongexternal')))
    report.check(f'E-30 another AS of ours towards another peer, {family}', neighbour(frr, family, 21).get('remoteAs') == 65077)


def route(frr, family, last, prefix=None):
    """The path over one neighbour."""
    afi = FAMILIES['IPv6' if ':' in (prefix or ROUTES[family]) else 'IPv4'][2]
    paths = frr.json(f'show bgp {afi} unicast {prefix or ROUTES[family]}').get('paths', [])
    return next((path for path in paths if path.get('peer', {}).get('peerId') == f'{FAMILIES[family][0]}{last}'), {})


def attributes(report, frr, speaker, family, ids):
    internal, external = 16, 11
    for words, key, found in (
            ('com=65001:100 lp=200', 'both', lambda path: path.get('locPrf') == 200
             and path.get('community', {}).get('string') == '65001:100'),
            ('large=65001:1:2 lp=300', 'large', lambda path: path.get('locPrf') == 300
             and path.get('largeCommunity', {}).get('string') == '65001:1:2'),
            ('lp=150', 'localpref', lambda path: path.get('locPrf') == 150 and 'community' not in path),
            ('com=65001:7', 'community', lambda path: path.get('community', {}).get('string') == '65001:7')):
        speaker.say(f'route {ROUTES[family]} {words}', 'apply')
        path = wait(lambda check=found: [each for each in [route(frr, family, internal)] if each and check(each)], 30,
                    what=f'{words} {family}')
        report.check(f'{ids[key]} {words} reaches the peer, {family}', bool(path))
    report.check(f'{ids["localpref"]} no LOCAL_PREF outside of the AS, {family}', 'locPrf' not in route(frr, family, external))


def both_families(report, frr, family, ids):
    for prefix in ROUTES.values():
        wait(lambda wanted=prefix: route(frr, family, 19, wanted), 30, what=f'{prefix} over {family}')
    report.check(f'{ids} both families over one session, {family}', True)


def not_installed(report, node, speaker, family, ids):
    def seen():
        since = len(speaker.lines)
        speaker.say(f'received plain{family}', 'status')
        speaker.expect('counters', since=since)
        return any(f'prefix={THEIRS[family]}' in line for line in speaker.lines[since:])
    wait(seen, 30, 0.2, 'their route')
    report.check(f'{ids} routes of a peer are seen and not installed, {family}',
                 THEIRS[family].split('/')[0] not in node.run('ip', '-6' if family == 'IPv6' else '-4', 'route'))


def timers(report, frr, speaker):
    before = neighbour(frr, 'IPv4', 20)
    speaker.say('peer timersIPv4 10.96.0.2 source=10.96.0.20 my=65001 as=65002 hold=30 keepalive=10', 'apply')
    wait(lambda: neighbour(frr, 'IPv4', 20).get('bgpTimerHoldTimeMsecs') == 30000 and established(frr, 'IPv4', 'timers'), 40,
         what='the new hold time')
    report.check('D-74 changed hold and keepalive time reach both ends', before.get('bgpTimerHoldTimeMsecs') == 180000)
    speaker.say('peer plainIPv4 10.96.0.2 source=10.96.0.11 my=65001 as=65002 connect=10', 'apply')
    frr.vtysh('clear bgp 10.96.0.11')
    wait(lambda: neighbour(frr, 'IPv4', 11).get('connectionsDropped', 0) >= 1, 20, what='the reset')
    wait(lambda: established(frr, 'IPv4', 'plain'), 20, what='the session within twice connectTime')
    report.check('D-75 a session that the peer resets is back within twice connectTime', True)


def main():
    if peers.missing() or not class_path():
        return 77
    report = Report()
    four = {'adding': 'D-45', 'router': 'D-26', 'graceful': 'D-28', 'local': 'D-30', 'password': 'D-32', 'dynamic': 'D-78',
            'wrong': 'D-80', 'both': 'D-47', 'large': 'D-48', 'localpref': 'D-49', 'community': 'D-50'}
    six = {'adding': 'D-46', 'router': 'D-27', 'graceful': 'D-29', 'local': 'D-31', 'password': 'D-33', 'dynamic': 'D-79',
           'wrong': 'D-81', 'both': 'D-53', 'large': 'D-57', 'localpref': 'D-56', 'community': 'D-54'}
    with Lab('bgk') as lab:
        node, router = lab.host('n'), lab.host('r')
        addresses = [f'{prefix}{case[1]}/{bits}' for case in CASES for prefix, bits in (('10.96.0.', 24), ('fd96::', 64))]
        lab.wire(node, 'eth0', router, 'eth0', addresses, ['10.96.0.2/24', 'fd96::2/64'])
        frr = peers.Frr(router, configuration(), daemons=('zebra', 'bgpd'))
        speaker = Speaker(node, 'id=10.10.10.1')
        speaker.say(*[f'route {prefix}' for prefix in ROUTES.values()])
        for family, ids in (('IPv4', four), ('IPv6', six)):
            report.run(f'sessions {family}', sessions, report, frr, speaker, family, ids)
            report.run(f'attributes {family}', attributes, report, frr, speaker, family, ids)
            report.run(f'not installed {family}', not_installed, report, node, speaker, family,
                       'D-61' if family == 'IPv4' else 'D-62')
        report.run('both over IPv4', both_families, report, frr, 'IPv4', 'E-01')
        report.run('both over IPv6', both_families, report, frr, 'IPv6', 'E-02')
        report.run('timers', timers, report, frr, speaker)
    return report.exit_code()


if __name__ == '__main__':
    sys.exit(main())
