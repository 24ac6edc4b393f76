import type { App } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { noticeView } from '../answers/entry-view.ts';
import { takeReason } from '../answers/vote-reason.ts';
import { showReason, takeHelpAnswer } from '../open-questions/help-actions.ts';
import type { Needs } from '../parts.ts';
import { takeSettings } from '../settings/settings-actions.ts';
import { type ViewId, viewIds } from './action-ids.ts';
import type { Submission, SubmissionAnswer } from './submission.ts';

/** The fields that are used (https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload). */
const submissionSchema = z.object({
  user: z.object({ id: z.string(), team_id: z.string().optional() }),
  team: z.object({ id: z.string() }).nullish(),
  view: z.object({
    callback_id: z.string(),
    private_metadata: z.string().default(''),
    state: z.object({ values: z.unknown() }),
  }),
});

const outdated = 'This window belongs to another version of me. Close it and open it again.';

/** Takes every modal that is sent back. */
export function handleViews(app: App, parts: Needs<'assistant' | 'log' | 'people'>): void {
  app.view(/.*/, async ({ body, ack, client }) => {
    const parsed = submissionSchema.safeParse(body);
    const answer = parsed.success ? await take(parts, client, parsed.data) : 'outdated';
    if (answer === 'done') await ack();
    else if (answer === 'outdated') await ack({ response_action: 'update', view: noticeView(outdated) });
    else if ('notice' in answer) await ack({ response_action: 'update', view: noticeView(answer.notice) });
    else await ack({ response_action: 'errors', errors: { ...answer.errors } });
  });
}

async function take(
  parts: Needs<'assistant' | 'log' | 'people'>,
  client: WebClient,
  { user, team, view }: z.output<typeof submissionSchema>,
): Promise<SubmissionAnswer> {
  const submission: Submission = {
    who: { team: team?.id ?? user.team_id ?? '', user: user.id },
    metadata: readMetadata(view.private_metadata),
    values: view.state.values,
  };
  const takers = {
    [viewIds.voteReason]: async () => {
      const kept = await takeReason(parts, submission);
      if (kept === 'done') void showReason(parts, client, submission);
      return kept;
    },
    [viewIds.helpAnswer]: () => takeHelpAnswer(parts, client, submission),
    [viewIds.settings]: () => takeSettings(parts, client, submission),
  } satisfies Record<ViewId, () => Promise<SubmissionAnswer>>;
  const taker = new Map<string, () => Promise<SubmissionAnswer>>(Object.entries(takers)).get(view.callback_id);
  return taker === undefined ? 'outdated' : taker();
}

function readMetadata(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
