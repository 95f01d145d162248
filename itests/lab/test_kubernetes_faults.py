#!/usr/bin/env python3
"""One node and an API server that cannot be reached in every way that there is: one clear line, and the address stays."""

import json
import os
import sys

from kubernetes import POOLS, PORT, KubeLab, endpoints, programs, service
from lab import Lab, Report, end, wait

FIRST = '192.0.2.100'
# A proxy in front of API servers that are gone: whatever it is asked for is not there. Address, port, certificate, key.
LOST_PROXY = """
import http.server, ssl, sys
class Nothing(http.server.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'
    def do_GET(self):
        self.send_error(404)
    do_POST = do_PATCH = do_PUT = do_GET
server = http.server.ThreadingHTTPServer((sys.argv[1], int(sys.argv[2])), Nothing)
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(sys.argv[3], sys.argv[4])
server.socket = context.wrap_socket(server.socket, server_side=True)
server.serve_forever()
"""


class Faults:
    def __init__(self, lab):
        self.lab = KubeLab(lab, names=('node-a',))
        self.cluster = self.lab.cluster
        self.node = self.lab.nodes['node-a']

    def a_node_starts_without_the_api_server(self):
        self.cluster.apply(POOLS)
        self.cluster.apply(service('web'))
        self.cluster.apply(endpoints('web', ['node-a']))
        self.cluster.kill_server()
        self.node.start()
        return self._problem('kubernetesUnreachable')

    def _problem(self, code):
        rows = wait(lambda: [row for row in self.node.api('problems').get('problems', []) if row['code'] == code], 90, 0.2,
                    code)
        return rows[0]['text']

    def it_catches_up_when_the_api_server_comes(self):
        self.cluster.start_server()
        self.node.wait_ready()
        wait(lambda: self.lab.owner(FIRST) == 'node-a', 60, 0.1, 'an ARP reply')
        wait(lambda: os.path.exists(os.path.join(self.node.state, 'kubernetes.yaml')), 30, 0.1, 'a snapshot')

    def a_proxy_that_has_lost_the_api_server(self):
        """It says of everything that it is not there: that is no reason to believe that the pools are gone."""
        self.cluster.kill_server()
        proxy = self.cluster.host.spawn(sys.executable, '-c', LOST_PROXY, self.cluster.address, str(PORT),
                                        self.cluster.path('server.crt'), self.cluster.path('server.key'))
        try:
            text = wait(lambda: next((row['text'] for row in self.node.api('problems').get('problems', [])
                                      if 'it is no API server' in row['text']), None), 60, 0.2, 'the problem')
            for _ in range(20):
                assert self.lab.owner(FIRST) == 'node-a', 'the address was lost'
        finally:
            end(proxy)
        self.cluster.start_server()
        self._solved()
        assert self.lab.owner(FIRST) == 'node-a', 'the address was lost'
        return text

    def a_kind_that_is_not_served_for_a_while(self):
        """As while a chart is upgraded: its objects are where they were when it is served again, and meanwhile in force."""
        try:
            self._serve('ipaddresspools.metallb.io', False)
            text = self._problem('kubernetesNotServed')
            for _ in range(20):
                assert self.lab.owner(FIRST) == 'node-a', 'the address was lost'
        finally:
            self._serve('ipaddresspools.metallb.io', True)
        self._solved()
        self.cluster.apply(service('during'))
        self.cluster.apply(endpoints('during', ['node-a']))
        wait(lambda: self.cluster.ingress('during'), 60, 0.2, 'an address of a new service')
        self.cluster.kubectl('delete', 'service', 'during')
        return text

    def _serve(self, kind, served):
        change = [{'op': 'replace', 'path': '/spec/versions/0/served', 'value': served}]
        self.cluster.kubectl('patch', 'crd', kind, '--type=json', '-p', json.dumps(change))

    def a_kubeconfig_that_is_not_there(self):
        return self._with('/does/not/exist', 'kubernetesConfig')

    def a_kubeconfig_that_is_none(self):
        path = self.cluster.path('broken.kubeconfig')
        with open(path, 'w', encoding='ascii') as out:
            out.write('not: [a kubeconfig')
        return self._with(path, 'kubernetesConfig')

    def a_token_that_is_not_accepted(self):
        return self._with(self._changed('token', lambda config: config['users'][0]['user'].update(token='wrong')),
                          'kubernetesUnauthorized')

    def a_client_certificate_that_has_expired(self):
        self.cluster.certificate('expired', '/O=system:masters/CN=late', days=-1)
        text = self._with(self._certified('expired', 'PRIVATE KEY'), 'kubernetesUnauthorized')
        assert 'certificate is wrong or expired' in text, text

    def a_client_key_of_another_certificate(self):
        self.cluster.certificate('stranger', '/O=system:masters/CN=stranger')
        key = self.cluster.client('stranger')['client-key-data']
        path = self._changed('pair', lambda config: config['users'][0].update(
            user={**self.cluster.client('admin'), 'client-key-data': key}))
        text = self._with(path, 'kubernetesConfig')
        assert text.startswith(f'kubeconfig {path}: client-key-data of user lab '), text
        assert key not in self.node.log(), 'the key is in the log'

    def a_client_key_as_k3s_writes_it(self):
        """SEC 1: a fault ends with it, and what is new in the cluster is seen."""
        self.cluster.certificate('sec1', '/O=system:masters/CN=sec1')
        self.cluster.openssl('ec', '-in', 'sec1.key', '-out', 'sec1.pem')
        os.replace(self.cluster.path('sec1.pem'), self.cluster.path('sec1.key'))
        self.lab.settings(self.node, kubeconfig='/does/not/exist')
        self._problem('kubernetesConfig')
        self.lab.settings(self.node, kubeconfig=self._certified('sec1', 'EC PRIVATE KEY'))
        self._solved()
        self.cluster.apply(service('seen'))
        self.cluster.apply(endpoints('seen', ['node-a']))
        wait(lambda: self.cluster.ingress('seen'), 60, 0.2, 'an address of a new service')
        self.cluster.kubectl('delete', 'service', 'seen')
        self.lab.settings(self.node)

    def _certified(self, name, form):
        """A kubeconfig with the certificate `name`, whose key has this form."""
        with open(self.cluster.path(f'{name}.key'), encoding='ascii') as file:
            assert f'-----BEGIN {form}-----' in file.read(), f'{name}.key is no {form}'
        return self._changed(name, lambda config: config['users'][0].update(user=self.cluster.client(name)))

    def an_authority_that_is_not_the_servers(self):
        self.cluster.openssl('req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes',
                              '-days', '2', '-subj', '/CN=other', '-keyout', 'other.key', '-out', 'other.crt')
        other = self.cluster.client('other')['client-certificate-data']
        return self._with(
            self._changed('authority',
                          lambda config: config['clusters'][0]['cluster'].update({'certificate-authority-data': other})),
            'kubernetesCertificate')

    def _changed(self, name, change):
        with open(self.lab.kubeconfig, encoding='utf-8') as file:
            config = json.load(file)
        change(config)
        path = self.cluster.path(f'{name}.kubeconfig')
        with open(path, 'w', encoding='utf-8') as out:
            json.dump(config, out)
        return path

    def _with(self, kubeconfig, code):
        """The fault is told once, the address stays, and the right settings end it."""
        before = self._told(code)
        self.lab.settings(self.node, kubeconfig=kubeconfig)
        text = self._problem(code)
        assert self.lab.owner(FIRST) == 'node-a', 'the address was lost'
        lines = wait(lambda: self._told(code)[len(before):], 30, 0.1, 'a line in the log')
        assert len(lines) == 1, lines
        self.lab.settings(self.node)
        self._solved()
        return text

    def _solved(self):
        wait(lambda: not self.node.api('problems').get('problems', [None]), 60, 0.2, 'the end of the problem')

    def _told(self, code):
        """Warnings in the log; it may go to two files."""
        return sorted({line for line in self.node.log().splitlines() if f'[{code}]' in line and 'solved' not in line})

    def services_are_withdrawn_where_that_is_wanted(self):
        self.lab.settings(self.node, **{'on.control.plane.loss': 'withdraw'})
        wait(lambda: self.lab.owner(FIRST) == 'node-a', 60, 0.1, 'an ARP reply')
        self.cluster.kill_server()
        wait(lambda: self.lab.owner(FIRST) is None, 90, 0.1, 'silence')
        self.cluster.start_server()
        wait(lambda: self.lab.owner(FIRST) == 'node-a', 60, 0.1, 'the return')
        assert self.cluster.ingress('web') == [(FIRST, 'VIP')], self.cluster.ingress('web')

    def no_secret_is_logged(self):
        with open(self.lab.kubeconfig, encoding='utf-8') as file:
            token = json.load(file)['users'][0]['user']['token']
        assert token not in self.node.log()
        mode = os.stat(os.path.join(self.node.state, 'kubernetes.yaml')).st_mode & 0o777
        assert mode == 0o600, oct(mode)


TESTS = [name for name, value in vars(Faults).items() if callable(value) and not name.startswith('_')]


def main():
    programs()
    report = Report()
    with Lab('kfault') as lab:
        tests = Faults(lab)
        for name in TESTS:
            report.run('kubernetes faults: ' + name.replace('_', ' '), getattr(tests, name))
    return report.exit_code()


if __name__ == '__main__':
    sys.exit(main())
