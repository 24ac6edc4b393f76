import { defineDemo } from './catalogue/demo.ts';
import { exactly } from './catalogue/findings.ts';

const askForPlaces = "docker info --format 'storage driver {{.Driver}}, data root {{.DockerRootDir}}'";

export const demo = defineDemo({
  id: 'storage-driver-location',
  title: 'Find out where the engine keeps layers and volumes',
  question: {
    text: 'Where on the host are the files of a named volume?',
    options: ["In the container's layer", 'In a folder of its own below the data root', 'In memory', 'In the image'],
    right: 1,
  },
  claims: [
    'local-volume-mountpoint',
    'volume-outside-driver-directory',
    'mountpoint-outlives-container',
    'overlay2-own-upperdir',
    'layers-and-volumes-in-data-root',
  ],
  steps: {
    engine: 'Ask the engine for its storage driver and data root',
    make: 'Make a volume, and run two containers, one of them with it',
    volume: 'Ask where the files of the volume are',
    layers: 'Ask where each container keeps what it writes',
    again: 'Remove one container, mount the volume in another, and ask again',
  },
  async *run({ sandbox, step, tested, notRun }) {
    const { dataRoot, storageDriver } = sandbox.engine;
    yield* step('engine', async () =>
      sandbox.note(`storage driver ${storageDriver}, data root ${dataRoot}`, askForPlaces),
    );
    const { volume, mounts, a, b } = yield* step('make', async () => {
      const made = await sandbox.volume('data');
      const withVolume = [{ type: 'volume', volume: made, path: '/data' }] as const;
      return {
        volume: made,
        mounts: withVolume,
        a: await sandbox.run({ name: 'a', mounts: withVolume }),
        b: await sandbox.run({ name: 'b' }),
      };
    });
    const mountpoint = yield* step('volume', () => volume.mountpoint());
    yield tested('local-volume-mountpoint', {
      predicted: `${dataRoot}/volumes/NAME/_data`,
      observed: mountpoint,
      held: mountpoint === `${dataRoot}/volumes/${volume.name}/_data`,
    });
    yield tested('volume-outside-driver-directory', {
      predicted: `not below ${dataRoot}/${storageDriver}`,
      observed: mountpoint,
      held: mountpoint.startsWith('/') && !mountpoint.startsWith(`${dataRoot}/${storageDriver}/`),
    });
    const upper = yield* step('layers', async () => {
      const found = await Promise.all(
        [a, b].map(async (container) => (await container.inspect()).graph.UpperDir ?? ''),
      );
      sandbox.note(found.join('\n'), "docker inspect --format '{{.GraphDriver.Data.UpperDir}}' demo-a demo-b");
      return found;
    });
    const onOverlay = storageDriver === 'overlay2';
    const below = upper.every((path) => path.startsWith(`${dataRoot}/overlay2/`));
    if (onOverlay) {
      yield tested('overlay2-own-upperdir', {
        predicted: `two directories below ${dataRoot}/overlay2`,
        observed: upper.join(' and '),
        held: below && upper[0] !== upper[1],
      });
      yield tested('layers-and-volumes-in-data-root', {
        predicted: `all below ${dataRoot}`,
        observed: isAllBelow(dataRoot, [...upper, mountpoint]) ? `all below ${dataRoot}` : upper.join(' '),
        held: below && mountpoint.startsWith(`${dataRoot}/`),
      });
    } else {
      const reason = `this engine uses ${storageDriver}, not overlay2`;
      yield notRun('overlay2-own-upperdir', 'two directories below overlay2', reason);
      yield notRun('layers-and-volumes-in-data-root', `all below ${dataRoot}`, reason);
    }
    const after = yield* step('again', async () => {
      await a.remove();
      await sandbox.run({ name: 'c', mounts });
      return volume.mountpoint();
    });
    yield tested('mountpoint-outlives-container', exactly(mountpoint, after));
  },
});

function isAllBelow(folder: string, paths: readonly string[]): boolean {
  return paths.every((path) => path.startsWith(`${folder}/`));
}
