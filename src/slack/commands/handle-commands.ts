import { randomUUID } from 'node:crypto';
import type { App } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { answerQuestion, noteAnswered } from '../answers/answer.ts';
import { speaksIn } from '../answers/answer-channels.ts';
import { plainMessage } from '../blocks/message.ts';
import { homeAddress } from '../home/home-link.ts';
import { answerLook } from '../layers/answer-look.ts';
import { openGaps } from '../open-questions/open-gaps.ts';
import type { Needs } from '../parts.ts';
import type { Polls } from '../polls/polls.ts';
import type { DemoRuns } from '../runs/demo-runs.ts';
import { tellElsewhere } from '../runs/elsewhere.ts';
import { expectRun } from '../runs/expect-run.ts';
import { isAdmin } from '../settings/is-admin.ts';
import { settingsOf } from '../settings/settings-of.ts';
import { orTell } from '../transport/failure.ts';
import { type AnswerPrivately, privateAnswers, tellerOf } from '../transport/private-reply.ts';
import { readSlashCommand } from './slash-command.ts';

/**
 * Answers the slash command, whatever name the app's manifest gives it: privately. A demo runs in the channel, or in
 * the conversation with the person where the bot does not speak.
 */
export function handleCommands(
  app: App,
  parts: Needs<'assistant' | 'log' | 'people' | 'ownTurn' | 'pictures'>,
  runs: DemoRuns,
  polls: Polls,
): void {
  const { assistant, log } = parts;

  async function answer(client: WebClient, question: string, who: Who, reply: AnswerPrivately): Promise<void> {
    const asking = { team: who.team, place: who.channel, person: who.user, event: who.event };
    const answered = await answerQuestion(parts, question, asking, { question, share: {} });
    await reply(answered.messages);
    expectRun(parts, client, answered, asking);
    await noteAnswered(parts, answered, asking);
  }

  app.command(/.*/, async ({ command, ack, respond, client, context }) => {
    await ack();
    const { user_id: user, channel_id: channel, trigger_id: trigger } = command;
    const who = { team: context.teamId ?? command.team_id, user, channel, event: trigger || randomUUID() };
    const way = command.response_url ? respond : null;
    const tell = tellerOf(client, { channel }, user, way);
    const reply = privateAnswers(way, tell);
    await orTell(log, tell, async () => {
      const home = homeAddress(who.team, command.api_app_id ?? '');
      const request = readSlashCommand(assistant, command.command, command.text ?? '', home);
      switch (request.type) {
        case 'run':
        case 'predict': {
          const { answerChannels } = await settingsOf(parts, who.team);
          const speaks = speaksIn(answerChannels, channel);
          const where = { channel: speaks ? channel : user };
          const what = request.type === 'predict' ? 'The question is' : 'The demo runs';
          const onElsewhere = tellElsewhere(parts, { client, tell }, what, speaks ? 'not-there' : 'not-wanted');
          const demand = { demo: request.demo, who, askedIn: channel, where, onElsewhere };
          if (request.type === 'predict') await polls.open(client, demand);
          else await runs.run(client, demand);
          return;
        }
        case 'ask':
          return answer(client, request.question, who, reply);
        case 'gaps':
          if (await isAdmin(parts, client, who)) return reply([await openGaps(parts, client, who.team)]);
          return reply([plainMessage('Only admins of Dockproof see what was left open.')]);
        case 'look': {
          const asking = { team: who.team, place: who.channel, person: who.user, event: who.event };
          return reply((await answerLook(parts, client, request.wish, asking, 'whole')).messages);
        }
        case 'show':
          return reply(request.messages);
      }
    });
  });
}

/** Who used a command, where, and what tells this use apart. */
interface Who {
  readonly team: string;
  readonly user: string;
  readonly channel: string;
  readonly event: string;
}
