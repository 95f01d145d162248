"""A laboratory of network namespaces: hosts, wires, switches, and processes inside them.

Everything that a Lab makes has the lab's own prefix, lives in namespaces that it made, and is gone when the `with` block
ends, however it ends. Traffic stays inside. Processes are ended by pid, and only those that were started here.
"""

import atexit
import json
import os
import shutil
import signal
import subprocess
import tempfile
import threading
import time

REPOSITORY = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


class LabError(Exception):
    """Something in the lab did not do what it should."""


def run(argv, check=True, timeout=30, **options):
    """Runs a command to its end and returns its output; a failure shows the command and what it said."""
    done = subprocess.run(argv, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=timeout,
                          stdin=subprocess.DEVNULL, **options)
    if check and done.returncode != 0:
        raise LabError(f"{' '.join(argv)}: exit {done.returncode}\n{done.stdout}")
    return done.stdout


def wait(condition, seconds=10, step=0.02, what='the condition'):
    """Polls until `condition()` is true and returns its value. The one place in the lab that sleeps."""
    end = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() >= end:
            raise LabError(f'waited {seconds} s in vain for {what}')
        time.sleep(step)


class Lab:
    """`with Lab('l2') as lab:` makes hosts; leaving the block removes them."""

    def __init__(self, name):
        self.prefix = f'h{name}{os.getpid() % 100000}-'
        self.directory = tempfile.mkdtemp(prefix=f'herald-{name}-')
        self.hosts = {}
        self.processes = []
        self._closed = False

    def __enter__(self):
        atexit.register(self.close)
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._interrupted)
        return self

    def __exit__(self, *_):
        self.close()

    def _interrupted(self, *_):
        self.close()
        os._exit(1)

    def host(self, name):
        """A namespace with its loopback up, answering at once: no DAD, no reverse path filter."""
        host = Host(self, name)
        self.hosts[name] = host
        run(['ip', 'netns', 'add', host.namespace])
        host.run('ip', 'link', 'set', 'lo', 'up')
        host.sysctl('net.ipv4.conf.all.rp_filter', 0)
        host.sysctl('net.ipv4.conf.default.rp_filter', 0)
        host.sysctl('net.ipv6.conf.default.accept_dad', 0)
        host.sysctl('net.ipv6.conf.default.dad_transmits', 0)
        return host

    def switch(self, name):
        """A host that is a bridge without spanning tree."""
        switch = Switch(self, name)
        self.hosts[name] = switch
        run(['ip', 'netns', 'add', switch.namespace])
        switch.run('ip', 'link', 'add', 'br0', 'type', 'bridge', 'forward_delay', '0', 'stp_state', '0',
                   'mcast_snooping', '0')
        switch.run('ip', 'link', 'set', 'br0', 'up')
        return switch

    def wire(self, a, interface_a, b, interface_b, addresses_a=(), addresses_b=()):
        """A cable between two hosts."""
        run(['ip', 'link', 'add', interface_a, 'netns', a.namespace, 'type', 'veth', 'peer', 'name', interface_b,
             'netns', b.namespace])
        for host, interface, addresses in ((a, interface_a, addresses_a), (b, interface_b, addresses_b)):
            for address in addresses:
                host.add_address(interface, address)
            host.run('ip', 'link', 'set', interface, 'up')

    @staticmethod
    def _undisturbed():
        """A second Ctrl-C must not leave half a lab behind."""
        if threading.current_thread() is threading.main_thread():
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                signal.signal(number, signal.SIG_IGN)

    def close(self):
        """Ends the processes, youngest first, and removes the namespaces and files. Runs once."""
        if self._closed:
            return
        self._closed = True
        self._undisturbed()
        for process in reversed(self.processes):
            if process.poll() is None:
                process.terminate()
        for process in reversed(self.processes):
            end(process)
        for host in self.hosts.values():
            run(['ip', 'netns', 'del', host.namespace], check=False)
        shutil.rmtree(self.directory, ignore_errors=True)


class Host:
    """One namespace of a lab."""

    def __init__(self, lab, name):
        self.lab = lab
        self.name = name
        self.namespace = lab.prefix + name

    def command(self, *argv):
        return ['ip', 'netns', 'exec', self.namespace, *argv]

    def run(self, *argv, check=True, timeout=30):
        return run(self.command(*argv), check=check, timeout=timeout)

    def sysctl(self, key, value):
        self.run('sysctl', '-qw', f'{key}={value}')

    def add_address(self, interface, address):
        extra = ['nodad'] if ':' in address else []
        self.run('ip', 'addr', 'add', address, 'dev', interface, *extra)

    def directory(self):
        path = os.path.join(self.lab.directory, self.name)
        os.makedirs(path, exist_ok=True)
        return path

    def spawn(self, *argv, log=None, env=None, **options):
        """Starts a process whose pid is its own, because `ip netns exec` execs."""
        path = os.path.join(self.directory(), log or f'{os.path.basename(argv[0])}.log')
        options.setdefault('stdin', subprocess.DEVNULL)
        with open(path, 'ab') as out:
            options.setdefault('stdout', out)
            options.setdefault('stderr', out)
            process = subprocess.Popen(self.command(*argv), env=env and {**os.environ, **env}, **options)
        self.lab.processes.append(process)
        return process

    def mac(self, interface):
        return self.links()[interface]['address']

    def links(self):
        return {link['ifname']: link for link in json.loads(self.run('ip', '-j', 'link', 'show'))}

    def routes(self, prefix, family='-4'):
        return json.loads(self.run('ip', family, '-j', 'route', 'show', prefix) or '[]')


class Switch(Host):
    """A bridge; its ports are named after the hosts that they go to."""

    def attach(self, host, interface, *addresses):
        port = f'p-{host.name}'
        self.lab.wire(host, interface, self, port, addresses)
        self.run('ip', 'link', 'set', port, 'master', 'br0')

    def cut(self, host):
        """Drops everything both ways; both ends keep their carrier."""
        self.run('bridge', 'link', 'set', 'dev', f'p-{host.name}', 'state', '0')

    def heal(self, host):
        self.run('bridge', 'link', 'set', 'dev', f'p-{host.name}', 'state', '3')

    def unplug(self, host):
        """Takes the carrier away from the host's interface."""
        self.run('ip', 'link', 'set', f'p-{host.name}', 'down')

    def plug(self, host):
        self.run('ip', 'link', 'set', f'p-{host.name}', 'up')


def end(process, number=signal.SIGTERM, seconds=5):
    """Ends one process of ours, in the end by force. Returns how long it took."""
    start = time.monotonic()
    if process.poll() is None:
        process.send_signal(number)
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    return time.monotonic() - start


def has_users():
    """False in a user namespace that knows root alone, where nobody else can be impersonated."""
    with open('/proc/self/uid_map', encoding='ascii') as file:
        return sum(int(line.split()[2]) for line in file) > 65534


def percentile(values, percent):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(percent / 100 * (len(ordered) - 1)))] if ordered else None


class Report:
    """Prints one line for each check, as it is made, and knows in the end whether all held."""

    def __init__(self):
        self.failed = 0
        self.passed = 0

    def check(self, name, condition, detail=''):
        if condition:
            self.passed += 1
        else:
            self.failed += 1
        line = f"{'ok' if condition else 'not ok'} {name}"
        print(f'{line}: {detail}' if detail else line, flush=True)
        return condition

    def run(self, name, test, *arguments):
        """A check that passes when `test` returns; what it returns is the detail."""
        try:
            detail = test(*arguments)
        except (LabError, AssertionError, subprocess.SubprocessError, OSError, LookupError, ValueError) as failure:
            return self.check(name, False, str(failure).strip() or type(failure).__name__)
        return self.check(name, True, '' if detail is None else str(detail))

    def exit_code(self):
        return 1 if self.failed or not self.passed else 0
