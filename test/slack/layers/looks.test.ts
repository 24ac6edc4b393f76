import { describe, expect, test } from 'vitest';
import type { FakeSlack } from '../../fake-slack/fake-slack.ts';
import { command, mention, message, nextTs, press } from '../../fake-slack/payloads.ts';
import { sampleImage, serving, startStub } from '../../registry/stub-registry.ts';
import { startApp } from '../start-app.ts';

const history = [
  { created_by: 'ADD rootfs.tar /' },
  { created_by: 'ENV API_TOKEN=hunter2', empty_layer: true },
  ...Array.from({ length: 7 }, (_, index) => ({
    created_by: `RUN /bin/sh -c step ${index} <!channel> *x* # buildkit`,
  })),
];
const sample = sampleImage({ history, layers: [5000, 1, 2, 3, 4, 5, 6, 7] });

async function start(settings: Readonly<Record<string, string>> = {}) {
  const { host, came } = await startStub(serving(sample));
  const app = await startApp({ LAYER_REGISTRIES: `private:${host}`, ...settings });
  return { ...app, came, image: `${host}/a/b:1` };
}

const posted = (slack: FakeSlack) => slack.waitFor(({ method }) => method === 'chat.postMessage');
const responded = (slack: FakeSlack) => slack.waitFor(({ method }) => method.startsWith('respond/'));

describe('layers of an image', () => {
  test('come as a table of the largest ones, short enough for a channel, with what it leads to', async () => {
    const { slack, image } = await start();
    await slack.send('events_api', mention(`layers of <http://${image}|${image}>`));
    const { fields, blocks } = await posted(slack);
    expect(fields.thread_ts).toBeDefined();
    expect(fields.text).toContain('8 layers, 5.03 kB compressed');
    expect(fields.text?.length).toBeLessThanOrEqual(600);
    expect(blocks?.filter(({ type }) => type === 'table')).toHaveLength(1);
    const shown = JSON.stringify(blocks);
    expect(shown).toContain('3 smaller layers are left out. All lines: /docker layers');
    expect(shown).toContain('"secret-in-layer"');
    expect(shown).not.toContain('hunter2');
    expect(slack.refused).toEqual([]);
  });

  test('lead to the entry that says what to do', async () => {
    const { slack, image } = await start();
    await slack.send('events_api', message(`layers of ${image}`));
    const answer = await posted(slack);
    await slack.send('interactive', press(answer, 'show_entry', slack.responseUrl()));
    const entry = await slack.waitFor(
      ({ fields }) => /secret/i.test(fields.text ?? '') && fields.text !== answer.fields.text,
    );
    expect(entry.fields.text).not.toContain('Something went wrong');
    expect(slack.refused).toEqual([]);
  });

  test.each(['run it', 'show me'])(
    'are followed by their demo, where somebody writes "%s" in their thread',
    async (words) => {
      const { slack, image } = await start();
      const ts = nextTs();
      await slack.send('events_api', mention(`layers of ${image}`, { ts }));
      expect((await posted(slack)).fields.thread_ts).toBe(ts);
      await slack.send('events_api', mention(words, { thread_ts: ts }));
      const run = await slack.waitFor(({ fields }) =>
        /Read a secret that the Dockerfile deleted/.test(fields.text ?? ''),
      );
      expect(run.fields.thread_ts).toBe(ts);
      await slack.waitFor(({ fields }) => /claims? held/i.test(fields.text ?? ''), 60);
      expect(slack.refused).toEqual([]);
    },
  );

  test('come whole, and privately, from the command', async () => {
    const { slack, image } = await start();
    await slack.send('slash_commands', command(`layers ${image}`, slack.responseUrl()));
    const { fields, blocks } = await responded(slack);
    expect(fields.text).toContain('RUN step 6');
    expect(JSON.stringify(blocks)).toContain('ENV API_TOKEN=…');
    expect(slack.refused).toEqual([]);
  });

  test('need an image: the command alone says how it is used', async () => {
    const { slack } = await start();
    await slack.send('slash_commands', command('layers', slack.responseUrl()));
    const { fields } = await responded(slack);
    for (const words of ['layers debian:12', 'layers debian:12 files', 'layers debian:11 debian:12'])
      expect(fields.text).toContain(`/docker ${words}`);
    expect(slack.refused).toEqual([]);
  });

  test('of two images come as what they share', async () => {
    const { slack, image } = await start();
    await slack.send('slash_commands', command(`layers ${image} ${image}`, slack.responseUrl()));
    expect((await responded(slack)).fields.text).toContain('8 layers in common');
    expect(slack.refused).toEqual([]);
  });

  test('come with what the files take, where the command asks for them', async () => {
    const { slack } = await start();
    await slack.send('slash_commands', command('layers dockproof/base:1 files', slack.responseUrl()));
    const { fields } = await responded(slack);
    expect(fields.text).toMatch(/stored, .* to be seen, 0 B hidden/);
    expect(fields.text).toContain('/bin/busybox (layer 1)');
    expect(slack.refused).toEqual([]);
  });

  test('follow an edit of the message that asked', async () => {
    const { slack, image } = await start();
    const ts = '1700000999.000100';
    await slack.send('events_api', message('layers of evil.example/x', { ts }));
    expect((await posted(slack)).fields.text).toContain('I do not ask the registry evil.example');
    const edited = { ts, user: 'U1', text: `layers of ${image}` };
    await slack.send('events_api', message('', { subtype: 'message_changed', message: edited, user: undefined }));
    const { fields } = await slack.waitFor(({ method }) => method === 'chat.update');
    expect(fields.text).toContain('8 layers');
    await slack.send('events_api', message('run it', { thread_ts: ts }));
    await slack.waitFor(({ fields }) => /Read a secret that the Dockerfile deleted/.test(fields.text ?? ''));
    await slack.waitFor(({ fields }) => /claims? held/i.test(fields.text ?? ''), 60);
  });
});

describe('a look is not taken', () => {
  test.each([
    ['for guests', {}, { is_restricted: true }, 'do not look into images'],
    ['where demos do not run', { DEMO_CHANNELS: 'C9' }, {}, 'do not look into images in this channel'],
    ['for others than those who may run demos', { DEMO_PEOPLE: 'U9' }, {}, 'Only certain people may look into images'],
  ])('%s', async (_, settings, person, words) => {
    const { slack, image, came } = await start(settings);
    slack.people.set('U1', person);
    await slack.send('events_api', mention(`layers of ${image}`));
    expect((await posted(slack)).fields.text).toContain(words);
    expect(came).toEqual([]);
  });

  test('of an image that is not there, and nobody learns more', async () => {
    const { slack, image } = await start();
    await slack.send('events_api', mention(`layers of ${image.replace(':1', ':2')}`));
    expect((await posted(slack)).fields.text).toContain('is not there, or it is private');
  });

  test('twenty times within ten minutes and once more', async () => {
    const { assistant, image } = await start();
    const who = { id: 'slack:T1:U5', team: 'T1', guest: false };
    const look = () =>
      assistant.layers.look({
        ...{ image, platform: null, files: false, path: null, who, where: { id: 'slack:T1:C1' } },
        signal: new AbortController().signal,
      });
    for (let looks = 0; looks < 20; looks++) await look();
    await expect(look()).rejects.toMatchObject({
      code: 'too-many-looks',
      message: expect.stringContaining('20 images'),
    });
    await expect(
      assistant.layers.look({
        ...{ image, platform: null, files: false, path: null, who: { id: 'terminal' }, where: { id: 'terminal' } },
        signal: new AbortController().signal,
      }),
    ).resolves.toMatchObject({ source: 'registry' });
  });

  test('three times at once by one person', async () => {
    const { assistant, image } = await start();
    const who = { id: 'slack:T1:U6', team: 'T1', guest: false };
    const request = {
      image,
      platform: null,
      files: false,
      path: null,
      who,
      where: { id: 'slack:T1:C1' },
      signal: new AbortController().signal,
    };
    const looks = await Promise.allSettled([1, 2, 3].map(() => assistant.layers.look(request)));
    expect(looks.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
  });
});
