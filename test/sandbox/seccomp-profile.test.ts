import type Docker from 'dockerode';
import type { HostConfig } from 'dockerode';
import { describe, expect, onTestFinished, test } from 'vitest';
import { baseImageName } from '../../src/sandbox/base-image.ts';
import { seccompProfile } from '../../src/sandbox/seccomp-profile.ts';
import { runToEnd } from '../engines/run-to-end.ts';
import { openTestEngine } from '../engines/test-engine.ts';

/** Runs a script as root with the rights to do all this, so that only the profile stands in its way. */
async function runAsRoot(docker: Docker, script: string, SecurityOpt: string[]): Promise<string> {
  const HostConfig: HostConfig = { CapAdd: ['SYS_ADMIN'], NetworkMode: 'none', Init: true, SecurityOpt };
  const container = await docker.createContainer({
    Image: baseImageName,
    User: '0:0',
    Cmd: ['sh', '-c', `exec 2>&1; ${script}`],
    HostConfig,
  });
  onTestFinished(() => container.remove({ force: true }));
  return runToEnd(container);
}

// Docker takes the profile itself in the place of a path.
const own = [`seccomp=${JSON.stringify(seccompProfile)}`, 'apparmor=unconfined'];

async function openDocker(): Promise<Docker> {
  const { engine, docker } = await openTestEngine();
  await engine.prepare();
  return docker;
}

describe('the seccomp profile stops even root with the capabilities for it', () => {
  test.each([
    ['making a user namespace', 'busybox unshare -U true && echo "got it"'],
    ['making a network namespace', 'busybox unshare -n true && echo "got it"'],
    ['mounting', 'mount -t tmpfs none /work && echo "got it"'],
    ['changing the root directory', 'busybox chroot / true && echo "got it"'],
    ['naming the host', 'hostname taken && echo "got it"'],
  ])('from %s, which the engine lets it do', async (_, script) => {
    const docker = await openDocker();
    expect(await runAsRoot(docker, script, own)).toMatch(/Operation not permitted|are you root\?/);
    expect(await runAsRoot(docker, script, [])).toBe('got it');
  });
});

// The listening nc gets an input that never ends: at its end it would hang up, maybe before it was told anything.
test('the seccomp profile lets the shell and its programs do what demos do', async () => {
  const script = `set -e
    cd /work; echo one > a; cp a b; mv b c; ln -s a link; ln a hard; mkdir -p d/e; touch -d @0 a; chmod 600 a; chown 1000 a
    cat a | tee copy > /dev/null; tar -cf t.tar a c; tar -tf t.tar > /dev/null; find . -name a > /dev/null; sed -i s/one/two/ c
    dd if=/dev/zero of=z bs=1k count=4 2> /dev/null; sync; df . > /dev/null; du -s . > /dev/null; stat -c %s z > /dev/null
    busybox mkfifo pipe; (echo through > pipe) & cat pipe; wait
    ps > /dev/null; sleep 0.1; date > /dev/null; id > /dev/null; ip address > /dev/null; free > /dev/null; sha256sum a > /dev/null
    busybox mkfifo open; timeout 60 nc -l -p 8080 <> open > heard & until echo hello | nc 127.0.0.1 8080 2> /dev/null; do sleep 0.1; done; wait; cat heard
    sh -c 'trap "echo trapped" TERM; kill $$'; rm -r d a; echo done`;
  const output = await runAsRoot(await openDocker(), script, own);
  expect(output.split('\n')).toEqual(['through', 'hello', 'trapped', 'done']);
});

test('the seccomp profile names each system call once, and none that reaches beyond a container', () => {
  const names = seccompProfile.syscalls.filter(({ action }) => action === 'SCMP_ACT_ALLOW').map((rule) => rule.names);
  const [free = [], ...bounded] = names;
  expect(new Set(free).size).toBe(free.length);
  for (const name of bounded.flat()) expect(free).not.toContain(name);
  const dangerous =
    'acct add_key bpf chroot clock_settime clone clone3 delete_module finit_module fsmount init_module io_uring_setup kcmp kexec_load keyctl mount move_mount name_to_handle_at open_by_handle_at open_tree perf_event_open pidfd_getfd pivot_root process_vm_readv process_vm_writev ptrace quotactl reboot request_key setdomainname sethostname setns settimeofday splice swapon syslog umount2 unshare userfaultfd vmsplice';
  for (const name of dangerous.split(' ')) expect(free).not.toContain(name);
});
