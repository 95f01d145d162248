"""Herald's BGP speaker alone in a host of a lab, driven line by line; see BgpProgram in bench for its language."""

import os
import subprocess
import threading

from lab import REPOSITORY, wait

PROGRAM = 'org.heraldlb.bench.bgp.BgpProgram'


def class_path():
    """HERALD_BGP_CLASSPATH, or the jar that `mvn -pl bench -am package` makes; None when there is neither."""
    jar = os.path.join(REPOSITORY, 'bench', 'target', 'benchmarks.jar')
    return os.environ.get('HERALD_BGP_CLASSPATH') or (jar if os.path.exists(jar) else None)


class Speaker:
    """One process; what it says is kept as lines."""

    def __init__(self, host, *arguments, flags=('-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Xshare:auto')):
        self.lines = []
        self.process = host.spawn('java', *flags, '-cp', class_path(), PROGRAM, *arguments, log='speaker.log',
                                  stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)
        threading.Thread(target=self._read, daemon=True).start()
        self.expect('started')

    def _read(self):
        for line in self.process.stdout:
            self.lines.append(line.rstrip('\n'))

    def say(self, *lines):
        for line in lines:
            self.process.stdin.write(line + '\n')
        self.process.stdin.flush()

    def expect(self, word, seconds=20, since=0):
        """The first line that has `word`, from the line with number `since` on."""
        return wait(lambda: next((line for line in self.lines[since:] if word in line), None), seconds,
                    what=f'the speaker to say {word}; it said {self.lines[-5:]}')

    def status(self):
        """What `status` prints, as a dictionary of session lines by peer."""
        since = len(self.lines)
        self.say('status')
        self.expect('counters', since=since)
        said = [line.split(' ', 3) for line in self.lines[since:]]
        return {words[2]: words[3] for words in said if words[1] == 'session'}

    def kill(self):
        self.process.kill()
        self.process.wait()

    def quit(self):
        self.say('quit')
        self.process.wait(10)
