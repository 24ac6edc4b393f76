import type Docker from 'dockerode';
import { labelNames } from './labels.ts';
import { statusOf } from './sandbox-error.ts';

/** Objects found by their labels, as the engine lists them. */
export interface Found {
  readonly containers: readonly Labelled[];
  readonly images: readonly Labelled[];
  readonly volumes: readonly Labelled[];
}

/** One object with its id (a volume's name) and labels. */
export interface Labelled {
  readonly id: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** Lists everything with a label, `name` or `name=value`. */
export async function findLabelled(docker: Docker, label: string): Promise<Found> {
  const filters = { label: [label] };
  const [containers, images, volumes] = await Promise.all([
    docker.listContainers({ all: true, filters }),
    docker.listImages({ all: true, filters: JSON.stringify(filters) }),
    docker.listVolumes({ filters }),
  ]);
  return {
    containers: containers.map((item) => ({ id: item.Id, labels: item.Labels ?? {} })),
    images: images.map((item) => ({ id: item.Id, labels: item.Labels ?? {} })),
    volumes: (volumes.Volumes ?? []).map((item) => ({ id: item.Name, labels: item.Labels ?? {} })),
  };
}

/** How many objects were found. */
export function countFound(found: Found): number {
  return found.containers.length + found.images.length + found.volumes.length;
}

/**
 * Removes objects: containers with their anonymous volumes first, then volumes and images. What is already gone, or
 * going, does not count as an error.
 */
export async function removeFound(docker: Docker, found: Found): Promise<void> {
  await Promise.all(
    found.containers.map(({ id }) => tolerant(() => docker.getContainer(id).remove({ force: true, v: true }))),
  );
  const standIns = found.volumes.flatMap(({ labels }) => labels[labelNames.standsFor] ?? []);
  await removeVolumes(docker, standIns);
  await Promise.all([
    removeVolumes(
      docker,
      found.volumes.map(({ id }) => id),
    ),
    removeImages(docker, found.images),
  ]);
}

async function removeVolumes(docker: Docker, names: readonly string[]): Promise<void> {
  await Promise.all(names.map((name) => tolerant(() => docker.getVolume(name).remove({ force: true }))));
}

/** An image can have children among the others, which must go first; so several rounds, while they make progress. */
async function removeImages(docker: Docker, images: readonly Labelled[]): Promise<void> {
  let remaining = images;
  for (let round = 0; round < 4 && remaining.length > 0; round++) {
    const kept: Labelled[] = [];
    for (const image of remaining) {
      const gone = await tolerant(() => docker.getImage(image.id).remove({ force: true }));
      if (!gone) kept.push(image);
    }
    if (kept.length === remaining.length) return;
    remaining = kept;
  }
}

/** @returns false where the engine would not remove it now */
async function tolerant(remove: () => Promise<unknown>): Promise<boolean> {
  try {
    await remove();
    return true;
  } catch (error) {
    const status = statusOf(error);
    if (status === 404) return true;
    if (status === 409) return false;
    throw error;
  }
}
