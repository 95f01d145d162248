"""The root file systems of the image's layers: Debian's libraries and a shell, a Java runtime, Herald."""

import os
import shutil
import struct
import subprocess
import tarfile

HERE = os.path.dirname(os.path.abspath(__file__))
MAIN = os.path.join(os.path.dirname(HERE), 'main')
USER = 65532
MERGED = ('bin', 'sbin', 'lib', 'lib64')
UNWANTED = ('usr/share/man', 'usr/share/locale', 'usr/share/info', 'usr/share/lintian', 'usr/share/bash-completion',
            'usr/share/menu', 'etc/skel')
"""What java.desktop brings beside java.beans: needs a display's libraries, and nobody calls it."""
GRAPHICS = ('awt', 'awt_headless', 'awt_xawt', 'fontmanager', 'freetype', 'harfbuzz', 'javajpeg', 'jawt', 'jsound', 'lcms',
            'mlib_image', 'splashscreen')
ACCOUNTS = {
    'etc/passwd': f'root:x:0:0:root:/:/bin/bash\nherald:x:{USER}:{USER}:herald:/var/lib/herald:/bin/bash\n',
    'etc/group': f'root:x:0:\nherald:x:{USER}:\n',
    'etc/nsswitch.conf': 'passwd: files\ngroup: files\nhosts: files dns\n',
}


class Unbuildable(Exception):
    """The image cannot be built here; the text is one line for people."""


def run(*command, **options):
    done = subprocess.run(command, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **options)
    if done.returncode != 0:
        raise Unbuildable(f'{" ".join(command[:3])} ...: exit {done.returncode}: {done.stdout.strip()[-500:]}')
    return done.stdout


def listed(name):
    with open(os.path.join(HERE, name), encoding='ascii') as file:
        lines = [line.split('#')[0].split() for line in file]
    return [line for line in lines if line]


def debian(root, cache, architecture):
    """Unpacks the packages below root, without running anything of theirs. Returns name=version of each."""
    os.makedirs(cache, exist_ok=True)
    for name in MERGED:
        os.makedirs(os.path.join(root, 'usr', name))
        os.symlink(f'usr/{name}', os.path.join(root, name))
    packages = listed('packages')
    versions = candidates([package[0] for package in packages], architecture)
    for name, *only in packages:
        archive = fetch(name, versions[name], architecture, cache)
        keep = [f'.{path}' for path in only] + [f'./usr/share/doc/{name}/copyright'] if only else []
        data = subprocess.run(['dpkg-deb', '--fsys-tarfile', archive], check=True, stdout=subprocess.PIPE).stdout
        subprocess.run(['tar', '-x', '-C', root, '--keep-directory-symlink', '--no-same-owner', *keep], input=data,
                       check=True)
    for path in UNWANTED:
        shutil.rmtree(os.path.join(root, path), ignore_errors=True)
    for path, text in ACCOUNTS.items():
        write(os.path.join(root, path), text)
    for path in ('tmp', 'proc', 'sys', 'dev', 'etc/herald', 'var/lib/herald'):
        os.makedirs(os.path.join(root, path), exist_ok=True)
    if not os.path.exists(os.path.join(root, 'bin/sh')):
        os.symlink('bash', os.path.join(root, 'usr/bin/sh'))
    return [f'{name}={versions[name]}' for name, *_ in packages]


def candidates(names, architecture):
    """What apt would install now, by name."""
    shown = run('apt-cache', 'policy', *(f'{name}:{architecture}' for name in names), env={**os.environ, 'LC_ALL': 'C'})
    found, name = {}, None
    for line in shown.splitlines():
        if line and not line.startswith(' '):
            name = line.split(':')[0]
        elif line.strip().startswith('Candidate:'):
            found[name] = line.split()[1]
    lacking = [name for name in names if found.get(name, '(none)') == '(none)']
    if lacking:
        raise Unbuildable(f'apt knows no {", ".join(lacking)} for {architecture}: apt-get update')
    return found


def fetch(name, version, architecture, cache):
    """The archive of this very version, from the cache or from Debian; apt checks it against Debian's signatures."""
    path = os.path.join(cache, f'{name}_{version.replace(":", "%3a")}_{architecture}.deb')
    if not os.path.exists(path):
        run('apt-get', 'download', '-qq', '-o', 'APT::Sandbox::User=root', f'{name}:{architecture}={version}', cwd=cache)
    return path


def java(root, jdk, jmods):
    """A runtime of the modules that Herald needs, in /opt/java."""
    run(os.path.join(jdk, 'bin', 'jlink'), '--module-path', jmods, '--add-modules',
        ','.join(line[0] for line in listed('modules')), '--strip-debug', '--no-header-files', '--no-man-pages',
        '--compress=1', '--output', os.path.join(root, 'opt/java'))
    for name in GRAPHICS:
        path = os.path.join(root, 'opt/java/lib', f'lib{name}.so')
        if os.path.exists(path):
            os.unlink(path)
    security = os.path.join(root, 'opt/java/conf/security/java.security')
    if not os.path.isfile(security):
        raise Unbuildable(f'{jdk} made a runtime without conf/security/java.security')
    # Distributions link files of conf/ to places outside of the JDK.
    for directory, _, names in os.walk(os.path.join(root, 'opt/java')):
        for path in (os.path.join(directory, name) for name in names):
            if os.path.islink(path) and os.path.isabs(os.readlink(path)):
                target = os.readlink(path)
                os.unlink(path)
                shutil.copyfile(target, path)


def herald(root, distribution, compiler):
    """The distribution in /opt/herald, the launcher beside bin/herald."""
    home = os.path.join(root, 'opt/herald')
    os.makedirs(home)
    run('tar', '-xzf', distribution, '-C', home, '--strip-components=1', '--no-same-owner')
    shutil.copy(os.path.join(MAIN, 'bin/container'), os.path.join(home, 'bin/container'))
    run(compiler, '-Os', '-s', '-static', '-Wall', '-Wextra', '-Werror', '-o', os.path.join(home, 'bin/launch'),
        os.path.join(MAIN, 'c/launch.c'))


def check(root):
    """Refuses a root in which a program or a library needs a library that is not there."""
    there = {name for _, _, names in os.walk(root) for name in names}
    for directory, _, names in os.walk(root):
        for path in (os.path.join(directory, name) for name in names):
            lacking = [need for need in needed(path) if need not in there]
            if lacking:
                raise Unbuildable(f'/{os.path.relpath(path, root)} needs {", ".join(lacking)}: name its package in packages')


def needed(path):
    """The shared libraries that a 64 bit ELF file names."""
    if os.path.islink(path) or not os.path.isfile(path):
        return []
    with open(path, 'rb') as file:
        if file.read(5) != b'\x7fELF\x02':
            return []
    shown = subprocess.run(['readelf', '-d', path], text=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout
    return [line.split('[')[1].rstrip(']') for line in shown.splitlines() if '(NEEDED)' in line]


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, 'w', encoding='ascii') as out:
        out.write(text)


def layer(root, target, moment, owned=(), capabilities=None):
    """A tar of root with fixed order, times and owners. `owned` belongs to Herald's user; `capabilities` maps a path to
    permitted file capabilities."""
    with tarfile.open(target, 'w', format=tarfile.PAX_FORMAT) as archive:
        for directory, names, files in os.walk(root):
            names.sort()
            linked = [name for name in names if os.path.islink(os.path.join(directory, name))]
            for name in sorted(files + linked):
                add(archive, root, os.path.join(directory, name), moment, owned, capabilities or {})
            if directory != root:
                add(archive, root, directory, moment, owned, capabilities or {})


def add(archive, root, path, moment, owned, capabilities):
    name = os.path.relpath(path, root)
    entry = archive.gettarinfo(path, name)
    entry.mtime = moment
    entry.uid = entry.gid = USER if name in owned else 0
    entry.uname = entry.gname = ''
    # Readable for everybody whatever the umask of the build; no setuid programs.
    entry.mode = 0o1777 if name == 'tmp' else 0o755 if entry.isdir() or entry.mode & 0o100 else 0o644
    if name in capabilities:
        entry.pax_headers = {'SCHILY.xattr.security.capability': attribute(capabilities[name])}
    if entry.isreg():
        with open(path, 'rb') as file:
            archive.addfile(entry, file)
    else:
        archive.addfile(entry)


def attribute(bits):
    """The extended attribute security.capability, version 2: permitted ones, not inheritable, not effective."""
    mask = sum(1 << bit for bit in bits)
    return struct.pack('<IIIII', 0x02000000, mask, 0, 0, 0).decode('utf-8')
