#!/usr/bin/env python3
"""Peers named by their interface: both ends have nothing but link-local addresses and find each other by advertisements."""

import sys

import peers
from lab import Lab, Report, wait
from speaker import Speaker, class_path

ROUTER = '''interface swp1
 ipv6 nd ra-interval 1
 no ipv6 nd suppress-ra
exit
router bgp 65000
 bgp router-id 10.255.0.1
 no bgp ebgp-requires-policy
 neighbor swp1 interface remote-as external
 neighbor swp1 timers connect 1
 address-family ipv6 unicast
  neighbor swp1 activate
 exit-address-family
'''


def session(frr):
    for peer in frr.json('show bgp neighbors').values():
        if peer.get('bgpState') == 'Established':
            return peer
    return {}


def main():
    if peers.missing() or not class_path():
        return 77
    report = Report()
    with Lab('bgu') as lab:
        router, node = lab.host('r'), lab.host('n')
        lab.wire(router, 'swp1', node, 'up0')
        router.sysctl('net.ipv4.ip_forward', 1)
        router.sysctl('net.ipv6.conf.all.forwarding', 1)
        frr = peers.Frr(router, ROUTER, daemons=('zebra', 'bgpd'))
        speaker = Speaker(node, 'unnumbered', 'id=10.255.0.2')
        speaker.say('peer tor if:up0 my=65001 as=external', 'route 192.0.2.1/32', 'route 2001:db8::1/128', 'apply')

        def established():
            wait(lambda: session(frr), 20, what=f'the session; we say {speaker.status()} {speaker.lines[-3:]}')
        if report.run('unnumbered: session over link-local addresses', established):
            report.run('unnumbered: IPv4 route over the link-local next hop', lambda: wait(
                lambda: any('fe80' in str(route) for route in router.routes('192.0.2.1')), 10,
                what=frr.vtysh('show bgp ipv4 unicast')))
            report.run('unnumbered: IPv6 route', lambda: wait(lambda: bool(router.routes('2001:db8::1', '-6')), 10,
                                                            what='the route'))
            node.run('ip', 'link', 'set', 'up0', 'down')
            wait(lambda: not session(frr), 20, what='the session to end')
            node.run('ip', 'link', 'set', 'up0', 'up')
            report.run('unnumbered: back after the link was gone', lambda: wait(lambda: bool(session(frr)), 30,
                                                                           what='the session'))
    return report.exit_code()


if __name__ == '__main__':
    sys.exit(main())
