import { setTimeout as sleep } from 'node:timers/promises';
import type { SocketModeReceiver } from '@slack/bolt';
import type { Logger } from 'pino';

/** Milliseconds before the second try, each next one waits twice as long, and before any later one. */
const pause = { first: 500, longest: 10_000 } as const;

/** The connection to Slack over Socket Mode. */
export interface SocketConnection {
  /** Whether Slack can reach the bot at the moment. */
  connected(): boolean;
}

/**
 * Connects anew whenever the connection is lost, until the client is told to disconnect. The client's own way gives up
 * for good, and ends the program, where Slack does not answer for some seconds.
 * @param client of a receiver made with `autoReconnectEnabled: false`
 */
export function keepConnected(client: SocketModeReceiver['client'], log: Logger): SocketConnection {
  const stopping = new AbortController();
  let connected = false;
  let working = false;

  async function connect(): Promise<void> {
    for (
      let wait: number = pause.first;
      !connected && !stopping.signal.aborted;
      wait = Math.min(wait * 2, pause.longest)
    ) {
      try {
        await client.start();
      } catch (error) {
        log.warn({ error }, 'Slack cannot be reached; trying again');
        await sleep(wait, undefined, { signal: stopping.signal }).catch(() => undefined);
      }
    }
    if (stopping.signal.aborted && connected) await client.disconnect();
    else if (connected) log.info('connected to Slack again');
  }

  client.on('connected', () => {
    connected = true;
  });
  client.on('disconnecting', () => stopping.abort());
  client.on('disconnected', () => {
    connected = false;
    if (working || stopping.signal.aborted) return;
    working = true;
    void connect().finally(() => {
      working = false;
    });
  });
  return { connected: () => connected };
}
