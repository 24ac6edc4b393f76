import { setTimeout as sleep } from 'node:timers/promises';
import { buildImage, tryBuild } from './builds.ts';
import { createContainer, runOnce, startContainer, tryContainer } from './container.ts';
import { measureDiskUsage } from './disk-usage.ts';
import { createVolumeWithOptions } from './driver-options.ts';
import { createHostDirectory } from './host-directory.ts';
import { readHostFact } from './host-fact.ts';
import { lookAtImages } from './images/look-at-images.ts';
import { makeImages } from './images/make-images.ts';
import { nameImages } from './images/name-images.ts';
import { saveImages } from './images/save-images.ts';
import { createNetwork } from './networks.ts';
import { listOwnContainers, pruneOwnContainers } from './own-containers.ts';
import { callEngine, type RunContext } from './run-context.ts';
import type { Sandbox } from './sandbox.ts';
import { createVolume, findAnonymousVolume, nameVolume } from './volumes.ts';

/** The longest pause that a demo can ask for, in milliseconds. */
const longestPause = 5000;

/** Makes what a demo works with. */
export function sandboxOf(context: RunContext): Sandbox {
  const { recorder } = context;
  return {
    ...lookAtImages(context),
    ...makeImages(context),
    ...nameImages(context),
    ...saveImages(context),
    baseImage: context.baseImage,
    engine: context.facts,
    build: (spec) => buildImage(context, spec),
    tryBuild: (spec) => tryBuild(context, spec),
    create: (spec) => createContainer(context, spec),
    run: (spec) => startContainer(context, spec),
    runOnce: (spec) => runOnce(context, spec),
    tryRun: (spec) => tryContainer(context, spec),
    list: (filter) => listOwnContainers(context, filter),
    pruneContainers: (label) => pruneOwnContainers(context, label),
    volume: (name) => createVolume(context, name),
    unmadeVolume: (name) => nameVolume(context, name),
    tryDriverOptions: (name, faulty) => createVolumeWithOptions(context, name, faulty),
    network: (name) => createNetwork(context, name),
    anonymousVolume: (container, path) => findAnonymousVolume(context, container, path),
    hostDirectory: (name) => createHostDirectory(context, name),
    diskUsage: () => measureDiskUsage(context),
    hostFact: (fact) => readHostFact(context.engine.address, fact),
    async until(condition, milliseconds, command) {
      if (command !== undefined) recorder.command(command);
      const deadline = performance.now() + milliseconds;
      while (!(await condition())) {
        if (performance.now() > deadline) return false;
        await callEngine(context, 'wait', () => sleep(25));
      }
      return true;
    },
    async pause(milliseconds) {
      recorder.command(`sleep ${milliseconds / 1000}`);
      await callEngine(context, 'wait', () => sleep(Math.min(milliseconds, longestPause)));
    },
    note(text, command) {
      if (command === undefined) return recorder.note(text);
      recorder.command(command);
      recorder.output(text);
    },
  };
}
