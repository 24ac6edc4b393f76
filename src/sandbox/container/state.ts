import { setTimeout as sleep } from 'node:timers/promises';
import { containerAnswers, readFacts } from '../container-facts.ts';
import { readAnswer } from '../engine-answer.ts';
import { healthCommand, waitForHealth } from '../health.ts';
import { commandLine, quote } from '../quote.ts';
import type { Container } from '../sandbox.ts';
import type { ContainerHandle } from './handle.ts';

/** Makes what tells how a container is, as `docker inspect` and `docker ps` do. */
export function containerState(
  handle: ContainerHandle,
): Pick<Container, 'inspect' | 'inspectShows' | 'look' | 'exists'> {
  const { context, container, shown, record, print, call } = handle;
  const look = lookAt(handle);
  return {
    look,
    async inspect() {
      const format = '{{.State.Status}} exit={{.State.ExitCode}} restarts={{.RestartCount}}';
      record('inspect', '--format', format, shown);
      const facts = await look();
      print(`${facts.status} exit=${facts.exitCode} restarts=${facts.restartCount}`);
      return facts;
    },
    async inspectShows(text) {
      context.recorder.command(`docker inspect ${shown} | grep -q ${quote(text)} && echo found || echo 'not found'`);
      const found = await call('inspect a container', async () => {
        const told = await container.inspect();
        readFacts(told);
        return JSON.stringify(told).includes(text);
      });
      print(found ? 'found' : 'not found');
      return found;
    },
    async exists() {
      const list = commandLine(['docker', 'ps', '--all', '--filter', `name=^/?${shown}$`, '--format', '{{.Status}}']);
      context.recorder.command(`${list} | grep . || echo 'no such container'`);
      const found = await call('look for a container', async () => {
        const filters = { id: [container.id] };
        const listed: unknown = await context.engine.docker.listContainers({ all: true, filters });
        return readAnswer(containerAnswers.list, listed).filter(({ Id }) => Id === container.id);
      });
      print(found.map((row) => row.Status).join('\n') || 'no such container');
      return found.length > 0;
    },
  };
}

/** Makes what tells of a container's health check. */
export function containerHealth(handle: ContainerHandle): Pick<Container, 'health' | 'lastProbe'> {
  const { context, shown, record, print, call } = handle;
  const look = lookAt(handle);
  return {
    async health(wanted, milliseconds = 5000) {
      if (wanted !== undefined) context.recorder.command(waitForHealth(shown, wanted, milliseconds));
      context.recorder.command(healthCommand(shown));
      const deadline = performance.now() + (wanted === undefined ? 0 : milliseconds);
      let found = (await look()).health;
      while (found !== wanted && performance.now() < deadline) {
        await call('wait', () => sleep(25));
        found = (await look()).health;
      }
      print(found);
      return found;
    },
    async lastProbe() {
      const last = '{{range .State.Health.Log}}{{$last = .Output}}{{end}}';
      record('inspect', '--format', `{{$last := ""}}${last}{{$last}}`, shown);
      const { lastProbe } = await look();
      print(lastProbe);
      return lastProbe;
    },
  };
}

function lookAt({ container, call }: ContainerHandle): Container['look'] {
  return () => call('inspect a container', async () => readFacts(await container.inspect()));
}
