import { z } from 'zod';
import { answerIds, readAnswer } from './engine-answer.ts';
import type { ImageFacts } from './sandbox.ts';

/** What the engine tells of an image, as far as it is read. */
export const imageInspectSchema = z.object({
  Id: answerIds.image,
  RepoTags: z.array(z.string()).nullish(),
  RootFS: z.object({ Layers: z.array(z.string()).default([]) }),
  Size: z.number(),
  Architecture: z.string(),
  Created: z.string().default(''),
  Config: z.object({ Labels: z.record(z.string(), z.string()).nullish() }).nullish(),
});

/**
 * Reads what the engine tells of an image.
 * @throws AnswerUnreadable if the engine's answer is not of the documented shape
 */
export function readImageFacts(answer: unknown): ImageFacts {
  const found = readAnswer(imageInspectSchema, answer);
  return {
    id: found.Id,
    tags: found.RepoTags ?? [],
    layers: found.RootFS.Layers,
    size: found.Size,
    architecture: found.Architecture,
    created: found.Created,
  };
}
