"""The routers that Herald is tried against: FRR and BIRD from Debian, one instance for each host of a lab."""

import json
import os
import shutil
import subprocess

from lab import run, wait

# The programs of another FRR, such as `itests/lab/frr10` makes.
FRR_LIBRARY = os.environ.get('HERALD_FRR', '/usr/lib/frr')
VTYSH = os.path.join(FRR_LIBRARY, 'vtysh') if 'HERALD_FRR' in os.environ else 'vtysh'


class Frr:
    """FRR's daemons in one host, with sockets and files of their own."""

    def __init__(self, host, configuration='', daemons=('zebra', 'bgpd', 'bfdd'), extra=None):
        self.host = host
        self.directory = os.path.join(host.directory(), 'frr')
        shutil.rmtree(self.directory, ignore_errors=True)
        os.makedirs(self.directory)
        self._open_up()
        self.processes = {}
        self._write('vtysh.conf', '')
        for daemon in daemons:
            self._start(daemon, (extra or {}).get(daemon, []))
        if configuration:
            self.load(configuration)

    def _open_up(self):
        """The daemons drop to user frr, who must get to the directory."""
        shutil.chown(self.directory, 'frr', 'frr')
        path = self.directory
        while path.startswith(self.host.lab.directory):
            os.chmod(path, 0o755)
            path = os.path.dirname(path)

    def _write(self, name, text):
        path = os.path.join(self.directory, name)
        with open(path, 'w', encoding='utf-8') as file:
            file.write(text)
        return path

    def _start(self, daemon, extra):
        argv = [f'{FRR_LIBRARY}/{daemon}', '-f', self._write(f'{daemon}.conf', ''), '-i', f'{self.directory}/{daemon}.pid',
                '-z', f'{self.directory}/zserv.api', '--vty_socket', self.directory, '-P', '0',
                '--log', f'file:{self.directory}/{daemon}.log']
        if daemon == 'bfdd' and 'bfdctl' in run([f'{FRR_LIBRARY}/bfdd', '--help'], check=False):
            argv += ['--bfdctl', f'{self.directory}/bfdd.sock']
        self.processes[daemon] = self.host.spawn(*argv, *extra)
        wait(lambda: os.path.exists(f'{self.directory}/{daemon}.vty'), what=f'{daemon} to listen')

    def load(self, configuration):
        """Loads an integrated configuration; whatever FRR does not understand is an error."""
        self._write('frr.conf', configuration)
        said = run([VTYSH, '--vty_socket', self.directory, '--config_dir', self.directory, '-b'], check=False)
        bad = [line for line in said.splitlines() if 'Unknown' in line or 'rror' in line or line.startswith('%')]
        if bad:
            raise RuntimeError('FRR refuses: ' + '; '.join(bad[:5]))

    def vtysh(self, *commands):
        argv = [VTYSH, '--vty_socket', self.directory, '--config_dir', self.directory]
        for command in commands:
            argv += ['-c', command]
        return run(argv, check=False)

    def json(self, command):
        return json.loads(self.vtysh(command + ' json') or '{}')

    def session(self, peer):
        """State of a BGP session as RFC 4271 calls it."""
        return self.json('show bgp neighbors').get(peer, {}).get('bgpState')

    def bfd(self, peer):
        """State of a BFD session, and its counters."""
        for session in self.json('show bfd peers'):
            if session.get('peer') == peer:
                return session
        return {}


class Bird:
    """BIRD in one host."""

    def __init__(self, host, configuration):
        self.host = host
        directory = host.directory()
        self.socket = os.path.join(directory, 'bird.ctl')
        path = os.path.join(directory, 'bird.conf')
        with open(path, 'w', encoding='utf-8') as file:
            file.write(configuration)
        self.process = host.spawn('/usr/sbin/bird', '-f', '-c', path, '-s', self.socket, '-P', f'{directory}/bird.pid')
        wait(lambda: os.path.exists(self.socket), what='bird to listen')

    def command(self, words):
        return run(['birdc', '-s', self.socket, *words.split()], check=False)


def missing():
    """Names of the Debian packages whose programs are not here."""
    programs = {'frr': '/usr/bin/vtysh', 'bird2': '/usr/sbin/bird', 'iproute2': '/usr/sbin/ip', 'arping': '/usr/sbin/arping',
                'ndisc6': '/usr/bin/ndisc6'}
    return [package for package, path in programs.items()
            if not os.path.exists(path) and subprocess.call(['which', os.path.basename(path)],
                                                            stdout=subprocess.DEVNULL) != 0]
