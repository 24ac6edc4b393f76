import { createInterface } from 'node:readline/promises';
import type { Assistant } from '../assistant/assistant.ts';
import { AssistantError } from '../assistant/assistant-error.ts';
import type { Heard, Talk } from '../assistant/listening.ts';
import type { Reply } from '../assistant/reply.ts';
import { listDemos, showRun } from './demo-command.ts';
import { renderAnswer } from './render-reply.ts';
import { exitCode, type Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';

const greeting = 'Ask in your own words; "more", "run it", "2" and "topics" go on from the answer. Ctrl-D ends this.\n';
/** What is said of words that mean something only where there are others, or another line at the same time. */
const nothingTo = {
  stop: 'Nothing runs at the moment; Ctrl-C stops a demo that does.\n',
  share: 'Nobody else is here. Copy it, or ask in Slack.\n',
} as const;

/**
 * Talks with whoever sits at the terminal: each line goes on from the answer before, until the input ends.
 * @returns 0
 * @throws UsageError where nobody does
 */
export async function talk(assistant: Assistant, terminal: Terminal): Promise<number> {
  if (!terminal.interactive || terminal.in.isTTY !== true)
    throw new UsageError('"ask" needs a question: ./dockproof ask "what is an image?"');
  terminal.err.write(greeting);
  let before: Pick<Talk, 'entry' | 'offered'> = { entry: null, offered: [] };
  for (let line = await readLine(terminal); line !== null; line = await readLine(terminal)) {
    if (line.trim() === '') continue;
    try {
      const heard = await assistant.listen(line, { ...before, earlier: async () => [] });
      const shown = await respond(assistant, terminal, heard);
      const choices = heard.type === 'show' ? heard.choices : undefined;
      if (shown !== null) before = { entry: shown.entry ?? before.entry, offered: choices ?? offeredIn(shown) };
    } catch (error) {
      if (!(error instanceof AssistantError)) throw error;
      terminal.err.write(`${error.message}.\n`);
    }
  }
  return exitCode.fine;
}

/** Does what a line means. @returns the reply that was shown, if one was */
async function respond(assistant: Assistant, terminal: Terminal, heard: Heard): Promise<Reply | null> {
  const options = { json: false, stepByStep: false, predict: false, figure: null };
  const show = (reply: Reply, whole: boolean): Reply => {
    terminal.out.write(renderAnswer({ reply }, terminal.style, whole));
    return reply;
  };
  switch (heard.type) {
    case 'answer':
      return show(heard.answer.reply, false);
    case 'show':
      return show(heard.reply, false);
    case 'more':
      return show(heard.reply, true);
    case 'run':
      await showRun(assistant, terminal, heard.demo, { ...options, stepByStep: heard.stepByStep });
      return null;
    case 'predict':
      await showRun(assistant, terminal, heard.demo, { ...options, predict: true });
      return null;
    case 'topics':
      for (const { title, entries } of assistant.chapters())
        terminal.out.write(`${terminal.style.accent(title)}  ${entries.length} answers\n`);
      return null;
    case 'demos':
      listDemos(assistant, terminal);
      return null;
    case 'stop':
    case 'share':
      terminal.err.write(nothingTo[heard.type]);
      return null;
  }
}

function offeredIn({ actions }: Reply): readonly string[] {
  return actions.flatMap((action) => (action.type === 'show-entry' ? [action.entry] : []));
}

/** Reads a line. @returns null where the input has ended, or Ctrl-C was pressed */
async function readLine({ in: input, err }: Terminal): Promise<string | null> {
  const lines = createInterface({ input, output: err });
  const ended = new Promise<null>((resolve) => {
    lines.once('close', () => resolve(null));
    lines.once('SIGINT', () => lines.close());
  });
  try {
    return await Promise.race([lines.question('> '), ended]);
  } finally {
    lines.close();
  }
}
