#!/usr/bin/env python3
"""One list of documents, announced by both BGP backends: the routers, one in another AS and one in ours, see the same."""

import sys
import time

import peers
from frrlab import NODE_AS, ROUTER, FrrLab, advertisement, backend, configure, install, peer
from lab import Lab, LabError, Report, has_users, wait

INNER = '10.99.0.2'
NODE = '10.99.0.11'
SERVICES = ('203.0.113.1', '203.0.113.18', 'fd00:113::5')
V4, V6 = ('203.0.113.1/32', '203.0.113.18/32'), ('fd00:113::5/128',)
BOTH = {'dualStackAddressFamily': True}

EXTENDED = """\
apiVersion: heraldlb.org/v1
kind: BGPAdvertisement
metadata: {{name: {name}}}
spec: {{ipAddressPools: [lab], {more}}}
"""


def tor(**more):
    return peer(**more)


def inner(**more):
    return peer(INNER, NODE_AS, NODE_AS, **more).replace('name: tor', 'name: inner')


# Name, the two peers, the advertisements, and the prefixes that each router has then.
SCENARIOS = [
    ('both families on one session', tor(**BOTH), inner(**BOTH), [advertisement()], V4 + V6, V4 + V6),
    ('communities of both kinds', tor(**BOTH), inner(), [advertisement(
        communities=['65001:7', 'large:65001:1:2', '65535:65281', '65535:666'])], V4 + V6, V4),
    ('aggregated beside single', tor(), inner(), [
        advertisement('wide', aggregationLength=24, peers=['tor']), advertisement('single', peers=['inner'])],
     ('203.0.113.0/24',), V4),
    ('another kind for each peer', tor(**BOTH), inner(**BOTH), [
        advertisement('a', communities=['65001:1'], peers=['tor']),
        advertisement('b', communities=['65001:2'], localPref=200, peers=['inner'])], V4 + V6, V4 + V6),
    ('MED, prepended', tor(), inner(), [EXTENDED.format(name='all', more='med: 70, prepend: 2')], V4, V4),
    ('local AS', tor(localASN=65077), inner(), [advertisement()], V4, V4),
    ('nothing for one', tor(), inner(**BOTH), [advertisement('none', peers=['inner'], localPref=150)], (), V4 + V6),
]


class Scenarios:
    def __init__(self, lab):
        self.lab = FrrLab(lab, router_daemons=('zebra', 'bgpd'))
        self.node = self.lab.nodes[0]
        second = lab.host('i')
        self.lab.switch.attach(second, 'eth0', f'{INNER}/24', 'fd99::2/64')
        lines = [f'router bgp {NODE_AS}', f' bgp router-id {INNER}', f' neighbor {NODE} remote-as {NODE_AS}',
                 f' neighbor {NODE} timers connect 1', ' address-family ipv6 unicast', f'  neighbor {NODE} activate',
                 ' exit-address-family']
        self.routers = {'tor': self.lab.frr, 'inner': peers.Frr(second, '\n'.join(lines) + '\n', daemons=('zebra', 'bgpd'))}
        # Whatever AS the node says that it has.
        self.lab.frr.vtysh('configure terminal', 'router bgp 65000', f'neighbor {NODE} remote-as external')
        self.frr = peers.Frr(self.node.host, '', daemons=('zebra', 'bgpd'))
        configure(self.node, 'org.heraldlb.frr', mode='attached', sockets=self.frr.directory, routerId=NODE)
        self.lab.serve(self.node, *SERVICES)
        self.node.start().wait_ready()
        install(self.node, 'herald-frr')
        self.seen = {}

    def view(self, name):
        """What a router knows of the node's routes, without its own counting and without what no backend can choose."""
        routes = {}
        for family in ('ipv4', 'ipv6'):
            table = self.routers[name].json(f'show bgp {family} unicast').get('routes', {})
            for prefix in table:
                for path in self.routers[name].json(f'show bgp {family} unicast {prefix}').get('paths', []):
                    routes[prefix] = {
                        'path': path.get('aspath', {}).get('string'), 'origin': path.get('origin'),
                        # None told and 0 are the same to a router (RFC 4271 9.1.2.2), and FRR always tells one.
                        'med': path.get('metric') or 0, 'localPref': path.get('locPrf'),
                        'community': path.get('community', {}).get('string'),
                        'large': path.get('largeCommunity', {}).get('string'),
                        'extended': path.get('extendedCommunity', {}).get('string'),
                        'hops': sorted(hop['ip'] for hop in path.get('nexthops', []) if hop.get('scope') != 'link-local')}
        return routes

    def write(self, scenario):
        _, first, second, advertisements, _, _ = scenario
        self.node.write('advertisement.yaml', '---\n'.join(advertisements))
        self.node.write('peer.yaml', first)
        self.node.write('inner.yaml', second)

    def views(self):
        return {name: self.view(name) for name in self.routers}

    def established(self):
        return all(router.session(NODE) == 'Established' for router in self.routers.values())

    def keep(self, scenario):
        """Waits until the routers have a scenario's prefixes and go on having the same."""
        wanted = {'tor': set(scenario[4]), 'inner': set(scenario[5])}
        last = {}

        def same():
            nonlocal last
            before, last = last, self.views()
            return last == before and all(set(last[name]) == wanted[name] for name in last) and self.established()
        self.write(scenario)
        # A reset that the documents ask for has begun by then.
        time.sleep(1)
        wait(same, 60, 0.6, f'{wanted}')
        self.seen[scenario[0]] = last

    def compare(self, scenario):
        """The routers may have what the scenario before gave them for some seconds, but in the end they have the same."""
        native, frr = self.seen[scenario[0]], {}

        def same():
            nonlocal frr
            frr = self.views()
            return frr == native and self.established()
        self.write(scenario)
        try:
            wait(same, 30, 0.4, 'the same')
        except LabError as different:
            raise LabError('; '.join(
                f'{name} {prefix}: native {native[name].get(prefix)}, frr {frr[name].get(prefix)}'
                for name in native for prefix in sorted({*native[name], *frr[name]})
                if native[name].get(prefix) != frr[name].get(prefix))) from different
        return f"{sum(len(routes) for routes in frr.values())} routes alike"

    def problems(self):
        return [problem for problem in self.node.api('status').get('problems', []) if problem['code'].startswith('frr')]

    def without_a_problem(self):
        assert not self.problems(), self.problems()


def main():
    if peers.missing() or not has_users():
        return 77
    report = Report()
    with Lab('bsc') as lab:
        test = Scenarios(lab)
        for scenario in SCENARIOS:
            report.run(f'scenario, native: {scenario[0]}', test.keep, scenario)
        backend(test.node, 'frr')
        for scenario in SCENARIOS:
            if scenario[0] in test.seen:
                report.run(f'scenario, frr as native: {scenario[0]}', test.compare, scenario)
        report.run('scenario: frr without a problem', test.without_a_problem)
    return report.exit_code()


if __name__ == '__main__':
    sys.exit(main())
