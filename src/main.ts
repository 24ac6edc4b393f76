import type { Program } from './assemble.ts';
import { type Config, readConfig } from './config.ts';
import type { Store } from './store/store.ts';
import { type Command, readCommand, usage } from './terminal/arguments.ts';
import type { Kept } from './terminal/serve-command.ts';
import { createStyle, exitCode, type Terminal, wantsColour } from './terminal/terminal.ts';

/** Runs one command to its end, and closes what it opened. Each command's own code is loaded only when it is called. */
async function run(command: Command, terminal: Terminal): Promise<number> {
  if (command.name === 'help') {
    terminal.out.write(usage);
    return exitCode.fine;
  }
  const config = readConfig(process.env);
  if (command.name === 'serve') return runBot(config, terminal);
  const { assemble, projectFolder } = await import('./assemble.ts');
  const program = await assemble(config, process.env, {
    book: needsBook(command),
    demos: needsDemos(command),
    tell: (line) => terminal.err.write(`${line}\n`),
    say: (text) => terminal.err.write(text),
  });
  try {
    return await runWith({ ...program, config, projectFolder }, command, terminal);
  } finally {
    await program.store.close();
  }
}

/** The others answer no question, show no entry, or read the book in their own way. */
function needsBook(command: Command): boolean {
  if (command.name === 'demo') return command.id !== null;
  return ['ask', 'prove', 'gaps', 'doctor'].includes(command.name);
}

/** Milliseconds in which the program ends by itself after its work, and the log is written out. */
const lastMoment = 500;

function needsDemos(command: Command): boolean {
  return command.name === 'ask' ? command.demo : !['audit', 'gaps', 'learn'].includes(command.name);
}

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

/** What commands work with. */
interface CommandParts extends Program {
  readonly config: Config;
  readonly projectFolder: string;
}

async function runWith(
  parts: CommandParts,
  command: Exclude<Command, { name: 'help' | 'serve' }>,
  terminal: Terminal,
): Promise<number> {
  const { config, projectFolder, assistant, engine, demos, book, place, store } = parts;
  switch (command.name) {
    case 'ask': {
      const { askFile, askOne } = await import('./terminal/ask-command.ts');
      if (command.file !== null) return askFile(assistant, terminal, command.file);
      return askOne(assistant, terminal, command.question ?? '', command);
    }
    case 'demo': {
      const { listDemos, showRun } = await import('./terminal/demo-command.ts');
      if (command.id === null) return listDemos(assistant, terminal);
      return showRun(assistant, terminal, command.id, command);
    }
    case 'prove': {
      const { prove } = await import('./terminal/prove-command.ts');
      return prove(assistant, book().entries, terminal, command.json);
    }
    case 'check': {
      const checked = { place, demos, projectFolder, now: new Date() };
      const { check } = await import('./terminal/check-command.ts');
      if (command.phrasings !== null) {
        const { checkEntry, checkPhrasings } = await import('./terminal/check-phrasings.ts');
        const { entry } = command.phrasings;
        return entry === null ? checkPhrasings(place, terminal) : checkEntry(place, entry, terminal);
      }
      if (command.list === null) return check(checked, terminal);
      const { listAging } = await import('./terminal/check-lists.ts');
      return listAging(command.list, checked, terminal);
    }
    case 'audit': {
      const { audit } = await import('./terminal/audit-command.ts');
      return audit(assistant, terminal, command);
    }
    case 'gaps': {
      const { showGaps } = await import('./terminal/gaps-command.ts');
      return showGaps(assistant.openQuestions, terminal, command);
    }
    case 'doctor': {
      const { doctor } = await import('./terminal/doctor-command.ts');
      return doctor({ config, engine, store, book, demos: demos.size, projectFolder }, terminal);
    }
    case 'learn': {
      const { learnBook } = await import('./terminal/learn-command.ts');
      return learnBook(place, terminal);
    }
  }
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
  columns: process.stdout.columns ?? 100,
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
