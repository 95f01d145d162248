#!/usr/bin/env python3
"""The demonstration behind ./run: demo.py [--once].

Parts prove one thing each, one after the other; `all_parts` is where another one joins in.
"""

import os
import signal
import sys
import time

import routed
from herald import fetch
from lab import Lab, LabError, wait
from link import CLIENT, FIRST, WEB, LinkLab
from peers import Frr

COLOURS = sys.stdout.isatty()
PICTURE = r"""
       client  {client}               far client  {far}
          |                                    |
          |                         router  {router}  FRR, AS {router_as}
          |                                    |
    ======+=========+=============+============+======  switch, one link
                    |             |
      node-a  192.0.2.11       node-b  192.0.2.12     Herald + web server, AS {node_as}

      service default/web   wants an address of {pool}, told by ARP
      service default/shop  wants an address of {routed_pool}, told by BGP
"""


# 100 ms x 3: silence of 300 ms takes a path down, where BGP alone would wait for its hold time of 90 s.
PROFILE = """\
---
apiVersion: metallb.io/v1beta1
kind: BFDProfile
metadata:
  name: fast
spec:
  transmitInterval: 100
  receiveInterval: 100
  detectMultiplier: 3
"""
ROUTER_PROFILE = """\
bfd
 profile fast
  transmit-interval 100
  receive-interval 100
  detect-multiplier 3
 !
!
"""


class Stop(Exception):
    """The user, or the system, wants the lab to end."""


def say(text=''):
    print(text, flush=True)


def proved(text):
    mark = '\033[32mproved\033[0m' if COLOURS else 'proved'
    say(f'  {mark}  {text}')


class Link:
    """A service in a file gets an address, a client finds it by ARP and talks to it by HTTP."""

    def picture(self):
        return PICTURE.format(client=CLIENT, pool='192.0.2.100-192.0.2.109', far=routed.FAR, router=routed.ROUTER,
                              router_as=routed.ROUTER_AS, node_as=routed.NODE_AS, routed_pool=routed.POOL)

    def prepare(self, lab):
        self.lab = LinkLab(lab)
        for node in self.lab.nodes.values():
            node.write('web.yaml', WEB)

    def start(self):
        begun = time.monotonic()
        self.lab.start()
        say(f'  two nodes are ready after {time.monotonic() - begun:.1f} s')

    def prove(self):
        first = next(iter(self.lab.nodes.values()))
        addresses = wait(lambda: first.addresses().get('default/web'), 10, 0.05, 'an address for default/web')
        proved(f'default/web was given {addresses[0]}')
        owner = self.lab.owner_of(addresses[0], 10)
        mac = self.lab.nodes[owner].host.mac('eth0')
        proved(f'ARP: {addresses[0]} is at {mac}, which is {owner}')
        others = set(self.lab.asker.answers(addresses[0])) - {mac}
        if others:
            raise LabError(f'more than one node answers for {addresses[0]}: {others}')
        proved('only one node answers')
        text = wait(lambda: self._page(addresses[0]), 10, 0.05, f'an HTTP answer from {addresses[0]}')
        proved(f'HTTP: GET http://{addresses[0]}/ answers "{text}"')
        self._fail_over(addresses[0], owner)

    def _page(self, address):
        try:
            return fetch(self.lab.client, address, 80)[1].strip()
        except OSError:
            return None

    def _fail_over(self, address, owner):
        """The last thing to prove: a change to a file acts at once."""
        node = self.lab.nodes[owner]
        begun = time.monotonic()
        for each in self.lab.nodes.values():
            each.remove('web.yaml')
        wait(lambda: not self.lab.asker.ask(address, 0.05), 5, 0.01, f'{address} to fall silent')
        proved(f'the file was removed, {owner} fell silent after {1000 * (time.monotonic() - begun):.0f} ms')
        begun = time.monotonic()
        for each in self.lab.nodes.values():
            each.write('web.yaml', WEB)
        wait(lambda: self.lab.asker.ask(address, 0.05) == node.host.mac('eth0'), 10, 0.01, f'{address} to come back')
        proved(f'the file is back, and so is {address}, after {1000 * (time.monotonic() - begun):.0f} ms')

    def play(self):
        node = next(iter(self.lab.nodes.values()))
        client = self.lab.client.namespace
        herald = os.path.join(node.home, 'bin', 'herald')
        return [
            ('change a document of one node', f'$EDITOR {node.documents}/web.yaml'),
            ('ask from the client', f'ip netns exec {client} python3 -c '
             f'"import urllib.request as u; print(u.urlopen(\'http://{FIRST}/\').read().decode())"'),
            ('see who answers', f'{herald} --base {node.base} shell herald:status'),
            ('ask why', f'{herald} --base {node.base} shell vip:explain web'),
            ('see metrics', f'ip netns exec {node.host.namespace} '
             'python3 -c "import urllib.request as u; print(u.urlopen(\'http://127.0.0.1:7472/metrics\').read().decode())"'),
        ]


class Routed:
    """The router learns a service's address by BGP from both nodes and spreads a far client's traffic over them."""

    def __init__(self, link):
        self.link = link

    def picture(self):
        return ''

    def prepare(self, _):
        self.addresses = {'node-a': '192.0.2.11', 'node-b': '192.0.2.12'}
        self.router = routed.Router(self.link.lab, list(self.addresses.values()))
        watched = routed.ROUTED.replace(f'peerAddress: {routed.ROUTER}\n',
                                        f'peerAddress: {routed.ROUTER}\n  bfdProfile: fast\n')
        for node in self.link.lab.nodes.values():
            node.write('routed.yaml', watched + PROFILE)
        bfd = ''.join(f' neighbor {address} update-source {routed.ROUTER}\n neighbor {address} bfd\n'
                      f' neighbor {address} bfd profile fast\n' for address in self.addresses.values())
        head, tail = routed.configuration(self.addresses.values()).split(' address-family', 1)
        self.router.frr = Frr(self.router.host, f'{ROUTER_PROFILE}{head}{bfd} address-family{tail}')

    def start(self):
        begun = time.monotonic()
        self.router.wait_established()
        say(f'  the router has a BGP session with both after {time.monotonic() - begun:.1f} s more')

    def prove(self):
        hops = self.router.wait_next_hops(list(self.addresses.values()))
        proved(f'BGP: the kernel of the router sends {routed.FIRST}/32 to {" and ".join(hops)}')
        seen = wait(lambda: (found := self.router.visits()) and len(found) == 2 and found, 10, 0.1, 'both to answer')
        proved(f'ECMP: of {sum(seen.values())} requests of the far client, '
               + ' and '.join(f'{count} got "{text}"' for text, count in sorted(seen.items())))

        self._cut_silently('node-b')

    def _cut_silently(self, name):
        """The cable carries nothing any more, and nobody's interface goes down: only silence tells."""
        address, others = self.addresses[name], sorted(a for n, a in self.addresses.items() if n != name)
        wait(lambda: self.router.frr.bfd(address).get('status') == 'up', 30, 0.1, f'BFD between the router and {name}')
        found = self._negotiated(address)
        allowed = found['remote-detect-multiplier'] * max(found['remote-transmit-interval'], found['receive-interval'])
        switch, node = self.link.lab.switch, self.link.lab.nodes[name]
        switch.cut(node.host)
        begun = time.monotonic()
        wait(lambda: self.router.next_hops() == others, 10, 0.001, f'the path to {name} to go')
        took = 1000 * (time.monotonic() - begun)
        proved(f'BFD: {name} was cut off without a sign; its ECMP path was gone after {took:.0f} ms '
               f'(detection time {allowed} ms, BGP alone: 90 s)')
        switch.heal(node.host)
        begun = time.monotonic()
        self.router.wait_next_hops(list(self.addresses.values()), 60)
        proved(f'the cable is back, and so is the path, after {time.monotonic() - begun:.1f} s')

    def _negotiated(self, address):
        """What FRR knows of a session; a session that has just come up is slow for a moment, one of a busy host for longer."""
        try:
            wait(lambda: self.router.frr.bfd(address).get('remote-transmit-interval', 1000) < 1000, 5, 0.1, 'the fast interval')
        except LabError:
            pass
        return self.router.frr.bfd(address)

    def play(self):
        frr = self.router.frr
        return [
            ('see who is watched', f'vtysh --vty_socket {frr.directory} -c "show bfd peers brief"'),
            ('see both paths in the kernel of the router', f'ip -n {self.router.host.namespace} route show {routed.FIRST}'),
            ('ask FRR', f'vtysh --vty_socket {frr.directory} -c "show bgp ipv4 unicast {routed.FIRST}/32"'),
            ('ask from behind the router', f'ip netns exec {self.router.far.namespace} python3 -c '
             f'"import urllib.request as u; print(u.urlopen(\'http://{routed.FIRST}/\').read().decode())"'),
        ]


def has_one_user():
    """Whether this is a user namespace in which only root exists."""
    with open('/proc/self/uid_map', encoding='ascii') as lines:
        return sum(int(line.split()[2]) for line in lines) == 1


def all_parts():
    """In the order in which they are prepared, started and proved."""
    link = Link()
    if has_one_user():
        say('The router is left out: FRR needs a user of its own, which only root can give it. As root, ./run shows BGP too.')
        return [link]
    return [link, Routed(link)]


def demonstrate(once):
    with Lab('run') as lab:
        listen()
        parts = all_parts()
        for part in parts:
            if part.picture():
                say(part.picture())
        say('Making the lab and starting Herald ...')
        for part in parts:
            part.prepare(lab)
        for part in parts:
            part.start()
        say()
        for part in parts:
            part.prove()
        say()
        if not once:
            stay(parts)


def stay(parts):
    say('The lab stays until Ctrl-C. To play with it, from another terminal of the same user:')
    for part in parts:
        for what, command in part.play():
            say(f'\n  {what}:\n    {command}')
    if os.environ.get('HERALD_RUN_PID'):
        say(f'\n  each of them behind: nsenter -t {os.getpid()} -U -n -m --preserve-credentials')
    say()
    while True:
        signal.pause()


def interrupted(*_):
    raise Stop


def listen():
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, interrupted)


def main():
    listen()
    once = '--once' in sys.argv[1:]
    try:
        demonstrate(once)
    except Stop:
        say('\nThe lab is gone.')
        return 0 if not once else 1
    except (LabError, OSError) as failure:
        print(f'\nFAILED: {failure}', file=sys.stderr)
        return 1
    say('Everything that was to be proved was proved.')
    return 0


if __name__ == '__main__':
    sys.exit(main())
