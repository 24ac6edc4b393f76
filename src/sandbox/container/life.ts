import { setTimeout as sleep } from 'node:timers/promises';
import { readExitCode } from '../container-facts.ts';
import { waitsForScripts } from '../container-options.ts';
import type { Container } from '../sandbox.ts';
import type { ContainerHandle } from './handle.ts';
import type { WaitingShell } from './waiting-shell.ts';

/** The part of a container that begins and ends it; it can also be started without recording a command. */
type Life = Pick<Container, 'start' | 'stop' | 'kill' | 'restart' | 'remove'> & { begin(): Promise<void> };

/** Makes what begins and ends a container. */
export function containerLife(handle: ContainerHandle, shell: WaitingShell): Life {
  const { context, container, shown, record, call } = handle;
  const begin = () => call('start a container', () => startOf(handle, shell));
  const stop = async () => {
    await call('stop a container', () => container.stop({ t: 1 }));
    shell.drop();
  };
  return {
    begin,
    async start() {
      record('start', shown);
      await begin();
    },
    async stop() {
      record('stop', '--time', '1', shown);
      await stop();
    },
    async kill() {
      record('kill', shown);
      await call('kill a container', async () => {
        await container.kill();
        readExitCode(await container.wait({ abortSignal: context.signal }));
      });
      shell.drop();
    },
    async restart() {
      record('restart', '--time', '1', shown);
      await stop();
      await begin();
    },
    async remove({ volumes = false } = {}) {
      record('rm', '--force', ...(volumes ? ['--volumes'] : []), shown);
      shell.drop();
      const remove = () =>
        call('remove a container', () =>
          context.mountGuard.remove(container.id, () => container.remove({ force: true, v: volumes })),
        );
      // Podman ends a paused container at the first attempt, and removes it at the second.
      if (context.facts.product === 'Podman') await remove().catch(remove);
      else await remove();
    },
  };
}

/** Starts it, at once or, after a stop that Podman is still tidying up, a moment later. */
async function startOf({ context, spec, container }: ContainerHandle, shell: WaitingShell): Promise<void> {
  const start = async () => {
    if (waitsForScripts(spec)) await shell.attach();
    await container.start();
  };
  if (context.facts.product === 'Podman') await start().catch(() => sleep(300).then(start));
  else await start();
}

/** Makes what holds a container, and waits for its end. */
export function containerPauses(handle: ContainerHandle): Pick<Container, 'pause' | 'unpause' | 'wait'> {
  const { context, container, shown, record, print, call } = handle;
  return {
    async pause() {
      record('pause', shown);
      await call('pause a container', () => container.pause());
    },
    async unpause() {
      record('unpause', shown);
      await call('unpause a container', () => container.unpause());
    },
    async wait() {
      record('wait', shown);
      const exitCode = await call('wait for a container', async () =>
        readExitCode(await container.wait({ abortSignal: context.signal })),
      );
      print(String(exitCode));
      return { exitCode };
    },
  };
}
