#!/usr/bin/env python3
"""Two nodes on a real API server: what kubectl applies gets an address, a status, and answers on the wire."""

import json
import sys

from kubernetes import NAMESPACE, POOLS, KubeLab, endpoints, service, programs
from lab import Lab, Report, wait

FIRST = '192.0.2.100'
SECOND = '192.0.2.101'


class Kubernetes:
    def __init__(self, lab):
        self.lab = KubeLab(lab)
        self.cluster = self.lab.cluster
        self.nodes = self.lab.nodes

    def nodes_become_ready(self):
        self.lab.start()

    def one_node_holds_the_lease(self):
        return wait(self.lab.leader, 30, 0.2, 'a holder of the lease')

    def a_service_gets_an_address_from_metallbs_objects(self):
        self.cluster.apply(POOLS)
        self.cluster.apply(service('web'))
        self.cluster.apply(endpoints('web', list(self.nodes)))
        self._has('web', [(FIRST, 'VIP')])

    def _has(self, name, expected, seconds=30):
        try:
            wait(lambda: self.cluster.ingress(name) == expected, seconds, 0.1, f'{name} to have {expected}')
        except Exception as failure:
            raise AssertionError(f'{failure}: it has {self.cluster.ingress(name)}; '
                                 f'{ {n: node.api("problems") for n, node in self.nodes.items()} }') from failure

    def the_pool_stands_in_an_annotation(self):
        found = self.cluster.get('service', 'web')['metadata']['annotations']
        assert found.get('metallb.io/ip-allocated-from-pool') == 'lab', found

    def kubectl_shows_the_address(self):
        shown = self.cluster.kubectl('get', 'service', 'web')
        assert FIRST in shown, shown

    def one_node_answers_arp(self):
        return wait(lambda: self.lab.owner(FIRST), 30, 0.1, 'an ARP reply')

    def every_node_sees_the_same(self):
        for name, node in self.nodes.items():
            wait(lambda node=node: node.addresses().get('default/web') == [FIRST], 30, 0.1, f'{name} to know it')

    def nothing_is_written_twice(self):
        """Once its conditions have been written, too."""
        announced = ('get', 'service', 'web', '-o', 'jsonpath={.status.conditions[?(@.type=="Announced")].status}')
        wait(lambda: self.cluster.kubectl(*announced) == 'True', 60, 0.5, 'the condition Announced')
        before = self._version('web')
        self.cluster.apply(service('other', loadBalancerClass='example.com/other'))
        self.cluster.apply(service('two'))
        self._has('two', [(SECOND, 'VIP')])
        assert self._version('web') == before
        assert self.cluster.ingress('other') == [], 'a service of another class was touched'

    def _version(self, name):
        return self.cluster.get('service', name)['metadata']['resourceVersion']

    def our_fields_are_ours_alone(self):
        out = json.loads(self.cluster.kubectl('get', 'service', 'web', '-o', 'json', '--show-managed-fields'))
        owners = {entry['manager']: entry for entry in out['metadata']['managedFields']}
        assert owners['herald']['operation'] == 'Apply' and owners['herald']['subresource'] == 'status', owners

    def events_tell_what_happened(self):
        wanted = {('IPAllocated', 'Assigned IP ["192.0.2.100"]'),
                  ('nodeAssigned', f'announcing from node "{self.lab.owner(FIRST)}" with protocol "layer2"')}
        wait(lambda: wanted <= self._events('web'), 30, 0.2, f'{wanted}, not {self._events("web")}')

    def _events(self, name):
        events = self.cluster.get('events', '--field-selector', f'involvedObject.name={name}') or {}
        return {(event['reason'], event['message']) for event in events.get('items', [])}

    def a_service_without_an_address_says_why(self):
        self.cluster.apply(service('toomuch', annotations={'metallb.io/address-pool': 'nowhere'}))
        wait(lambda: any(reason == 'AllocationFailed' for reason, _ in self._events('toomuch')), 30, 0.2, 'the event')
        said = next(message for reason, message in self._events('toomuch') if reason == 'AllocationFailed')
        self.cluster.kubectl('delete', 'service', 'toomuch')
        return said

    def pools_count_their_addresses(self):
        wanted = {'assignedIPv4': 2, 'assignedIPv6': 0, 'availableIPv4': 8, 'availableIPv6': 0}
        wait(lambda: wanted.items() <= (self._status('ipaddresspools.metallb.io', 'lab') or {}).items(), 30, 0.2, f'{wanted}')

    def _status(self, kind, name):
        return (self.cluster.get(kind, name, '-n', NAMESPACE) or {}).get('status')

    def the_owner_stands_in_a_layer_2_status(self):
        owner = self.lab.owner(FIRST)
        wait(lambda: self._layer2('web') == [{'node': owner, 'serviceName': 'web', 'serviceNamespace': 'default',
                                             'interfaces': []}], 30, 0.2, f'the status, not {self._layer2("web")}')

    def _layer2(self, name):
        found = self.cluster.get('servicel2statuses.metallb.io', '-n', NAMESPACE, '-l', f'metallb.io/service-name={name}')
        return [item.get('status') for item in (found or {}).get('items', [])]

    def the_configuration_is_valid(self):
        names = ['controller', *(f'speaker-{name}' for name in self.nodes)]
        wait(lambda: all((self._status('configurationstates.metallb.io', name) or {}).get('result') == 'Valid'
                         for name in names), 30, 0.2, f'{names} to be valid')

    def a_bad_configuration_is_invalid_until_it_is_put_right(self):
        peer = {'apiVersion': 'metallb.io/v1beta2', 'kind': 'BGPPeer', 'metadata': {'name': 'bad', 'namespace': NAMESPACE},
                'spec': {'myASN': 1, 'peerASN': 2, 'peerAddress': '192.0.2.250', 'bfdProfile': 'missing'}}
        self.cluster.apply(json.dumps(peer))
        state = wait(lambda: self._invalid(), 30, 0.2, 'Invalid')
        assert 'missing' in state['errorSummary'] and state['conditions'][0]['reason'] == 'ConfigurationError', state
        assert self._status('configurationstates.metallb.io', 'controller')['result'] == 'Valid'
        self.cluster.kubectl('delete', 'bgppeers.metallb.io', 'bad', '-n', NAMESPACE)
        wait(lambda: not self._invalid(), 30, 0.2, 'Valid')

    def a_removed_state_and_an_edited_counter_come_back(self):
        self.cluster.kubectl('delete', 'configurationstates.metallb.io', '--all', '-n', NAMESPACE)
        self.cluster.kubectl('patch', 'ipaddresspools.metallb.io', 'lab', '-n', NAMESPACE, '--subresource=status',
                             '--type=merge', '-p', '{"status": {"assignedIPv4": 77}}')
        self.the_configuration_is_valid()
        wait(lambda: self._status('ipaddresspools.metallb.io', 'lab')['assignedIPv4'] == 2, 60, 0.5, 'the counter')

    def _invalid(self):
        state = self._status('configurationstates.metallb.io', 'speaker-node-a') or {}
        return state if state.get('result') == 'Invalid' else None

    def a_removed_service_is_silent(self):
        self.cluster.kubectl('delete', 'service', 'two')
        wait(lambda: self.lab.owner(SECOND) is None, 30, 0.1, 'silence')

    def its_address_is_free_again(self):
        self.cluster.apply(service('three'))
        self._has('three', [(SECOND, 'VIP')])

    def a_requested_address_is_given(self):
        self.cluster.apply(service('asked', annotations={'metallb.io/loadBalancerIPs': '192.0.2.107'}))
        self._has('asked', [('192.0.2.107', 'VIP')])

    def a_service_that_is_no_balancer_any_more_has_nothing(self):
        self.cluster.kubectl('patch', 'service', 'asked', '-p', '{"spec": {"type": "ClusterIP"}}')
        self._has('asked', [])
        wait(lambda: 'metallb.io/ip-allocated-from-pool' not in
             self.cluster.get('service', 'asked')['metadata'].get('annotations', {}), 30, 0.1, 'the end of the note')

    def a_foreign_writer_is_reported_and_not_fought(self):
        status = {'status': {'loadBalancer': {'ingress': [{'ip': '198.51.100.7'}]}}}
        self.cluster.apply(service('contested', loadBalancerClass='example.com/none'))
        self.cluster.kubectl('patch', 'service', 'three', '--subresource=status', '--type=merge', '-p',
                             json.dumps(status), '--field-manager=somebody')
        leader = self.nodes[self.lab.leader()]
        rows = wait(lambda: [row for row in leader.api('problems')['problems'] if row['code'] == 'kubernetesConflict'],
                    30, 0.1, 'the conflict among the problems')
        assert 'somebody' in rows[0]['text'], rows
        version = self._version('three')
        self.cluster.apply(service('later'))
        wait(lambda: self.cluster.ingress('later'), 30, 0.1, 'another service meanwhile')
        assert self._version('three') == version and self.cluster.ingress('three')[0][0] == '198.51.100.7'
        self.cluster.kubectl('delete', 'service', 'three', 'later', 'contested')

    def the_holder_stops_and_another_allocates(self):
        before = self.lab.leader()
        self.nodes[before].stop()
        after = wait(lambda: self.lab.leader() not in (None, '', before) and self.lab.leader(), 30, 0.1, 'a new holder')
        self.cluster.apply(service('four'))
        self._has('four', [(SECOND, 'VIP')])
        assert self.cluster.ingress('web') == [(FIRST, 'VIP')], self.cluster.ingress('web')
        self.nodes[before].start().wait_ready()
        return f'{before} -> {after}'

    def the_api_server_dies_and_everything_stays(self):
        owner = wait(lambda: self.lab.owner(FIRST), 30, 0.1, 'an ARP reply')
        self.cluster.kill_server()
        codes = ('kubernetesUnreachable',)
        for node in self.nodes.values():
            wait(lambda node=node: any(row['code'] in codes for row in node.api('problems').get('problems', [])), 60, 0.2,
                 'the problem')
            assert node.get('/readyz')[0] == 200, node.get('/readyz')
        assert self.lab.owner(FIRST) == owner, 'the owner changed'

    def a_node_restarts_meanwhile_and_serves_from_its_snapshot(self):
        owner = wait(lambda: self.lab.owner(FIRST), 30, 0.1, 'an ARP reply')
        self.nodes[owner].kill()
        self.nodes[owner].start()
        wait(lambda: self.lab.owner(FIRST) == owner, 60, 0.1, 'the node to answer again')
        return owner

    def the_api_server_returns_and_what_was_missed_is_done(self):
        self.cluster.start_server()
        self.cluster.apply(service('five'))
        wait(lambda: self.cluster.ingress('five'), 60, 0.1, 'an address')
        for node in self.nodes.values():
            wait(lambda node=node: not node.api('problems')['problems'], 30, 0.2, 'the end of the problems')

    def rights_that_are_taken_away_are_named(self):
        self.cluster.kubectl('delete', 'rolebinding', 'herald', '-n', NAMESPACE)
        node = next(iter(self.nodes.values()))
        self.lab.settings(node, **{'snapshot.seconds': 2})  # a new connection, which lists everything
        rows = wait(lambda: [row for row in node.api('problems').get('problems', [])
                             if row['code'] == 'kubernetesForbidden'], 60, 0.5, 'the problem')
        assert 'forbidden' in rows[0]['text'] and 'rbac' in rows[0]['fix'], rows
        assert self.lab.owner(FIRST), 'the address was lost'
        return rows[0]['text']


TESTS = [name for name, value in vars(Kubernetes).items() if callable(value) and not name.startswith('_')]


def main():
    programs()
    report = Report()
    with Lab('k8s') as lab:
        tests = Kubernetes(lab)
        for name in TESTS:
            report.run('kubernetes: ' + name.replace('_', ' '), getattr(tests, name))
    return report.exit_code()


if __name__ == '__main__':
    sys.exit(main())
