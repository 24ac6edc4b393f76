import { defineDemo } from './catalogue/demo.ts';

export const demo = defineDemo({
  id: 'pipe-failure-swallowed',
  title: 'Let a command fail at the head of a pipe',
  question: {
    text: 'A Dockerfile says RUN false | cat > list. What does the build do?',
    options: ['It fails', 'It goes on, with an empty file', 'It tries again'],
    right: 1,
  },
  claims: ['pipe-hides-failure', 'pipefail-fails-build'],
  steps: {
    plain: 'Build with a pipe whose first command fails',
    pipefail: 'Build the same with set -o pipefail',
  },
  async *run({ sandbox, step, tested }) {
    const build = async (name: string, run: string) => {
      const built = await sandbox.tryBuild({ name, dockerfile: ['FROM base', `RUN ${run}`] });
      if ('refusal' in built) return built;
      return sandbox.runOnce({ name: `look-${name}`, image: built, script: 'wc -c < list' });
    };
    const plain = yield* step('plain', () => build('plain', 'false | cat > list'));
    yield tested('pipe-hides-failure', {
      predicted: 'built, with a file of 0 bytes',
      observed: 'refusal' in plain ? plain.refusal : `built, with a file of ${plain.output} bytes`,
      held: 'output' in plain && plain.output === '0',
    });
    const strict = yield* step('pipefail', () => build('strict', 'set -o pipefail && false | cat > list'));
    yield tested('pipefail-fails-build', {
      predicted: 'the build fails with code 1',
      observed: 'refusal' in strict ? strict.refusal : 'built',
      held: 'refusal' in strict && /non-zero code: 1|exit code: 1|exit status 1/.test(strict.refusal),
    });
  },
});
