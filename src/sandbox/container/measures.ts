import { containerAnswers, readMemory } from '../container-facts.ts';
import { readAnswer } from '../engine-answer.ts';
import { humanSize } from '../human-size.ts';
import type { RunContext } from '../run-context.ts';
import type { Container } from '../sandbox.ts';
import type { ContainerHandle } from './handle.ts';

const changeKinds = ['C', 'A', 'D'] as const;

/** Makes what measures a container: what it wrote, how large it is, its processes and its memory. */
export function containerMeasures(handle: ContainerHandle): Pick<Container, 'diff' | 'size' | 'top' | 'memory'> {
  const { context, container, shown, record, print, call } = handle;
  return {
    async diff() {
      context.recorder.command(`docker diff ${shown} | sort -k 2`);
      const changes = await call('compare a container with its image', async () =>
        readAnswer(containerAnswers.changes, await container.changes()),
      );
      const rows = (changes ?? [])
        .map(({ Path, Kind }) => ({ kind: changeKinds[Kind], path: Path }))
        .sort((a, b) => a.path.localeCompare(b.path));
      print(rows.map(({ kind, path }) => `${kind} ${path}`).join('\n'));
      return rows;
    },
    async size() {
      record('ps', '--all', '--size', '--filter', `name=${shown}`, '--format', '{{.Size}}');
      const size = await call('measure a container', () => readSize(context, container.id));
      print(`${humanSize(size.writable, 3)} (virtual ${humanSize(size.total, 3)})`);
      return size;
    },
    async top() {
      record('top', shown, '-eo', 'pid,args');
      const found = await call('list processes', async () =>
        readAnswer(containerAnswers.top, await container.top({ ps_args: '-eo pid,args' })),
      );
      // Podman returns each row as one text.
      const rows = found.Processes.map((words) => {
        const [, pid = '', command = ''] = /^\s*(\d+)\s+(.*)$/.exec(words.join(' ')) ?? [];
        return { pid: Number(pid), command };
      });
      print(rows.map(({ pid, command }) => `${pid} ${command}`).join('\n'));
      return rows;
    },
    async memory() {
      record('stats', '--no-stream', '--format', '{{.MemUsage}}', shown);
      const found = await call('measure memory', async () =>
        readMemory(await container.stats({ stream: false, 'one-shot': true })),
      );
      print(`${(found.usage / 1024).toPrecision(4)}KiB / ${found.limit / 1024 ** 2}MiB`);
      return found;
    },
  };
}

/** The list is the one call of the client library that passes the wish for sizes on. */
async function readSize(context: RunContext, id: string): Promise<{ writable: number; total: number }> {
  const found: unknown = await context.engine.docker.listContainers({ all: true, size: true, filters: { id: [id] } });
  const [row] = readAnswer(containerAnswers.sizes, found);
  return { writable: row?.SizeRw ?? 0, total: row?.SizeRootFs ?? 0 };
}
