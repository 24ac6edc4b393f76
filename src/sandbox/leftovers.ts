import type Docker from 'dockerode';
import { z } from 'zod';
import { answerIds, readAnswer } from './engine-answer.ts';
import { imageLabelNames, labelNames } from './labels.ts';
import { statusOf } from './sandbox-error.ts';

/** Objects found by their labels, as the engine lists them. */
export interface Leftovers {
  readonly containers: readonly Labelled[];
  readonly images: readonly LabelledImage[];
  readonly volumes: readonly Labelled[];
  readonly networks: readonly Labelled[];
}

/** One object with its id (a volume's name) and labels. */
export interface Labelled {
  readonly id: string;
  /** By the names of `labelNames`, also of an image. */
  readonly labels: Readonly<Record<string, string>>;
}

/** An image with the names that point to it. */
interface LabelledImage extends Labelled {
  readonly names: readonly string[];
}

const labels = z
  .record(z.string(), z.string())
  .nullish()
  .transform((found) => found ?? {});

const containersSchema = z.array(z.object({ Id: answerIds.container, Labels: labels }));

const imagesSchema = z.array(
  z.object({ Id: answerIds.image, Labels: labels, RepoTags: z.array(z.string()).nullish() }),
);

const volumesSchema = z.object({
  Volumes: z.array(z.object({ Name: answerIds.volume, Labels: labels })).nullish(),
});

const networksSchema = z.array(z.object({ Id: answerIds.network, Labels: labels }));

/** Which label says whose an object is. */
export type OwnerLabel = 'owner' | 'run';

/**
 * Lists everything of one owner, or of one run. What does not carry the label itself is left out, also where the engine
 * lists it.
 * @throws AnswerUnreadable where a list is not one; what the client library throws
 */
export async function findLabelled(docker: Docker, name: OwnerLabel, value: string): Promise<Leftovers> {
  const filters = { label: [`${labelNames[name]}=${value}`] };
  const imageFilters = JSON.stringify({ label: [`${imageLabelNames[name]}=${value}`] });
  const [containers, images, volumes, networks] = await Promise.all([
    docker.listContainers({ all: true, filters }),
    docker.listImages({ all: true, filters: imageFilters }),
    docker.listVolumes({ filters }),
    docker.listNetworks({ filters }),
  ]);
  const carries = (item: Labelled) => item.labels[labelNames[name]] === value;
  return {
    containers: readAnswer(containersSchema, containers)
      .map((item) => ({ id: item.Id, labels: item.Labels }))
      .filter(carries),
    images: readAnswer(imagesSchema, images)
      .map((item) => ({ id: item.Id, labels: labelsOfImage(item.Labels), names: namesOf(item.RepoTags ?? []) }))
      .filter(carries)
      .filter(isOfRun),
    volumes: (readAnswer(volumesSchema, volumes).Volumes ?? [])
      .map((item) => ({ id: item.Name, labels: item.Labels }))
      .filter(carries),
    networks: readAnswer(networksSchema, networks)
      .map((item) => ({ id: item.Id, labels: item.Labels }))
      .filter(carries),
  };
}

function labelsOfImage(found: Readonly<Record<string, string>>): Record<string, string> {
  const names = Object.keys(imageLabelNames) as (keyof typeof imageLabelNames)[];
  return Object.fromEntries(names.map((name) => [labelNames[name], found[imageLabelNames[name]] ?? '']));
}

/** An image without a name has `<none>:<none>`. */
function namesOf(tags: readonly string[]): string[] {
  return tags.filter((tag) => !tag.startsWith('<none>'));
}

/** How names of images begin that runs made; Podman puts the host in front. */
const ownName = /^(?:localhost\/)?dockproof-[0-9a-f]{8}-/;

/**
 * An image inherits labels from the one it was built on. So one that has names, but none that a run gave it, is somebody
 * else's.
 */
function isOfRun({ names }: LabelledImage): boolean {
  return names.length === 0 || names.some((name) => ownName.test(name));
}

/** How many objects were found. */
export function countFound(found: Leftovers): number {
  return found.containers.length + found.images.length + found.volumes.length + found.networks.length;
}

/**
 * Removes objects: containers with their anonymous volumes first, then volumes, networks and images. What is already gone, or
 * going, does not count as an error, and what the engine fails to remove keeps none of the others.
 * @returns how many are gone
 * @throws AggregateError with what the client library threw, after it has tried all
 */
export async function removeFound(docker: Docker, found: Leftovers): Promise<number> {
  const errors: unknown[] = [];
  const removeAll = async <Item>(items: readonly Item[], remove: (item: Item) => Promise<unknown>): Promise<number> => {
    const gone = await Promise.all(items.map((item) => tolerant(() => remove(item), errors)));
    return gone.filter((one) => one).length;
  };
  const containers = await removeAll(found.containers, ({ id }) =>
    docker.getContainer(id).remove({ force: true, v: true }),
  );
  await removeAll(found.volumes, (standIn) => removeStoodFor(docker, standIn));
  const [volumes, networks, images] = await Promise.all([
    removeAll(found.volumes, ({ id }) => docker.getVolume(id).remove({ force: true })),
    removeAll(found.networks, ({ id }) => docker.getNetwork(id).remove()),
    removeImages(docker, found.images, errors),
  ]);
  if (errors.length > 0)
    throw new AggregateError(errors, `${errors.length} objects could not be removed`, { cause: errors[0] });
  return containers + volumes + networks + images;
}

const anonymousSchema = z.object({
  Driver: z.literal('local'),
  Labels: z.record(z.string(), z.string()).nullish(),
  Options: z.record(z.string(), z.string()).nullish(),
});

/** The name that an engine gives a volume that has none. */
const anonymousName = /^[0-9a-f]{64}$/;

/** Labels that engines put on the anonymous volumes that they make; Docker since version 23. */
const ofAnonymous = new Set(['com.docker.volume.anonymous']);

/**
 * Removes the volume that another one stands for. Anybody who may use the engine can write such a label, so it counts only
 * where it names a volume that an engine made for a container, without a name, labels and options; and an engine removes
 * none that a container uses.
 */
async function removeStoodFor(docker: Docker, standIn: Labelled): Promise<void> {
  const name = standIn.labels[labelNames.standsFor];
  if (name === undefined || !anonymousName.test(name)) return;
  const volume = docker.getVolume(name);
  const { Labels, Options } = readAnswer(anonymousSchema, await volume.inspect());
  const foreign = Object.keys(Labels ?? {}).some((label) => !ofAnonymous.has(label));
  if (!foreign && Object.keys(Options ?? {}).length === 0) await volume.remove({ force: true });
}

/** An image can have children among the others, which must go first; so several rounds, while they make progress. */
async function removeImages(docker: Docker, images: readonly LabelledImage[], errors: unknown[]): Promise<number> {
  let remaining = images;
  for (let round = 0; round < 4 && remaining.length > 0; round++) {
    const kept: LabelledImage[] = [];
    for (const image of remaining) {
      const failed = errors.length;
      const gone = await tolerant(() => removeImage(docker, image), errors);
      if (!gone && errors.length === failed) kept.push(image);
    }
    if (kept.length === remaining.length) break;
    remaining = kept;
  }
  return images.length - remaining.length;
}

/** Of an image to which somebody else gave a name too, only the run's own names go. */
async function removeImage(docker: Docker, { id, names }: LabelledImage): Promise<void> {
  const own = names.filter((name) => ownName.test(name));
  if (own.length === names.length) await docker.getImage(id).remove({ force: true });
  else for (const name of own) await docker.getImage(name).remove();
}

/** @returns false where the engine would not remove it now, or failed to, which is noted */
async function tolerant(remove: () => Promise<unknown>, errors: unknown[]): Promise<boolean> {
  try {
    await remove();
    return true;
  } catch (error) {
    const status = statusOf(error);
    if (status === 404) return true;
    if (status !== 409) errors.push(error);
    return false;
  }
}
