import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { projectFolder } from '../../src/assemble.ts';
import { startFakeSlack } from '../fake-slack/fake-slack.ts';
import { mention } from '../fake-slack/payloads.ts';
import { startServe } from './serve-process.ts';

const questionsPerSecond = 20;
/** Milliseconds of the main thread's own work between two turns of the loop; Slack waits three seconds. */
const longestWork = 50;

const entry = (id: string, title: string, asks: readonly string[]): string => `---
id: ${id}
title: ${title}
chapter: lifecycle
topic: update-strategies
asks: ${JSON.stringify(asks)}
sources: [https://docs.docker.com/]
---
${title.replace('?', '')}: this is how.
`;

/** One home for both tests: what the first learns the second finds. */
let folder: string;
let knowledge: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dockproof-test-'));
  knowledge = join(folder, 'knowledge');
  await mkdir(knowledge);
  await writeFile(
    join(knowledge, 'blue-box.md'),
    entry('blue-box', 'How do we reset the blue box?', ['blue box reset']),
  );
});

afterAll(() => rm(folder, { recursive: true, force: true }));

test('a mention that comes while the book is learned for the first time waits for it, and then gets its answer', {
  timeout: 240_000,
}, async () => {
  const slack = await startFakeSlack();
  const bot = await startServe(slack, { DATA_DIR: folder, KNOWLEDGE_DIRS: knowledge });
  await slack.send('events_api', mention('how do we reset the blue box'));
  expect(bot.log()).toContain('questions that come meanwhile wait for it');
  const answer = await slack.waitFor(({ method }) => method === 'chat.postMessage', 200);
  expect(answer.fields.text).toContain('How do we reset the blue box?');
  expect(await bot.end()).toBe(0);
});

test('an entry that is saved while 20 questions a second come answers soon; no question is lost, and none is held up', {
  timeout: 400_000,
}, async () => {
  const slack = await startFakeSlack();
  const delays = join(folder, 'delays.json');
  const bot = await startServe(slack, {
    DATA_DIR: folder,
    KNOWLEDGE_DIRS: knowledge,
    LOOP_DELAY_FILE: delays,
    NODE_OPTIONS: `--import=${projectFolder}test/slack/loop-delay.mjs`,
  });
  const texts = new Map<string, string>();
  slack.listen(({ method, fields }) => {
    if (method === 'chat.postMessage' && fields.thread_ts) texts.set(fields.thread_ts, fields.text ?? '');
  });
  const sent: string[] = [];
  const ask = (question: string): string => {
    const ts = `${1_800_000_000 + sent.length}.000100`;
    sent.push(ts);
    void slack.send('events_api', mention(question, { ts, event_ts: ts }));
    return ts;
  };
  const first = ask('how do we reset the blue box');
  await expect.poll(() => texts.get(first), { timeout: 200_000 }).toContain('How do we reset the blue box?');

  bot.signal('SIGUSR2');
  const saved = performance.now();
  await writeFile(
    join(knowledge, 'green-lamp.md'),
    entry('green-lamp', 'How do we polish the green lamp?', ['lamp polish']),
  );
  const polishing: string[] = [];
  const isAnswered = () => polishing.some((ts) => texts.get(ts)?.includes('How do we polish the green lamp?'));
  while (!isAnswered() && performance.now() - saved < 200_000) {
    polishing.push(ask('how do we polish the green lamp'));
    for (let number = 1; number < questionsPerSecond; number++) {
      ask(number % 2 === 0 ? 'how do volumes work?' : 'how do we reset the blue box');
      await sleep(1000 / questionsPerSecond);
    }
  }
  expect(isAnswered()).toBe(true);
  await expect.poll(() => sent.filter((ts) => !texts.has(ts)), { timeout: 20_000 }).toEqual([]);
  expect(await bot.end()).toBe(0);
  const { work } = z.object({ work: z.number(), delay: z.number() }).parse(JSON.parse(await readFile(delays, 'utf8')));
  expect(work).toBeLessThan(longestWork);
});
