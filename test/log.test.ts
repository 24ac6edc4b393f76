import { expect, test } from 'vitest';
import { createLog } from '../src/log.ts';

test('what looks like a token is cut out of the log, wherever it stands', () => {
  const lines: string[] = [];
  const log = createLog('info', { write: (line) => void lines.push(line) });
  const tokens = ['xoxb-1-2-abc', 'xapp-1-A2-3-def', 'xoxe.xoxb-1-Mi0', 'xoxe-1-My0', 'xoxp-1'];
  for (const secret of tokens) {
    log.error({ error: `Slack refused ${secret}.`, deep: { list: [secret] } }, `with ${secret}`);
    log.warn(new Error(secret));
  }
  expect(lines).toHaveLength(2 * tokens.length);
  for (const secret of tokens) expect(lines.join('')).not.toContain(secret);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ error: 'Slack refused [secret].', msg: 'with [secret]' });
});

test('an error is logged with its stack and its causes, and without what it was sent with', () => {
  const lines: string[] = [];
  const log = createLog('info', { write: (line) => void lines.push(line) });
  const cause = Object.assign(new Error('the disk is full'), { code: 'ENOSPC', body: 'what somebody wrote' });
  log.error({ error: new TypeError('nothing was kept', { cause }) }, 'a vote is lost');
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    error: {
      ...{ type: 'TypeError', message: 'nothing was kept', stack: expect.stringMatching(/log\.test\.ts/) },
      cause: { message: 'the disk is full', code: 'ENOSPC', stack: expect.stringMatching(/log\.test\.ts/) },
    },
  });
  expect(lines[0]).not.toContain('what somebody wrote');
});
