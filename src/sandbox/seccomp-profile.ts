/**
 * The system calls that demo containers may make, for engines whose own profile allows more than the policy does: what
 * the shell and the programs of busybox need, an init process, and a runtime (runc, crun) between loading the profile
 * and starting the program. Everything else fails with EPERM: namespaces, mounts, tracing, keys, BPF, io_uring, modules,
 * the clock, and whatever a kernel will have next.
 *
 * Sources: the manual pages of section 2 (https://man7.org/linux/man-pages/dir_section_2.html); what engines hold for
 * dangerous, and why (https://docs.docker.com/engine/security/seccomp/); the format
 * (https://github.com/opencontainers/runtime-spec/blob/main/config-linux.md#seccomp). Names that an architecture does
 * not have are passed over. Calls by the conventions of another architecture, 32-bit ones for example, end the process.
 */
const allowed: Readonly<Record<string, string>> = {
  'open and look':
    'access close close_range creat faccessat faccessat2 fstat fstat64 fstatat64 fstatfs fstatfs64 getcwd getdents getdents64 lstat lstat64 newfstatat open openat openat2 readlink readlinkat stat stat64 statfs statfs64 statx',
  'read and write':
    '_llseek copy_file_range fadvise64 fadvise64_64 fallocate fdatasync fsync lseek pread64 preadv preadv2 pwrite64 pwritev pwritev2 read readv sendfile sendfile64 sync sync_file_range syncfs write writev',
  'change files and directories':
    'chdir chmod chown chown32 fchdir fchmod fchmodat fchmodat2 fchown fchown32 fchownat flock ftruncate ftruncate64 futimesat lchown lchown32 link linkat mkdir mkdirat mknod mknodat rename renameat renameat2 rmdir symlink symlinkat truncate truncate64 umask unlink unlinkat utime utimensat utimensat_time64 utimes',
  'descriptors, pipes and waiting for them':
    '_newselect dup dup2 dup3 epoll_create epoll_create1 epoll_ctl epoll_pwait epoll_pwait2 epoll_wait eventfd eventfd2 fcntl fcntl64 ioctl pipe pipe2 poll ppoll ppoll_time64 pselect6 pselect6_time64 select signalfd signalfd4',
  processes:
    'execve execveat exit exit_group fork getpgid getpgrp getpid getppid getsid gettid setpgid setsid vfork wait4 waitid waitpid',
  'threads, and what programs set up when they start':
    'arch_prctl futex futex_time64 get_robust_list getcpu getrandom membarrier prctl rseq sched_getaffinity sched_yield set_robust_list set_thread_area set_tid_address set_tls',
  memory: 'brk cacheflush madvise mincore mmap mmap2 mprotect mremap msync munmap',
  signals:
    'alarm getitimer kill pause restart_syscall rt_sigaction rt_sigpending rt_sigprocmask rt_sigreturn rt_sigsuspend rt_sigtimedwait rt_sigtimedwait_time64 setitimer sigaltstack sigreturn tgkill tkill',
  'time, and facts about the system':
    'clock_getres clock_getres_time64 clock_gettime clock_gettime64 clock_nanosleep clock_nanosleep_time64 getrlimit getrusage gettimeofday nanosleep prlimit64 setrlimit sysinfo time times ugetrlimit uname',
  'who it is; without capabilities nobody else':
    'capget capset getegid getegid32 geteuid geteuid32 getgid getgid32 getgroups getgroups32 getresgid getresgid32 getresuid getresuid32 getuid getuid32 setfsgid setfsgid32 setfsuid setfsuid32 setgid setgid32 setgroups setgroups32 setregid setregid32 setresgid setresgid32 setresuid setresuid32 setreuid setreuid32 setuid setuid32',
  'sockets, once they are made':
    'accept accept4 bind connect getpeername getsockname getsockopt listen recv recvfrom recvmmsg recvmmsg_time64 recvmsg shutdown',
};

/** The calls by which a process also says through which interface, and past which routes, it sends. */
const sending = ['send', 'sendmmsg', 'sendmsg', 'sendto', 'setsockopt'];

/** AF_UNIX, AF_INET, AF_INET6 and AF_NETLINK, the first argument of `socket` (https://man7.org/linux/man-pages/man7/address_families.7.html). */
const families = [1, 2, 10, 16];

/** Those of them that leave a container: AF_INET and AF_INET6. */
const internet: ReadonlySet<number> = new Set([2, 10]);

/**
 * The flags of `clone` that make namespaces, CLONE_NEWNS to CLONE_NEWNET (linux/sched.h), which must all be absent. They
 * are its first argument, but for S/390, which has no engine here.
 */
const namespaceFlags = 0x7e02_0000;

const allow = { action: 'SCMP_ACT_ALLOW' } as const;

/** The parts that both profiles have. */
const common = [
  { names: Object.values(allowed).flatMap((names) => names.split(' ')), ...allow },
  { names: ['clone'], ...allow, args: [{ index: 0, value: namespaceFlags, valueTwo: 0, op: 'SCMP_CMP_MASKED_EQ' }] },
  { names: ['clone3'], action: 'SCMP_ACT_ERRNO', errnoRet: 38 },
] as const;

/**
 * The profile as engines read it. `clone3` hides its flags from a filter, so it "is not implemented" (ENOSYS), which
 * makes a C library take `clone`.
 */
export const seccompProfile = {
  defaultAction: 'SCMP_ACT_ERRNO',
  defaultErrnoRet: 1,
  syscalls: [
    ...common,
    { names: sending, ...allow },
    ...families.map((value) => ({
      names: ['socket', 'socketpair'],
      ...allow,
      args: [{ index: 0, value, op: 'SCMP_CMP_EQ' }],
    })),
  ],
} as const;

/** MSG_DONTROUTE, a flag of `sendto` (https://man7.org/linux/man-pages/man2/send.2.html). */
const pastRoutes = 4;

/**
 * The options that a process may set on a socket, by level and name (https://man7.org/linux/man-pages/man7/socket.7.html):
 * of SOL_SOCKET reusing an address, keeping alive, lingering and time limits; all of TCP's, and whether IPv6 includes
 * IPv4. Not among them: SO_DONTROUTE, SO_BINDTODEVICE and IP_UNICAST_IF.
 */
const socketOptions = [
  ...[2, 9, 13, 20, 21, 66, 67].map((name) => ({ level: 1, name })),
  { level: 6, name: null },
  { level: 41, name: 26 },
];

/** The kind of a socket without its flags, the second argument of `socket`, and that of TCP, SOCK_STREAM. */
const [kindMask, stream] = [0xf, 1];

/**
 * The profile of containers on a network of a run. They speak TCP alone: what is sent to everybody on a bridge, by
 * multicast or broadcast, reaches the host too, address or not. On a bridge without an address the host still answers for its other
 * addresses to who sends there straight, past the routes: that takes an option or a flag, or `sendmsg`, which hides both
 * from a filter.
 */
export const networkedSeccompProfile = {
  ...seccompProfile,
  syscalls: [
    ...common,
    ...families.map((value) => ({
      names: ['socket'],
      ...allow,
      args: [
        { index: 0, value, op: 'SCMP_CMP_EQ' },
        ...(internet.has(value) ? [{ index: 1, value: kindMask, valueTwo: stream, op: 'SCMP_CMP_MASKED_EQ' }] : []),
      ],
    })),
    { names: ['sendto'], ...allow, args: [{ index: 3, value: pastRoutes, valueTwo: 0, op: 'SCMP_CMP_MASKED_EQ' }] },
    ...socketOptions.map(({ level, name }) => ({
      names: ['setsockopt'],
      ...allow,
      args: [
        { index: 1, value: level, op: 'SCMP_CMP_EQ' },
        ...(name === null ? [] : [{ index: 2, value: name, op: 'SCMP_CMP_EQ' }]),
      ],
    })),
  ],
} as const;
