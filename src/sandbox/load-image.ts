import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import type { Engine } from './engine.ts';
import { readAnswer, readJson } from './engine-answer.ts';
import { SandboxError } from './sandbox-error.ts';

const messageSchema = z.object({ error: z.string().optional() });

/**
 * Loads an archive of images into the engine. An error can come after the engine has answered 200, as a line of the
 * answer.
 * @throws SandboxError `engine-refused`, or the client library's error
 */
export async function loadImage({ docker }: Engine, archive: Buffer): Promise<void> {
  const answer = await text(await docker.loadImage(Readable.from([archive]), { quiet: true }));
  for (const line of answer.split('\n').filter((part) => part.trim().startsWith('{'))) {
    const { error } = readAnswer(messageSchema, readJson(line));
    if (error !== undefined) throw new SandboxError('engine-refused', `The engine refused to load an image: ${error}`);
  }
}
