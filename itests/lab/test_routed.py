#!/usr/bin/env python3
"""A service address reaches a router's kernel table by BGP over both nodes, and traffic flows over both."""

import sys

from lab import Lab, Report, wait
from link import LinkLab
from routed import FIRST, Router

NODES = {'node-a': '192.0.2.11', 'node-b': '192.0.2.12'}


def main():
    report = Report()
    with Lab('rt') as lab:
        link = LinkLab(lab, tuple(NODES))
        router = Router(link, list(NODES.values()))
        router.start()
        link.start()
        report.run('both sessions are Established', router.wait_established)
        report.run('the kernel of the router has both next hops', router.wait_next_hops, list(NODES.values()))
        report.run('traffic of a client behind the router reaches both nodes', both_answer, router)
        report.run('bgp:peers shows the session', shows_session, link)
        report.run('one session: page, doctor, clear, trace, received routes', one_session, link)
        report.run('the session is there again', router.wait_established)
        report.run('a node without the service is taken out of the route', one_node_leaves, link, router)
        report.run('stopping a node takes it out of the route', one_node_stops, link, router)
    return report.exit_code()


def both_answer(router):
    seen = wait(lambda: (found := router.visits()) and len(found) == 2 and found, 10, 0.1, 'answers from both nodes')
    return f'{FIRST}: {seen}'


def shows_session(link):
    """Soon: what sessions say is gathered, and the router is ahead of it."""
    wait(lambda: 'Established' in link.nodes['node-a'].do('bgp:peers'), 5, 0.2, 'an Established session')


def one_session(link):
    node = link.nodes['node-a']
    page = node.do('bgp:peer router')
    assert 'Peer offers' in page and 'Established' in page, page
    assert 'good' in node.do('bgp:doctor router')
    assert '"verdict"' in node.do('bgp:doctor router -o json')
    assert 'PREFIX' in node.do('bgp:routes router') or 'routes' in node.do('bgp:routes router --received')
    assert 'again' in node.do('bgp:clear router --soft')
    assert 'reset' in node.do('bgp:clear router')
    trace = node.do('bgp:trace router --for 8s')
    assert '-> OPEN' in trace and '<- KEEPALIVE' in trace, trace


def one_node_leaves(link, router):
    node = link.nodes['node-b']
    text = open(f'{node.documents}/routed.yaml', encoding='utf-8').read()
    node.remove('routed.yaml')
    router.wait_next_hops([NODES['node-a']])
    node.write('routed.yaml', text)
    router.wait_next_hops(list(NODES.values()), 20)


def one_node_stops(link, router):
    link.nodes['node-a'].stop()
    router.wait_next_hops([NODES['node-b']], 20)


if __name__ == '__main__':
    sys.exit(main())
