import type { KnownBlock } from '@slack/types';
import type { Card } from '../../assistant/card.ts';
import { type CardTexts, layOutCard, textHeight } from './card-layout.ts';
import { contextBlock, titleBlock } from './elements.ts';
import { literal, paragraph, withCode } from './rich-text.ts';
import { shorten } from './slack-text.ts';

const outcomeMarks = { held: '✅', refuted: '❌', failed: '⚠️', stopped: '⏹️' } as const;

/** Characters of why a run did not come to its end. */
const longestReason = 600;

/**
 * Shows a finished run: the verdict, the claims with what was predicted and observed, a line a step, a line of receipt.
 * @param startedBy what whoever started it is called; null where nobody needs to be told
 */
export function cardBlocks(card: Card, startedBy: string | null): KnownBlock[] {
  const verdict = `${outcomeMarks[card.outcome]} ${card.verdict}`;
  const reason = card.reason === null ? '' : ` ${shorten(card.reason, longestReason)}`;
  const texts = layOutCard(card, textHeight(verdict + reason, 'text') + textHeight(card.title, 'title'));
  const foot = [card.receipt, startedBy === null ? null : startedByWords(startedBy)].filter((line) => line !== null);
  return [
    titleBlock(card.title),
    paragraph([literal(verdict, { bold: true }), ...(reason === '' ? [] : [literal(reason)])]),
    ...claimBlocks(texts),
    ...(texts.steps.length > 0 ? [contextBlock(texts.steps.join('\n'))] : []),
    ...(foot.length > 0 ? [contextBlock(foot.join('\n'))] : []),
  ];
}

function claimBlocks({ small, claims, more }: CardTexts): KnownBlock[] {
  const rest = more === null ? [] : [contextBlock(more)];
  if (small)
    return [...claims.map(({ claim, values }) => contextBlock(`${claim.replaceAll('`', '')}\n${values}`)), ...rest];
  return [...claims.flatMap(({ claim, values }) => [paragraph(withCode(claim)), contextBlock(values)]), ...rest];
}

/** Names whoever started a run, without a ping. */
export function startedByWords(name: string): string {
  return `Started by ${name}`;
}

/** A finished run in one line. */
export function cardText({ title, outcome, verdict, reason, claims }: Card): string {
  const held = claims.filter((claim) => claim.held === true).length;
  const count = claims.length === 0 ? '' : ` ${held} of ${claims.length} claims held.`;
  return `${title}: ${outcomeMarks[outcome]} ${verdict}${count}${reason === null ? '' : ` ${reason}`}`;
}
