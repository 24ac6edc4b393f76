import type { ActionsBlock, KnownBlock, RichTextElement } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import type { Assistant } from '../../assistant/assistant.ts';
import type { GapCluster } from '../../assistant/open-questions.ts';
import { reasonWords } from '../answers/vote-reason.ts';
import { contextBlock, plainElement, titleBlock } from '../blocks/elements.ts';
import { slackLimits } from '../blocks/limits.ts';
import { menu } from '../blocks/menu.ts';
import { type SlackMessage, toMessage } from '../blocks/message.ts';
import { literal } from '../blocks/rich-text.ts';
import { shorten } from '../blocks/slack-text.ts';
import { actionIds } from '../presses/action-ids.ts';
import { permalinkTo } from '../transport/permalink.ts';
import { writeDismissal } from './dismissal.ts';

/** Groups that one report shows; the terminal shows all. */
const mostClusters = 15;
const longestQuestion = 150;
const mostOthers = 3;

/** How groups are shown. */
export interface GapView {
  readonly assistant: Pick<Assistant, 'show'>;
  /** The address of each group's latest question, by the group's id. */
  readonly links: ReadonlyMap<string, string>;
  /** Whether those who see it may leave groups out. */
  readonly dismissible: boolean;
}

/** Finds where the groups that a report shows were asked. */
export async function findLinks(
  client: WebClient,
  clusters: readonly GapCluster[],
): Promise<ReadonlyMap<string, string>> {
  const found = await Promise.all(
    clusters.slice(0, mostClusters).map(async ({ id, permalinks: [known = null], places }) => {
      if (known !== null) return [id, known] as const;
      for (const { place, event } of places) {
        const address = await permalinkTo(client, place, event);
        if (address !== null) return [id, address] as const;
      }
      return null;
    }),
  );
  return new Map(found.filter((link) => link !== null));
}

/** Shows what the book lacks in one message: the groups of questions, those that a person was asked first. */
export function gapMessage(title: string, clusters: readonly GapCluster[], view: GapView): SlackMessage {
  const shown = clusters.slice(0, mostClusters);
  const lead =
    shown.length === 0
      ? 'Nothing: no question was left open.'
      : shown.map(({ asked, question }) => `${asked}× ${shorten(question, longestQuestion)}`).join('\n');
  return toMessage(`${title}\n${lead}`, [titleBlock(title), ...gapBlocks(clusters, view)]);
}

/** The groups as blocks, as many as one message has room for. */
export function gapBlocks(clusters: readonly GapCluster[], view: GapView, most = mostClusters): KnownBlock[] {
  if (clusters.length === 0) return [contextBlock('No question was left open.')];
  for (let count = Math.min(most, clusters.length); count > 0; count--) {
    const blocks = layOut(clusters, count, view);
    if (JSON.stringify(blocks).length <= slackLimits.blocksJson) return blocks;
  }
  return [contextBlock(restWords(clusters.length))];
}

function layOut(clusters: readonly GapCluster[], count: number, view: GapView): KnownBlock[] {
  const shown = clusters.slice(0, count);
  return [
    ...shown.map((cluster, index) => clusterBlock(cluster, index + 1, view)),
    ...(view.dismissible ? [dismissBlock(shown)] : []),
    contextBlock(restWords(clusters.length - count)),
  ];
}

function restWords(left: number): string {
  const more = left > 0 ? `${left} more: ./dockproof gaps lists all. ` : '';
  return `${more}./dockproof gaps --drafts DIR writes a draft entry for each.`;
}

function clusterBlock(cluster: GapCluster, number: number, { assistant, links }: GapView): KnownBlock {
  const { id, question, others, asked, people, nearest, reasons } = cluster;
  const also = others.slice(0, mostOthers).map((other) => shorten(other, longestQuestion));
  const titles = nearest.map((entry) => shorten(assistant.show(entry)?.title ?? entry, longestQuestion));
  const lines = [
    `Asked ${asked}× by ${people === 1 ? 'one person' : `${people} people`}${helpWords(cluster)}.`,
    ...(also.length > 0 ? [`Also: ${also.join(' · ')}`] : []),
    ...(titles.length > 0 ? [`Nearest: ${titles.join(' · ')}`] : []),
    ...reasons.slice(0, mostOthers).map((reason) => `What was wrong: ${shorten(reasonWords(reason), longestQuestion)}`),
  ];
  const url = links.get(id);
  const link: RichTextElement[] = url === undefined ? [] : [literal(' '), { type: 'link', url, text: 'Open it' }];
  return {
    type: 'rich_text',
    elements: [
      {
        type: 'rich_text_section',
        elements: [
          literal(`${number}. `),
          literal(shorten(question, longestQuestion), { bold: true }),
          ...link,
          literal(`\n${lines.join('\n')}`),
        ],
      },
    ],
  };
}

function helpWords({ escalated, answers }: GapCluster): string {
  if (escalated === 0) return '';
  return `, a person was asked ${escalated}×${answers.length > 0 ? ` and answered ${answers.length}×` : ''}`;
}

/** One menu for all groups, which asks before it does anything. */
function dismissBlock(shown: readonly GapCluster[]): ActionsBlock {
  const lines = shown.map((cluster, index) => ({
    label: `${index + 1}. ${cluster.question}`,
    value: writeDismissal(cluster),
  }));
  const confirm = {
    title: plainElement('Leave it out?'),
    text: plainElement('These questions are shown no more, unless somebody asks a person. Nobody is told.'),
    confirm: plainElement('Leave it out'),
    deny: plainElement('Keep it'),
  };
  return { type: 'actions', elements: [{ ...menu(actionIds.dismissGap, 'Dismiss a question', lines), confirm }] };
}
