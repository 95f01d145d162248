"""The container image, unpacked as a container runtime does it, and run by crun as the kubelet would ask for it."""

import glob
import json
import os
import re
import shutil
import subprocess

from herald import HTTP_PORT, Node, fetch
from lab import REPOSITORY, LabError, run

USER = 65532
BITS = {'CAP_NET_BIND_SERVICE': 10, 'CAP_NET_ADMIN': 12, 'CAP_NET_RAW': 13}
BASE = '/var/lib/herald'
# crun refuses a host with both versions of cgroups mounted, even where it is told to use none: it sees one here.
ALONE = ('unshare', '--mount', 'sh', '-c', 'umount -l /sys/fs/cgroup; mount -t cgroup2 none /sys/fs/cgroup; exec "$@"', 'sh')
XATTRS = ('--xattrs', '--xattrs-include=security.capability')


def archive():
    """The archive that the build made, or the one that HERALD_IMAGE names; None where there is none."""
    given = os.environ.get('HERALD_IMAGE')
    found = [given] if given else sorted(glob.glob(os.path.join(REPOSITORY, 'image', 'target', 'herald-*.oci.tar')))
    return found[-1] if found and os.path.exists(found[-1]) else None


class Image:
    """An OCI archive, unpacked below `directory`; every digest is checked."""

    def __init__(self, path, directory):
        self.layout = os.path.join(directory, 'layout')
        self.root = os.path.join(directory, 'rootfs')
        os.makedirs(self.layout)
        os.makedirs(self.root)
        os.chmod(directory, 0o755)
        run(['tar', '-xf', path, '-C', self.layout])
        with open(os.path.join(self.layout, 'index.json'), encoding='utf-8') as file:
            self.index = json.load(file)
        self.manifest = self.document(self.index['manifests'][0])
        self.config = self.document(self.manifest['config'])
        for layer in self.manifest['layers']:
            run(['tar', '-xzpf', self.blob(layer), '-C', self.root, '--same-owner', *XATTRS], timeout=120)

    def blob(self, descriptor):
        path = os.path.join(self.layout, 'blobs', *descriptor['digest'].split(':'))
        said = run(['sha256sum', path]).split()[0]
        if said != descriptor['digest'].split(':')[1] or os.path.getsize(path) != descriptor['size']:
            raise LabError(f'{descriptor} does not describe {path}')
        return path

    def document(self, descriptor):
        with open(self.blob(descriptor), encoding='utf-8') as file:
            return json.load(file)


class Container(Node):
    """One container on a host's network. What Kubernetes calls securityContext is given as runtimes translate it."""

    def __init__(self, host, image, user=USER, capabilities=('CAP_NET_RAW',), privileges=False, environment=None):
        super().__init__(host, None, environment)
        self.image = image
        self.user = user
        self.capabilities = list(capabilities)
        self.privileges = privileges
        self.bundle = os.path.join(host.directory(), 'bundle')
        self.settings = os.path.join(host.directory(), 'settings')
        self.documents = os.path.join(self.settings, 'herald.d')
        self.name = host.namespace
        self.mounts = []
        self.runtime = [*ALONE, 'crun', '--cgroup-manager=disabled', f'--root={self.bundle}/crun']
        os.makedirs(self.documents, exist_ok=True)
        os.makedirs(self.bundle, exist_ok=True)
        self.empty()

    def empty(self):
        """An emptyDir as the kubelet makes it."""
        shutil.rmtree(self.base, ignore_errors=True)
        os.makedirs(self.base)
        os.chmod(self.base, 0o777)
        run(['chmod', 'go+x', self.host.lab.directory, self.host.directory()])

    def configure(self, pid, **values):
        with open(os.path.join(self.settings, f'{pid}.cfg'), 'w', encoding='utf-8') as out:
            out.writelines(f'{key} = {value}\n' for key, value in values.items())

    def mount(self, path, files, mode=0o644, group=0):
        """Mounts files read-only, as volumes of ConfigMaps and Secrets are."""
        source = os.path.join(self.host.directory(), 'mounts', path.strip('/').replace('/', '-'))
        os.makedirs(source, exist_ok=True)
        os.chmod(os.path.dirname(source), 0o755)
        for name, text in files.items():
            with open(os.path.join(source, name), 'w', encoding='utf-8') as out:
                out.write(text)
            os.chown(out.name, 0, group)
            os.chmod(out.name, mode)
        self.mounts.append({'destination': path, 'type': 'none', 'source': source, 'options': ['bind', 'ro']})

    def start(self):
        with open(os.path.join(self.bundle, 'config.json'), 'w', encoding='utf-8') as out:
            json.dump(self.specification(), out)
        with open(os.path.join(self.host.directory(), 'herald.log'), 'ab') as log:
            self.process = subprocess.Popen([*self.runtime, 'run', '--bundle', self.bundle, self.name], stdout=log,
                                            stderr=log, stdin=subprocess.DEVNULL, start_new_session=True)
        self.host.lab.processes.append(self.process)
        return self

    def specification(self):
        config = self.image.config['config']
        environment = dict(pair.split('=', 1) for pair in config['Env'])
        environment.update(self.environment)
        return {
            'ociVersion': '1.0.2', 'hostname': self.host.name, 'root': {'path': self.image.root, 'readonly': True},
            'process': {
                'args': config['Entrypoint'] + config['Cmd'], 'cwd': config['WorkingDir'],
                'env': [f'{key}={value}' for key, value in environment.items()],
                'user': {'uid': self.user, 'gid': self.user}, 'noNewPrivileges': not self.privileges,
                # As containerd does it: nothing inheritable, nothing ambient.
                'capabilities': {kind: self.capabilities for kind in ('bounding', 'effective', 'permitted')}},
            'mounts': [
                {'destination': '/proc', 'type': 'proc', 'source': 'proc'},
                {'destination': '/dev', 'type': 'tmpfs', 'source': 'tmpfs', 'options': ['nosuid', 'mode=755', 'size=64k']},
                {'destination': '/sys', 'type': 'none', 'source': '/sys', 'options': ['rbind', 'ro']},
                {'destination': BASE, 'type': 'none', 'source': self.base, 'options': ['bind', 'rw', 'nosuid', 'nodev']},
                {'destination': '/etc/herald', 'type': 'none', 'source': self.settings, 'options': ['bind', 'ro']},
                *self.mounts],
            # The host's network namespace: hostNetwork.
            'linux': {'namespaces': [{'type': 'network', 'path': f'/run/netns/{self.host.namespace}'},
                                     *({'type': kind} for kind in ('pid', 'ipc', 'uts', 'mount'))]}}

    def crun(self, *arguments, timeout=60):
        """Runs crun and returns (exit code, what it said)."""
        done = subprocess.run([*self.runtime, *arguments], text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, timeout=timeout)
        return done.returncode, done.stdout

    def execute(self, *command, timeout=60):
        """What kubectl exec does."""
        return self.crun('exec', '--user', f'{self.user}:{self.user}', self.name, *command, timeout=timeout)

    def pid(self):
        """The process that is number 1 inside."""
        return json.loads(self.crun('state', self.name)[1])['pid']

    def status(self):
        """/proc/PID/status of the container's first process."""
        with open(f'/proc/{self.pid()}/status', encoding='ascii') as file:
            return dict(re.findall(r'^(\w+):\t(.*)$', file.read(), re.M))

    def terminate(self):
        """SIGTERM to the first process, as the kubelet does at the end of a pod; its exit code."""
        self.crun('kill', self.name, 'TERM')
        return self.process.wait(20)

    def get(self, path, timeout=3.0):
        try:
            return fetch(self.host, '127.0.0.1', HTTP_PORT, path, timeout)
        except OSError as failure:
            return 0, str(failure)


def mask(capabilities):
    return sum(1 << BITS[name] for name in capabilities)
