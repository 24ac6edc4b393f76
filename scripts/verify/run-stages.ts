import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** One check of all: a command with a name. */
export interface Stage {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
}

/** How a stage ended. */
interface Ended {
  readonly name: string;
  /** Its exit code; 1 where a signal ended it or it could not be started. */
  readonly code: number;
  readonly seconds: number;
}

/**
 * Runs stages side by side: each lane is a row of stages, one after another, and all lanes go at once, since most stages
 * wait for an engine half of their time. What a stage prints is shown whole when it ends, not among that of others. Each
 * runs, whatever became of others, so that one look shows all that is wrong.
 * @param write gets what is to be shown
 * @returns 0 where all is well, else the exit code of the first stage, in the order of the lanes, that failed
 */
export async function runStages(
  lanes: readonly (readonly Stage[])[],
  write: (text: string) => void,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<number> {
  write(`Running ${lanes.map((lane) => lane.map(({ name }) => name).join(', then ')).join('; beside it ')}.\n`);
  const ends = await Promise.all(lanes.map((lane) => runLane(lane, write, environment)));
  const all = ends.flat();
  const rows = all.map(({ name, code, seconds }) => `  ${code === 0 ? 'passed' : 'FAILED'}  ${title(name, seconds)}\n`);
  write(`\n${rows.join('')}`);
  return all.find(({ code }) => code !== 0)?.code ?? 0;
}

async function runLane(
  lane: readonly Stage[],
  write: (text: string) => void,
  environment: NodeJS.ProcessEnv,
): Promise<Ended[]> {
  const ends: Ended[] = [];
  for (const stage of lane) ends.push(await runStage(stage, write, environment));
  return ends;
}

async function runStage(
  { name, command: [program, ...words] }: Stage,
  write: (text: string) => void,
  environment: NodeJS.ProcessEnv,
): Promise<Ended> {
  const started = performance.now();
  const child = spawn(program, words, { stdio: ['ignore', 'pipe', 'pipe'], env: environment });
  const printed: Buffer[] = [];
  child.stdout.on('data', (part: Buffer) => printed.push(part));
  child.stderr.on('data', (part: Buffer) => printed.push(part));
  const code = await once(child, 'close').then(
    () => child.exitCode ?? 1,
    (error: unknown) => {
      printed.push(Buffer.from(`${String(error)}\n`));
      return 1;
    },
  );
  const seconds = (performance.now() - started) / 1000;
  write(
    `\n== ${title(name, seconds)}${code === 0 ? '' : ` FAILED with ${code}`}\n${Buffer.concat(printed).toString()}`,
  );
  return { name, code, seconds };
}

function title(name: string, seconds: number): string {
  return `${name} (${seconds.toFixed(0)} s)`;
}
