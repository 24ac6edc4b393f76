import { describe, expect, test } from 'vitest';
import { runStages, type Stage } from '../../scripts/verify/run-stages.ts';

const stage = (name: string, script: string): Stage => ({ name, command: ['sh', '-c', script] });

/** Runs lanes of stages. @returns what was shown, and the exit code */
async function run(...lanes: Stage[][]) {
  let shown = '';
  const code = await runStages(lanes, (text) => {
    shown += text;
  });
  return { code, shown: shown.replace(/\(\d+ s\)/g, '(N s)') };
}

describe('stages side by side', () => {
  test('pass where all pass, each with what it printed to either stream', async () => {
    const { code, shown } = await run([stage('one', 'echo out; echo err >&2')], [stage('two', 'echo other')]);
    expect(code).toBe(0);
    expect(shown).toMatch(/== one \(N s\)\n(out\nerr|err\nout)\n/);
    expect(shown).toContain('== two (N s)\nother\n');
    expect(shown).toContain('\n  passed  one (N s)\n  passed  two (N s)\n');
  });

  test('show each stage whole, also where another prints meanwhile', async () => {
    const slow = 'for i in 1 2 3; do echo $0 $i; sleep 0.2; done';
    const lanes = ['a', 'b'].map((name) => [{ name, command: ['sh', '-c', slow, name] } satisfies Stage]);
    const { shown } = await run(...lanes);
    for (const name of ['a', 'b']) expect(shown).toContain(`== ${name} (N s)\n${name} 1\n${name} 2\n${name} 3\n`);
  });

  test('give the code of the first that failed, in the order of the lanes, and run all the same what comes after it', async () => {
    const { code, shown } = await run(
      [stage('lint', 'sleep 0.5; echo bad; exit 3'), stage('types', 'echo types ran')],
      [stage('test', 'exit 7')],
    );
    expect(code).toBe(3);
    expect(shown).toContain('== lint (N s) FAILED with 3\nbad\n');
    expect(shown).toContain('== types (N s)\ntypes ran\n');
    expect(shown).toContain('\n  FAILED  lint (N s)\n  passed  types (N s)\n  FAILED  test (N s)\n');
  });

  test('fail where one cannot be started, or is killed', async () => {
    const missing = await run([{ name: 'missing', command: ['/nowhere/program'] }]);
    expect(missing.code).toBe(1);
    expect(missing.shown).toContain('ENOENT');
    expect((await run([stage('killed', 'kill -9 $$')])).code).toBe(1);
  });
});
