import { z } from 'zod';
import type { HelpRequest } from '../../assistant/help.ts';
import { longestHelp } from '../../assistant/limits.ts';
import { plainElement } from '../blocks/elements.ts';
import { shorten } from '../blocks/slack-text.ts';
import { viewIds } from '../presses/action-ids.ts';
import type { Modal } from '../transport/send-view.ts';

const field = 'answer';
const longestQuestion = 1000;

const answerSchema = z.object({ [field]: z.object({ [field]: z.object({ value: z.string().nullish() }) }) });

/** Asks for the answer to a question. */
export function helpView({ id, question }: Pick<HelpRequest, 'id' | 'question'>): Modal {
  return {
    type: 'modal',
    callback_id: viewIds.helpAnswer,
    private_metadata: JSON.stringify({ id }),
    title: plainElement('Answered'),
    submit: plainElement('Send'),
    close: plainElement('Cancel'),
    blocks: [
      { type: 'section', text: plainElement(shorten(question, longestQuestion)) },
      {
        type: 'input',
        block_id: field,
        optional: true,
        label: plainElement('Your answer'),
        hint: plainElement(
          'I pass it on to whoever asked, and keep it for the entry that is missing. Leave it empty if you told them already.',
        ),
        element: { type: 'plain_text_input', action_id: field, multiline: true, max_length: longestHelp },
      },
    ],
  };
}

/** Reads the answer that came back. @returns null where it is of another version */
export function helpAnswer(values: unknown): string | null {
  const parsed = answerSchema.safeParse(values);
  return parsed.success ? (parsed.data[field][field].value ?? '') : null;
}
