import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { type InstallURLOptions, InvalidStateError, type StateStore } from '@slack/oauth';
import type { TakenRequests } from './kept.ts';

/** Milliseconds for which somebody may take to allow the installation. */
const lifetime = 10 * 60_000;

/**
 * Makes and checks what travels through Slack during an installation, so that nobody can end one that they did not
 * begin: signed, short-lived, and good for one use across all processes.
 * @param secret SLACK_STATE_SECRET
 * @param options what an installation asks for, the same for each
 */
export function createStateStore(secret: string, options: InstallURLOptions, seen: TakenRequests): StateStore {
  const sign = (text: string) => createHmac('sha256', secret).update(`dockproof install ${text}`).digest('base64url');
  return {
    async generateStateParam(_, now) {
      const text = `${now.getTime()}.${randomBytes(18).toString('base64url')}`;
      return `${text}.${sign(text)}`;
    },
    async verifyStateParam(now, state) {
      const end = state.lastIndexOf('.');
      const text = state.slice(0, Math.max(end, 0));
      const [begun = '', nonce = ''] = text.split('.');
      if (!isSame(state.slice(end + 1), sign(text))) throw new InvalidStateError('The state is not ours');
      const age = now.getTime() - Number(begun);
      if (!(age >= 0 && age <= lifetime)) throw new InvalidStateError('The state is too old');
      if (!(await seen.take('', 'install', nonce, now.getTime())))
        throw new InvalidStateError('The state was used before');
      return options;
    },
  };
}

function isSame(given: string, right: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(right)];
  return one.length === other.length && timingSafeEqual(one, other);
}
