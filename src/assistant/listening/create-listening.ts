import type { Answers, Demos } from '../assistant.ts';
import type { Heard, Listening, Talk, Wish } from '../listening.ts';
import type { Reply } from '../reply.ts';
import { askInTalk } from './ask-in-talk.ts';
import { pickOffered } from './pick-offered.ts';
import { readWish } from './read-wish.ts';
import { hintFor, lacking, restOf, withoutDemo } from './spoken-replies.ts';

/** What listening is made of. */
export interface ListeningParts extends Pick<Answers, 'ask' | 'show'>, Pick<Demos, 'demos'> {}

/** Makes what understands messages. */
export function createListening(parts: ListeningParts): Listening {
  const ids = () => parts.demos().map(({ id }) => id);

  /** Goes on with the demo that is spoken of, or says what to do where there is none. */
  function withDemo(named: string | null, shown: Reply | null, go: (demo: string) => Heard): Heard {
    if (named !== null) return go(named);
    const action = shown?.actions.find(({ type }) => type === 'run-demo');
    if (action?.type === 'run-demo') return go(action.demo);
    return shown === null ? { type: 'demos' } : { type: 'show', reply: withoutDemo(shown) };
  }

  function carryOut(wish: Wish, talk: Talk): Heard | null {
    const shown = talk.entry === null ? null : parts.show(talk.entry);
    switch (wish.type) {
      case 'run':
        return withDemo(wish.demo, shown, (demo) => ({ type: 'run', demo, stepByStep: wish.stepByStep }));
      case 'again':
        return withDemo(null, shown, (demo) => ({ type: 'run', demo, stepByStep: false }));
      case 'predict':
        return withDemo(wish.demo, shown, (demo) => ({ type: 'predict', demo }));
      case 'more':
      case 'why':
        return shown === null ? null : { type: 'more', reply: restOf(shown) };
      case 'pick': {
        const entry = pickOffered(wish.which, talk);
        const reply = entry === null ? null : parts.show(entry);
        return reply && { type: 'show', reply, ...(isBeside(talk.offered, shown) ? {} : { choices: talk.offered }) };
      }
      case 'share':
        return shown?.entry == null ? { type: 'show', reply: lacking.share } : { type: 'share' };
      case 'stop':
      case 'topics':
      case 'demos':
        return { type: wish.type };
    }
  }

  return {
    async listen(text, talk) {
      const wish = readWish(text, ids());
      const heard = wish === null ? null : carryOut(wish, talk);
      if (heard !== null) return heard;
      const answer = await askInTalk(parts.ask, text, talk);
      // What goes on from an answer needs one.
      const lost = wish !== null && wish.type !== 'pick' && answer.reply.kind === 'unknown';
      return lost ? { type: 'show', reply: lacking.answer } : { type: 'answer', answer };
    },
    hint: hintFor,
  };
}

/** Whether entries are those that stand beside an answer, not choices that it was itself one of. */
function isBeside(offered: readonly string[], shown: Reply | null): boolean {
  const actions = shown?.actions ?? [];
  return offered.every((entry) => actions.some((action) => action.type === 'show-entry' && action.entry === entry));
}
