"""A control plane in one host of a lab: etcd and kube-apiserver, certificates, RBAC, and kubectl as its client.

There are no kubelets and no controllers: the tests write the nodes, services and endpoint slices that those would write.
"""

import base64
import json
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), 'lab'))

from lab import REPOSITORY, LabError, end, run, wait  # noqa: E402

PORT = 6443
SERVICE_RANGES = '10.96.0.0/16,fd00:10:96::/112'


class Cluster:
    """The control plane on `host`, reachable from the other hosts of the lab at `address`.

    `memory` is where the API server's collector begins to work hard: 900 MiB are enough for hundreds of objects; with tens of
    thousands it would do nothing else."""

    def __init__(self, host, address, programs, memory='900MiB'):
        self.host = host
        self.address = address
        self.programs = programs
        self.memory = memory
        self.directory = os.path.join(host.directory(), 'cluster')
        self.etcd = None
        self.server = None
        os.makedirs(self.directory, exist_ok=True)
        self.admin = os.path.join(self.directory, 'admin.kubeconfig')
        self._certificates()

    def path(self, name):
        return os.path.join(self.directory, name)

    def program(self, name):
        return os.path.join(self.programs, name)

    def start(self):
        self.start_store()
        self.start_server()
        return self

    def start_store(self):
        self.etcd = self.host.spawn(
            self.program('etcd'), '--data-dir', self.path('etcd'), '--unsafe-no-fsync', '--log-level', 'error',
            '--listen-client-urls', 'http://127.0.0.1:2379', '--advertise-client-urls', 'http://127.0.0.1:2379',
            '--listen-peer-urls', 'http://127.0.0.1:2380', '--initial-advertise-peer-urls', 'http://127.0.0.1:2380',
            '--initial-cluster', 'default=http://127.0.0.1:2380', start_new_session=True)

    def start_server(self, *extra):
        """Starts kube-apiserver and waits until it is ready."""
        self.server = self.host.spawn(
            self.program('kube-apiserver'), '--etcd-servers=http://127.0.0.1:2379', f'--secure-port={PORT}',
            f'--bind-address={self.address}', f'--advertise-address={self.address}',
            f'--service-cluster-ip-range={SERVICE_RANGES}', '--authorization-mode=RBAC',
            f'--tls-cert-file={self.path("server.crt")}', f'--tls-private-key-file={self.path("server.key")}',
            f'--client-ca-file={self.path("ca.crt")}', f'--service-account-key-file={self.path("accounts.key")}',
            f'--service-account-signing-key-file={self.path("accounts.key")}',
            '--service-account-issuer=https://kubernetes.default.svc', '--endpoint-reconciler-type=none',
            '--watch-cache=true', '--profiling=false', '--v=0', *extra, env={'GOMEMLIMIT': self.memory},
            start_new_session=True)
        wait(self.is_ready, 120, 0.1, 'the API server')
        return self

    def is_ready(self):
        if self.server.poll() is not None:
            raise LabError(f'kube-apiserver ended: {self.log()[-1500:]}')
        done = subprocess.run(self.command('get', '--raw', '/readyz'), text=True, stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL, timeout=30)
        return done.stdout == 'ok'

    def log(self):
        with open(os.path.join(self.host.directory(), 'kube-apiserver.log'), encoding='utf-8', errors='replace') as file:
            return file.read()

    def kill_server(self):
        end(self.server, 9)

    def stop(self):
        for process in (self.server, self.etcd):
            if process:
                end(process, seconds=10)

    # kubectl

    def command(self, *argv, kubeconfig=None):
        return self.host.command(self.program('kubectl'), f'--kubeconfig={kubeconfig or self.admin}',
                                 f'--cache-dir={self.path("cache")}', *argv)

    def kubectl(self, *argv, text=None, check=True, kubeconfig=None, timeout=60):
        """Runs kubectl and returns what it says; `text` is its standard input."""
        done = subprocess.run(self.command(*argv, kubeconfig=kubeconfig), input=text, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=timeout)
        if check and done.returncode != 0:
            raise LabError(f"kubectl {' '.join(argv)}: exit {done.returncode}\n{done.stdout}")
        return done.stdout

    def apply(self, text, **options):
        return self.kubectl('apply', '-f', '-', text=text, **options)

    def refused(self, text):
        """What kubectl says when the API server refuses the documents; raises when it takes them."""
        done = subprocess.run(self.command('apply', '-f', '-'), input=text, text=True, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, timeout=60)
        if done.returncode == 0:
            raise LabError(f'it was taken: {done.stdout}\n{text}')
        return done.stdout

    def get(self, *argv):
        """The object, or the list, as a tree; None where there is none."""
        out = self.kubectl('get', *argv, '-o', 'json', '--ignore-not-found')
        return json.loads(out) if out.strip() else None

    def ingress(self, service, namespace='default'):
        """What the status of a service says it has: a list of (address, ipMode)."""
        found = self.get('service', service, '-n', namespace) or {}
        balancer = found.get('status', {}).get('loadBalancer', {})
        return [(one.get('ip'), one.get('ipMode')) for one in balancer.get('ingress', [])]

    def establish(self, *paths):
        """Applies the files of deploy/ and waits until the kinds that they define are served."""
        for path in paths:
            self.kubectl('apply', '--server-side', '-f', os.path.join(REPOSITORY, 'deploy', path))
        self.kubectl('wait', '--for=condition=Established', 'crd', '--all', '--timeout=60s', timeout=90)

    # Who may ask

    def node(self, name, labels=None, address='192.0.2.11'):
        """A node as its kubelet would report it."""
        labels = {'kubernetes.io/hostname': name, 'kubernetes.io/os': 'linux', **(labels or {})}
        self.apply(json.dumps({'apiVersion': 'v1', 'kind': 'Node', 'metadata': {'name': name, 'labels': labels}}))
        status = {'status': {'addresses': [{'type': 'InternalIP', 'address': address}],
                             'conditions': [{'type': 'Ready', 'status': 'True', 'reason': 'KubeletReady'}]}}
        self.kubectl('patch', 'node', name, '--subresource=status', '--type=merge', '-p', json.dumps(status))

    def account(self, name, namespace, duration='4h'):
        """The path of a kubeconfig with a token of the service account."""
        token = self.kubectl('create', 'token', name, '-n', namespace, f'--duration={duration}').strip()
        path = self.path(f'{name}.kubeconfig')
        self._kubeconfig(path, {'token': token}, namespace)
        return path

    def _kubeconfig(self, path, user, namespace='default'):
        with open(self.path('ca.crt'), 'rb') as file:
            authority = base64.b64encode(file.read()).decode()
        config = {
            'apiVersion': 'v1', 'kind': 'Config', 'current-context': 'lab',
            'clusters': [{'name': 'lab', 'cluster': {'server': f'https://{self.address}:{PORT}',
                                                     'certificate-authority-data': authority}}],
            'users': [{'name': 'lab', 'user': user}],
            'contexts': [{'name': 'lab', 'context': {'cluster': 'lab', 'user': 'lab', 'namespace': namespace}}]}
        with open(path, 'w', encoding='utf-8', opener=_private) as out:
            json.dump(config, out)

    def _certificates(self):
        """An authority, the server's certificate, the administrator's, and the key that signs service accounts' tokens."""
        self.openssl('req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days',
                      '2', '-subj', '/CN=lab', '-keyout', 'ca.key', '-out', 'ca.crt')
        names = f'subjectAltName=IP:{self.address},IP:127.0.0.1,IP:10.96.0.1,DNS:localhost,DNS:kubernetes.default.svc'
        self.certificate('server', '/CN=kube-apiserver', names)
        self.certificate('admin', '/O=system:masters/CN=admin')
        self.openssl('genrsa', '-out', 'accounts.key', '2048')
        self._kubeconfig(self.admin, self.client('admin'))

    def certificate(self, name, subject, extension='', days=2):
        self.openssl('req', '-new', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-subj',
                      subject, '-keyout', f'{name}.key', '-out', f'{name}.csr')
        with open(self.path(f'{name}.ext'), 'w', encoding='ascii') as out:
            out.write(extension)
        self.openssl('x509', '-req', '-in', f'{name}.csr', '-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial',
                      '-days', str(days), '-extfile', f'{name}.ext', '-out', f'{name}.crt')

    def client(self, name):
        """The user entry of a kubeconfig for a certificate."""
        def read(suffix):
            with open(self.path(name + suffix), 'rb') as file:
                return base64.b64encode(file.read()).decode()

        return {'client-certificate-data': read('.crt'), 'client-key-data': read('.key')}

    def openssl(self, *argv):
        run(['openssl', *argv], cwd=self.directory)


def _private(path, flags):
    return os.open(path, flags, 0o600)
