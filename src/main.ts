import type { Program } from './assemble.ts';
import { AssistantError } from './assistant/assistant-error.ts';
import { type Config, ConfigInvalid, readConfig } from './config.ts';
import { KnowledgeUnreadable } from './knowledge/load-book.ts';
import { OutlineInvalid } from './knowledge/outline.ts';
import { SandboxError } from './sandbox/sandbox-error.ts';
import { StoreUnavailable } from './store/store-error.ts';
import { type Command, readCommand, UsageError, usage } from './terminal/arguments.ts';
import { createStyle, exitCode, type Terminal, wantsColour } from './terminal/terminal.ts';

/** Runs one command to its end, and closes what it opened. */
async function run(command: Command, terminal: Terminal): Promise<number> {
  if (command.name === 'help') {
    terminal.out.write(usage);
    return exitCode.fine;
  }
  const config = readConfig(process.env);
  const { assemble, projectFolder } = await import('./assemble.ts');
  const program = await assemble(config, process.env, {
    warm: command.name === 'serve',
    strict: command.name === 'serve',
  });
  try {
    return await runWith({ ...program, config, projectFolder }, command, terminal);
  } finally {
    program.store.close();
  }
}

/** What commands work with. */
interface CommandParts extends Program {
  readonly config: Config;
  readonly projectFolder: string;
}

/** Each command's own code is loaded only when it is called. */
async function runWith(
  parts: CommandParts,
  command: Exclude<Command, { name: 'help' }>,
  terminal: Terminal,
): Promise<number> {
  const { config, projectFolder, assistant, engine, demos, book, outline, store, watchKnowledge } = parts;
  switch (command.name) {
    case 'ask': {
      const { askFile, askOne } = await import('./terminal/ask-command.ts');
      if (command.file !== null) return askFile(assistant, terminal, command.file);
      return askOne(assistant, terminal, command.question ?? '', command);
    }
    case 'demo': {
      const { listDemos, showRun } = await import('./terminal/demo-command.ts');
      if (command.id === null) return listDemos(assistant, terminal);
      const predictions = command.predict ? () => store.open() : null;
      return showRun(assistant, terminal, command.id, { ...command, predictions });
    }
    case 'prove': {
      const { prove } = await import('./terminal/prove-command.ts');
      return prove(assistant, book.entries, terminal, command.json);
    }
    case 'check': {
      const { check } = await import('./terminal/check-command.ts');
      return check({ book, outline, demos, projectFolder }, terminal);
    }
    case 'audit': {
      const { audit } = await import('./terminal/audit-command.ts');
      return audit(store.open().runs, terminal, command);
    }
    case 'gaps': {
      const { showGaps } = await import('./terminal/gaps-command.ts');
      return showGaps(assistant, store.open(), terminal, command);
    }
    case 'doctor': {
      const { doctor } = await import('./terminal/doctor-command.ts');
      return doctor(
        { config, engine, store, faults: book.faults, entries: book.entries.size, demos: demos.size, projectFolder },
        terminal,
      );
    }
    case 'serve': {
      const [{ serve }, { createLog }] = await Promise.all([import('./terminal/serve-command.ts'), import('./log.ts')]);
      const log = createLog(config.logLevel);
      const { createMetrics } = await import('./metrics/metrics.ts');
      const metrics = createMetrics(store.file);
      metrics.knowledgeEntries.set(book.entries.size);
      const parts = { config, assistant, engine, store: store.open(), log, metrics, signal: endSignal() };
      return serve({ ...parts, watchKnowledge, faults: book.faults }, terminal);
    }
  }
}

/** Aborted at the first request to end; a second one ends the program at once. */
function endSignal(): AbortSignal {
  const end = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => end.abort());
  return end.signal;
}

/** Turns an error into one line and an exit code. Errors that are not expected keep their stack. */
function explain(error: unknown): { readonly text: string; readonly code: number } {
  if (
    error instanceof UsageError ||
    error instanceof ConfigInvalid ||
    error instanceof KnowledgeUnreadable ||
    error instanceof OutlineInvalid
  ) {
    return { text: error.message, code: exitCode.usage };
  }
  if (error instanceof AssistantError || error instanceof StoreUnavailable)
    return { text: error.message, code: exitCode.usage };
  if (error instanceof SandboxError) return { text: error.message, code: exitCode.noEngine };
  if (error instanceof Error && 'code' in error) return { text: error.message, code: exitCode.usage };
  return { text: error instanceof Error ? (error.stack ?? error.message) : String(error), code: exitCode.negative };
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
  const { text, code } = explain(error);
  process.stderr.write(`${text}\n`);
  process.exitCode = code;
}
