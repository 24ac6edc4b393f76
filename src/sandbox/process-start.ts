import { readFileSync, readlinkSync } from 'node:fs';

/** The field of /proc/PID/stat, counted after the command's name, that holds the start time (proc_pid_stat(5), field 22). */
const startField = 19;

/**
 * When a process started, in clock ticks since the machine booted: with the process id it names a process for good,
 * although ids are used again.
 * @returns null where there is no such process or no /proc
 */
export function processStart(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[startField] ?? null;
  } catch {
    return null;
  }
}

/** What a process id is good for; each is empty where there is no /proc. */
export interface ProcessScope {
  /** The start of the machine, short. */
  readonly boot: string;
  /** The namespace of process ids (pid_namespaces(7)), as the kernel numbers it. */
  readonly namespace: string;
}

/** In which scope this process has its id. */
export function processScope(): ProcessScope {
  return {
    boot: orEmpty(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').replaceAll('-', '').slice(0, 12)),
    namespace: orEmpty(() => /\d+/.exec(readlinkSync('/proc/self/ns/pid'))?.[0] ?? ''),
  };
}

function orEmpty(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}
