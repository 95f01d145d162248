#!/usr/bin/env python3
"""How fast Herald's speaker tells many peers many routes: bgp_fanout.py [ROUTES,... [SESSIONS,... [4|6 [REPETITIONS]]]].

The receivers are light ones (bgp_sink.c) that dial in and count. One line of medians for each pair:
  first     ALLUP to the last route at the last session, JVM just started (cold)
  again     the same in the same JVM, after a reset of all sessions (warm)
  withdraw  command to the last withdrawal
  announce  command to the last route, sessions up
  change    command to the changed route at the last session, median of 20
"""

import os
import statistics
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, '..', '..', 'itests', 'lab'))

from lab import Lab, run, wait  # noqa: E402
from speaker import Speaker  # noqa: E402

FIRST = (10 << 24) + (100 << 16) + (4 << 8)


def address(index):
    value = FIRST + index
    return f'{value >> 24}.{value >> 16 & 255}.{value >> 8 & 255}.{value & 255}'


class Sink:
    """bgp_sink in the receivers' host."""

    def __init__(self, host, binary, sessions, routes, family, keepalive=20):
        self.path = os.path.join(host.directory(), 'sink.log')
        open(self.path, 'w', encoding='utf-8').close()
        self.process = host.spawn(binary, '-a', '10.100.0.1', '-s', address(0), '-n', str(sessions), '-A', '65000', '-e',
                                  str(routes), '-m', family, '-k', str(keepalive), log='sink.log')

    def lines(self, word):
        with open(self.path, encoding='utf-8') as log:
            return [line.split() for line in log if line.startswith(word + ' ')]

    def moment(self, word, seconds=60, index=0):
        lines = wait(lambda: len(self.lines(word)) > index and self.lines(word), seconds, 0.005, word)
        return float(lines[index][1])

    def stop(self):
        self.process.terminate()
        self.process.wait()


def clock(speaker, command, since):
    """When the speaker was told, by its own clock."""
    return float(speaker.expect(command, since=since).split()[0])


def memory(pid):
    with open(f'/proc/{pid}/status', encoding='ascii') as status:
        fields = dict(line.split(':', 1) for line in status if ':' in line)
    return int(fields['VmHWM'].split()[0]) / 1024


def apply(speaker, *lines):
    since = len(speaker.lines)
    speaker.say(*lines, 'apply')
    return clock(speaker, 'apply', since)


def one(binary, routes, sessions, family):
    figures = {}
    with Lab('bgf') as lab:
        sender, receivers = lab.host('s'), lab.host('r')
        lab.wire(sender, 'eth0', receivers, 'eth0', ['10.100.0.1/16', 'fd00:100::1/64'], [])
        batch = ''.join(f'addr add {address(i)}/16 dev eth0\n' for i in range(sessions))
        subprocess.run(receivers.command('ip', '-batch', '-'), input=batch, text=True, check=True)
        flags = os.environ.get('HERALD_JAVA', '-Xmx160m -XX:+UseSerialGC -Xshare:auto').split()
        speaker = Speaker(sender, 'listen=179', 'id=10.100.0.1', flags=flags)
        speaker.say(*[f'peer p{i:04} {address(i)} my=65001 as=65000 passive both' for i in range(sessions)])
        apply(speaker, f'table {routes} {family}')
        for name in ('first', 'again', 'third'):
            sink = Sink(receivers, binary, sessions, routes, family)
            up = sink.moment('ALLUP')
            start = sink.moment('START')
            figures[name] = (sink.moment('ALLRECV') - up) * 1000
            figures['establish ' + name] = (up - start) * 1000
            figures['updates'] = int(sink.lines('ALLRECV')[0][2])
            if name != 'third':
                sink.stop()
                wait(lambda: all(line.startswith('Active') for line in speaker.status().values()), what='sessions to end')
        begun = apply(speaker, 'table 0 4')
        figures['withdraw'] = (sink.moment('ALLWD') - begun) * 1000
        changes = len(sink.lines('CHANGED'))
        begun = apply(speaker, f'table {routes} {family}')
        wait(lambda: len(sink.lines('CHANGED')) > changes, what='the routes again')
        settled(sink)
        figures['announce'] = (float(sink.lines('CHANGED')[-1][1]) - begun) * 1000
        figures['change'] = statistics.median(change(speaker, sink, i) for i in range(20))
        figures['RSS MiB'] = memory(speaker.process.pid)
        sink.stop()
    return figures


def settled(sink):
    """Waits until nothing more is announced."""
    seen = [-1]

    def quiet():
        before, seen[0] = seen[0], len(sink.lines('CHANGED'))
        return before == seen[0]
    wait(quiet, step=0.3)


def change(speaker, sink, index):
    before = len(sink.lines('CHANGED'))
    begun = apply(speaker, f'change {index}')
    return (sink.moment('CHANGED', index=before) - begun) * 1000


def main():
    words = sys.argv[1:] + ['', '', '', ''][len(sys.argv) - 1:]
    routes = [int(word) for word in (words[0] or '1000,10000,100000').split(',')]
    sessions = [int(word) for word in (words[1] or '1,10,50').split(',')]
    family, repetitions = words[2] or '4', int(words[3] or 3)
    binary = os.path.join('/tmp', f'bgp_sink.{os.getpid()}')
    run(['cc', '-O2', '-o', binary, os.path.join(HERE, 'bgp_sink.c')])
    try:
        for count in routes:
            for peers in sessions:
                runs = [one(binary, count, peers, family) for _ in range(repetitions)]
                medians = {key: statistics.median(figures[key] for figures in runs) for key in runs[0]}
                print(f'herald v{family} routes={count} sessions={peers} runs={repetitions} '
                      + ' '.join(f'{key}={value:.4g}' for key, value in medians.items()), flush=True)
    finally:
        os.unlink(binary)


if __name__ == '__main__':
    main()
