import { AssistantError } from '../../assistant/assistant-error.ts';
import type { Heard, Talk } from '../../assistant/listening.ts';
import type { Answer, Reply } from '../../assistant/reply.ts';
import { plainMessage } from '../blocks/message.ts';
import { shorten } from '../blocks/slack-text.ts';
import { readSlashCommand } from '../commands/slash-command.ts';
import type { Needs } from '../parts.ts';
import { settingsOf } from '../settings/settings-of.ts';
import type { Answered } from './answer.ts';
import { othersOf } from './pressed-options.ts';
import type { Question } from './question.ts';
import { replyMessages } from './reply-message.ts';

/** What a message asks to be done, beside being told something. */
export type Deed = Extract<Heard, { readonly type: 'run' | 'predict' | 'share' | 'stop' }>;

/** What a message means: something to do, or something to say. */
export type Understood =
  | { readonly type: 'deed'; readonly deed: Deed }
  /** `answer` is null where a page was wished, or the message cannot be asked. */
  | { readonly type: 'said'; readonly answered: Answered; readonly answer: Answer | null };

/** Characters of an earlier message that are shown above its answer. */
const quoted = 150;
/** The command as most workspaces have it; a message does not tell what its own is called. */
const command = '/docker';

/** Understands a message; while the book is being learned for the first time, when that is done. */
export async function hear(
  parts: Needs<'assistant' | 'log' | 'ownTurn' | 'pictures'>,
  question: Question,
  talk: Talk,
): Promise<Understood> {
  const { assistant } = parts;
  const pictureOf = ({ figure }: Reply) => ({ picture: parts.pictures.ofFigure(question.team, figure) });
  await assistant.ready();
  const human = (await settingsOf(parts, question.team)).askHuman !== null;
  await parts.ownTurn();
  const asked = { question: question.text, event: question.ts };
  try {
    const heard = await assistant.listen(question.text, talk);
    switch (heard.type) {
      case 'answer': {
        const { answer } = heard;
        // What is voted on, or passed on to a person, is what was asked. An earlier message is shown, to say which.
        const earlier =
          answer.question !== question.text && answer.match.smallTalk === null
            ? shorten(answer.question, quoted)
            : null;
        const options = {
          ...{ asked: { ...asked, question: answer.question }, human, ...pictureOf(answer.reply) },
          ...(earlier === null ? {} : { question: earlier }),
        };
        const messages = replyMessages(answer.reply, options);
        return { type: 'said', answered: { answer, messages }, answer };
      }
      case 'show': {
        const { reply, choices = [] } = heard;
        const { others } = othersOf(assistant, { others: choices.filter((entry) => entry !== reply.entry) });
        const shown = said(question.text, reply, replyMessages(reply, { asked, others, ...pictureOf(reply) }));
        return choices.length === 0 ? shown : { ...shown, answered: { ...shown.answered, choices } };
      }
      case 'more':
        return said(
          question.text,
          heard.reply,
          replyMessages(heard.reply, { asked, length: 'whole', ...pictureOf(heard.reply) }),
        );
      case 'topics':
      case 'demos': {
        const words = heard.type === 'topics' ? 'topics' : 'demo';
        const page = readSlashCommand(assistant, command, words);
        return {
          type: 'said',
          answered: { answer: null, messages: page.type === 'show' ? page.messages : [] },
          answer: null,
        };
      }
      default:
        return { type: 'deed', deed: heard };
    }
  } catch (error) {
    if (!(error instanceof AssistantError)) throw error;
    return { type: 'said', answered: { answer: null, messages: [plainMessage(`${error.message}.`)] }, answer: null };
  }
}

function said(question: string, reply: Reply, messages: Answered['messages']): Understood & { type: 'said' } {
  return { type: 'said', answered: { answer: { question, reply }, messages }, answer: null };
}
