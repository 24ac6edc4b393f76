import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { readQuestionFile } from '../../scripts/evaluation/question-file.ts';
import { type FakeSlack, startFakeSlack, workspace } from '../../test/fake-slack/fake-slack.ts';
import { mention } from '../../test/fake-slack/payloads.ts';
import { shareModels } from '../../test/matching/shared-models.ts';
import { median, quantile } from '../statistics.ts';

const eventsPerSecond = 50;
/** Events after which what is made once has been made. */
const warmUp = 250;
const megabyte = 2 ** 20;

/**
 * Runs the bot as a process of its own against the tests' Slack, mentions it 50 times a second for 60 seconds with real
 * questions, and prints how long it takes from the event to the call that carries the answer, how many were lost, and
 * how its memory grows. `DOCKPROOF_BENCH_SECONDS` asks for longer or shorter: 400 seconds are 20,000 events.
 */
export async function slackLoadBench(): Promise<void> {
  const seconds = Number(process.env.DOCKPROOF_BENCH_SECONDS ?? 60);
  const ends: (() => Promise<void>)[] = [];
  const slack = await startFakeSlack((end) => void ends.push(end));
  const folder = await mkdtemp(join(tmpdir(), 'dockproof-bench-'));
  const bot = startBot(slack, folder);
  try {
    await slack.connected();
    await measure(slack, bot, seconds);
  } finally {
    bot.kill('SIGTERM');
    await once(bot, 'close');
    for (const end of ends) await end();
    await rm(folder, { recursive: true });
  }
}

function startBot(slack: FakeSlack, folder: string): ChildProcess {
  // A bot that has learned its book: what comes while it does so waits for it.
  shareModels(folder);
  const settings = {
    SLACK_BOT_TOKEN: workspace.botToken,
    SLACK_APP_TOKEN: workspace.appToken,
    SLACK_API_URL: slack.apiUrl,
    DATA_DIR: folder,
    PORT: '0',
    DEMO_WARM_RUNS: '0',
    LOG_LEVEL: 'error',
  };
  const reporter = fileURLToPath(new URL('./heap-reporter.ts', import.meta.url));
  return spawn(process.execPath, ['--expose-gc', '--import', reporter, 'src/main.ts', 'serve'], {
    env: { ...process.env, ...settings },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
}

async function measure(slack: FakeSlack, bot: ChildProcess, seconds: number): Promise<void> {
  const questions = (await readQuestionFile('test/matching/questions.jsonl')).map(({ question }) => question);
  const sent = new Map<string, number>();
  const times: number[] = [];
  let answers = 0;
  slack.listen((call) => {
    const thread = call.method === 'chat.postMessage' ? call.fields.thread_ts : undefined;
    const started = thread === undefined ? undefined : sent.get(thread);
    if (thread === undefined || started === undefined) return;
    answers++;
    sent.delete(thread);
    times.push(call.at - started);
    // What is kept for tests would grow without end here.
    slack.calls.length = 0;
  });
  const memory: number[] = [];
  const total = seconds * eventsPerSecond;
  const stretch = Math.ceil((total - warmUp) / 6);
  const begun = performance.now();
  for (let number = 0; number < total; number++) {
    const ts = `${1_800_000_000 + number}.000100`;
    await sleep(Math.max(0, begun + (number * 1000) / eventsPerSecond - performance.now()));
    sent.set(ts, performance.now());
    void slack.send('events_api', mention(questions[number % questions.length] ?? '', { ts, event_ts: ts }));
    if (number >= warmUp && (number - warmUp) % stretch === 0) memory.push(await heapOf(bot));
  }
  for (let wait = 0; wait < 100 && sent.size > 0; wait++) await sleep(100);
  memory.push(await heapOf(bot));
  console.log(`${total} events at ${eventsPerSecond} a second: ${answers} answered, ${sent.size} lost`);
  console.log(
    `event to answer: median ${median(times).toFixed(1)} ms (bar: 25), p95 ${quantile(times, 0.95).toFixed(1)} ms, slowest ${quantile(times, 1).toFixed(1)} ms`,
  );
  console.log(
    `live heap in MB, from event ${warmUp} on: ${memory.map((bytes) => (bytes / megabyte).toFixed(1)).join(', ')}`,
  );
  if (slack.refused.length > 0) console.log(`Slack would have refused: ${slack.refused.slice(0, 3).join('; ')}`);
}

/** The heap that is in use after a collection. */
async function heapOf(bot: ChildProcess): Promise<number> {
  bot.send('heap');
  const [bytes] = await once(bot, 'message');
  return Number(bytes);
}
