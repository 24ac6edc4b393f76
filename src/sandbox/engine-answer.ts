import { z } from 'zod';

/** An answer that was cut off, does not parse, or has another shape than expected: nothing of it is believed. */
export class AnswerUnreadable extends Error {
  override readonly name = 'AnswerUnreadable';
  readonly code = 'answer-unreadable';
}

/** A call that the engine did not answer in time. */
export class EngineSilent extends Error {
  override readonly name = 'EngineSilent';
  readonly code = 'engine-silent';
}

/** The engine's refusal of a call, with its own sentence. */
export class EngineRefusal extends Error {
  override readonly name = 'EngineRefusal';
  readonly code = 'engine-refusal';
  /** The status of HTTP. */
  readonly statusCode: number;

  constructor(statusCode: number, message: string) {
    super(message);
    this.statusCode = statusCode;
  }
}

/**
 * Reads what the engine answered, by the shape that it must have.
 * @throws AnswerUnreadable where it has another
 */
export function readAnswer<Schema extends z.ZodType>(schema: Schema, answer: unknown): z.output<Schema> {
  const read = schema.safeParse(answer);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const place = issue?.path.join('.') || 'the whole of it';
  throw new AnswerUnreadable(`it has another shape than expected (${place}: ${issue?.message})`, { cause: read.error });
}

/**
 * Reads text, of which every byte must make sense.
 * @throws AnswerUnreadable for what is no UTF-8
 */
export function readText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new AnswerUnreadable('it is no text', { cause });
  }
}

/**
 * Reads JSON.
 * @throws AnswerUnreadable for anything else
 */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AnswerUnreadable('it is no JSON', { cause });
  }
}

const idSchema = z.string().regex(/^[0-9a-f]{64}$/);
const imageIdSchema = z.string().regex(/^sha256:[0-9a-f]{64}$/);

/** The shapes of ids and names, which go into paths of further calls. */
export const answerIds = {
  container: idSchema,
  image: imageIdSchema,
  network: idSchema,
  volume: z.string().regex(/^[a-zA-Z0-9][a-zA-Z0-9_.-]*$/),
} as const;
