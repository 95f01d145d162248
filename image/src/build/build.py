#!/usr/bin/env python3
"""Builds the container image as an OCI archive: no registry, no daemon, no root.

    build.py --distribution FILE --jdk DIR --version TEXT --time ISO --target DIR

For another processor than this machine's: --arch arm64 --jmods DIR (of that processor's JDK, the same version as --jdk)
--compiler aarch64-linux-gnu-gcc, and apt must know the architecture (dpkg --add-architecture arm64).
"""

import argparse
import calendar
import gzip
import hashlib
import json
import os
import platform
import shutil
import sys
import tarfile
import time

import root
from root import USER, Unbuildable

MACHINES = {'x86_64': 'amd64', 'aarch64': 'arm64'}
NET_BIND_SERVICE, NET_ADMIN, NET_RAW = 10, 12, 13
LAYOUT = 'application/vnd.oci.image'


def main():
    options = arguments()
    try:
        if options.arch != MACHINES.get(platform.machine()) and (not options.jmods or options.compiler == 'cc'):
            raise Unbuildable(f'--arch {options.arch} on this machine needs --jmods and --compiler')
        missing = [tool for tool in ('apt-get', 'dpkg-deb', 'readelf', options.compiler) if not shutil.which(tool)]
        if missing:
            raise Unbuildable(f'{", ".join(missing)} missing: the image is built on Debian with gcc and binutils')
        build(options)
    except Unbuildable as why:
        print(f'image: {why}', file=sys.stderr)
        return 1
    return 0


def arguments():
    parser = argparse.ArgumentParser()
    for name in ('distribution', 'jdk', 'version', 'time', 'target'):
        parser.add_argument(f'--{name}', required=True)
    parser.add_argument('--jmods')
    parser.add_argument('--arch', default=MACHINES.get(platform.machine(), platform.machine()))
    parser.add_argument('--compiler', default='cc')
    return parser.parse_args()


def build(options):
    moment = calendar.timegm(time.strptime(options.time, '%Y-%m-%dT%H:%M:%SZ'))
    work = os.path.join(options.target, 'roots')
    shutil.rmtree(work, ignore_errors=True)
    base, own = os.path.join(work, 'base'), os.path.join(work, 'herald')
    os.makedirs(base)
    packages = root.debian(base, os.path.join(options.target, 'packages'), options.arch)
    root.java(base, options.jdk, options.jmods or os.path.join(options.jdk, 'jmods'))
    root.herald(own, options.distribution, options.compiler)
    root.check(work)
    tars = [os.path.join(work, name) for name in ('base.tar', 'herald.tar')]
    root.layer(base, tars[0], moment, owned={'var/lib/herald'})
    root.layer(own, tars[1], moment, capabilities={'opt/herald/bin/launch': (NET_BIND_SERVICE, NET_ADMIN, NET_RAW)})
    archive = os.path.join(options.target, f'herald-{options.version}-{options.arch}.oci.tar')
    digest = assemble(archive, work, tars, configuration(options), packages, options, moment)
    shutil.rmtree(work)
    print(f'image: {archive} ({os.path.getsize(archive) >> 20} MiB), manifest {digest}')


def configuration(options):
    return {
        'created': options.time, 'architecture': options.arch, 'os': 'linux',
        'config': {
            'User': f'{USER}:{USER}', 'WorkingDir': '/var/lib/herald',
            'Entrypoint': ['/opt/herald/bin/launch'], 'Cmd': ['run'], 'StopSignal': 'SIGTERM',
            'Env': ['PATH=/opt/herald/bin:/opt/java/bin:/usr/bin', 'JAVA_HOME=/opt/java', 'HERALD_BASE=/var/lib/herald',
                    'LC_ALL=C.UTF-8'],
            'Volumes': {'/var/lib/herald': {}}, 'ExposedPorts': {'7472/tcp': {}},
        },
    }


def assemble(archive, work, tars, config, packages, options, moment):
    """Writes layers, configuration, manifest and index as an OCI image layout. Returns the manifest's digest."""
    blobs = os.path.join(work, 'layout', 'blobs', 'sha256')
    os.makedirs(blobs)
    layers, contents = [], []
    for tar in tars:
        contents.append(digest_of(tar))
        layers.append(store(blobs, compress(tar), f'{LAYOUT}.layer.v1.tar+gzip'))
    config['rootfs'] = {'type': 'layers', 'diff_ids': contents}
    config['history'] = [{'created': options.time, 'created_by': text} for text in ('Debian and Java', 'Herald')]
    manifest = {
        'schemaVersion': 2, 'mediaType': f'{LAYOUT}.manifest.v1+json',
        'config': store(blobs, document(work, config), f'{LAYOUT}.config.v1+json'), 'layers': layers,
        'annotations': {'org.opencontainers.image.title': 'herald', 'org.opencontainers.image.version': options.version,
                        'org.opencontainers.image.licenses': 'Apache-2.0', 'org.heraldlb.packages': ' '.join(packages)},
    }
    described = store(blobs, document(work, manifest), f'{LAYOUT}.manifest.v1+json')
    described['platform'] = {'architecture': options.arch, 'os': 'linux'}
    name = f'localhost/herald:{options.version}'
    described['annotations'] = {'org.opencontainers.image.ref.name': options.version, 'io.containerd.image.name': name}
    layout = os.path.dirname(os.path.dirname(blobs))
    root.write(os.path.join(layout, 'oci-layout'), json.dumps({'imageLayoutVersion': '1.0.0'}))
    root.write(os.path.join(layout, 'index.json'), json.dumps({'schemaVersion': 2, 'manifests': [described]}))
    root.layer(layout, archive + '.new', moment)
    os.replace(archive + '.new', archive)
    return described['digest']


def compress(tar):
    packed = tar + '.gz'
    with open(tar, 'rb') as source, open(packed, 'wb') as out, gzip.GzipFile('', 'wb', 6, out, mtime=0) as target:
        shutil.copyfileobj(source, target, 1 << 20)
    return packed


def document(work, tree):
    path = os.path.join(work, 'document.json')
    root.write(path, json.dumps(tree, sort_keys=True, separators=(',', ':')))
    return path


def store(blobs, path, kind):
    """Moves a file to its place and returns its descriptor."""
    digest = digest_of(path)
    descriptor = {'mediaType': kind, 'digest': digest, 'size': os.path.getsize(path)}
    os.replace(path, os.path.join(blobs, digest.split(':')[1]))
    return descriptor


def digest_of(path):
    found = hashlib.sha256()
    with open(path, 'rb') as file:
        for block in iter(lambda: file.read(1 << 20), b''):
            found.update(block)
    return f'sha256:{found.hexdigest()}'


if __name__ == '__main__':
    sys.exit(main())
