import type { ShowEntry } from '../../assistant/reply.ts';
import type { UploadedPicture } from '../pictures/picture-files.ts';
import type { AnswerRef } from './answer-ref.ts';

/** A question as the buttons of its reply remember it. */
export type Asked = Required<Pick<AnswerRef, 'question' | 'event'>>;

/** How a reply is shown. */
export interface ReplyOptions {
  /** How much of it: what stands alone, or all there is; the short part where left out. */
  readonly length?: 'short' | 'whole';
  /** What was asked, shown above the answer where Slack does not keep it visible. */
  readonly question?: string;
  /** Adds the Share button of a private answer; names the thread that it shares to, if any. */
  readonly share?: { readonly thread?: string };
  /** What whoever shared a private answer is called, where it is shared. */
  readonly sharedBy?: string;
  /** False where no table block is allowed, as in modals. */
  readonly tables?: boolean;
  /** What was asked, for the buttons; without it nothing can be voted on. */
  readonly asked?: Asked;
  /** Whether a person is named who can be asked instead. */
  readonly human?: boolean;
  /** The picture of its idea, where the workspace has it. */
  readonly picture?: UploadedPicture | null;
  /** What the question could mean too, where one of several answers was chosen. */
  readonly others?: readonly Pick<ShowEntry, 'entry' | 'label'>[];
}
