#!/usr/bin/env python3
"""What operators do with one session of Herald's speaker: why it does not come up, clearing, tracing, disabling. FRR at the
other end."""

import sys

import peers
from lab import Lab, Report, wait
from speaker import Speaker, class_path

FRR = '''router bgp 65002
 bgp router-id 10.98.0.2
 no bgp ebgp-requires-policy
 no bgp network import-check
 neighbor 10.98.0.1 remote-as 65001
 neighbor 10.98.0.1 timers 3 9
 neighbor 10.98.0.1 timers connect 1
 neighbor fd98::1 remote-as 65009
 neighbor fd98::1 timers connect 1
 neighbor 10.98.0.5 remote-as 65001
 neighbor 10.98.0.5 password right
 address-family ipv4 unicast
  network 203.0.113.1/32
 exit-address-family
 address-family ipv6 unicast
  neighbor fd98::1 activate
 exit-address-family
'''


def diagnosis(speaker, peer, word, seconds=30):
    """Asks the doctor until the answer has the word; the last answer."""
    said = ['']

    def asked():
        since = len(speaker.lines)
        speaker.say(f'doctor {peer}')
        said[0] = speaker.expect('doctor', since=since)
        return word in said[0]
    try:
        wait(asked, seconds, 0.3, word)
    except Exception:  # noqa: B902 the report shows what was said instead
        pass
    return said[0]


def doctor(report, speaker):
    cases = [
        ('refused', '10.98.0.2 my=65001 as=65002 port=1790', 'refuses TCP connections', 'does BGP run there'),
        ('away', '198.18.0.1 my=65001 as=65002 multihop', 'no way to', 'ip route get'),
        ('absent', '10.98.0.77 my=65001 as=65002', '', 'filter'),
        ('mine', '10.98.0.2 my=65001 as=65003 passive', 'we wait for the peer', 'neighbour there'),
        ('theirs', 'fd98::2 my=65001 as=65002', 'bad peer AS', 'localASN'),
        ('wrongkey', '10.98.0.2 my=65001 as=65002 source=10.98.0.5 md5=wrong', 'nobody answers', 'password'),
        ('nokey', '10.98.0.2 my=65001 as=65002 source=10.98.0.5', 'nobody answers', 'want a password'),
        ('source', '10.98.0.2 my=65001 as=65002 source=10.98.0.99', 'cannot even try', 'source address'),
        ('stranger', '10.98.0.2 my=65001 as=65002 source=10.98.0.6', '', 'our address'),
    ]
    for name, peer, found, advice in cases:
        speaker.say(f'peer {name} {peer}', 'apply')
        said = diagnosis(speaker, name, advice)
        report.check(f'doctor: {name}', found in said and advice in said, said)
        speaker.say(f'nopeer {name}', 'apply')


def verbs(report, speaker, frr):
    speaker.say('route 192.0.2.1/32 com=65001:1', 'peer frr 10.98.0.2 my=65001 as=65002 hold=9', 'trace frr', 'apply')
    wait(lambda: frr.session('10.98.0.1') == 'Established', 30, what='the session')
    for line in ('-> OPEN AS 65001', '<- OPEN AS 65002', '-- OpenConfirm -> Established',
                 '-> UPDATE announces 192.0.2.1/32', '-> UPDATE end-of-RIB',
                 '<- UPDATE announces 203.0.113.1/32'):
        report.check(f'trace: {line}', speaker.expect(line, 30))
    said = diagnosis(speaker, 'frr', 'Established since')
    report.check('doctor: good', 'verdict=good' in said and 'verdict=bad' not in said, said)
    speaker.say('received frr')
    report.check('received routes are shown', 'asPath=65002' in speaker.expect('received ReceivedRoute[prefix=203.0.113.1/32'))
    since = len(speaker.lines)
    speaker.say('clear frr soft')
    report.check('clear --soft: asks the peer', speaker.expect('-> ROUTE-REFRESH ipv4-unicast request', since=since))
    report.check('clear --soft: the peer tells again', speaker.expect('<- UPDATE announces 203.0.113.1/32', since=since))
    report.check('clear --soft: we tell again', speaker.expect('-> UPDATE announces 192.0.2.1/32', since=since))
    since = len(speaker.lines)
    speaker.say('clear frr')
    report.check('clear: the peer is told', speaker.expect('-> NOTIFICATION administrative reset (6/4)', since=since))
    report.check('clear: and comes back', speaker.expect('-- OpenConfirm -> Established', 30, since=since))
    speaker.say('disable frr moving to rack 7')
    wait(lambda: frr.json('show bgp neighbors')['10.98.0.1'].get('lastShutdownDescription') == 'moving to rack 7', 30,
         what='FRR to show the reason')
    report.check('disable: FRR shows the text', True)
    report.check('disable: the doctor knows', 'moving to rack 7' in diagnosis(speaker, 'frr', 'disabled'))
    report.check('disable: no session', speaker.status()['frr'].startswith('Idle'), speaker.status())
    speaker.say('enable')
    wait(lambda: frr.session('10.98.0.1') == 'Established', 30, what='the session to come back')
    report.check('enable: the session comes back', True)
    since = len(speaker.lines)
    speaker.say('page frr')
    report.check('page: capabilities both ways', speaker.expect('Peer offers', since=since))
    report.check('page: what was said last', 'moving to rack 7' in speaker.expect('Last said', since=since))


def main():
    if peers.missing() or not class_path():
        return 77
    report = Report()
    with Lab('bgd') as lab:
        node, router = lab.host('n'), lab.host('r')
        lab.wire(node, 'eth0', router, 'eth0', ['10.98.0.1/24', '10.98.0.5/24', '10.98.0.6/24', 'fd98::1/64'],
                 ['10.98.0.2/24', 'fd98::2/64'])
        frr = peers.Frr(router, FRR, daemons=('zebra', 'bgpd'))
        speaker = Speaker(node, 'listen=179')
        report.run('verbs', verbs, report, speaker, frr)
        speaker.say('nopeer frr', 'apply')
        report.run('doctor', doctor, report, speaker)
    return report.exit_code()


if __name__ == '__main__':
    sys.exit(main())
