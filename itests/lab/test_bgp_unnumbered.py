#!/usr/bin/env python3
"""Peers named by their interface: both ends have nothing but link-local addresses and find each other by advertisements."""

import sys

import peers
from herald import Node, unpack
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

WITH_BFD = ROUTER + '''router bgp 65000
 neighbor swp1 bfd
 neighbor swp1 bfd profile fast
exit
bfd
 profile fast
  transmit-interval 100
  receive-interval 100
'''

DOCUMENT = """\
apiVersion: metallb.io/v1beta1
kind: BFDProfile
metadata: {name: fast}
spec: {transmitInterval: 100, receiveInterval: 100}
---
apiVersion: heraldlb.org/v1
kind: BGPPeer
metadata: {name: link}
spec: {myASN: 65001, dynamicASN: external, interface: up0, bfdProfile: fast}
---
apiVersion: metallb.io/v1beta1
kind: IPAddressPool
metadata: {name: dual}
spec: {addresses: [203.0.113.0/28, '2001:db8:113::/124']}
---
apiVersion: metallb.io/v1beta1
kind: BGPAdvertisement
metadata: {name: dual}
---
apiVersion: heraldlb.org/v1
kind: Service
metadata: {name: shop}
spec:
  ports: [{protocol: TCP, port: 80}]
  ipFamilyPolicy: RequireDualStack
  addresses: [203.0.113.1, '2001:db8:113::1']
"""


def session(frr):
    for peer in frr.json('show bgp neighbors').values():
        if peer.get('bgpState') == 'Established':
            return peer
    return {}


def forwarding(router):
    router.sysctl('net.ipv4.ip_forward', 1)
    router.sysctl('net.ipv6.conf.all.forwarding', 1)
    return router


class WithBfd:
    """A whole node behind a switch, so that the line can be cut in silence."""

    def __init__(self, lab):
        self.switch, self.router, self.host = lab.switch('s'), forwarding(lab.host('rb')), lab.host('nb')
        self.switch.attach(self.router, 'swp1')
        self.switch.attach(self.host, 'up0')
        self.frr = peers.Frr(self.router, WITH_BFD)
        self.node = Node(self.host, unpack(lab.directory))
        self.node.write('dual.yaml', DOCUMENT)
        self.node.start().wait_ready()

    def bfd_is_up(self):
        return any(each.get('status') == 'up' for each in self.frr.json('show bfd peers'))

    def comes_up(self):
        wait(lambda: session(self.frr), 60, 0.1, f'BGP: {self.frr.vtysh("show bgp summary")}')
        wait(self.bfd_is_up, 60, 0.1, f'BFD: {self.frr.vtysh("show bfd peers")} {self.node.do("bfd:list")}')

    def route(self, address, family='-4'):
        wait(lambda: any('fe80' in str(route) for route in self.router.routes(address, family)), 30, 0.1,
             f'the route: {self.frr.vtysh("show bgp ipv4 unicast", "show bgp ipv6 unicast")}')

    def routes(self):
        self.route('203.0.113.1')
        self.route('2001:db8:113::1', '-6')

    def silent_cut(self):
        """The hold time is 90 s: what ends the session before is BFD."""
        self.switch.cut(self.host)
        wait(lambda: not session(self.frr), 40, what='FRR to end the session')
        peer = next(iter(self.frr.json('show bgp neighbors').values()))
        reason = f'{peer.get("lastResetDueTo")}, {peer.get("lastNotificationReason")}'
        assert 'BFD' in reason, peer
        wait(lambda: 'Established' not in self.node.do('bgp:peers'), 40, 0.1, 'us to end the session')
        self.switch.heal(self.host)
        self.comes_up()
        self.routes()
        return reason


def with_bfd(report, lab):
    dual = WithBfd(lab)
    if report.run('unnumbered with BFD: both come up', dual.comes_up):
        report.run('E-45 unnumbered with BFD: IPv4 route', dual.route, '203.0.113.1')
        report.run('E-46 unnumbered with BFD: IPv6 route', dual.route, '2001:db8:113::1', '-6')
        report.run('E-45 to E-47 unnumbered with BFD: a silent cut ends the session, and all comes back', dual.silent_cut)
    else:
        print(dual.node.log()[-2000:])


def main():
    if peers.missing() or not class_path():
        return 77
    report = Report()
    with Lab('bgu') as lab:
        router, node = forwarding(lab.host('r')), lab.host('n')
        lab.wire(router, 'swp1', node, 'up0')
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
        speaker.kill()
        with_bfd(report, lab)
    return report.exit_code()


if __name__ == '__main__':
    sys.exit(main())
