import { z } from 'zod';
import type { Engine } from './engine.ts';
import { answerIds, readAnswer } from './engine-answer.ts';
import { statusOf, toSandboxError } from './sandbox-error.ts';

/** An image as an engine describes it, without its files. */
export interface StoredImage {
  readonly id: string;
  readonly os: string;
  readonly architecture: string;
  readonly variant: string;
  /** Diff ids, the lowest first. */
  readonly layers: readonly string[];
  /** All of it, in bytes, as the engine counts. */
  readonly bytes: number;
  readonly labels: Readonly<Record<string, string>>;
  /** Whether containerd keeps it: then sizes are what layers take on disk, and not what their archives hold. */
  readonly containerdStore: boolean;
  /** The oldest line first. */
  readonly history: readonly {
    readonly createdBy: string;
    readonly comment: string;
    /** ISO 8601. */
    readonly created: string;
    readonly bytes: number;
    /** How many layers the image had after this line, where the engine still has it as it was then and that is of use. */
    readonly layersSoFar: number | null;
    /** Names of the image as it was after this line; none for one that the engine does not have by itself. */
    readonly names: readonly string[];
  }[];
}

const inspectSchema = z.object({
  Id: answerIds.image,
  Os: z.string().default(''),
  Architecture: z.string().default(''),
  Variant: z.string().nullish(),
  RootFS: z.object({ Layers: z.array(z.string()).nullish() }),
  Size: z.number(),
  Config: z.object({ Labels: z.record(z.string(), z.string()).nullish() }).nullish(),
  // Told by the containerd store alone (https://docs.docker.com/reference/api/engine/version/v1.48/).
  Descriptor: z.unknown().optional(),
});

const historySchema = z.array(
  z.object({
    Id: z.string().default(''),
    CreatedBy: z.string().default(''),
    Comment: z.string().default(''),
    Created: z.number(),
    Size: z.number(),
    Tags: z.array(z.string()).nullish(),
  }),
);

const listSchema = z.array(z.object({ Id: answerIds.image, Created: z.number() }));

/** Images that are looked at in the search for a base, and milliseconds for which their list is good. */
const named = { images: 100, time: 60_000 } as const;

/** Seconds since 1970 that a date can hold. */
const latest = 8.64e12;

/**
 * Describes an image by its history and its facts, in two calls at once.
 * @param name a name in full, by the grammar of image names, or an id: it becomes part of a path
 * @returns null where the engine has none of that name, nor can have one, or not its content
 * @throws SandboxError
 */
export async function readStoredImage(engine: Engine, name: string): Promise<StoredImage | null> {
  const handle = engine.docker.getImage(name);
  try {
    const [told, toldHistory] = await Promise.all([handle.inspect(), handle.history()]);
    const facts = readAnswer(inspectSchema, told);
    const history = readAnswer(historySchema, toldHistory).reverse();
    const layers = facts.RootFS.Layers ?? [];
    // The containerd store lists platforms of an image whose content was never pulled.
    const containerdStore = facts.Descriptor !== undefined && facts.Descriptor !== null;
    if (containerdStore && layers.length === 0 && history.length === 0) return null;
    // A line with bytes made a layer; where there are more layers than such lines, some line without made one.
    const plain = history.filter(({ Size }) => Size > 0).length === layers.length;
    const counts = plain
      ? new Map<string, number>()
      : await countLayers(
          engine,
          history.map(({ Id }) => Id),
        );
    return {
      id: facts.Id,
      os: facts.Os,
      architecture: facts.Architecture,
      variant: facts.Variant ?? '',
      layers,
      bytes: facts.Size,
      labels: facts.Config?.Labels ?? {},
      containerdStore,
      history: history.map(({ Id, CreatedBy, Comment, Created, Size, Tags }) => ({
        createdBy: CreatedBy,
        comment: Comment,
        created: new Date(Math.min(Math.max(Created, 0), latest) * 1000).toISOString(),
        bytes: Size,
        layersSoFar: counts.get(Id) ?? null,
        names: Tags ?? [],
      })),
    };
  } catch (error) {
    if (statusOf(error) === 404 || isNoName(error)) return null;
    throw toSandboxError(error, engine.address, 'describe an image');
  }
}

/** Older engines know no registry at an IPv6 address, such as `[::1]:5000/a`, and so have no image of that name. */
function isNoName(error: unknown): boolean {
  return statusOf(error) === 400 && error instanceof Error && /invalid reference format/.test(error.message);
}

/** Lines of a history whose images are looked at. */
const mostLines = 200;

/** Counts the layers of the images that a history names, as far as the engine still has them. */
async function countLayers(engine: Engine, ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const known = [...new Set(ids)].filter((id) => answerIds.image.safeParse(id).success).slice(0, mostLines);
  const counted = await Promise.all(
    known.map(async (id) => {
      try {
        const { RootFS } = readAnswer(inspectSchema, await engine.docker.getImage(id).inspect());
        return [[id, RootFS.Layers?.length ?? 0] as const];
      } catch (error) {
        if (statusOf(error) === 404) return [];
        throw error;
      }
    }),
  );
  return new Map(counted.flat());
}

/**
 * Reads an image's archive as the engine writes it; ends the call where it is read no further.
 * @param id an image's id
 * @throws SandboxError
 */
export async function* readStoredArchive(engine: Engine, id: string): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    const archive = await engine.docker.getImage(id).get();
    for await (const piece of archive) yield typeof piece === 'string' ? Buffer.from(piece) : piece;
  } catch (error) {
    throw toSandboxError(error, engine.address, 'save an image');
  }
}

/** The layers of an image that has a name. */
export interface NamedLayers {
  readonly id: string;
  readonly names: readonly string[];
  /** Diff ids, the lowest first. */
  readonly layers: readonly string[];
}

const namedSchema = z.object({
  Id: answerIds.image,
  RepoTags: z.array(z.string()).nullish(),
  RootFS: z.object({ Layers: z.array(z.string()).nullish() }),
});

/**
 * Makes what lists the layers of the images that have names, the newest of them. An image never changes, so each is
 * looked at once; the list is good for a minute, since it costs an engine of many images more than all else here.
 */
export function createNamedLayers(engine: Engine): () => Promise<readonly NamedLayers[]> {
  const known = new Map<string, NamedLayers>();
  let latest: { readonly until: number; readonly list: Promise<readonly NamedLayers[]> } | null = null;

  async function look(id: string): Promise<NamedLayers | null> {
    const found = known.get(id);
    if (found) return found;
    try {
      const { RepoTags, RootFS } = readAnswer(namedSchema, await engine.docker.getImage(id).inspect());
      const image = { id, names: RepoTags ?? [], layers: RootFS.Layers ?? [] };
      known.set(id, image);
      return image;
    } catch (error) {
      // Somebody removed it meanwhile.
      if (statusOf(error) === 404) return null;
      throw error;
    }
  }

  async function list(): Promise<readonly NamedLayers[]> {
    try {
      const filters = JSON.stringify({ dangling: ['false'] });
      const listed = readAnswer(listSchema, await engine.docker.listImages({ filters }));
      const newest = listed.sort((a, b) => b.Created - a.Created).slice(0, named.images);
      const ids = new Set(newest.map(({ Id }) => Id));
      for (const id of known.keys()) if (!ids.has(id)) known.delete(id);
      return (await Promise.all([...ids].map(look))).filter((image) => image !== null);
    } catch (error) {
      latest = null;
      throw toSandboxError(error, engine.address, 'list images');
    }
  }

  return () => {
    if (latest === null || latest.until <= Date.now()) latest = { until: Date.now() + named.time, list: list() };
    return latest.list;
  };
}
