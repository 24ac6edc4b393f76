import { expect, test } from 'vitest';
import { readLookWish, readLookWords } from '../../../src/slack/layers/look-wish.ts';

test.each([
  ['layers of debian:12', 'debian:12', null],
  ['Layers of nginx?', 'nginx', null],
  ['show me the layers of ghcr.io/owner/app:v1.2 please', 'ghcr.io/owner/app:v1.2', null],
  ['show the layers in the image `localhost:5000/app`', 'localhost:5000/app', null],
  ['layers of python:3.13.', 'python:3.13', null],
  ['layers for 3f2a9c0d1e2f', '3f2a9c0d1e2f', null],
  [`layers of app@sha256:${'a'.repeat(64)}`, `app@sha256:${'a'.repeat(64)}`, null],
  ['compare the layers of app:1 and app:2', 'app:1', 'app:2'],
  ['layers of app:1 vs. app:2', 'app:1', 'app:2'],
])('"%s" wants to see an image', (text, image, other) => {
  expect(readLookWish(text)).toEqual({ image, other, files: false });
});

test.each([
  'what are layers',
  'layers of an image',
  'layers of image',
  'layers of docker',
  'what are the layers of an image for?',
  'how many layers of nginx are shared with debian',
  'layers of security',
  'what do the layers of debian:12 cost',
  'layers',
  `layers of ${'a'.repeat(1000)}`,
])('"%s" is a question for the book', (text) => {
  expect(readLookWish(text)).toBeNull();
});

test('a command takes one image, or two', () => {
  expect(readLookWords(' nginx')).toEqual({ image: 'nginx', other: null, files: false });
  expect(readLookWords(' nginx files')).toEqual({ image: 'nginx', other: null, files: true });
  expect(readLookWords(' a:1 a:2')).toEqual({ image: 'a:1', other: 'a:2', files: false });
  expect(readLookWords('')).toBeNull();
  expect(readLookWords(' caching')).toBeNull();
  expect(readLookWords(' a b c')).toBeNull();
});
