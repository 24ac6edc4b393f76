import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import { z } from 'zod';
import { readText, shorten } from '../blocks/slack-text.ts';
import { slackErrorOf } from '../transport/post.ts';
import type { Requester } from './requester.ts';

/** Milliseconds for which Slack's word about a person is taken: a change is seen soon, a burst asks once. */
const remembered = 60_000;
/** People remembered at most. */
const mostPeople = 5000;

/** What Slack says about a person. */
export interface PersonFacts {
  /** An admin or owner of the workspace. */
  readonly workspaceAdmin: boolean;
  /** A guest of the workspace, or somebody of a connected one. */
  readonly guest: boolean;
  /** What colleagues call them, as plain text of one line; null where Slack does not tell. */
  readonly name: string | null;
}

/** Tells who people are. */
export interface People {
  /** Looks a person up. @returns null where Slack does not tell, for example without the scope `users:read` */
  look(client: WebClient, who: Requester): Promise<PersonFacts | null>;
}

/** Characters of a name that are shown. */
const longestName = 60;

/** False too where it is left out, or null. */
const flag = z.boolean().nullish().transform(Boolean);
/** The fields that are used (https://docs.slack.dev/reference/objects/user-object). */
const userSchema = z.object({
  team_id: z.string().nullish(),
  is_admin: flag,
  is_owner: flag,
  is_restricted: flag,
  is_ultra_restricted: flag,
  is_stranger: flag,
  name: z.string().nullish(),
  real_name: z.string().nullish(),
  profile: z.object({ display_name: z.string().nullish(), real_name: z.string().nullish() }).nullish(),
  /** Of an organisation with several workspaces: those that the person is in. */
  enterprise_user: z.object({ teams: z.array(z.string()).nullish() }).nullish(),
});
/** What stands in Slack's place at SLACK_API_URL, and does not know of people, knows no guests either. */
const nobodySpecial: PersonFacts = { workspaceAdmin: false, guest: false, name: null };

/** Makes what looks people up with `users.info`, remembering each briefly. */
export function createPeople(log: Logger, now: () => number = Date.now): People {
  const known = new Map<string, { readonly until: number; readonly facts: Promise<PersonFacts | null> }>();

  async function ask(client: WebClient, { team, user }: Requester): Promise<PersonFacts | null> {
    try {
      const { user: told } = await client.users.info({ user });
      // Slack itself always tells of the person that it was asked for.
      if (told === undefined) return nobodySpecial;
      const { team_id: home, enterprise_user: organisation, ...person } = userSchema.parse(told);
      const elsewhere = home != null && team !== '' && home !== team;
      const connected = person.is_stranger || (elsewhere && organisation?.teams?.includes(team) !== true);
      return {
        workspaceAdmin: !connected && (person.is_admin || person.is_owner),
        guest: connected || person.is_restricted || person.is_ultra_restricted,
        name: nameIn(person),
      };
    } catch (error) {
      if (slackErrorOf(error) === 'unknown_method') return nobodySpecial;
      log.warn({ error }, 'Slack does not tell who a person is');
      return null;
    }
  }

  return {
    look(client, who) {
      const key = `${who.team}/${who.user}`;
      const found = known.get(key);
      if (found && found.until > now()) return found.facts;
      known.delete(key);
      const facts = ask(client, who);
      known.set(key, { until: now() + remembered, facts });
      for (const oldest of known.keys()) {
        if (known.size <= mostPeople) break;
        known.delete(oldest);
      }
      // What Slack did not tell is asked anew the next time.
      void facts.then((told) => told ?? known.delete(key));
      return facts;
    },
  };
}

/** The name that they chose themselves, else the one that they were given. People write names, so they are cleaned. */
function nameIn({ name, real_name, profile }: z.output<typeof userSchema>): string | null {
  for (const given of [profile?.display_name, profile?.real_name, real_name, name]) {
    const shown = shorten(readText(given ?? ''), longestName);
    if (shown !== '') return shown;
  }
  return null;
}
