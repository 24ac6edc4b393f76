import type { Button, KnownBlock } from '@slack/types';
import type { Card } from '../../assistant/card.ts';
import type { RunDetails } from '../../assistant/run-details.ts';
import { button, plainElement, titleBlock } from '../blocks/elements.ts';
import { slackLimits } from '../blocks/limits.ts';
import { type SlackMessage, toMessages } from '../blocks/message.ts';
import { literal, preformatted, withCode } from '../blocks/rich-text.ts';
import { shortenLines } from '../blocks/slack-text.ts';
import { pictureBlock } from '../pictures/picture-block.ts';
import type { UploadedPicture } from '../pictures/picture-files.ts';
import { actionIds } from '../presses/action-ids.ts';
import type { Modal } from '../transport/send-view.ts';

/** What a card leaves out, by the word on the button that shows it. */
export type DetailKind = 'Commands' | 'Script' | 'Receipt';

/** Characters of one step's commands and output, of a script, and of a claim's values, that are shown. */
const room = { step: 2500, script: 10_000, value: 1000 } as const;

/** The buttons of a card that show what it leaves out; none for what there is not. */
export function detailButtons({ runId, steps, receipt, hasScript }: Card): Button[] {
  const ran = steps.some(({ end }) => end === 'done');
  return [
    ...(ran ? [button(actionIds.showCommands, 'Commands', runId)] : []),
    ...(hasScript ? [button(actionIds.showScript, 'Script', runId)] : []),
    ...(receipt === null ? [] : [button(actionIds.showReceipt, 'Receipt', runId)]),
  ];
}

/**
 * Shows a part of what a run showed in a modal.
 * @param picture the run's life lines, where the workspace has them
 */
export function detailsView(kind: DetailKind, details: RunDetails, picture: UploadedPicture | null = null): Modal {
  const [title, ...rest] = detailsBlocks(kind, details);
  const shown = picture === null ? [] : [pictureBlock(picture)];
  return {
    type: 'modal',
    title: plainElement(kind),
    close: plainElement('Close'),
    blocks: [...(title === undefined ? [] : [title]), ...shown, ...rest].slice(0, slackLimits.blocksPerView),
  };
}

/** The same as messages, for where no modal opens. */
export function detailsMessages(kind: DetailKind, details: RunDetails): SlackMessage[] {
  return toMessages(`${kind}: ${details.title}`, detailsBlocks(kind, details));
}

function detailsBlocks(kind: DetailKind, details: RunDetails): KnownBlock[] {
  const blocks = { Commands: commandBlocks, Script: scriptBlocks, Receipt: receiptBlocks }[kind](details);
  return [titleBlock(details.title), ...blocks];
}

function commandBlocks({ steps }: RunDetails): KnownBlock[] {
  return steps.map(({ title, command, output, ms }, index): KnownBlock => {
    const commands = command.split('\n').map((line) => `$ ${line}`);
    const shown = shortenLines([...commands, ...(output === '' ? [] : [output])].join('\n'), room.step);
    return {
      type: 'rich_text',
      elements: [
        {
          type: 'rich_text_section',
          elements: [literal(`${index + 1}. ${title}`, { bold: true }), literal(`  ${ms} ms`)],
        },
        preformatted(shown, 'shell'),
      ],
    };
  });
}

function scriptBlocks({ demo, script }: RunDetails): KnownBlock[] {
  const shown = shortenLines(script, room.script);
  const words =
    shown === script
      ? 'Try it yourself: plain docker commands with the same outcome. It makes only objects whose names start with demo-, and removes them at the end.'
      : `The beginning. The whole script: ./dockproof demo ${demo} --json, in its field "script".`;
  return [
    {
      type: 'rich_text',
      elements: [{ type: 'rich_text_section', elements: [literal(words)] }, preformatted(shown, 'shell')],
    },
  ];
}

function receiptBlocks({ receipt, claims }: RunDetails): KnownBlock[] {
  const facts = receipt.map(({ name, value }) => ({
    type: 'rich_text_section' as const,
    elements: [literal(`${name} `, { bold: true }), literal(value)],
  }));
  return [
    { type: 'rich_text', elements: [{ type: 'rich_text_list', style: 'bullet', elements: facts }] },
    ...claims.map(({ text, predicted, observed }): KnownBlock => {
      const values = `predicted: ${shortenLines(predicted, room.value)}\nobserved: ${shortenLines(observed, room.value)}`;
      return {
        type: 'rich_text',
        elements: [
          { type: 'rich_text_section', elements: withCode(shortenLines(text, room.value), { bold: true }) },
          preformatted(values),
        ],
      };
    }),
  ];
}
