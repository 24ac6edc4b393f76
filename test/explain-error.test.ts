import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { AssistantError } from '../src/assistant/assistant-error.ts';
import { explainError } from '../src/explain-error.ts';
import { SandboxError } from '../src/sandbox/sandbox-error.ts';

function thrownBy(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}

test.each([
  ['a refusal', new AssistantError('unknown-demo', 'There is no such demo'), 2, 'There is no such demo'],
  ['no engine', new SandboxError('no-engine', 'No engine answers'), 3, 'No engine answers'],
  ['a file that is not there', thrownBy(() => readFileSync('/no/such/file')), 2, /^ENOENT: .*'\/no\/such\/file'$/],
])('%s is one line', (_, error, code, text) => {
  expect(explainError(error)).toEqual({ code, text: expect.stringMatching(text) });
});

test('a bug keeps its stack and its cause, also one that has a code', () => {
  const wrong: unknown = 5;
  const bug = thrownBy(() => Reflect.apply(readFileSync, undefined, [{ wrong }]));
  expect(bug).toHaveProperty('code', 'ERR_INVALID_ARG_TYPE');
  const { code, text } = explainError(new Error('It broke', { cause: bug }));
  expect(code).toBe(1);
  expect(text).toMatch(/^Error: It broke\n +at .*explain-error\.test\.ts/);
  expect(text).toMatch(/Caused by: TypeError.*\n +at /s);
  expect(explainError(bug).text).toMatch(/\n +at /);
});
