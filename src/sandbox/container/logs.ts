import { setTimeout as sleep } from 'node:timers/promises';
import { textOfFrames } from '../demultiplex.ts';
import { cleanOutput } from '../output.ts';
import { quote } from '../quote.ts';
import type { Container } from '../sandbox.ts';
import { markLine } from '../shell.ts';
import type { ContainerHandle } from './handle.ts';

/** How long a wait for a line of a log may take, in milliseconds. */
const logWait = 5000;

/** Makes what reads the log of a container. */
export function containerLogs(handle: ContainerHandle): Pick<Container, 'logs' | 'waitForLog'> {
  const { context, container, shown, record, print, call } = handle;
  const read = async () => {
    const raw = await call('read the logs of a container', async () =>
      textOfFrames(await container.logs({ stdout: true, stderr: true, follow: false })),
    );
    return cleanOutput(raw.replace(markLine, ''));
  };
  return {
    async logs() {
      record('logs', shown);
      const output = await read();
      print(output);
      return output;
    },
    async waitForLog(text) {
      const found = `docker logs ${shown} 2>&1 | grep -qF ${quote(text)}`;
      context.recorder.command(`for i in $(seq 50); do ${found} && break; sleep 0.1; done`);
      const deadline = performance.now() + logWait;
      while (!(await read()).includes(text)) {
        if (performance.now() > deadline) return false;
        await call('wait', () => sleep(25));
      }
      return true;
    },
  };
}
