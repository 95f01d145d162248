"""etcd, kube-apiserver and kubectl as programs, built by Go from this directory's go.mod into a cache outside the tree.

Helm is built from a go.mod of its own (helm/), so that neither decides which libraries the other gets.
"""

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import time

HERE = os.path.dirname(os.path.abspath(__file__))
PROGRAMS = {
    'etcd': 'heraldlb.org/itests/kubernetes/etcd',
    'kubectl': 'k8s.io/kubernetes/cmd/kubectl',
    'kube-apiserver': 'k8s.io/kubernetes/cmd/kube-apiserver',
}
HELM = 'helm.sh/helm/v3/cmd/helm'
"""The longest time that a first build may take, in seconds."""
LONGEST = float(os.environ.get('HERALD_KUBERNETES_BUILD_TIMEOUT', '3000'))
"""A build that failed is tried again after this time, in seconds."""
RETRY = 900


class Missing(Exception):
    """The programs are not there and cannot be made; the text is one line for people."""


def version():
    """The release of Kubernetes that go.mod pins, such as v1.34.2."""
    with open(os.path.join(HERE, 'go.mod'), encoding='ascii') as file:
        return re.search(r'k8s\.io/kubernetes (v\S+)', file.read()).group(1)


def cache():
    """The directory of this pin's programs: another pin or another source gives another one."""
    base = os.environ.get('XDG_CACHE_HOME') or os.path.join(os.path.expanduser('~'), '.cache')
    digest = hashlib.sha256()
    for name in ('go.mod', 'go.sum', os.path.join('etcd', 'main.go')):
        with open(os.path.join(HERE, name), 'rb') as file:
            digest.update(file.read())
    return os.path.join(base, 'herald', 'kubernetes', f'{version()}-{digest.hexdigest()[:12]}')


def helm_version():
    """The release of Helm that helm/go.mod pins, such as v3.19.2."""
    with open(os.path.join(HERE, 'helm', 'go.mod'), encoding='ascii') as file:
        return re.search(r'helm\.sh/helm/v3 (v\S+)', file.read()).group(1)


def helm_cache():
    digest = hashlib.sha256()
    for name in ('go.mod', 'go.sum'):
        with open(os.path.join(HERE, 'helm', name), 'rb') as file:
            digest.update(file.read())
    return os.path.join(os.path.dirname(cache()), f'helm-{helm_version()}-{digest.hexdigest()[:12]}')


def helm():
    """The path of the Helm client, without building anything. Raises Missing."""
    found = os.path.join(os.environ.get('HERALD_KUBERNETES_BIN') or helm_cache(), 'helm')
    if not os.access(found, os.X_OK):
        raise Missing(f'no {found}; build it once: itests/kubernetes/build')
    return found


def build_helm(say=print):
    """Builds Helm where it is not built yet and returns its path. Raises Missing."""
    target = helm_cache()
    if os.access(os.path.join(target, 'helm'), os.X_OK) or 'HERALD_KUBERNETES_BIN' in os.environ or shutil.which('go') is None:
        return helm()
    os.makedirs(target, exist_ok=True)
    with open(os.path.join(target, '.lock'), 'w', encoding='ascii') as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        _refuse_recent_failure(target)
        if not os.path.exists(os.path.join(target, 'helm')):
            flags = f'-s -w -X helm.sh/helm/v3/internal/version.version={helm_version()}'
            _compile(target, 'helm', HELM, time.monotonic() + LONGEST, say, helm_version(), flags,
                     os.path.join(HERE, 'helm'))
    return os.path.join(target, 'helm')


def ready(directory):
    return all(os.access(os.path.join(directory, name), os.X_OK) for name in PROGRAMS)


def directory():
    """Where the programs are, without building anything. Raises Missing."""
    found = os.environ.get('HERALD_KUBERNETES_BIN') or cache()
    if not ready(found):
        why = f'no {", ".join(PROGRAMS)} in {found}'
        if shutil.which('go') is None:
            raise Missing(f'{why}, and no Go to build them (install Go 1.24 or newer)')
        raise Missing(f'{why}; build them once: itests/kubernetes/build')
    return found


def build(say=print):
    """Builds what is not built yet and returns the directory. One process builds, others wait for it. Raises Missing."""
    target = cache()
    if ready(target) or 'HERALD_KUBERNETES_BIN' in os.environ or shutil.which('go') is None:
        return directory()
    os.makedirs(target, exist_ok=True)
    with open(os.path.join(target, '.lock'), 'w', encoding='ascii') as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        _refuse_recent_failure(target)
        end = time.monotonic() + LONGEST
        for name, package in PROGRAMS.items():
            if not os.path.exists(os.path.join(target, name)):
                _build(target, name, package, end, say)
    return target


def _refuse_recent_failure(target):
    mark = os.path.join(target, '.failed')
    if os.path.exists(mark):
        if time.time() - os.path.getmtime(mark) < RETRY:
            with open(mark, encoding='utf-8') as file:
                raise Missing(file.read().strip())
        os.unlink(mark)


def _build(target, name, package, end, say):
    number = version()
    major, minor = number[1:].split('.')[:2]
    stamp = 'k8s.io/component-base/version'
    flags = f'-s -w -X {stamp}.gitVersion={number} -X {stamp}.gitMajor={major} -X {stamp}.gitMinor={minor}'
    _compile(target, name, package, end, say, number, flags, HERE)


def _compile(target, name, package, end, say, number, flags, module):
    """One program, on one core and politely; moved to its name when it is whole."""
    say(f'building {name} {number} (once; it is kept in {target})')
    begun = time.monotonic()
    fresh = os.path.join(target, f'.{name}.new')
    # -mod=readonly: what go.mod and go.sum do not name is not fetched.
    command = ['nice', 'go', 'build', '-mod=readonly', '-trimpath', '-ldflags', flags, '-o', fresh, package]
    environment = {**os.environ, 'GOFLAGS': '', 'CGO_ENABLED': '0',
                   'GOMAXPROCS': os.environ.get('GOMAXPROCS', str(max(1, (os.cpu_count() or 1) // 2)))}
    try:
        done = subprocess.run(command, cwd=module, env=environment, text=True, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, timeout=max(1, end - time.monotonic()))
        problem = None if done.returncode == 0 else done.stdout.strip().splitlines()[-1:] or ['no output']
    except subprocess.TimeoutExpired:
        problem = [f'not done within {LONGEST:.0f} s']
    if problem:
        text = f'{name} {number} cannot be built: {problem[0]}'
        with open(os.path.join(target, '.failed'), 'w', encoding='utf-8') as mark:
            mark.write(text + '\n')
        raise Missing(text)
    os.replace(fresh, os.path.join(target, name))
    say(f'built {name} in {time.monotonic() - begun:.0f} s')
