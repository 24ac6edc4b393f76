import { writeFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { isMainThread } from 'node:worker_threads';

// Loaded before a program (node --import), it measures how long the event loop of the main thread is held up, from a
// SIGUSR2 to the end, in milliseconds: as a clock sees it (`delay`), and as what the thread itself computed from one turn
// of the loop to the next (`work`), which other processes of a busy machine do not add to.
const file = process.env.LOOP_DELAY_FILE;
if (file !== undefined && isMainThread) {
  const histogram = monitorEventLoopDelay({ resolution: 1 });
  let before = process.threadCpuUsage();
  let work = 0;
  process.on('SIGUSR2', () => {
    histogram.reset();
    histogram.enable();
    work = 0;
  });
  setInterval(() => {
    const { user, system } = process.threadCpuUsage(before);
    before = process.threadCpuUsage();
    work = Math.max(work, (user + system) / 1000);
  }, 1).unref();
  process.once('exit', () => writeFileSync(file, JSON.stringify({ delay: histogram.max / 1e6, work })));
}
