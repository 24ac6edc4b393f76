import { AnswerUnreadable } from './engine-answer.ts';

/** No line in which an engine tells of its progress is longer than this. */
const mostLineCharacters = 4 * 1024 * 1024;

/**
 * Reads the lines in which an engine tells of its progress, without empty ones.
 * @throws AnswerUnreadable for what is no text; the stream's own error where it is cut off
 */
export async function* readLines(stream: NodeJS.ReadableStream): AsyncGenerator<string, void, void> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let rest = '';
  for await (const chunk of stream) {
    rest += typeof chunk === 'string' ? chunk : decode(decoder, chunk);
    if (rest.length > mostLineCharacters) throw new AnswerUnreadable('a line of it does not end');
    const lines = rest.split('\n');
    rest = lines.pop() ?? '';
    yield* lines.filter((line) => line.trim() !== '');
  }
  if (rest.trim() !== '') yield rest;
}

function decode(decoder: InstanceType<typeof TextDecoder>, bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes, { stream: true });
  } catch (cause) {
    throw new AnswerUnreadable('it is no text', { cause });
  }
}
