"""A node that is nothing but its layer 2 (org.heraldlb.bench.l2.L2Node), and the frames to ask it with."""

import os
import shutil
import socket
import struct
import subprocess

from lab import REPOSITORY, LabError, wait

JAR = os.environ.get('HERALD_BENCH_JAR', os.path.join(REPOSITORY, 'bench', 'target', 'benchmarks.jar'))
MAIN = 'org.heraldlb.bench.l2.L2Node'
FLAGS = ['-XX:+UseSerialGC', '-Xmx96m', '-Xshare:auto', '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn']


def available():
    return os.path.exists(JAR) and shutil.which('java')


class L2Node:
    """Runs on a host of a lab; commands as its Javadoc says."""

    def __init__(self, host, io='socket', wrapper=(), flags=(), pings=0):
        self.host = host
        self.process = host.spawn(*wrapper, 'java', *FLAGS, *flags, '-cp', JAR, MAIN, io, str(pings), log='l2node.log',
                                  stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.read()

    def read(self):
        line = self.process.stdout.readline()
        if not line:
            log = open(os.path.join(self.host.directory(), 'l2node.log')).read()
            raise LabError(f'the node ended: {log[-2000:]}')
        return line.strip()

    def tell(self, *words):
        self.process.stdin.write(' '.join(words) + '\n')
        self.process.stdin.flush()
        return self.read()

    def plan(self, *announcements):
        generation = self.tell('plan', *announcements).split()[-1]
        wait(lambda: self.tell('status').split()[0] == generation, 5, 0.005, 'the plan to be acted on')

    def counter(self, name):
        text = self.tell('counters').strip('{}')
        found = dict(item.rsplit('=', 1) for item in text.split(', '))
        return int(found.get(name, 0))

    def stop(self):
        self.process.stdin.close()
        self.process.wait(10)


def mac_bytes(text):
    return bytes.fromhex(text.replace(':', ''))


def ip_bytes(text):
    return socket.inet_pton(socket.AF_INET6 if ':' in text else socket.AF_INET, text)


def arp(source, target, sender='0.0.0.0', operation=1, destination='ff:ff:ff:ff:ff:ff', sender_mac=None):
    """An ARP frame; `source` is the Ethernet source and the sender's MAC unless told otherwise."""
    mac = mac_bytes(sender_mac or source)
    return (mac_bytes(destination) + mac_bytes(source) + struct.pack('!HHHBBH', 0x0806, 1, 0x0800, 6, 4, operation)
            + mac + ip_bytes(sender) + bytes(6) + ip_bytes(target))


def advertisement(source, target, override=True):
    """An unsolicited neighbour advertisement to all nodes."""
    body = struct.pack('!BBHI', 136, 0, 0, 0x20000000 if override else 0) + ip_bytes(target) + b'\2\1' + mac_bytes(source)
    group = ip_bytes('ff02::1')
    body = body[:2] + struct.pack('!H', checksum(ip_bytes(target) + group + struct.pack('!II', len(body), 58) + body)) + body[4:]
    return (mac_bytes('33:33:00:00:00:01') + mac_bytes(source) + b'\x86\xdd'
            + struct.pack('!IHBB', 6 << 28, len(body), 58, 255) + ip_bytes(target) + group + body)


def checksum(data):
    data += b'\0' * (len(data) % 2)
    total = sum(struct.unpack(f'!{len(data) // 2}H', data))
    while total >> 16:
        total = (total & 0xffff) + (total >> 16)
    return ~total & 0xffff


def solicited_node(target):
    return bytes.fromhex('ff0200000000000000000001ff') + ip_bytes(target)[13:]


def solicitation(source, target, sender='::', link_layer=True, to=None, destination=None, hop_limit=255):
    """A neighbour solicitation; to the solicited-node group unless told otherwise."""
    group = ip_bytes(to) if to else solicited_node(target)
    body = struct.pack('!BBHI', 135, 0, 0, 0) + ip_bytes(target)
    if link_layer and sender != '::':
        body += b'\1\1' + mac_bytes(source)
    pseudo = ip_bytes(sender) + group + struct.pack('!II', len(body), 58)
    body = body[:2] + struct.pack('!H', checksum(pseudo + body)) + body[4:]
    ethernet = mac_bytes(destination) if destination else b'\x33\x33' + group[12:]
    return (ethernet + mac_bytes(source) + b'\x86\xdd' + struct.pack('!IHBB', 6 << 28, len(body), 58, hop_limit)
            + ip_bytes(sender) + group + body)


class Wire:
    """A packet socket of a host, opened inside its namespace: sends any frame, sees all that come in."""

    def __init__(self, host, interface, protocol):
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
        code = ('import socket,sys,array;'
                'u=socket.socket(fileno=int(sys.argv[1]));'
                's=socket.socket(socket.AF_PACKET,socket.SOCK_RAW,socket.htons(int(sys.argv[3])));'
                's.bind((sys.argv[2],int(sys.argv[3])));'
                'u.sendmsg([b"x"],[(socket.SOL_SOCKET,socket.SCM_RIGHTS,array.array("i",[s.fileno()]))])')
        process = host.spawn('python3', '-c', code, str(theirs.fileno()), interface, str(protocol),
                             pass_fds=[theirs.fileno()], log='wire.log')
        ours.settimeout(5)
        _, descriptors, _, _ = socket.recv_fds(ours, 1, 1)
        process.wait(5)
        ours.close()
        theirs.close()
        self.socket = socket.socket(fileno=descriptors[0])

    def send(self, frame):
        self.socket.send(frame)

    def next(self, seconds=0.3, wanted=lambda frame: True):
        """The next frame from somebody else that is wanted, None when none comes in time."""
        self.socket.settimeout(seconds)
        try:
            while True:
                frame, address = self.socket.recvfrom(2048)
                if address[2] != socket.PACKET_OUTGOING and wanted(frame):
                    return frame
        except TimeoutError:
            return None

    def all(self, seconds, wanted=lambda frame: True):
        frames = []
        while True:
            frame = self.next(seconds, wanted)
            if frame is None:
                return frames
            frames.append(frame)

    def drain(self):
        self.all(0.01)

    def ask(self, frame, wanted=lambda frame: True, seconds=0.3):
        self.drain()
        self.send(frame)
        return self.next(seconds, wanted)

    def close(self):
        self.socket.close()
