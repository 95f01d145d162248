#!/usr/bin/env python3
"""kubectl herald: the shell's verbs in the pod of a node. There is no kubelet here: a stub of kubectl lists the lab's nodes as
pods and runs what is executed in one at the door of its node. That kubectl finds the plugin is tried with the real one."""

import json
import os
import subprocess
import sys

from kubernetes import binaries
from lab import Lab, Report, wait
from link import POOLS, WEB, LinkLab, service_document

STUB = """\
#!/bin/sh
# Stands for kubectl: "get pods" and "exec".
echo "$*" >> {calls}
case $1 in
    --*) shift ;;
esac
case $1 in
    get) cat {pods} ;;
    exec)
        pod=$3
        while [ "$1" != -- ]; do shift; done
        shift 2
        exec {herald} --base "$(dirname {pods})/../$(sed -n "s/ $pod\\$//p" {pods})/base" "$@"
        ;;
    *) exit 9 ;;
esac
"""


class Plugin:
    def __init__(self, lab):
        self.link = LinkLab(lab)
        self.nodes = self.link.nodes
        self.bin = os.path.join(self.link.home, 'bin')
        self.directory = os.path.join(lab.directory, 'stub')
        os.makedirs(self.directory)
        self.pods = self._file('pods', ''.join(f'{name} herald-{place}\n' for place, name in enumerate(self.nodes)))
        self.calls = self._file('calls', '')
        self.stub = self._file('kubectl', STUB.format(
            calls=self.calls, pods=self.pods, herald=os.path.join(self.bin, 'herald')))
        os.chmod(self.stub, 0o755)
        for node in self.nodes.values():
            node.write('web.yaml', WEB)
        self.link.start()
        for node in self.nodes.values():
            wait(lambda node=node: node.addresses().get('default/web'), 30, 0.1, 'an address')

    def _file(self, name, text):
        path = os.path.join(self.directory, name)
        with open(path, 'w', encoding='utf-8') as out:
            out.write(text)
        return path

    def ask(self, *words, **environment):
        """(exit code, output, error output) of kubectl herald WORDS."""
        done = subprocess.run([os.path.join(self.bin, 'kubectl-herald'), *words], text=True, capture_output=True,
                              timeout=60, stdin=subprocess.DEVNULL,
                              env={**os.environ, 'HERALD_KUBECTL': self.stub, **environment})
        return done.returncode, done.stdout, done.stderr

    def the_same_verbs_give_the_same_json(self):
        for verb in ('vip:list', 'pool:list', 'herald:problems', 'herald:takeover'):
            code, said, errors = self.ask(verb, '-o', 'json')
            assert code == 0, (verb, errors)
            assert json.loads(said) == json.loads(self.nodes['node-a'].do(f'{verb} -o json')), (verb, said)
        assert self.ask('vip', 'explain', 'web')[1].startswith('default/web'), self.ask('vip', 'explain', 'web')

    def a_node_is_named(self):
        for name in self.nodes:
            for words in (('--node', name, 'herald:status'), (f'--node={name}', 'status')):
                code, said, errors = self.ask(*words, '-o', 'json')
                assert code == 0 and json.loads(said)['node'] == name, (words, said, errors)

    def without_a_node_it_says_what_to_do(self):
        code, said, errors = self.ask('bgp:peers')
        assert (code, said) == (2, '') and '--node, one of: node-a node-b' in errors, (code, said, errors)

    def the_exit_code_of_the_verb_comes_back(self):
        code, said, errors = self.ask('vip:explain', 'nothing')
        assert code == 1 and 'no service' in said + errors, (code, said, errors)

    def an_unknown_node_is_named(self):
        code, _, errors = self.ask('--node', 'node-x', 'status')
        assert code == 1 and 'node-x' in errors and 'node-a node-b' in errors, errors
        assert self.ask('nodes')[1].split() == ['node-a', 'node-b']

    def options_reach_kubectl(self):
        assert self.ask('--kubeconfig=/k', '-n', 'other', 'nodes')[0] == 0
        with open(self.calls, encoding='utf-8') as file:
            calls = file.read()
        assert '\n--kubeconfig=/k get pods --namespace=other' in calls, calls

    def documents_are_looked_at_here(self):
        path = self._file('a.yaml', POOLS + '---\n' + service_document('one'))
        with open(self.calls, encoding='utf-8') as file:
            before = file.read()
        for verb in (('plan',), ('validate',), ('import', 'metallb')):
            code, said, errors = self.ask(*verb, path, '-o', 'json')
            assert code == 0 and isinstance(json.loads(said), dict), (verb, code, said, errors)
        with open(self.calls, encoding='utf-8') as file:
            assert file.read() == before, 'kubectl was asked'

    def without_arguments_it_explains_itself(self):
        code, said, errors = self.ask()
        assert code == 2 and 'usage: kubectl herald' in errors and not said
        assert self.ask('--nonsense', 'x')[0] == 2

    def the_real_kubectl_finds_it(self):
        try:
            kubectl = os.path.join(binaries.directory(), 'kubectl')
        except binaries.Missing as missing:
            return f'not tried: {missing}'
        done = subprocess.run([kubectl, 'herald', '--help'], text=True, capture_output=True, timeout=60,
                              env={**os.environ, 'PATH': self.bin + os.pathsep + os.environ['PATH']})
        assert done.returncode == 0 and done.stdout.startswith('usage: kubectl herald'), done
        return None


def main():
    report = Report()
    with Lab('kplug') as lab:
        plugin = Plugin(lab)
        for check in ('the_same_verbs_give_the_same_json', 'a_node_is_named', 'without_a_node_it_says_what_to_do',
                      'the_exit_code_of_the_verb_comes_back', 'an_unknown_node_is_named', 'options_reach_kubectl',
                      'documents_are_looked_at_here', 'without_arguments_it_explains_itself',
                      'the_real_kubectl_finds_it'):
            report.run('kubectl herald: ' + check.replace('_', ' '), getattr(plugin, check))
    return report.exit_code()


if __name__ == '__main__':
    sys.exit(main())
