"""Herald in a lab: the distribution, nodes that run it, and clients that ask for what it announces."""

import ctypes
import glob
import http.client
import json
import os
import signal
import socket
import struct
import tarfile
import threading
import time

from lab import REPOSITORY, LabError, end, wait

LIBC = ctypes.CDLL(None, use_errno=True)
CLONE_NEWNET = 0x40000000
ETHERTYPE_ARP = 0x0806
BROADCAST = b'\xff' * 6
HTTP_PORT = 7472
BUSY = 75


def distribution():
    """The archive that the build made, or the one that HERALD_ASSEMBLY names."""
    given = os.environ.get('HERALD_ASSEMBLY')
    found = [given] if given else sorted(glob.glob(os.path.join(REPOSITORY, 'assembly', 'target', 'herald-*.tar.gz')))
    if not found or not os.path.exists(found[-1]):
        raise LabError('there is no distribution; build it: mvn -DskipTests package')
    return found[-1]


def unpack(directory):
    """Unpacks the distribution and returns its home."""
    with tarfile.open(distribution()) as archive:
        archive.extractall(directory, filter='tar') if hasattr(tarfile, 'tar_filter') else archive.extractall(directory)
    return glob.glob(os.path.join(directory, 'herald-*'))[0]


def inside(host, make):
    """Calls `make` in a thread that is inside the host's namespace; sockets made there stay there."""
    results = []

    def enter():
        try:
            with open(f'/run/netns/{host.namespace}', 'rb') as namespace:
                if LIBC.setns(namespace.fileno(), CLONE_NEWNET) != 0:
                    raise OSError(ctypes.get_errno(), f'cannot enter {host.namespace}')
            results.append((make(), None))
        except BaseException as failure:  # it goes to the thread that waits
            results.append((None, failure))

    thread = threading.Thread(target=enter)
    thread.start()
    thread.join()
    value, failure = results[0]
    if failure:
        raise failure
    return value


def fetch(host, address, port, path='/', timeout=1.0):
    """GET from inside a host; returns (status, text). Raises OSError when nobody answers."""
    def connect():
        return socket.create_connection((address, port), timeout)

    connection = http.client.HTTPConnection(address, port, timeout=timeout)
    connection.sock = inside(host, connect)
    try:
        connection.request('GET', path, headers={'Connection': 'close'})
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    except http.client.HTTPException as failure:
        raise OSError(str(failure)) from failure
    finally:
        connection.close()


def text_of(mac):
    return ':'.join(f'{octet:02x}' for octet in mac)


class Node:
    """One instance of Herald in a host, from a home that several may share, with a base directory of its own."""

    def __init__(self, host, home, environment=None, prefix=()):
        self.host = host
        self.home = home
        self.base = os.path.join(host.directory(), 'base')
        self.documents = os.path.join(self.base, 'etc', 'herald.d')
        self.state = os.path.join(self.base, 'state')
        self.environment = {'HERALD_NODE_NAME': host.name, **(environment or {})}
        self.prefix = list(prefix)
        self.process = None
        os.makedirs(self.documents, exist_ok=True)

    def write(self, name, text):
        """Replaces a document at once, as careful editors do."""
        path = os.path.join(self.documents, name)
        with open(os.path.join(self.documents, '.' + name + '.new'), 'w', encoding='utf-8') as out:
            out.write(text)
        os.replace(out.name, path)

    def remove(self, name):
        os.unlink(os.path.join(self.documents, name))

    def start(self):
        self.process = self.host.spawn(*self.prefix, os.path.join(self.home, 'bin', 'herald'), 'run', '--base',
                                       self.base, log='herald.log', env=self.environment, start_new_session=True)
        return self

    def stop(self):
        """SIGTERM; returns the seconds that it took."""
        return end(self.process, signal.SIGTERM, 15)

    def kill(self):
        end(self.process, signal.SIGKILL)

    def get(self, path, timeout=3.0):
        """GET from the HTTP door; (0, reason) when it is not open."""
        try:
            return fetch(self.host, '127.0.0.1', HTTP_PORT, path, timeout)
        except OSError as failure:
            return 0, str(failure)

    def api(self, path):
        status, text = self.get('/api/v1/' + path)
        return json.loads(text) if status == 200 else {}

    def is_ready(self):
        if self.process.poll() is not None:
            raise LabError(f'Herald on {self.host.name} ended:\n{self.log()[-2000:]}')
        return self.get('/readyz')[0] == 200

    def wait_ready(self, seconds=120):
        try:
            wait(self.is_ready, seconds, 0.05, f'{self.host.name} to be ready')
        except LabError as failure:
            raise LabError(f'{failure}\n{self.get("/readyz")[1]}\n{self.log()[-1500:]}') from failure
        return self

    def log(self):
        texts = []
        for path in (os.path.join(self.host.directory(), 'herald.log'), *glob.glob(self.base + '/log/*.log')):
            if os.path.exists(path):
                with open(path, encoding='utf-8', errors='replace') as file:
                    texts.append(file.read())
        return '\n'.join(texts)

    def socket_path(self):
        direct = os.path.join(self.state, 'herald.sock')
        pointer = direct + '.path'
        if os.path.exists(pointer):
            with open(pointer, encoding='utf-8') as file:
                return file.read().strip()
        return direct

    def shell(self, command, timeout=60):
        """Runs a command through the door; returns (exit code, output)."""
        with self.door() as door:
            door.settimeout(timeout)
            door.sendall(f'columns=0 color=0\n{command}\n'.encode())
            door.shutdown(socket.SHUT_WR)
            answer = b''.join(iter(lambda: door.recv(65536), b'')).decode()
        code, _, output = answer.partition('\n')
        return int(code or -1), output

    def door(self, patience=15):
        """A node may be ready before its door is open, and closes it for a moment when the shell is exchanged."""
        until = time.monotonic() + patience
        while True:
            door = socket.socket(socket.AF_UNIX)
            try:
                door.connect(self.socket_path())
                return door
            except (FileNotFoundError, ConnectionRefusedError):
                door.close()
                if self.process is None or self.process.poll() is not None or time.monotonic() > until:
                    raise
                time.sleep(0.05)

    def do(self, command):
        """Runs a command that has to succeed and returns its output."""
        code, output = self.shell(command)
        if code != 0:
            raise LabError(f'{command}: exit {code}: {output}')
        return output

    def addresses(self):
        """Address by service name, as the API shows it."""
        return {row['name']: row['addresses'] for row in self.api('services').get('services', [])}


class Asker:
    """Sends ARP requests from an interface of a host and listens to the replies."""

    def __init__(self, host, interface, address):
        self.mac = bytes.fromhex(host.mac(interface).replace(':', ''))
        self.address = socket.inet_aton(address)
        self.socket = inside(host, lambda: self._open(interface))

    @staticmethod
    def _open(interface):
        raw = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ETHERTYPE_ARP))
        raw.bind((interface, ETHERTYPE_ARP))
        return raw

    def send(self, target, source=None):
        body = struct.pack('!HHBBH6s4s6s4s', 1, 0x0800, 6, 4, 1, self.mac, source or self.address, b'\0' * 6,
                           socket.inet_aton(target))
        self.socket.send(BROADCAST + self.mac + struct.pack('!H', ETHERTYPE_ARP) + body)

    def receive(self, target, seconds):
        """The MAC of the next reply to us about `target`, None when the time is over."""
        wanted = socket.inet_aton(target)
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            self.socket.settimeout(left)
            try:
                frame = self.socket.recv(2048)
            except TimeoutError:
                return None
            operation, sender, about = struct.unpack('!H6s4s', frame[20:32])
            if operation == 2 and about == wanted and frame[:6] == self.mac and frame[38:42] == self.address:
                return text_of(sender)
        return None

    def ask(self, target, seconds=0.3):
        """Who has `target`? The MAC of the first answer, None when nobody answers in time."""
        self.socket.setblocking(False)
        try:
            while self.socket.recv(2048):
                pass
        except BlockingIOError:
            pass
        self.send(target)
        return self.receive(target, seconds)

    def answers(self, target, seconds=0.3):
        """The MACs of everybody who answers within the time."""
        found = []
        deadline = time.monotonic() + seconds
        mac = self.ask(target, seconds)
        while mac:
            found.append(mac)
            # Others who ask from the same host keep the replies coming: the end is that of the time, not of the replies.
            mac = self.receive(target, deadline - time.monotonic())
        return found

    def hears_gratuitous(self, target, seconds):
        """The MAC of whoever announces `target` unasked within the time, None when nobody does."""
        wanted = socket.inet_aton(target)
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            self.socket.settimeout(left)
            try:
                frame = self.socket.recv(2048)
            except TimeoutError:
                return None
            sender, about, asked = struct.unpack('!6s4s6x4s', frame[22:42])
            if about == wanted and asked == wanted:
                return text_of(sender)
        return None

    def close(self):
        self.socket.close()


class Traffic:
    """Asks by ARP and by HTTP at a steady rate from another thread each, and remembers every answer."""

    def __init__(self, client, interface, own, target, port=80, rate=50):
        self.client = client
        self.asker = Asker(client, interface, own)
        self.target = target
        self.port = port
        self.pause = 1 / rate
        self.done = threading.Event()
        self.requests = []
        self.replies = []
        self.macs = set()
        self.pages = []
        self.failures = []
        self.threads = [threading.Thread(target=each, daemon=True) for each in (self._send, self._listen, self._browse)]

    def __enter__(self):
        self.started = time.monotonic()
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.done.set()
        for thread in self.threads:
            thread.join(5)
        self.asker.close()

    def _send(self):
        while not self.done.wait(self.pause):
            self.requests.append(time.monotonic())
            self.asker.send(self.target)

    def _listen(self):
        while not self.done.is_set():
            mac = self.asker.receive(self.target, 0.2)
            if mac:
                self.replies.append(time.monotonic())
                self.macs.add(mac)

    def _browse(self):
        while not self.done.wait(self.pause):
            at = time.monotonic()
            try:
                status, text = fetch(self.client, self.target, self.port, timeout=2)
                self.pages.append((at, status, text))
            except OSError as failure:
                self.failures.append((at, str(failure)))

    def longest_gap(self, since=None):
        """The longest time without an ARP reply, in seconds."""
        return self._longest(self.replies, since or self.started)

    def longest_stall(self, since=None):
        """The longest time in which this machine did not even let us ask: what a loaded machine adds to every gap."""
        return max(0.0, self._longest(self.requests, since or self.started) - self.pause)

    @staticmethod
    def _longest(times, since):
        times = [since, *(at for at in list(times) if at >= since), time.monotonic()]
        return max(after - before for before, after in zip(times, times[1:]))

    def lost_since(self, since):
        return [failure for failure in self.failures if failure[0] >= since]
