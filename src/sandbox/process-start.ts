import { readFileSync } from 'node:fs';

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
