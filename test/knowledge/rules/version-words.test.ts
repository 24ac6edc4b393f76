import { describe, expect, test } from 'vitest';
import { versionsInBook } from '../../../src/knowledge/rules/check-rules.ts';
import { bookOf, faultsIn, linesBefore, shippedRules } from './body-faults.ts';

const otherwise = (body: string, claim?: string) =>
  faultsIn(body, claim).filter((fault) => fault.includes('says otherwise'));

describe('words for versions, stores and platforms', () => {
  test.each([
    'It is so since Docker 23.',
    'It is so in Engine 23.',
    'Docker Engine 23.0 and later do it.',
    'It is so since Engine 23.0.',
    'Engine 29+ does it.',
    'It is so from Compose 2.32 on.',
    'Newer versions do it.',
    'Current Compose asks.',
    'Old engines say more.',
    'Take `postgres` 18 and newer.',
    'It needs kernel 5.12.',
    'On a kernel older than 5.11 it fails.',
    'It is the default since 23.0.',
    'With the containerd image store it is kept.',
    'It is so with the legacy store.',
    'With Docker Desktop it is slow.',
    'On Mac it is slow.',
    'With cgroup2 it is counted.',
    'On cgroups v2 it is counted.',
    'An unprivileged engine cannot.',
  ])('refuse: %s', (body) => {
    expect(otherwise(body)).not.toEqual([]);
  });

  test.each([
    'It is so since Engine 23, and before Engine 23 it was not.',
    'Since Compose 2.32 it asks.',
    'Fresh installs since Engine 29 use it.',
    'Before Linux 5.12 it stays writable.',
    'The old limit is `--keep-storage` before Buildx 0.18.',
    'With the containerd store it is kept, with the classic store it is not.',
    'Docker calls it the containerd image store.',
    'On Docker Desktop for macOS it is slow.',
    'On cgroup v2 it is counted.',
    'Rootless, on Windows and with WSL 2 too.',
    '`Engine 23` and `18+, these images` are output.',
    'A newer image does not change it.',
    'You do it sooner or later.',
    'Two containers or 3.5 do it.',
    '`postgres`, since PostgreSQL 18',
  ])('pass: %s', (body) => {
    expect(otherwise(body)).toEqual([]);
  });

  test('hold for claims too', () => {
    expect(otherwise('Text.', 'Newer versions do it at once.')).toEqual([
      expect.stringMatching(/^some-entry\.md:-3: /),
    ]);
  });

  test('are found with file and line, by what they name', () => {
    const book = bookOf(
      'Text.\n\n- Since Engine 23 it asks.\n- On Docker Desktop, and before Engine 28.2, it did not.',
    );
    const found = versionsInBook(book, shippedRules).map(
      ({ phrase, file, line }) => `${phrase} ${file}:${line - linesBefore - 2}`,
    );
    expect(found).toEqual([
      'since Engine 23 some-entry.md:3',
      'before Engine 28.2 some-entry.md:4',
      'on Docker Desktop some-entry.md:4',
    ]);
  });
});
