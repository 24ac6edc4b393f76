import { setTimeout as sleep } from 'node:timers/promises';
import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { DrawnPicture, Pictures } from '../../assistant/pictures.ts';
import { slackErrorOf } from '../transport/post.ts';

/** A picture that a workspace has, to be shown in messages there. */
export interface UploadedPicture {
  readonly file: string;
  readonly alt: string;
}

/** Pictures as files of workspaces. */
export interface PictureFiles {
  /**
   * The figure of a reply, where the workspace has it already; it is put there for the next answer otherwise, so that no
   * answer waits for a file.
   * @param figure the figure's id; null for a reply without one
   */
  ofFigure(team: string, figure: string | null): UploadedPicture | null;
  /** Puts a picture that is shown once into a workspace. @returns null where that is not allowed, or fails */
  add(team: string, picture: DrawnPicture): Promise<UploadedPicture | null>;
}

/** Slack looks at a file before it shows it; until then it refuses messages with it. In milliseconds. */
const settling = 4000;
/** How long a workspace that takes no files is left alone, in milliseconds. */
const pause = { forbidden: 3_600_000, failed: 300_000 } as const;
/** Slack's answers that mean: you may not, and an hour changes nothing. */
const forbidden = /^(?:missing_scope|no_permission|not_allowed|unknown_method|file_uploads_disabled|access_denied)/;

/** What pictures need beside their names. */
export interface PictureParts {
  readonly pictures: Pictures;
  readonly log: Logger;
  /** A client for a workspace; null where the app is not installed. */
  readonly clientOf: (team: string) => Promise<WebClient | null>;
  /** Ends what waits. */
  readonly signal: AbortSignal;
  /** Milliseconds until a file can be shown; Slack's where left out. */
  readonly settling?: number;
}

/** Makes the pictures of all workspaces; the scope `files:write` is optional, and without it there are none. */
export function createPictureFiles(parts: PictureParts): PictureFiles {
  const { pictures, log, clientOf, signal, settling: settled = settling } = parts;
  const uploaded = new Map<string, UploadedPicture>();
  const underWay = new Set<string>();
  const pausedUntil = new Map<string, number>();

  async function add(team: string, picture: DrawnPicture): Promise<UploadedPicture | null> {
    if ((pausedUntil.get(team) ?? 0) > Date.now()) return null;
    try {
      const client = await clientOf(team);
      if (client === null) return null;
      const file = await upload(client, picture);
      await sleep(settled, undefined, { signal });
      return { file, alt: picture.alt };
    } catch (error) {
      if (signal.aborted) return null;
      const reason = slackErrorOf(error);
      pausedUntil.set(team, Date.now() + (forbidden.test(reason) ? pause.forbidden : pause.failed));
      log.info(
        { team, error },
        'no pictures are shown for a while: Slack takes no file. They need the scope files:write',
      );
      return null;
    }
  }

  async function prepare(key: string, team: string, figure: string): Promise<void> {
    const picture = await pictures.figure(figure);
    const found = picture === null ? null : await add(team, picture);
    if (found !== null) uploaded.set(key, found);
  }

  return {
    add,
    ofFigure(team, figure) {
      if (figure === null) return null;
      const key = `${team} ${figure}`;
      const known = uploaded.get(key);
      if (known !== undefined || underWay.has(key)) return known ?? null;
      underWay.add(key);
      void prepare(key, team, figure)
        .catch((error: unknown) => log.error({ error, figure }, 'a figure could not be drawn'))
        .finally(() => underWay.delete(key));
      return null;
    },
  };
}

/** @returns the file's id @throws the client's error */
async function upload(client: WebClient, picture: DrawnPicture): Promise<string> {
  const { files } = await client.filesUploadV2({
    file: await picture.png('light'),
    filename: 'dockproof.png',
    title: picture.title,
    alt_text: picture.alt.slice(0, 1000),
  });
  const id = files[0]?.files?.[0]?.id;
  if (id === undefined) throw new Error('Slack took a file and did not say by which id');
  return id;
}
