import { z } from 'zod';
import { readAnswer } from '../engine-answer.ts';
import { humanSize } from '../human-size.ts';
import { readImageFacts } from '../image-facts.ts';
import { commandLine } from '../quote.ts';
import { callEngine, engineName, type RunContext, shownName } from '../run-context.ts';
import type { ImageFacts, Sandbox } from '../sandbox.ts';
import { statusOf } from '../sandbox-error.ts';

const historySchema = z.array(z.object({ CreatedBy: z.string(), Size: z.number() }));

/** Asks the engine for an image, without a record. @param reference its id, or its name on the engine */
export function inspectImage(context: RunContext, reference: string): Promise<ImageFacts> {
  const image = context.engine.docker.getImage(reference);
  return callEngine(context, 'inspect an image', async () => readImageFacts(await image.inspect()));
}

/** Makes what tells of the images of a run. */
export function lookAtImages(
  context: RunContext,
): Pick<Sandbox, 'inspectImage' | 'history' | 'findImage' | 'rememberImage'> {
  const { recorder, engine } = context;
  const variables = new Map<string, string>();
  return {
    async inspectImage({ id, name }) {
      const format = '{{.Id}} {{len .RootFS.Layers}} layers, {{.Size}} B';
      recorder.command(commandLine(['docker', 'image', 'inspect', '--format', format, name]));
      const facts = await inspectImage(context, id);
      recorder.output(`${facts.id} ${facts.layers.length} layers, ${facts.size} B`);
      return facts;
    },
    async history({ id, name }) {
      recorder.command(commandLine(['docker', 'history', '--no-trunc', '--format', '{{.Size}}\t{{.CreatedBy}}', name]));
      const rows = await callEngine(context, 'read the history of an image', async () =>
        readAnswer(historySchema, await engine.docker.getImage(id).history()),
      );
      const history = rows.map(({ CreatedBy, Size }) => ({ createdBy: CreatedBy, size: Size }));
      recorder.output(history.map(({ size, createdBy }) => `${humanSize(size, 3)}\t${createdBy}`).join('\n'));
      return history;
    },
    async findImage(nameOrId) {
      const byId = nameOrId.startsWith('sha256:');
      const word = byId ? (variables.get(nameOrId) ?? nameOrId) : shownName(nameOrId);
      recorder.command(`docker image inspect --format '{{.Id}}' ${word}`);
      try {
        const facts = await inspectImage(context, byId ? nameOrId : engineName(context, nameOrId));
        recorder.output(facts.id);
        return facts;
      } catch (error) {
        if (statusOf(error) !== 404) throw error;
        recorder.output('No such image');
        return null;
      }
    },
    async rememberImage(image, variable) {
      const word = `"$${variable}"`;
      recorder.command(`${variable}="$(docker image inspect --format '{{.Id}}' ${image.name})"; echo ${word}`);
      recorder.output((await inspectImage(context, image.id)).id);
      variables.set(image.id, word);
      return { id: image.id, name: word };
    },
  };
}
