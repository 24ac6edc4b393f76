import fc from 'fast-check';
import { hostileText } from '../matching/hostile-text.ts';

/** What people could write to make a bot ping, forge blocks, or break its formatting. */
const pieces = fc.constantFrom(
  '<!channel>',
  '<!here|here>',
  '<!everyone>',
  '<!subteam^S012AB3CD|@ops>',
  '<@U012AB3CD>',
  '<@U012AB3CD|ann>',
  '<#C012AB3CD|general>',
  '<!date^1392734382^{date_num}^https://x.test/|soon>',
  '<https://x.test/|<!channel>>',
  '<https://x.test/?a=1&amp;b=2|click *me*>',
  '<mailto:a@x.test|<@U012AB3CD>>',
  '&lt;!channel&gt;',
  '&amp;lt;!here&amp;gt;',
  '@channel @here @everyone',
  '{"type":"section","text":{"type":"mrkdwn","text":"<!channel>"}}',
  '[{"type":"actions","elements":[{"type":"button","action_id":"run_demo","value":"x"}]}]',
  '```',
  '``` docker run ```',
  '`',
  '*_~`*_~',
  '> > > > quote',
  '| a | b |\n|---|---|\n| <!here> | `|` |',
  '[link](javascript:alert(1))',
  '![image](https://x.test/a.png)',
  '<script>alert(1)</script>',
  '\u200b\u200c\u200d\u2060\ufeff',
  '\u202e\u2066\u2067',
  '\u0000\u001b[31m',
  '\ud800',
  '👩‍👩‍👧‍👦',
  'Ḑ̶̡o̴̢c̵̛k̷e̸r̶',
  '\n\n\n',
  'why is my database empty after I redeployed?',
  'docker volume',
  'what is an image',
  'image',
  '/docker demo',
  'help',
);

/** A message that somebody hostile could write. */
export const hostileMessage: fc.Arbitrary<string> = fc.oneof(
  { weight: 19, arbitrary: fc.array(pieces, { minLength: 1, maxLength: 12 }).map((parts) => parts.join(' ')) },
  { weight: 9, arbitrary: fc.array(pieces, { minLength: 1, maxLength: 6 }).map((parts) => parts.join('')) },
  {
    weight: 1,
    arbitrary: fc.tuple(pieces, fc.integer({ min: 100, max: 4000 })).map(([piece, times]) => piece.repeat(times)),
  },
  { weight: 1, arbitrary: hostileText },
);

/** So many hostile messages, the same each time. */
export function hostileMessages(count: number): string[] {
  return fc.sample(hostileMessage, { numRuns: count, seed: 20_261_123 });
}
