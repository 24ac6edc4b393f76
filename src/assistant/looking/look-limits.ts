import type { Person } from '../assistant.ts';
import { AssistantError } from '../assistant-error.ts';

/** How much looking goes on: in all and for one person at once, and for one person within a time in milliseconds. */
const limits = { atOnce: 4, ofOne: 2, inTime: 20, time: 10 * 60_000 } as const;

/** People whose looks are remembered. */
const mostPeople = 5000;

/** Bounds how much people look into images. */
export interface LookLimits {
  /**
   * Lets somebody look. Whoever operates this program is not bounded.
   * @returns what ends it
   * @param files whether the files of an image are read, which takes memory and the engine's time
   * @throws AssistantError `too-many-looks`
   */
  enter(who: Person, files: boolean): () => void;
}

/** Makes what bounds it. @param now milliseconds since 1970 */
export function createLookLimits(now: () => number): LookLimits {
  const begun = new Map<string, number[]>();
  const underWay = new Map<string, number>();
  let all = 0;
  let reading = false;

  const recent = (id: string) => (begun.get(id) ?? []).filter((time) => time > now() - limits.time);

  function refuse(id: string, files: boolean): void {
    if (files && reading)
      throw new AssistantError('too-many-looks', 'I am reading the files of an image already. Try again in a minute');
    if ((underWay.get(id) ?? 0) >= limits.ofOne)
      throw new AssistantError('too-many-looks', 'I am looking into images for you already. Wait for the end of it');
    if (all >= limits.atOnce)
      throw new AssistantError('too-many-looks', `I am looking into ${all} images already. Try again in a minute`);
    if (recent(id).length >= limits.inTime)
      throw new AssistantError(
        'too-many-looks',
        `You had me look into ${limits.inTime} images within ${limits.time / 60_000} minutes. Try again later`,
      );
  }

  return {
    enter({ id, team }, files) {
      if (team === undefined) return () => undefined;
      refuse(id, files);
      reading ||= files;
      const times = [...recent(id), now()];
      // The one that looked last is forgotten last.
      begun.delete(id);
      begun.set(id, times);
      for (const oldest of begun.keys()) {
        if (begun.size <= mostPeople) break;
        begun.delete(oldest);
      }
      underWay.set(id, (underWay.get(id) ?? 0) + 1);
      all++;
      return () => {
        const left = (underWay.get(id) ?? 1) - 1;
        if (left === 0) underWay.delete(id);
        else underWay.set(id, left);
        all--;
        if (files) reading = false;
      };
    },
  };
}
