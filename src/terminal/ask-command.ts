import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import type { Assistant } from '../assistant/assistant.ts';
import type { Answer } from '../assistant/reply.ts';
import { shortAnswer } from '../knowledge/short-answer.ts';
import { renderAnswer, renderExplanation } from './render-reply.ts';
import { exitCode, type Terminal } from './terminal.ts';
import { writePicture } from './write-picture.ts';

/** How `ask` was called. */
export interface AskOptions {
  /** Whether the whole answer is printed, not its short answer alone. */
  readonly more: boolean;
  readonly demo: boolean;
  readonly json: boolean;
  readonly explain: boolean;
  /** The file that the picture of the answer's idea is written to; null for none. */
  readonly figure: string | null;
}

/**
 * Answers one question.
 * @returns 0 if the book answers it or offers choices, 1 if it does not, or what the demo's run returns
 * @throws AssistantError for a question that cannot be asked
 */
export async function askOne(
  assistant: Assistant,
  terminal: Terminal,
  question: string,
  options: AskOptions,
): Promise<number> {
  const answer = assistant.ask(question);
  if (options.figure !== null) {
    const { figure } = answer.reply;
    const picture = figure === null ? null : await assistant.pictures.figure(figure);
    if (picture === null) terminal.err.write('This answer has no picture.\n');
    else await writePicture(picture, options.figure, terminal);
  }
  if (options.json) {
    terminal.out.write(
      `${JSON.stringify({ ...toJson(answer, assistant), ...(options.explain ? { explanation: answer.match.explanation } : {}) })}\n`,
    );
    return answer.match.outcome === 'unknown' ? exitCode.negative : exitCode.fine;
  }
  terminal.out.write(renderAnswer(answer, terminal.style, options.more));
  if (options.explain) terminal.out.write(`\n${renderExplanation(answer, terminal.style)}`);
  const action = answer.reply.actions.find((candidate) => candidate.type === 'run-demo');
  if (options.demo && action?.type === 'run-demo') {
    terminal.out.write('\n');
    const { showRun } = await import('./demo-command.ts');
    return showRun(assistant, terminal, action.demo, { json: false, stepByStep: false, predict: false, figure: null });
  }
  if (options.demo && answer.match.outcome === 'answer') terminal.err.write('This answer has no demo.\n');
  return answer.match.outcome === 'unknown' ? exitCode.negative : exitCode.fine;
}

/**
 * Asks each line of a file and prints one JSON line for each, in order. A line that cannot be asked gets an `error`.
 * @returns 0, whatever the answers are
 * @throws Error if the file cannot be read
 */
export async function askFile(assistant: Assistant, terminal: Terminal, file: string): Promise<number> {
  const lines = createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Number.POSITIVE_INFINITY });
  for await (const question of lines) {
    if (question.trim() === '') continue;
    terminal.out.write(`${JSON.stringify(askLine(assistant, question))}\n`);
  }
  return exitCode.fine;
}

function askLine(assistant: Assistant, question: string): object {
  try {
    return toJson(assistant.ask(question), assistant);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return {
      question,
      outcome: 'unknown',
      entry: null,
      topic: null,
      confidence: 0,
      choices: [],
      demo: null,
      signpost: null,
      short: null,
      error: message,
    };
  }
}

/** The answer as `--json` prints it; docs/commands.md describes the fields. */
function toJson({ question, match, reply }: Answer, assistant: Assistant): object {
  const demo = reply.actions.find((action) => action.type === 'run-demo');
  const topics = new Map(
    assistant.chapters().flatMap((chapter) => chapter.entries.map((entry) => [entry.id, entry.topic])),
  );
  return {
    question,
    outcome: match.outcome,
    entry: match.entry,
    topic: match.entry === null ? null : (topics.get(match.entry) ?? null),
    confidence: match.confidence,
    choices: match.choices,
    demo: demo?.type === 'run-demo' ? demo.demo : null,
    signpost: match.signpost,
    short: reply.entry === null ? null : shortAnswer(reply.markdown),
  };
}
