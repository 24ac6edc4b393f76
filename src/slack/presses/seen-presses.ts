import type { Press } from './read-press.ts';

/** Presses remembered at most; Slack repeats one within minutes, if at all. */
const remembered = 5000;

/** Makes what tells whether a press comes for the first time: a repeated delivery does nothing a second time. */
export function createSeenPresses(): (press: Press) => boolean {
  const seen = new Set<string>();
  return ({ who, where, message, modal, action, value, stamp }) => {
    if (stamp === null) return true;
    const key = JSON.stringify([who.team, who.user, where?.channel, message, modal, action, value, stamp]);
    if (seen.has(key)) return false;
    seen.add(key);
    for (const oldest of seen) {
      if (seen.size <= remembered) break;
      seen.delete(oldest);
    }
    return true;
  };
}
