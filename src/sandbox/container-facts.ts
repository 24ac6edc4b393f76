import { z } from 'zod';
import { answerIds, readAnswer } from './engine-answer.ts';
import { cleanOutput } from './output.ts';
import type { ContainerFacts } from './sandbox.ts';

const never = '0001-01-01T00:00:00Z';

/** States that only Podman has, as Docker calls them. */
const podmanStates: Readonly<Record<string, string>> = {
  configured: 'created',
  initialized: 'created',
  stopping: 'running',
  stopped: 'exited',
};

const inspectSchema = z.object({
  Id: answerIds.container,
  Image: z.string(),
  RestartCount: z.number().default(0),
  HostConfig: z.object({ RestartPolicy: z.object({ Name: z.string() }).nullish() }).nullish(),
  Config: z.object({ Hostname: z.string().default('') }),
  State: z.object({
    Status: z.preprocess(
      (status) => (typeof status === 'string' ? (podmanStates[status] ?? status) : status),
      z.enum(['created', 'running', 'paused', 'restarting', 'removing', 'exited', 'dead']),
    ),
    ExitCode: z.number(),
    Pid: z.number().default(0),
    OOMKilled: z.boolean().default(false),
    Health: z
      .object({
        Status: z.enum(['none', 'starting', 'healthy', 'unhealthy']),
        Log: z.array(z.object({ Output: z.string() })).nullish(),
      })
      .nullish(),
    StartedAt: z.string(),
    FinishedAt: z.string(),
  }),
  Mounts: z
    .array(
      z.object({
        Type: z.string(),
        Name: z.union([answerIds.volume, z.literal('')]).default(''),
        Destination: z.string(),
        RW: z.boolean(),
      }),
    )
    .default([]),
  GraphDriver: z.object({ Data: z.record(z.string(), z.string()).nullish() }).nullish(),
});

const statsSchema = z.object({
  memory_stats: z.object({
    usage: z.number().optional(),
    limit: z.number().optional(),
    stats: z.record(z.string(), z.number()).optional(),
  }),
});

/** The sizes of a container in the engine's list; left out where they are 0. */
export const sizeSchema = z.object({ SizeRw: z.number().default(0), SizeRootFs: z.number().default(0) });

/**
 * Reads what the engine tells of a container.
 * @throws AnswerUnreadable if the engine's answer is not of the documented shape
 */
export function readFacts(answer: unknown): ContainerFacts {
  const found = readAnswer(inspectSchema, answer);
  const date = (text: string) => (text === never ? '' : text);
  return {
    id: found.Id,
    imageId: found.Image,
    hostname: found.Config.Hostname,
    status: found.State.Status,
    exitCode: found.State.ExitCode,
    pid: found.State.Pid,
    oomKilled: found.State.OOMKilled,
    health: found.State.Health?.Status ?? 'none',
    lastProbe: cleanOutput(found.State.Health?.Log?.at(-1)?.Output ?? ''),
    restartCount: found.RestartCount,
    restartPolicy: found.HostConfig?.RestartPolicy?.Name || 'no',
    startedAt: date(found.State.StartedAt),
    finishedAt: date(found.State.FinishedAt),
    mounts: found.Mounts.map((mount) => ({
      type: mount.Type,
      name: mount.Name,
      path: mount.Destination,
      writable: mount.RW,
    })),
    graph: found.GraphDriver?.Data ?? {},
  };
}

/**
 * Reads a container's memory from the engine's statistics, in bytes. `resident` leaves the page cache out: `rss` of
 * cgroup v1, `anon` of cgroup v2 (https://docs.kernel.org/admin-guide/cgroup-v2.html, memory.stat).
 * @throws AnswerUnreadable
 */
export function readMemory(answer: unknown): { usage: number; resident: number; limit: number } {
  const { usage = 0, limit = 0, stats = {} } = readAnswer(statsSchema, answer).memory_stats;
  return { usage, limit, resident: stats.rss ?? stats.anon ?? usage };
}

const waitSchema = z.object({ StatusCode: z.number().int(), Error: z.unknown().optional() });

/** Reads the exit code that the engine waited for. @throws AnswerUnreadable where it did not arrive */
export function readExitCode(answer: unknown): number {
  return readAnswer(waitSchema, answer).StatusCode;
}

/** What the engine answers that are lists about one container, and the id of what was made from it. */
export const containerAnswers = {
  changes: z
    .array(z.object({ Path: z.string(), Kind: z.union([z.literal(0), z.literal(1), z.literal(2)]) }))
    .nullable(),
  list: z.array(z.object({ Id: answerIds.container, Status: z.string() })),
  sizes: z.array(z.object({ Id: answerIds.container, ...sizeSchema.shape })).length(1),
  top: z.object({ Titles: z.array(z.string()), Processes: z.array(z.array(z.string())) }),
  made: z.object({ Id: answerIds.image }),
} as const;
