import { z } from 'zod';
import { longestReason } from '../../assistant/limits.ts';
import type { VoteKey } from '../../assistant/votes.ts';
import { plainElement } from '../blocks/elements.ts';
import { shorten } from '../blocks/slack-text.ts';
import type { Needs } from '../parts.ts';
import { viewIds } from '../presses/action-ids.ts';
import type { Submission, SubmissionAnswer } from '../presses/submission.ts';
import type { Modal } from '../transport/send-view.ts';

/** What can be wrong with an answer. The values are kept, so they never change meaning. */
const reasons = {
  wrong: 'It is wrong',
  'other-question': 'It answers another question',
  incomplete: 'Something is missing',
  unclear: 'I do not understand it',
} as const;

const blocks = { kind: 'kind', words: 'words' } as const;

const keySchema = z.object({ place: z.string(), message: z.string() });
const answerSchema = z.object({
  kind: z.object({ kind: z.object({ selected_option: z.object({ value: z.string() }).nullish() }) }),
  words: z.object({ words: z.object({ value: z.string().nullish() }) }),
});

/** Asks why an answer did not help. */
export function reasonView({ place, message }: Pick<VoteKey, 'place' | 'message'>): Modal {
  return {
    type: 'modal',
    callback_id: viewIds.voteReason,
    private_metadata: JSON.stringify({ place, message }),
    title: plainElement('What was wrong?'),
    submit: plainElement('Send'),
    close: plainElement('Skip'),
    blocks: [
      {
        type: 'input',
        block_id: blocks.kind,
        optional: true,
        label: plainElement('The answer'),
        element: {
          type: 'radio_buttons',
          action_id: blocks.kind,
          options: Object.entries(reasons).map(([value, text]) => ({ text: plainElement(text), value })),
        },
      },
      {
        type: 'input',
        block_id: blocks.words,
        optional: true,
        label: plainElement('What did you look for?'),
        hint: plainElement('Your vote counts already. This helps whoever writes the answers.'),
        element: {
          type: 'plain_text_input',
          action_id: blocks.words,
          multiline: true,
          max_length: longestReason - 100,
        },
      },
    ],
  };
}

/** Keeps the reason that came back. Where it cannot be kept the modal stays open with what was written. */
export async function takeReason(
  { assistant, log }: Needs<'assistant' | 'log'>,
  { who, metadata, values }: Submission,
): Promise<SubmissionAnswer> {
  const key = keySchema.safeParse(metadata);
  const answer = answerSchema.safeParse(values);
  if (!key.success || !answer.success) return 'outdated';
  const kind = answer.data.kind.kind.selected_option?.value ?? '';
  const words = answer.data.words.words.value ?? '';
  const reason = [Object.hasOwn(reasons, kind) ? kind : '', words.trim()].filter((part) => part !== '').join(': ');
  if (reason === '') return 'done';
  try {
    await assistant.votes.giveReason({ team: who.team, person: who.user, ...key.data }, shorten(reason, longestReason));
    return 'done';
  } catch (error) {
    log.error({ error }, 'the reason for a vote could not be kept');
    return { errors: { [blocks.words]: 'I could not keep this just now. Please send it again in a moment.' } };
  }
}

/** A reason as it was kept, in words: what can be wrong with an answer is kept by its name. */
export function reasonWords(reason: string): string {
  const [kind = '', ...words] = reason.split(': ');
  const [, text] = Object.entries(reasons).find(([name]) => name === kind) ?? [];
  return text === undefined ? reason : [text, ...(words.length > 0 ? [words.join(': ')] : [])].join(': ');
}
