import { parentPort, workerData } from 'node:worker_threads';
import { packBook } from './learn-book.ts';
import type { ThreadMessage, ThreadTask } from './learn-in-thread.ts';

/** The thread of `learnInThread`. Its bytes are handed over, not copied. */
const { folders, root, models, lastGood }: ThreadTask = workerData;
const tell = (line: string) => send({ line });
const book = packBook({ folders, root, models: { path: models, tell } }, undefined, lastGood);
send({ book }, [book.bytes]);

function send(message: ThreadMessage, handedOver: readonly ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, handedOver);
}
