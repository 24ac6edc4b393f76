import type { KnownBlock, RichTextElement } from '@slack/types';
import type { Assistant } from '../../assistant/assistant.ts';
import type { GapCluster } from '../../assistant/open-questions.ts';
import { contextBlock, titleBlock } from '../blocks/elements.ts';
import { type SlackMessage, toMessages } from '../blocks/message.ts';
import { literal } from '../blocks/rich-text.ts';
import { shorten } from '../blocks/slack-text.ts';

/** Groups that one report shows; the terminal shows all. */
const mostClusters = 15;
const longestQuestion = 200;
const mostOthers = 3;

/** Shows what the book lacks: the groups of questions, those that a person was asked first. */
export function gapMessages(title: string, clusters: readonly GapCluster[], assistant: Assistant): SlackMessage[] {
  const shown = clusters.slice(0, mostClusters);
  const lead =
    shown.length === 0
      ? 'Nothing: no question was left open.'
      : shown.map(({ asked, question }) => `${asked}× ${shorten(question, longestQuestion)}`).join('\n');
  return toMessages(`${title}\n${lead}`, [titleBlock(title), ...gapBlocks(clusters, assistant)]);
}

/** The groups as blocks, for messages and views. */
export function gapBlocks(clusters: readonly GapCluster[], assistant: Assistant, most = mostClusters): KnownBlock[] {
  if (clusters.length === 0) return [contextBlock('No question was left open.')];
  const blocks = clusters.slice(0, most).map((cluster) => clusterBlock(cluster, assistant));
  const left = clusters.length - blocks.length;
  const more = left > 0 ? `${left} more: ./dockproof gaps lists all. ` : '';
  return [...blocks, contextBlock(`${more}./dockproof gaps --drafts DIR writes a draft entry for each.`)];
}

function clusterBlock(cluster: GapCluster, assistant: Assistant): KnownBlock {
  const { question, others, asked, escalated, nearest, reasons, permalinks, answers } = cluster;
  const also = others.slice(0, mostOthers).map((other) => shorten(other, longestQuestion));
  const titles = nearest.map((entry) => assistant.show(entry)?.title ?? entry);
  const lines = [
    ...(also.length > 0 ? [`Also: ${also.join(' · ')}`] : []),
    ...(titles.length > 0 ? [`Nearest: ${titles.join(' · ')}`] : []),
    ...reasons.slice(0, mostOthers).map((reason) => `What was wrong: ${shorten(reason, longestQuestion)}`),
  ];
  const links = permalinks
    .slice(0, mostOthers)
    .flatMap((url): RichTextElement[] => [literal(' '), { type: 'link', url, text: 'open' }]);
  return {
    type: 'rich_text',
    elements: [
      {
        type: 'rich_text_section',
        elements: [
          literal(`${asked}× `),
          literal(shorten(question, longestQuestion), { bold: true }),
          ...(escalated > 0
            ? [
                literal(
                  ` (a person was asked ${escalated}×${answers.length > 0 ? `, and answered ${answers.length}×` : ''})`,
                ),
              ]
            : []),
          ...links,
          ...(lines.length > 0 ? [literal(`\n${lines.join('\n')}`)] : []),
        ],
      },
    ],
  };
}
