import { readFile } from 'node:fs/promises';
import { z } from 'zod';

const pattern = z.string().transform((text, context) => {
  try {
    return new RegExp(text, 'i');
  } catch (error) {
    context.addIssue({ code: 'custom', message: `${text} is no regular expression: ${String(error)}` });
    return z.NEVER;
  }
});

const questionSchema = z.object({
  id: z.string(),
  question: z.string(),
  /**
   * `in` the book; `new`: worth answering, perhaps not in the book yet; `near`: about Docker but outside the book; `far`:
   * beside Docker; `out`: not about Docker.
   */
  scope: z.enum(['in', 'new', 'near', 'far', 'out']),
  topic: z.string().nullish(),
  /** Other topics that answer it as well. */
  also: z.array(z.string()).default([]),
  style: z.string().default('plain'),
  /** What a true answer says: see answer-key.ts. */
  key: z.array(z.array(pattern).min(1)).min(1).optional(),
  /** A good answer may say it late. */
  late: z.boolean().default(false),
});

/** A question with the outcome that it should have. */
export type LabelledQuestion = z.output<typeof questionSchema>;

/** Thrown where a file of labelled questions cannot be used. */
export class QuestionFileInvalid extends Error {
  override readonly name = 'QuestionFileInvalid';
}

/**
 * Reads labelled questions, one JSON object a line; blank lines are skipped.
 * @throws QuestionFileInvalid naming the line that is not one
 */
export async function readQuestionFile(path: string): Promise<LabelledQuestion[]> {
  const lines = (await readFile(path, 'utf8')).split('\n');
  return lines.flatMap((line, index) => (line.trim() === '' ? [] : [readLine(line, `${path}:${index + 1}`)]));
}

function readLine(line: string, place: string): LabelledQuestion {
  const parsed = questionSchema.safeParse(parseJson(line));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new QuestionFileInvalid(
    `${place}: ${issue?.path.join('.') || 'line'}: ${issue?.message}. Write {"id", "question", "scope", "topic"} as JSON.`,
  );
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
