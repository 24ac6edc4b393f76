import { readFile } from 'node:fs/promises';
import { z } from 'zod';

const questionSchema = z.object({
  id: z.string(),
  question: z.string(),
  /** `in` the book, `near`: about Docker but outside it, `out`: not about Docker. */
  scope: z.enum(['in', 'near', 'out']),
  topic: z.string().optional(),
  /** Other topics that answer it as well. */
  also: z.array(z.string()).default([]),
  style: z.string().default('plain'),
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
