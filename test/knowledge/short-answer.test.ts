import { describe, expect, test } from 'vitest';
import { divideBody, gist } from '../../src/knowledge/short-answer.ts';

describe('a body', () => {
  test('is divided at its first heading, and nothing is lost', () => {
    const short = 'It is gone.\n\n| a | b |\n|---|---|\n| 1 | 2 |';
    const more = '## Why\n\nSo.\n\n## How\n\nThus.';
    expect(divideBody(`${short}\n\n${more}\n`)).toEqual({ short, more });
    expect(divideBody(short)).toEqual({ short, more: '' });
    expect(divideBody(more)).toEqual({ short: '', more });
  });

  test.each([
    [
      'its first sentence',
      'It is gone, unless it was in a volume. The rest stays.',
      'It is gone, unless it was in a volume.',
    ],
    ['two where the first is very short', 'No. An image only holds files. It rests.', 'No. An image only holds files.'],
    ['without marks', '**No**, `docker stop` keeps *it* all, always. Really.', 'No, docker stop keeps it all, always.'],
    ['over a line’s end', 'A volume is\na directory of the host. More.', 'A volume is a directory of the host.'],
    [
      'not cut within a version or a file’s name',
      'Since Engine 24.0 use compose.yaml for it. Then go.',
      'Since Engine 24.0 use compose.yaml for it.',
    ],
    ['without the colon that announces something', 'In four ways:\n\n- one', 'In four ways.'],
    [
      'at a word’s end where it is long',
      `It ${'goes on and '.repeat(20)}ends.`,
      `It ${'goes on and '.repeat(9)}goes on…`,
    ],
    [
      'at a clause’s end, where one is near',
      `Volumes, logs and settings are below the engine's data root; ${'and more '.repeat(20)}.`,
      "Volumes, logs and settings are below the engine's data root…",
    ],
    ['nothing where it begins with no words', '## Why\n\nSo.', ''],
  ])('says in one line %s', (_, body, line) => {
    expect(gist(body)).toBe(line);
  });
});
