import { type Config, readConfig } from './config.ts';
import type { Store } from './store/store.ts';
import { readCommand, usage } from './terminal/arguments.ts';
import type { Kept } from './terminal/serve-command.ts';
import { createStyle, exitCode, type Terminal, wantsColour } from './terminal/terminal.ts';

/** Runs one command to its end, and closes what it opened. Each command's own code is loaded only when it is called. */
async function run(call: ReturnType<typeof readCommand>, terminal: Terminal): Promise<number> {
  if (call === 'help') {
    terminal.out.write(usage);
    return exitCode.fine;
  }
  const config = readConfig(process.env);
  if (call === 'serve') return runBot(config, terminal);
  const { assemble, projectFolder } = await import('./assemble.ts');
  const program = await assemble(config, process.env, {
    book: call.book,
    demos: call.demos,
    tell: (line) => terminal.err.write(`${line}\n`),
    say: (text) => terminal.err.write(text),
  });
  try {
    return await call.run({ ...program, config, projectFolder }, terminal);
  } finally {
    await program.store.close();
  }
}

/** Milliseconds in which the program ends by itself after its work, and the log is written out. */
const lastMoment = 500;

/** Runs the bot; what the other commands say on the way it logs. */
async function runBot(config: Config, terminal: Terminal): Promise<number> {
  const [{ assemble }, { createLog }, { createMetrics }, { serve }] = await Promise.all([
    import('./assemble.ts'),
    import('./log.ts'),
    import('./metrics/metrics.ts'),
    import('./terminal/serve-command.ts'),
  ]);
  const log = createLog(config.logLevel);
  const program = await assemble(config, process.env, { warm: true, tell: (line) => log.warn(line) });
  try {
    const { store } = program;
    const engine = await program.engine();
    const parts = {
      config,
      log,
      engine,
      metrics: createMetrics(store.file),
      kept: keptOf(await store.open()),
      signal: endSignal(),
    };
    return await serve({ ...program, ...parts }, terminal);
  } finally {
    await program.store.close();
    // A connection that somebody does not let go of keeps no program alive that has ended.
    setTimeout(() => process.exit(), lastMoment).unref();
  }
}

/** What of the store the running bot looks after, and what of it is Slack's. */
function keptOf({ seenEvents, installations, prune }: Store): Kept {
  return { seenEvents, installations, prune, rotateKeys: () => installations.rotate() };
}

/** Aborted at the first request to end; a second one ends the program at once. */
function endSignal(): AbortSignal {
  const end = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => end.abort());
  return end.signal;
}

const terminal: Terminal = {
  out: process.stdout,
  err: process.stderr,
  in: process.stdin,
  style: createStyle(wantsColour(process.stdout.isTTY === true, process.env)),
  interactive: process.stdout.isTTY === true && process.stdin.isTTY === true,
};
// A reader that closes early, such as head, is not an error.
process.stdout.on('error', (error: NodeJS.ErrnoException) =>
  process.exit(error.code === 'EPIPE' ? exitCode.fine : exitCode.negative),
);
try {
  process.exitCode = await run(readCommand(process.argv.slice(2)), terminal);
} catch (error) {
  const { explainError } = await import('./explain-error.ts');
  const { text, code } = explainError(error);
  process.stderr.write(`${text}\n`);
  process.exitCode = code;
}
