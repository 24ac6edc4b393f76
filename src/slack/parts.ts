import type { Logger } from 'pino';
import type { Assistant } from '../assistant/assistant.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { SlackConfig } from '../slack-config.ts';
import type { Route } from '../web/health-server.ts';
import type { RecentTalk } from './answers/recent-talk.ts';
import type { SlackKept } from './install/kept.ts';
import type { People } from './people/people.ts';
import type { PictureFiles } from './pictures/picture-files.ts';
import type { ThreadReader } from './transport/read-thread.ts';

/** What the Slack surface is made of. */
export interface SlackParts {
  readonly config: Exclude<SlackConfig, { mode: 'off' }>;
  readonly http: { readonly host: string; readonly port: number };
  readonly assistant: Assistant;
  /** What outlives the process and is Slack's alone. */
  readonly kept: SlackKept;
  readonly log: Logger;
  readonly metrics: Metrics;
  /** Further addresses to serve where the surface owns the HTTP port. */
  readonly routes: readonly Route[];
}

interface AllParts extends SlackParts {
  readonly people: People;
  /** What was written lately in threads. */
  readonly recent: RecentTalk;
  /** Pictures as files of workspaces. */
  readonly pictures: PictureFiles;
  /** Reads threads by asking Slack. */
  readonly threads: ThreadReader;
  /** Waits for a turn of the event loop of one's own; see `createLine`. */
  readonly ownTurn: () => Promise<void>;
}

/** The parts that something works with, by name, so that what it can touch stands in its head. */
export type Needs<Name extends keyof AllParts> = Pick<AllParts, Name>;
