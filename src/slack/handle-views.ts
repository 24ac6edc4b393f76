import type { App } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { viewIds } from './action-ids.ts';
import type { Requester } from './demo-runs.ts';
import { noticeView } from './entry-view.ts';
import { takeSettings } from './settings-actions.ts';
import type { SurfaceParts } from './slack-surface.ts';
import { takeReason } from './vote-reason.ts';

/** A modal that was sent back. */
export interface Submission {
  readonly who: Requester;
  /** What the modal remembers, as JSON; null where it remembers nothing. */
  readonly metadata: unknown;
  /** What was put in, by block and action (https://docs.slack.dev/reference/views#view-state); to be parsed. */
  readonly values: unknown;
}

/** What becomes of a modal: it closes, belongs to another version, stays open with what to correct, or says something. */
export type SubmissionAnswer =
  | 'done'
  | 'outdated'
  | { readonly errors: Readonly<Record<string, string>> }
  | { readonly notice: string };

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
export function handleViews(app: App, parts: SurfaceParts): void {
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
  parts: SurfaceParts,
  client: WebClient,
  { user, team, view }: z.output<typeof submissionSchema>,
): Promise<SubmissionAnswer> {
  const submission: Submission = {
    who: { team: team?.id ?? user.team_id ?? '', user: user.id },
    metadata: readMetadata(view.private_metadata),
    values: view.state.values,
  };
  switch (view.callback_id) {
    case viewIds.voteReason:
      return takeReason(parts, submission);
    case viewIds.settings:
      return takeSettings(parts, client, submission);
    default:
      return 'outdated';
  }
}

function readMetadata(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
