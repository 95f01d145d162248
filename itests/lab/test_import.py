#!/usr/bin/env python3
"""herald import metallb asks a real API server by kubectl, and finds a cluster as MetalLB left it. No node runs."""

import json
import os
import subprocess
import sys

from kubernetes import API, NAMESPACE, POOLS, endpoints, programs, service, unpack
from cluster import Cluster
from lab import Lab, Report

ADDRESS = '192.0.2.105'


class Import:
    def __init__(self, lab):
        host = lab.host('api')
        lab.switch('switch').attach(host, 'eth0', f'{API}/24')
        self.home = unpack(lab.directory)
        self.host = host
        self.cluster = Cluster(host, API, programs()).start()
        self.cluster.establish('crds', 'namespace.yaml')
        for name in ('node-a', 'node-b'):
            self.cluster.node(name)
        self.cluster.apply(POOLS)
        self.cluster.apply(service('web'))
        self.cluster.apply(endpoints('web', ['node-a', 'node-b']))
        self._has('web', ADDRESS)

    def _has(self, name, address):
        """As MetalLB's controller writes it."""
        status = {'status': {'loadBalancer': {'ingress': [{'ip': address}]}}}
        self.cluster.kubectl('patch', 'service', name, '--subresource=status', '--type=merge', '-p', json.dumps(status),
                             '--field-manager=controller')

    def _ask(self, *words, program=('bin', 'herald')):
        command = self.host.command(os.path.join(self.home, *program), *words, '-o', 'json')
        done = subprocess.run(command, text=True, capture_output=True, timeout=120, stdin=subprocess.DEVNULL,
                              env={**os.environ, 'HERALD_KUBECTL': self.cluster.program('kubectl')})
        assert done.returncode in (0, 1) and done.stdout, (done.returncode, done.stderr)
        return done.returncode, json.loads(done.stdout)

    def _live(self):
        return self._ask('import', 'metallb', '--live', '--kubeconfig', self.cluster.admin)

    def _version(self):
        return self.cluster.get('service', 'web')['metadata']['resourceVersion']

    def everything_is_the_same(self):
        before = self._version()
        code, page = self._live()
        assert code == 0 and page['same'], page
        web = page['services'][0]
        assert (web['service'], web['has'], web['gets'], web['verdict']) == \
            ('default/web', [ADDRESS], [ADDRESS], 'keeps'), web
        assert len(web['layer2']) == 1, web
        assert sorted(row['object'] for row in page['objects']) == \
            [f'IPAddressPool {NAMESPACE}/lab', f'L2Advertisement {NAMESPACE}/lab'], page
        assert self._version() == before, 'something was written'

    def the_plugin_asks_the_same(self):
        code, page = self._ask('--kubeconfig', self.cluster.admin, 'import', 'metallb', program=('bin', 'kubectl-herald'))
        assert code == 0 and page == self._live()[1], page

    def what_would_change_is_named(self):
        self.cluster.apply(service('lost'))
        self._has('lost', '198.51.100.9')
        code, page = self._live()
        lost = next(row for row in page['services'] if row['service'] == 'default/lost')
        assert code == 1 and lost['verdict'] == 'changes', lost

    def a_cluster_that_cannot_be_asked_is_one_line(self):
        command = self.host.command(os.path.join(self.home, 'bin', 'herald'), 'import', 'metallb', '--kubeconfig', '/nowhere')
        done = subprocess.run(command, text=True, capture_output=True, timeout=120,
                              env={**os.environ, 'HERALD_KUBECTL': self.cluster.program('kubectl')})
        assert done.returncode == 2 and done.stderr.startswith('herald: kubectl: '), done


def main():
    programs()
    report = Report()
    with Lab('imp') as lab:
        imports = Import(lab)
        for check in ('everything_is_the_same', 'the_plugin_asks_the_same', 'what_would_change_is_named',
                      'a_cluster_that_cannot_be_asked_is_one_line'):
            report.run('import: ' + check.replace('_', ' '), getattr(imports, check))
    return report.exit_code()


if __name__ == '__main__':
    sys.exit(main())
