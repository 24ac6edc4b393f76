import { createInterface } from 'node:readline/promises';
import type { DemoSummary } from '../assistant/assistant.ts';
import { StoreUnavailable } from '../assistant/assistant-error.ts';
import type { Polls, PredictionTotals } from '../assistant/polls.ts';
import type { Terminal } from './terminal.ts';

/** Names the terminal where Slack has a workspace and a person. */
const own = { team: 'terminal', person: 'terminal' } as const;

/**
 * Asks a demo's question before it runs. Enter skips it.
 * @param signal ends the wait
 * @returns the place of the option chosen, from 0; null where none was
 */
export async function askPrediction(
  { question }: DemoSummary,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<number | null> {
  const { style, err } = terminal;
  const options = question.options.map((option, index) => `  ${style.accent(String(index + 1))}  ${option}\n`);
  err.write(`${style.bold(question.text)}\n${options.join('')}`);
  const lines = createInterface({ input: terminal.in, output: err, signal });
  // A terminal that reads lines takes Ctrl-C for itself.
  lines.on('SIGINT', () => process.emit('SIGINT'));
  try {
    lines.setPrompt('Your guess (a number, or Enter to skip): ');
    lines.prompt();
    for await (const line of lines) {
      if (line.trim() === '') return null;
      const option = Number(line) - 1;
      if (Number.isInteger(option) && option in question.options) return option;
      err.write(`Write a number from 1 to ${question.options.length}, or press Enter.\n`);
      lines.prompt();
    }
    return null;
  } finally {
    lines.close();
  }
}

/**
 * Says whether a guess was right, and how many of all guesses at this demo were; they are kept where the store can be
 * written.
 */
export async function tellPrediction(
  { id, question }: DemoSummary,
  option: number,
  polls: Pick<Polls, 'guessAlone'>,
  { style }: Pick<Terminal, 'style'>,
): Promise<string> {
  const right = option === question.right;
  const verdict = right
    ? style.good('You were right.')
    : `${style.bad('Not this time.')} It is: ${question.options[question.right]}`;
  const totals = await keep(polls, { ...own, demo: id, option, right: question.right });
  const count = totals === null ? '' : ` ${totals.right} of ${totals.people} guesses at this demo were right.`;
  return `${verdict}${style.faint(count)}\n`;
}

async function keep(
  polls: Pick<Polls, 'guessAlone'>,
  guess: Parameters<Polls['guessAlone']>[0],
): Promise<PredictionTotals | null> {
  try {
    return await polls.guessAlone(guess);
  } catch (error) {
    if (error instanceof StoreUnavailable) return null;
    throw error;
  }
}
