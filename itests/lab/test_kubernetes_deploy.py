#!/usr/bin/env python3
"""What deploy/ says, taken by a real API server: manifests, the Helm chart and its values, and a pod run as they ask."""

import base64
import glob
import json
import os
import re
import subprocess
import sys

import image as images
from herald import Asker
from kubernetes import API, CLIENT, POOL, binaries, endpoints, programs, service
from cluster import PORT, Cluster
from lab import REPOSITORY, Lab, LabError, Report, run, wait

DEPLOY = os.path.join(REPOSITORY, 'deploy')
CHART = os.path.join(DEPLOY, 'helm', 'herald')
NAMESPACE = 'metallb-system'
FIRST = '192.0.2.100'
NODE = '192.0.2.11'
# What the level baseline has against the pods: the host's network, the capability, and probes of the loopback.
BASELINE = {'host namespaces', 'hostPort', 'non-default capabilities', 'probe or lifecycle host'}
TOKEN = '/var/run/secrets/kubernetes.io/serviceaccount'

# The kinds of Prometheus' operator, without their schemas: these are not ours to test.
OPERATOR = '\n---\n'.join(f"""\
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {{name: {plural}.monitoring.coreos.com}}
spec:
  group: monitoring.coreos.com
  scope: Namespaced
  names: {{kind: {kind}, plural: {plural}}}
  versions:
  - {{name: v1, served: true, storage: true, schema: {{openAPIV3Schema: {{type: object, x-kubernetes-preserve-unknown-fields: true}}}}}}
""" for kind, plural in (('PodMonitor', 'podmonitors'), ('PrometheusRule', 'prometheusrules')))

RELEASE = f"""\
ipAddressPools:
- {{name: lab, spec: {{addresses: [{POOL}]}}}}
l2Advertisements:
- {{name: lab, spec: {{ipAddressPools: [lab]}}}}
bfdProfiles:
- {{name: slow, spec: {{receiveInterval: 1000}}}}
bgpPeers:
- {{name: tor, labels: {{rack: a}}, spec: {{myASN: 65001, peerASN: 65000, peerAddress: 192.0.2.254, bfdProfile: slow}}}}
communities:
- {{name: named, spec: {{communities: [{{name: drain, value: '65535:0'}}]}}}}
speaker:
  memberlist: {{enabled: true}}
"""

# (values, a part of what Helm says)
REFUSED = [
    ('role=controller', 'role'),
    ('configInline.x=1', 'configInline'),
    ('speaker.image.pullPolicy=Sometimes', 'pullPolicy'),
    ('speaker.memberlist.mlBindPort=70000', 'mlBindPort'),
    ('speaker.heap=lots', 'heap'),
    ('onControlPlaneLoss=panic', 'onControlPlaneLoss'),
    ('prometheus.podMonitor.enabled=maybe', 'enabled'),
    ('prometheus.metricsPort=0', 'metricsPort'),
    ('ipAddressPools[0].name=x', 'spec'),
    ('ipAddressPools[0].name=Upper,ipAddressPools[0].spec.addresses[0]=192.0.2.0/24', 'name'),
    ('ipAddressPools[0].name=x,ipAddressPools[0].spec.addresses=192.0.2.0/24', 'addresses'),
    ('bgpPeers[0].name=x,bgpPeers[0].spec.password=secret', 'bgpPeers'),
    ('features[0]=a b', 'features'),
    ('settings.org\\.heraldlb\\.membership.key=x', "invalid propertyName 'key'"),
]


def container_of(daemon):
    return daemon['spec']['template']['spec']['containers'][0]


def environment_of(daemon):
    return {entry['name']: entry.get('value', entry.get('valueFrom')) for entry in container_of(daemon)['env']}


def settings(objects):
    return objects['ConfigMap/herald']['data']


def probes(daemon):
    return [container_of(daemon)[f'{name}Probe']['httpGet'] for name in ('startup', 'liveness', 'readiness')]


def capabilities(daemon):
    return container_of(daemon)['securityContext']['capabilities']['add']


# (values, what must be true of the rendered objects and the DaemonSet)
RENDERED = [
    ('bgp.listen=true', lambda all_, daemon: capabilities(daemon) == ['NET_RAW', 'NET_BIND_SERVICE']
     and 'listen = true' in settings(all_)['org.heraldlb.bgp.cfg']),
    ('bgp.listen=true,bgp.port=1179', lambda all_, daemon: capabilities(daemon) == ['NET_RAW']
     and 'port = 1179' in settings(all_)['org.heraldlb.bgp.cfg']),
    ('loadBalancerClass=example.com/lb,speaker.ignoreExcludeLB=true', lambda all_, daemon: all(
        line in settings(all_)['org.heraldlb.core.cfg'] for line in ('loadBalancerClass = example.com/lb',
                                                                    'ignoreExcludeLabel = true'))),
    ('role=speaker', lambda all_, daemon: 'role = speaker' in settings(all_)['org.heraldlb.k8ssource.cfg']),
    ('onControlPlaneLoss=hold-for,holdSeconds=1000000', lambda all_, daemon:
     'hold.seconds = 1000000' in settings(all_)['org.heraldlb.k8ssource.cfg']),
    ('settings.org\\.heraldlb\\.l2.ping\\.answer=true', lambda all_, daemon:
     settings(all_)['org.heraldlb.l2.cfg'].strip() == 'ping.answer = true'),
    ('speaker.excludeInterfaces.enabled=false', lambda all_, daemon:
     settings(all_)['org.heraldlb.l2.cfg'].strip() == 'interfaces.exclude ='),
    ('speaker.runAsRoot=true', lambda all_, daemon: daemon['spec']['template']['spec']['securityContext']['runAsUser'] == 0
     and container_of(daemon)['securityContext']['allowPrivilegeEscalation'] is False),
    ('speaker.image.repository=registry.example/herald,speaker.image.tag=v9,imagePullSecrets[0].name=pull',
     lambda all_, daemon: container_of(daemon)['image'] == 'registry.example/herald:v9'
     and daemon['spec']['template']['spec']['imagePullSecrets'] == [{'name': 'pull'}]),
    ('speaker.tolerateMaster=false', lambda all_, daemon: 'tolerations' not in daemon['spec']['template']['spec']),
    ('speaker.nodeSelector.role=edge,speaker.priorityClassName=system-node-critical,speaker.podAnnotations.a=b',
     lambda all_, daemon: daemon['spec']['template']['spec']['nodeSelector'] == {'kubernetes.io/os': 'linux', 'role': 'edge'}
     and daemon['spec']['template']['metadata']['annotations']['a'] == 'b'),
    ('prometheus.expose=true,prometheus.metricsPort=9999', lambda all_, daemon:
     environment_of(daemon)['HERALD_HTTP_BIND'] == {'fieldRef': {'apiVersion': 'v1', 'fieldPath': 'status.hostIP'}}
     and environment_of(daemon)['HERALD_HTTP_PORT'] == '9999'
     and all('host' not in probe and probe['port'] == 9999 for probe in probes(daemon))),
    ('prometheus.podMonitor.enabled=true,prometheus.podMonitor.interval=15s,prometheus.podMonitor.additionalLabels.x=y',
     lambda all_, daemon: all_['PodMonitor/herald']['spec']['podMetricsEndpoints'][0]['interval'] == '15s'
     and all_['PodMonitor/herald']['metadata']['labels']['x'] == 'y'
     and all('host' not in probe for probe in probes(daemon))),
    ('prometheus.prometheusRule.enabled=true,prometheus.dashboard.enabled=true', lambda all_, daemon:
     json.loads(all_['ConfigMap/herald-dashboard']['data']['dashboard.json'])['title'] == 'Herald'
     and len(all_['PrometheusRule/herald']['spec']['groups'][0]['rules']) > 5),
    ('networkpolicies.enabled=true', lambda all_, daemon: 'NetworkPolicy/herald' in all_),
    ('webhook.enabled=true,features[0]=herald-frr', lambda all_, daemon:
     environment_of(daemon)['HERALD_FEATURES'] == 'herald-kubernetes,herald-k8s-webhook,herald-frr'
     and 'ValidatingWebhookConfiguration/herald-webhook' in all_),
    ('rbac.create=false,admissionPolicy.create=false', lambda all_, daemon:
     sorted(all_) == ['ConfigMap/herald', 'DaemonSet/herald']),
]


class Deploy:
    def __init__(self, lab, tool):
        self.lab = lab
        self.helm_program = tool
        self.switch = lab.switch('switch')
        self.client, self.api, self.host = self._host('client', CLIENT), self._host('api', API), self._host('node-a', NODE)
        self.cluster = Cluster(self.api, API, programs()).start()
        self.overlay = os.path.join(lab.directory, 'overlay')
        os.makedirs(self.overlay)
        self.pod = None

    def _host(self, name, address):
        host = self.lab.host(name)
        host.sysctl('net.ipv4.conf.all.arp_ignore', 1)
        self.switch.attach(host, 'eth0', f'{address}/24')
        return host

    # How it is asked

    def helm(self, *argv, check=True):
        """Runs Helm on the cluster; returns (exit code, standard output, standard error)."""
        home = {name: os.path.join(self.lab.directory, 'helm') for name in
                ('HELM_CACHE_HOME', 'HELM_CONFIG_HOME', 'HELM_DATA_HOME')}
        done = subprocess.run(self.api.command(self.helm_program, f'--kubeconfig={self.cluster.admin}', *argv), text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, timeout=120,
                              env={**os.environ, **home})
        if check and done.returncode != 0:
            raise LabError(f'helm {argv}: exit {done.returncode}: {done.stderr[-1500:]}')
        return done.returncode, done.stdout, done.stderr

    def rendered(self, *argv):
        _, out, _ = self.helm('template', 'herald', CHART, '-n', NAMESPACE, '--kube-version', self.version(), *argv)
        return out

    @staticmethod
    def version():
        return binaries.version()

    def asked(self, text):
        """The documents as the server would store them, by kind and name, without what it adds. Nothing is stored."""
        done = subprocess.run(self.cluster.command('apply', '--server-side', '--dry-run=server', '--force-conflicts', '-o',
                                                   'json', '-f', '-'), input=text, text=True, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, timeout=60)
        if done.returncode != 0 or 'arning' in done.stderr:
            raise LabError(f'exit {done.returncode}: {done.stderr}')
        tree = json.loads(done.stdout)
        found = {}
        for item in tree['items'] if tree['kind'] == 'List' else [tree]:
            for name in ('managedFields', 'uid', 'creationTimestamp', 'resourceVersion', 'generation'):
                item['metadata'].pop(name, None)
            found[f"{item['kind']}/{item['metadata']['name']}"] = item
        return found

    def kustomized(self, *components):
        with open(os.path.join(self.overlay, 'kustomization.yaml'), 'w', encoding='ascii') as out:
            relative = os.path.relpath(DEPLOY, self.overlay)
            json.dump({'resources': [relative], 'components': [os.path.join(relative, one) for one in components]}, out)
        return run([self.cluster.program('kubectl'), 'kustomize', self.overlay])

    # The manifests

    def the_manifests_are_taken_without_a_warning(self):
        self.cluster.establish('namespace.yaml', 'crds')
        said = self.cluster.kubectl('apply', '--server-side', '-f', '-', text=self.kustomized())
        assert 'arning' not in said, said
        return f'{len(said.splitlines())} objects'

    def the_chart_with_its_defaults_is_the_manifests(self):
        plain = self.asked(self.kustomized())
        chart = self.asked(self.rendered('--include-crds'))
        plain.pop(f'Namespace/{NAMESPACE}')
        assert sorted(plain) == sorted(chart), set(plain) ^ set(chart)
        for name in plain:
            for one in (plain[name], chart[name]):
                one['metadata'].pop('labels', None)
                one.pop('status', None)
            if name == 'DaemonSet/herald':
                plain[name]['metadata'].pop('annotations', None)
                chart[name]['metadata'].pop('annotations', None)
                chart[name]['spec']['template']['metadata'].pop('annotations')
            assert plain[name] == chart[name], difference(plain[name], chart[name], name)

    def monitoring_is_taken_and_opens_the_port(self):
        self.cluster.apply(OPERATOR)
        self.cluster.kubectl('wait', '--for=condition=Established', 'crd', '--all', '--timeout=60s', timeout=90)
        found = self.asked(self.kustomized('monitoring'))
        daemon = found['DaemonSet/herald']
        assert environment_of(daemon)['HERALD_HTTP_BIND']['fieldRef']['fieldPath'] == 'status.hostIP'
        assert all('host' not in probe for probe in probes(daemon)), probes(daemon)
        assert {'PodMonitor/herald', 'PrometheusRule/herald', 'ConfigMap/herald-dashboard'} <= set(found)
        self.asked(open(os.path.join(DEPLOY, 'networkpolicy.yaml'), encoding='utf-8').read())

    def its_pods_need_a_privileged_namespace(self):
        daemon = self.cluster.get('daemonset', 'herald', '-n', NAMESPACE)
        template = daemon['spec']['template']
        pod = json.dumps({'apiVersion': 'v1', 'kind': 'Pod', 'spec': template['spec'],
                          'metadata': {'name': 'probe', 'namespace': NAMESPACE, 'labels': template['metadata']['labels']}})
        assert self._level('privileged', pod) == '', self._level('privileged', pod)
        baseline, restricted = self._level('baseline', pod), self._level('restricted', pod)
        self._level('privileged', pod)
        assert rules(baseline) == BASELINE, baseline
        assert rules(restricted) == BASELINE - {'non-default capabilities'} | {'unrestricted capabilities'}, restricted

    def _level(self, level, pod):
        """What the server says of the pod where the namespace enforces this level."""
        self.cluster.kubectl('label', '--overwrite', 'namespace', NAMESPACE, f'pod-security.kubernetes.io/enforce={level}',
                             f'pod-security.kubernetes.io/warn={level}')
        done = subprocess.run(self.cluster.command('create', '--dry-run=server', '-f', '-'), input=pod, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60)
        return done.stderr

    # The chart

    def lint_finds_nothing(self):
        _, out, _ = self.helm('lint', CHART, '--strict', '--kube-version', self.version())
        assert '[ERROR]' not in out and '[WARNING]' not in out, out

    def values_do_what_they_say(self):
        wrong = []
        for values, holds in RENDERED:
            found = self.asked(self.rendered('--set', values))
            if not holds(found, found['DaemonSet/herald']):
                wrong.append(values)
        assert not wrong, wrong
        return f'{len(RENDERED)} sets of values'

    def wrong_values_are_refused_by_name(self):
        wrong = []
        for values, part in REFUSED:
            code, _, said = self.helm('template', 'herald', CHART, '--kube-version', self.version(), '--set', values,
                                      check=False)
            if code == 0 or part not in said or "don't meet the specifications" not in said:
                wrong.append(f'{values}: {code} {said[-200:]}')
        assert not wrong, wrong
        return f'{len(REFUSED)} values'

    def rendering_twice_gives_the_same(self):
        assert self.rendered() == self.rendered(), 'something is made up at render time'

    def another_namespace_is_used_throughout(self):
        _, out, _ = self.helm('template', 'herald', CHART, '-n', 'elsewhere', '--kube-version', self.version(), '--set',
                              'webhook.enabled=true,networkpolicies.enabled=true,prometheus.podMonitor.enabled=true')
        assert NAMESPACE not in out, [line for line in out.splitlines() if NAMESPACE in line]

    # A release

    def a_release_is_installed_with_its_pools_and_peers(self):
        # Not the namespace: nobody here would end its deletion.
        for path in ('daemonset.yaml', 'admission.yaml', 'rbac.yaml', 'crds'):
            self.cluster.kubectl('delete', '--wait=true', '-f', os.path.join(DEPLOY, path))
        self.cluster.kubectl('create', 'secret', 'generic', 'memberlist', '-n', NAMESPACE,
                             '--from-literal=secretkey=bm90IGEgc2VjcmV0LCBhIGxhYg==')
        self.values = os.path.join(self.lab.directory, 'values.yaml')
        with open(self.values, 'w', encoding='ascii') as out:
            out.write(RELEASE)
        self.helm('install', 'herald', CHART, '-n', NAMESPACE, '-f', self.values)
        assert self.cluster.get('ipaddresspools.metallb.io', 'lab', '-n', NAMESPACE)['spec']['addresses'] == [POOL]
        peer = self.cluster.get('bgppeers.metallb.io', 'tor', '-n', NAMESPACE)
        assert peer['metadata']['labels']['rack'] == 'a', peer['metadata']

    def the_pod_that_it_asks_for_serves(self):
        if images.archive() is None or not run(['which', 'crun'], check=False):
            return 'SKIP no image (mvn -Pimage -pl image package) or no crun'
        self.cluster.node('node-a', address=NODE)
        self.pod = self._pod(self.cluster.get('daemonset', 'herald', '-n', NAMESPACE))
        self.pod.start()
        self.cluster.apply(service('web'))
        self.cluster.apply(endpoints('web', ['node-a']))
        try:
            wait(lambda: self.cluster.ingress('web') == [(FIRST, 'VIP')], 120, 0.3, 'an address')
        except LabError as failure:
            raise LabError(f'{failure}: {self.pod.get("/readyz")} {self.pod.log()[-1500:]}') from failure
        asker = Asker(self.client, 'eth0', CLIENT)
        wait(lambda: asker.ask(FIRST, 0.1) == self.host.mac('eth0'), 30, what='an ARP reply')
        assert int(self.pod.status()['CapEff'], 16) == images.mask(('CAP_NET_RAW',)), self.pod.status()
        assert 'not a secret' not in self.pod.log() and 'bm90' not in self.pod.log()

    def _pod(self, daemon):
        """What the kubelet would make of the DaemonSet, but for cgroups and seccomp."""
        spec = daemon['spec']['template']['spec']
        container = spec['containers'][0]
        context = {**spec['securityContext'], **container['securityContext']}
        environment = {name: value if isinstance(value, str) else {'spec.nodeName': 'node-a', 'status.hostIP': NODE}
                       [value['fieldRef']['fieldPath']] for name, value in environment_of(daemon).items()}
        environment.update(KUBERNETES_SERVICE_HOST=API, KUBERNETES_SERVICE_PORT=str(PORT))
        unpacked = images.Image(images.archive(), os.path.join(self.lab.directory, 'image'))
        pod = images.Container(self.host, unpacked, user=context['runAsUser'], environment=environment,
                               capabilities=['CAP_' + name for name in context['capabilities']['add']],
                               privileges=context['allowPrivilegeEscalation'])
        assert context['readOnlyRootFilesystem'] is True
        sources = {volume['name']: volume for volume in spec['volumes']}
        for mount in container['volumeMounts']:
            self._mount(pod, mount['mountPath'], sources[mount['name']], context['fsGroup'])
        token = self.cluster.kubectl('create', 'token', spec['serviceAccountName'], '-n', NAMESPACE).strip()
        with open(self.cluster.path('ca.crt'), encoding='ascii') as authority:
            pod.mount(TOKEN, {'token': token, 'ca.crt': authority.read(), 'namespace': NAMESPACE})
        return pod

    def _mount(self, pod, path, volume, group):
        if 'configMap' in volume:
            pod.mount(path, self.cluster.get('configmap', volume['configMap']['name'], '-n', NAMESPACE)['data'])
        elif 'secret' in volume:
            data = self.cluster.get('secret', volume['secret']['secretName'], '-n', NAMESPACE)['data']
            pod.mount(path, {key: base64.b64decode(value).decode() for key, value in data.items()}, 0o440, group)
        else:
            assert path == images.BASE and 'emptyDir' in volume, (path, volume)

    def every_metric_of_alerts_and_dashboard_is_exported(self):
        if self.pod is None:
            return 'SKIP no pod'
        named = set()
        for path in glob.glob(os.path.join(DEPLOY, 'monitoring', '*')):
            with open(path, encoding='utf-8') as file:
                named |= set(re.findall(r'\b(?:herald|metallb)_[a-z0-9_]+\b', file.read()))
        try:
            wait(lambda: named <= self._exported(), 60, 0.5, 'all metrics')
        except LabError:
            raise AssertionError(f'not exported: {sorted(named - self._exported())}') from None
        return f'{len(named)} metrics'

    def _exported(self):
        return set(re.findall(r'^# TYPE (\S+)', self.pod.get('/metrics')[1], re.M)) | {'herald_dashboard'}

    def the_pod_ends_cleanly(self):
        if self.pod is None:
            return 'SKIP no pod'
        code = self.pod.terminate()
        assert code in (0, 143), f'exit {code}'
        return f'exit {code}'

    def an_upgrade_changes_settings_and_replaces_pods(self):
        before = self.cluster.get('daemonset', 'herald', '-n', NAMESPACE)
        self.helm('upgrade', 'herald', CHART, '-n', NAMESPACE, '-f', self.values, '--set', 'role=speaker')
        after = self.cluster.get('daemonset', 'herald', '-n', NAMESPACE)
        assert before['spec']['template'] != after['spec']['template'], 'the pods would not be replaced'

    def uninstalling_keeps_the_kinds_and_what_others_made(self):
        self.cluster.apply(json.dumps({
            'apiVersion': 'metallb.io/v1beta1', 'kind': 'IPAddressPool', 'spec': {'addresses': ['198.51.100.0/24']},
            'metadata': {'name': 'mine', 'namespace': NAMESPACE}}))
        self.helm('uninstall', 'herald', '-n', NAMESPACE)
        left = self.cluster.get('ipaddresspools.metallb.io', '-n', NAMESPACE)['items']
        assert [pool['metadata']['name'] for pool in left] == ['mine'], left
        assert self.cluster.get('crd', 'heraldbgppeers.heraldlb.org'), 'a kind is gone'
        assert self.cluster.get('daemonset', 'herald', '-n', NAMESPACE) is None


def rules(said):
    """The rules of pod security that a refusal names."""
    return set(re.findall(r'([a-z][A-Za-z -]+) \([^()]*\)', said.partition('violates PodSecurity')[2]))


def difference(a, b, path):
    """The first place where two trees differ."""
    if isinstance(a, dict) and isinstance(b, dict):
        for key in sorted(set(a) | set(b)):
            if a.get(key) != b.get(key):
                return difference(a.get(key), b.get(key), f'{path}.{key}')
    if isinstance(a, list) and isinstance(b, list) and len(a) == len(b):
        for place, (one, other) in enumerate(zip(a, b)):
            if one != other:
                return difference(one, other, f'{path}[{place}]')
    return f'{path}: {a!r} and {b!r}'


TESTS = [name for name, value in vars(Deploy).items()
         if callable(value) and not name.startswith('_') and name not in ('helm', 'rendered', 'asked', 'kustomized', 'version')]


def main():
    programs()
    try:
        tool = binaries.helm()
    except binaries.Missing as missing:
        print(f'# SKIP kubernetes deploy: {missing}')
        return 77
    report = Report()
    with Lab('kdep') as lab:
        deploy = Deploy(lab, tool)
        for name in TESTS:
            report.run('kubernetes deploy: ' + name.replace('_', ' '), getattr(deploy, name))
    return report.exit_code()


if __name__ == '__main__':
    sys.exit(main())
