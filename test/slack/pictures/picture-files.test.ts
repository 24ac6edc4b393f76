import { setTimeout as sleep } from 'node:timers/promises';
import { WebClient } from '@slack/web-api';
import { pino } from 'pino';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createPictures } from '../../../src/assistant/create-pictures.ts';
import { createPictureFiles, type PictureFiles } from '../../../src/slack/pictures/picture-files.ts';
import { type FakeSlack, startFakeSlack, workspace } from '../../fake-slack/fake-slack.ts';

async function start(settling = 0): Promise<{ slack: FakeSlack; files: PictureFiles }> {
  const slack = await startFakeSlack();
  const ended = new AbortController();
  onTestFinished(() => ended.abort());
  const client = new WebClient(workspace.botToken, { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } });
  const log = pino({ level: 'silent' });
  const files = createPictureFiles({
    ...{ pictures: createPictures(), log, settling },
    clientOf: async () => client,
    signal: ended.signal,
  });
  return { slack, files };
}

const uploads = ({ calls }: FakeSlack) => calls.filter(({ method }) => method === 'files.completeUploadExternal');

async function soonKnown(files: PictureFiles, figure: string) {
  for (;;) {
    const known = files.ofFigure('T1', figure);
    if (known !== null) return known;
    await sleep(20);
  }
}

describe('the picture of an idea', () => {
  test('is put into a workspace once, with what it tells in words, and is there for the next answer', async () => {
    const { slack, files } = await start();
    expect(files.ofFigure('T1', 'replace')).toBeNull();
    const known = await soonKnown(files, 'replace');
    expect(known).toMatchObject({ file: 'F1', alt: expect.stringMatching(/^Above, without a volume/) });
    expect(files.ofFigure('T1', 'replace')).toEqual(known);
    expect(uploads(slack)).toHaveLength(1);
    expect(slack.calls[0]?.fields).toMatchObject({ filename: 'dockproof.png', alt_text: known.alt });
    expect(slack.refused).toEqual([]);
  });

  test('is not asked for twice while it is on its way', async () => {
    const { slack, files } = await start();
    for (let asked = 0; asked < 20; asked++) files.ofFigure('T1', 'layers');
    await soonKnown(files, 'layers');
    expect(uploads(slack)).toHaveLength(1);
  });

  test('is kept apart by workspace', async () => {
    const { slack, files } = await start();
    await soonKnown(files, 'layers');
    expect(files.ofFigure('T2', 'layers')).toBeNull();
    expect(uploads(slack)).toHaveLength(1);
  });

  test('is left away, and not tried again soon, where the workspace did not allow files', async () => {
    const { slack, files } = await start();
    slack.faults.set('files.getUploadURLExternal', ['missing_scope', 'missing_scope']);
    files.ofFigure('T1', 'layers');
    while (slack.faults.get('files.getUploadURLExternal')?.length !== 1) await sleep(20);
    await sleep(50);
    expect(files.ofFigure('T1', 'layers')).toBeNull();
    await sleep(50);
    expect(slack.faults.get('files.getUploadURLExternal')).toHaveLength(1);
  });

  test('is none where a reply has none', async () => {
    const { slack, files } = await start();
    expect(files.ofFigure('T1', null)).toBeNull();
    expect(files.ofFigure('T1', 'no-such-figure')).toBeNull();
    await sleep(50);
    expect(slack.calls).toEqual([]);
  });
});
