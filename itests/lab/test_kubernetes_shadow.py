#!/usr/bin/env python3
"""Shadow mode on a real API server, beside the statuses that MetalLB's controller writes: silence, nothing written, one service
taken over and given back, and the end of the migration."""

import json
import os
import sys

from kubernetes import NAMESPACE, POOLS, KubeLab, endpoints, programs, service
from lab import Lab, Report, wait

WEB, MAIL, NEW, OWN = '192.0.2.105', '192.0.2.106', '192.0.2.107', '192.0.2.108'
SHADOW, ACTIVE = '\nmode = shadow\n', '\nmode = active\n'


class Shadow:
    def __init__(self, lab):
        self.kube = KubeLab(lab)
        self.cluster = self.kube.cluster
        self.nodes = self.kube.nodes
        self.kube.settings(self.nodes['node-b'], role='speaker')
        self.cluster.apply(POOLS)
        for name, address in (('web', WEB), ('mail', MAIL)):
            self._service(name)
            self._metallb_gives(name, address)
        for node in self.nodes.values():
            self._mode(node, ACTIVE, SHADOW)
        self.before = self._versions()
        self.kube.start()

    def _service(self, name, **annotations):
        self.cluster.apply(service(name, annotations=annotations))
        self.cluster.apply(endpoints(name, list(self.nodes)))

    def _metallb_gives(self, name, address):
        status = {'metadata': {'annotations': {'metallb.io/ip-allocated-from-pool': 'lab'}},
                  'status': {'loadBalancer': {'ingress': [{'ip': address}]}}}
        self.cluster.kubectl('patch', 'service', name, '--subresource=status', '--type=merge', '-p', json.dumps(status),
                             '--field-manager=controller')

    @staticmethod
    def _mode(node, before, after):
        path = os.path.join(os.path.dirname(node.documents), 'org.heraldlb.core.cfg')
        with open(path, encoding='utf-8') as file:
            text = file.read()
        assert before in text, text
        with open(path + '.new', 'w', encoding='utf-8') as out:
            out.write(text.replace(before, after))
        os.replace(path + '.new', path)

    def _versions(self):
        """Of everything that is MetalLB's to write."""
        versions = {}
        for kind in ('services', 'ipaddresspools.metallb.io', 'l2advertisements.metallb.io', 'servicel2statuses.metallb.io',
                     'configurationstates.metallb.io'):
            for item in (self.cluster.get(kind, '--all-namespaces') or {}).get('items', []):
                meta = item['metadata']
                versions[f"{kind}/{meta['name']}"] = meta['resourceVersion']
        return versions

    def _answered(self, *addresses):
        def right():
            return all(len(set(self.kube.asker.answers(address, 0.2))) == (address in addresses)
                       for address in (WEB, MAIL, NEW, OWN))
        wait(right, 30, 0.1, f'exactly {addresses} to be answered')

    def every_node_computes_what_metallb_gave(self):
        for node in self.nodes.values():
            wait(lambda node=node: node.addresses() == {'default/web': [WEB], 'default/mail': [MAIL]}, 30, 0.1, 'addresses')
            page = json.loads(node.do('herald:takeover -o json'))
            assert page['mode'] == 'shadow' and all(row['agrees'] and not row['announced'] for row in page['services']), page

    def nobody_answers_and_nothing_is_written(self):
        wait(lambda: self.kube.leader() == 'node-a', 30, 0.2, 'an allocator, which might write')
        assert not self.kube.asker.hears_gratuitous(WEB, 2)
        self._answered()
        assert self._versions() == self.before, (self.before, self._versions())
        events = (self.cluster.get('events', '--all-namespaces') or {}).get('items', [])
        assert not [event for event in events if event['involvedObject']['kind'] == 'Service'], events

    def a_new_service_waits_for_metallb(self):
        self._service('new')
        node = self.nodes['node-a']
        wait(lambda: 'waitingForAllocator' in node.do('herald:problems'), 30, 0.1, 'the problem')
        self._metallb_gives('new', NEW)
        wait(lambda: node.addresses().get('default/new') == [NEW], 30, 0.1, 'its address')
        self._answered()

    def one_is_taken_over_by_its_annotation(self):
        self.cluster.kubectl('annotate', 'service', 'web', 'heraldlb.org/takeover=true')
        self._answered(WEB)
        found = wait(lambda: (self.cluster.get('servicel2statuses.metallb.io', '-n', NAMESPACE) or {}).get('items'), 30, 0.2,
                     'a status')
        assert {one['status']['serviceName'] for one in found} == {'web'}, found
        wait(lambda: 'Announced' in self._conditions('web'), 30, 0.2, 'its conditions')
        assert not self._conditions('mail'), self._conditions('mail')

    def _conditions(self, name):
        found = self.cluster.get('service', name)['status'].get('conditions', [])
        return sorted(one['type'].split('/')[-1] for one in found)

    def one_without_an_address_gets_its_from_herald(self):
        self._service('own', **{'metallb.io/loadBalancerIPs': OWN, 'heraldlb.org/takeover': 'true'})
        wait(lambda: self.cluster.ingress('own'), 30, 0.2, 'its address')
        assert self.cluster.ingress('own')[0][0] == OWN, self.cluster.ingress('own')
        self._answered(WEB, OWN)
        self.cluster.kubectl('delete', 'service', 'own')

    def it_is_given_back(self):
        self.cluster.kubectl('annotate', 'service', 'web', 'heraldlb.org/takeover-')
        self._answered()
        wait(lambda: not self._conditions('web'), 30, 0.2, 'its conditions to go')
        pool = self.cluster.get('ipaddresspools.metallb.io', 'lab', '-n', NAMESPACE)
        assert 'status' not in pool, pool
        for name, address in (('web', WEB), ('mail', MAIL), ('new', NEW)):
            assert [one[0] for one in self.cluster.ingress(name)] == [address], self.cluster.ingress(name)

    def in_the_end_all_are_announced_with_the_addresses_that_they_had(self):
        for node in self.nodes.values():
            self.kube.settings(node)
            self._mode(node, SHADOW, ACTIVE)
        self._answered(WEB, MAIL, NEW)
        wait(self.kube.leader, 30, 0.2, 'an allocator')
        for name, address in (('web', WEB), ('mail', MAIL), ('new', NEW)):
            assert self.cluster.ingress(name) == [(address, 'VIP')] or self.cluster.ingress(name) == [(address, None)], name


def main():
    programs()
    report = Report()
    with Lab('kshadow') as lab:
        shadow = Shadow(lab)
        for check in ('every_node_computes_what_metallb_gave', 'nobody_answers_and_nothing_is_written',
                      'a_new_service_waits_for_metallb', 'one_is_taken_over_by_its_annotation',
                      'one_without_an_address_gets_its_from_herald', 'it_is_given_back',
                      'in_the_end_all_are_announced_with_the_addresses_that_they_had'):
            report.run('kubernetes shadow: ' + check.replace('_', ' '), getattr(shadow, check))
    return report.exit_code()


if __name__ == '__main__':
    sys.exit(main())
