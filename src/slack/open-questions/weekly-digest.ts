import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { WeeklyReport } from '../../assistant/open-questions.ts';
import { contextBlock } from '../blocks/elements.ts';
import type { Workspace } from '../install/workspaces.ts';
import type { Needs } from '../parts.ts';
import { settingsOf } from '../settings/settings-of.ts';
import { post } from '../transport/post.ts';
import { findLinks, gapMessage } from './gap-message.ts';

const day = 24 * 60 * 60 * 1000;

/** What Slack keeps with a report, hidden from people, so that it can be found again. */
const reportType = 'dockproof_weekly_report';
const dismissWords = 'Admins dismiss what needs no answer in my home.';
const historySchema = z.object({
  messages: z
    .array(
      z.object({
        metadata: z.object({ event_type: z.string(), event_payload: z.record(z.string(), z.unknown()) }).optional(),
      }),
    )
    .default([]),
});

/**
 * Posts a team's weekly report where one is wanted.
 * @param now milliseconds since 1970
 * @returns whether it was posted
 * @throws StoreUnavailable, or the client's error; then the next call tries again
 */
export async function postDigest(
  parts: Needs<'assistant' | 'log'>,
  { team, client }: Workspace,
  now: number,
): Promise<boolean> {
  const { assistant, log } = parts;
  const { digestChannel: channel } = await settingsOf(parts, team);
  if (channel === null) return false;
  return assistant.openQuestions.postWeekly(team, now, {
    async find({ week }, from, until) {
      try {
        return await isPosted(client, channel, week, from, until);
      } catch (error) {
        const words = 'nobody can tell whether a weekly report was posted; the next one goes back further';
        log.warn({ team, error }, words);
        return null;
      }
    },
    async post(report) {
      const links = await findLinks(client, report.clusters);
      const message = gapMessage(titleOf(report), report.clusters, { assistant, links, dismissible: false });
      const metadata = { event_type: reportType, event_payload: { week: report.week } };
      await post(
        client,
        { channel },
        { ...message, blocks: [...message.blocks, contextBlock(dismissWords)] },
        metadata,
      );
    },
  });
}

/** @throws the client's error, for example without the optional scope that lets the bot read the channel */
async function isPosted(
  client: WebClient,
  channel: string,
  number: number,
  from: number,
  until: number,
): Promise<boolean> {
  const oldest = String(Math.floor(from / 1000));
  const latest = String(Math.ceil(until / 1000));
  const told = await client.conversations.history({ channel, oldest, latest, limit: 200, include_all_metadata: true });
  return historySchema
    .parse(told)
    .messages.some(({ metadata }) => metadata?.event_type === reportType && metadata.event_payload.week === number);
}

function titleOf({ since, now }: WeeklyReport): string {
  if (now - since < 8 * day) return 'What I could not answer in the last seven days';
  const date = new Date(since).toLocaleDateString('en-GB', { day: 'numeric', month: 'long', timeZone: 'UTC' });
  return `What I could not answer since ${date}`;
}
