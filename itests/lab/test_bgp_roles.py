#!/usr/bin/env python3
"""Roles (RFC 9234) and long-lived graceful restart (RFC 9494) as FRR sees them."""

import sys

import peers
from lab import Lab, Report, wait
from speaker import Speaker, class_path

FRR = '''router bgp 65002
 bgp router-id 10.97.0.2
 no bgp ebgp-requires-policy
 bgp long-lived-graceful-restart stale-time 600
 neighbor 10.97.0.1 remote-as 65001
 neighbor 10.97.0.1 timers connect 1
 neighbor 10.97.0.1 local-role customer
 neighbor 10.97.0.1 graceful-restart-helper
'''


def roles(report, speaker, frr):
    speaker.say('route 192.0.2.1/32', 'peer frr 10.97.0.2 my=65001 as=65002 gr hold=9 role=PROVIDER', 'apply')
    wait(lambda: frr.session('10.97.0.1') == 'Established', 30, what='the session')
    wait(lambda: '192.0.2.1' in frr.vtysh('show bgp ipv4 unicast'), 30, what='the route')
    shown = frr.vtysh('show bgp ipv4 unicast 192.0.2.1/32')
    report.check('a provider marks its routes for customers only', 'otc 65001' in shown, '' if 'otc' in shown else shown)


def long_lived(report, speaker, frr):
    shown = frr.vtysh('show bgp neighbors 10.97.0.1')
    both = 'Long-lived Graceful Restart: advertised and received'
    report.check('FRR knows that we are long-lived', both in shown, '' if both in shown else shown[:2500])
    speaker.kill()
    wait(lambda: frr.session('10.97.0.1') != 'Established', 30, what='the session to break')
    stale = wait(lambda: [text for text in [frr.vtysh('show bgp ipv4 unicast 192.0.2.1/32')] if 'llgr-stale' in text.lower()],
                 30, 0.3, 'FRR to keep the route as long-lived')
    report.check('a route outlives the restart time as a last resort', bool(stale))


def main():
    if peers.missing() or not class_path():
        return 77
    report = Report()
    with Lab('bgl') as lab:
        node, router = lab.host('n'), lab.host('r')
        lab.wire(node, 'eth0', router, 'eth0', ['10.97.0.1/24'], ['10.97.0.2/24'])
        frr = peers.Frr(router, FRR, daemons=('zebra', 'bgpd'))
        speaker = Speaker(node, 'restart=2', 'llgr=600')
        report.run('roles', roles, report, speaker, frr)
        report.run('long-lived', long_lived, report, speaker, frr)
    return report.exit_code()


if __name__ == '__main__':
    sys.exit(main())
