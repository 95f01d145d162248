#!/usr/bin/env python3
"""The demonstration on a real API server: demo.py [--once]. Builds the control plane first where it is not built yet.

etcd, kube-apiserver, a client and two nodes with Herald, on one link; kubectl applies MetalLB's objects and a Service, and shows
its address. Stays until Ctrl-C, with the commands to look around; --once proves it and ends.
"""

import os
import signal
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), 'lab'))

import binaries  # noqa: E402
from kubernetes import POOLS, KubeLab, endpoints, service  # noqa: E402
from lab import Lab, LabError, wait  # noqa: E402

SKIPPED = 77


def say(text):
    print(text, flush=True)


def demonstrate(kube, once):
    cluster = kube.cluster
    say('Herald starts on node-a and node-b ...')
    kube.start()
    say(f'The lease is held by {wait(kube.leader, 60, 0.2, "a holder of the lease")}.\n\n$ kubectl apply -f pools.yaml -f web.yaml')
    for text in (POOLS, service('web'), endpoints('web', list(kube.nodes))):
        say(cluster.apply(text).strip())
    wait(lambda: cluster.ingress('web'), 60, 0.1, 'an address')
    say('\n$ kubectl get service web\n' + cluster.kubectl('get', 'service', 'web'))
    address = cluster.ingress('web')[0][0]
    owner = wait(lambda: kube.owner(address), 60, 0.1, 'an ARP reply')
    say(f'The client asks who has {address}: {owner} answers.')
    wait(lambda: 'nodeAssigned' in cluster.kubectl('get', 'events'), 60, 0.2, 'an event')
    say('\n$ kubectl get events\n' + cluster.kubectl('get', 'events', '-o', 'custom-columns=REASON:.reason,MESSAGE:.message'))
    if not once:
        say('Look around, from another terminal:\n  ' + ' '.join(cluster.command('get', 'herald', '-A')))
        say(f'  ip netns exec {kube.client.namespace} arping -c 3 -I eth0 {address}\nCtrl-C ends it.')
        signal.pause()


def main():
    once = '--once' in sys.argv[1:]
    try:
        binaries.build(say)
        with Lab('kdemo') as lab:
            demonstrate(KubeLab(lab), once)
    except binaries.Missing as missing:
        print(f'SKIP kubernetes: {missing}', file=sys.stderr)
        return SKIPPED
    except KeyboardInterrupt:
        say('\nThe lab is gone.')
        return 0
    except (LabError, OSError) as failure:
        print(f'\nFAILED: {failure}', file=sys.stderr)
        return 1
    return 0


if __name__ == '__main__':
    sys.exit(main())
