import { expect, test } from 'vitest';
import { isTakenBack } from '../../../src/assistant/answering/taken-back.ts';

test.each([
  '',
  '   ',
  '-',
  '…',
  'never mind',
  'Nevermind!',
  'nvm',
  'oh, never mind.',
  'ok nvm, found it',
  'sorry, wrong channel',
  'wrong thread, sorry',
  'please ignore this',
  'ignore me',
  'forget it',
  'Forget about it, thanks',
  'scratch that',
  'disregard',
  'solved',
  'EDIT: solved it myself',
  'got it, thank you',
  'I found it',
  'fixed it, my bad',
  'deleted',
])('an edit to "%s" takes the question back', (text) => {
  expect(isTakenBack(text)).toBe(true);
});

test.each([
  'what is a volume?',
  'help',
  'hello',
  'why is my container ignored by compose?',
  'solved: which volume is it?',
  'never mind the cost, how do I back up a volume?',
  'how do I ignore this file in a build?',
  'I deleted the volume, is it gone?',
  'fixed address for a container',
  'found it in the logs: exit code 137',
  'is a removed container gone?',
  'forget it, what about bind mounts?',
  'got it, and with compose?',
])('an edit to "%s" does not', (text) => {
  expect(isTakenBack(text)).toBe(false);
});
