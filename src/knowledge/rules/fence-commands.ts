import type { Passage } from './passages.ts';
import { readShell, type ShellCommand } from './shell-commands.ts';

const shells = new Set(['console', 'sh', 'shell', 'bash', 'zsh', 'powershell', 'text', '']);

/** A command in a fence, with where it stands and the comments that a reader has read by then. */
export interface FenceCommand {
  readonly command: ShellCommand;
  /** Line of the file. */
  readonly line: number;
  /** Comments of this fence, up to and including the command's own. */
  readonly comments: string;
}

/**
 * Finds the commands that a fence tells the reader to type: after a prompt in a console, each line in a script.
 * @returns none for a fence in another language
 */
export function fenceCommands(fence: Passage): FenceCommand[] {
  if (!shells.has(fence.language)) return [];
  const lines = fence.text.split('\n');
  const prompted = lines.some((line) => line.startsWith('$ '));
  const found: FenceCommand[] = [];
  let comments = '';
  for (let index = 0; index < lines.length; index++) {
    const start = index;
    const first = lines[index] ?? '';
    let typed = first;
    while (/\\$/.test(lines[index] ?? '') && index + 1 < lines.length) typed += `\n${lines[++index]}`;
    if (first.startsWith('#')) comments += ` ${first.slice(1).trim()}`;
    else if (!prompted || first.startsWith('$ ')) {
      const commands = readShell(typed);
      comments += ` ${commands.map(({ comment }) => comment).join(' ')}`;
      for (const command of commands) found.push({ command, line: fence.line + start, comments: comments.trim() });
    }
  }
  return found;
}
