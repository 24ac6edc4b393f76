import { describe, expect, test } from 'vitest';
import { manifestPrompts } from '../../../src/slack/install/read-manifest.ts';
import type { Call, FakeSlack } from '../../fake-slack/fake-slack.ts';
import { homeOpened, mention, message, press } from '../../fake-slack/payloads.ts';
import { startApp } from '../start-app.ts';
import { withChoices } from '../with-choices.ts';

async function openHome(slack: FakeSlack): Promise<Call> {
  await slack.send('events_api', homeOpened('home'));
  return slack.waitFor(({ method }) => method === 'views.publish');
}

const controls = ({ blocks = [] }: Call) =>
  blocks.flatMap(({ elements = [], accessory, element }) =>
    [...elements, accessory, element].flatMap((each) => each?.action_id ?? []),
  );

describe('the home', () => {
  test('has a search box, three questions, and one menu each for the book and the demos', async () => {
    const { slack, assistant } = await startApp();
    const home = await openHome(slack);
    expect(controls(home)).toEqual([
      'search_book',
      ...['ask_prompt', 'ask_prompt_1', 'ask_prompt_2'],
      ...['show_entry', 'run_demo'],
    ]);
    const groups = home.blocks?.flatMap(({ accessory }) => (accessory?.option_groups ? [accessory.option_groups] : []));
    const values = groups?.map((menu) => menu.flatMap(({ options }) => options.map(({ value }) => value)).sort());
    const entries = assistant.chapters().flatMap((chapter) => chapter.entries.map(({ id }) => id));
    expect(values).toEqual([
      entries.sort(),
      assistant
        .demos()
        .map(({ id }) => id)
        .sort(),
    ]);
    expect(slack.refused).toEqual([]);
  });

  test('answers what is written into its search box in a window over it, with the question', async () => {
    const { slack, store } = await startApp();
    const home = await openHome(slack);
    const pick = 'why is my <!channel> database empty after I redeployed?';
    await slack.send('interactive', press(home, 'search_book', '', { pick }));
    const window = await slack.waitFor(({ method }) => method === 'views.open');
    expect(JSON.stringify(window.blocks)).toContain('why is my database empty');
    expect(JSON.stringify(window.blocks)).toContain('run_demo');
    expect(await store.gaps.list('T1', 0)).toEqual([]);
    expect(slack.refused).toEqual([]);
  });

  test('suggests the manifest’s first questions, and answers the one that is pressed', async () => {
    const { slack } = await startApp();
    const home = await openHome(slack);
    for (const { title } of manifestPrompts().slice(0, 3)) expect(JSON.stringify(home.blocks)).toContain(title);
    await slack.send('interactive', press(home, 'ask_prompt_1', ''));
    const window = await slack.waitFor(({ method }) => method === 'views.open');
    expect(JSON.stringify(window.blocks)).toContain('What is a Docker image?');
  });

  test('offers a person for what the book does not know, and tells the state in direct messages', async () => {
    const { slack, store } = await startApp({ ASK_HUMAN: 'C9' });
    const home = await openHome(slack);
    await slack.send('interactive', press(home, 'search_book', '', { pick: 'how do I cook rice on a campfire?' }));
    const window = await slack.waitFor(({ method }) => method === 'views.open');
    await expect.poll(() => store.gaps.list('T1', 0)).toHaveLength(1);
    await slack.send('interactive', press(window, 'ask_human', ''));
    await slack.waitFor(({ fields }) => fields.channel === 'C9');
    const notice = await slack.waitFor(({ fields }) => /^Passed on/.test(fields.text ?? ''));
    expect(notice.fields.channel).toBe('U1');
    expect(slack.refused).toEqual([]);
  });

  test('shows a chosen answer in the window in which the choice was offered', async () => {
    const { slack, assistant } = await startApp({}, withChoices);
    const home = await openHome(slack);
    await slack.send('interactive', press(home, 'search_book', '', { pick: 'volume' }));
    const window = await slack.waitFor(({ method }) => method === 'views.open');
    await slack.send('interactive', press(window, 'choose_entry', ''));
    const answer = await slack.waitFor(({ method }) => method === 'views.update');
    expect(JSON.stringify(answer.blocks)).toContain(assistant.chapters()[0]?.entries[0]?.title);
    expect(slack.refused).toEqual([]);
  });

  test('lists what was asked lately by its title, behind one menu', async () => {
    const { slack, assistant } = await startApp();
    await slack.send('events_api', message('what is a volume?'));
    await slack.send('events_api', mention('what is an image?'));
    await slack.waitFor(() => slack.calls.filter(({ method }) => method === 'chat.postMessage').length === 2);
    const find = () => assistant.conversations.askedLately('T1', { person: 'U1', seesPublic: false });
    await expect.poll(async () => (await find()).length).toBe(2);
    const home = await openHome(slack);
    expect(controls(home).filter((id) => id.startsWith('show_entry'))).toEqual(['show_entry_1', 'show_entry']);
    const [latest = ''] = await find();
    await slack.send('interactive', press(home, 'show_entry_1', '', { pick: latest }));
    const window = await slack.waitFor(({ method }) => method === 'views.open');
    expect(JSON.stringify(window.blocks)).toContain(assistant.show(latest)?.title);
    expect(slack.refused).toEqual([]);
  });

  test('and the settings that it opens have no button of more than 24 characters', async () => {
    const { slack, assistant } = await startApp({ ADMINS: 'U1' });
    await assistant.settings.change('T1', { dailyDemoBudget: 7 });
    const home = await openHome(slack);
    await slack.send('interactive', press(home, 'open_settings', ''));
    const window = await slack.waitFor(({ method }) => method === 'views.open');
    const labels = [home, window].flatMap(({ blocks = [] }) =>
      [
        ...JSON.stringify(blocks).matchAll(
          /"type":"button","action_id":"\w+","text":\{"type":"plain_text","text":"([^"]+)"/g,
        ),
      ].map(([, label = '']) => label),
    );
    expect(labels).toContain('Forget these settings');
    expect(labels.filter((label) => label.length > 24)).toEqual([]);
  });

  test('comes without its search box where that is refused', async () => {
    const { slack } = await startApp({}, undefined, ({ lacks }) => void lacks.blocks.set('input', 'invalid_blocks'));
    const home = await openHome(slack);
    expect(controls(home)).toContain('show_entry');
    expect(controls(home)).not.toContain('search_book');
  });
});
