import { containerAnswers } from '../container-facts.ts';
import { restartPolicy } from '../container-options.ts';
import { readAnswer } from '../engine-answer.ts';
import { imageLabels, labelInstruction, noContainerLabels } from '../labels.ts';
import { lockDown } from '../policy.ts';
import { engineName, shownName } from '../run-context.ts';
import type { Container } from '../sandbox.ts';
import type { ContainerHandle } from './handle.ts';

/** Makes what changes a container's settings, and an image of what it wrote. */
export function containerChanges(handle: ContainerHandle): Pick<Container, 'commit' | 'setRestart' | 'setLimits'> {
  const { context, container, shown, record, call } = handle;
  return {
    async commit(name) {
      record('commit', shown, shownName(name));
      const repo = engineName(context, name);
      context.images.made = true;
      const changes = labelInstruction({ ...noContainerLabels, ...imageLabels(context.labels) });
      const made = await call('commit a container', async () =>
        readAnswer(containerAnswers.made, await container.commit({ repo, pause: false, changes })),
      );
      context.created('images');
      return { id: made.Id, name: shownName(name) };
    },
    async setRestart(policy) {
      record('update', '--restart', policy, shown);
      await call('update a container', () => container.update({ RestartPolicy: restartPolicy(policy) }));
    },
    async setLimits({ memory, cpus }) {
      record('update', '--memory', String(memory), '--memory-swap', String(memory), '--cpus', String(cpus), shown);
      const { Memory, MemorySwap, NanoCpus } = lockDown({ memory, cpus }).HostConfig;
      await call('update a container', () => container.update({ Memory, MemorySwap, NanoCpus }));
    },
  };
}
