import { describe, expect, test } from 'vitest';
import { imageStates } from '../../../src/knowledge/rules/example-images.ts';
import { faultsIn, shippedRules } from './body-faults.ts';

describe('an example image', () => {
  test.each([
    [
      'a version that is not on the list',
      '```console\n$ docker run nginx:1.27\n```',
      /:2: nginx:1\.27 is not among.*Use nginx:1\.30/,
    ],
    ['one in a Dockerfile', '```dockerfile\nARG A=1\nFROM debian:12-slim AS build\n```', /:3: debian:12-slim/],
    ['one in a Compose file', '```yaml\nservices:\n  db:\n    image: postgres:9.6\n```', /:4: postgres:9\.6/],
    ['one in prose', 'Pull `golang:1.24` first.', /:1: golang:1\.24/],
    ['an image that is not on the list', '```dockerfile\nFROM wordpress:6\n```', /"wordpress" is no example image/],
  ])('is refused: %s', (_, body, said) => {
    expect(faultsIn(body).join('\n')).toMatch(said);
  });

  test.each([
    ['a version of the list', '```console\n$ docker run postgres:17\n```'],
    ['a variant of it', '```dockerfile\nFROM node:24-slim\n```'],
    ['no version', '```dockerfile\nFROM nginx:latest\nFROM wordpress\n```'],
    [
      'own names',
      '```dockerfile\nFROM my-app:3 AS build\nFROM build\nFROM registry.example.com/team/app:7\nFROM scratch\n```',
    ],
    ['a stage of the same file', '```dockerfile\nFROM golang:1.27 AS build\nFROM build AS test\n```'],
    ['what is no image', '```console\n$ docker run --user 1000:1000 --publish 127.0.0.1:5432:5432 my-app\n```'],
    ['words of prose', 'Ask nginx:1.27 or anybody.'],
  ])('passes: %s', (_, body) => {
    expect(faultsIn(`For example:\n\n${body}`)).toEqual([]);
  });
});

describe('versions of example images', () => {
  const images = {
    images: [
      { image: 'db', product: 'db', cycles: ['9', '10', '11'] },
      { image: 'tool', cycles: ['1'] },
    ],
    own: [],
  };
  const dates = {
    checked: '2026-08',
    products: { db: { source: 'https://example.org', ends: { '9': '2026-01-31', '10': '2027-01-31', '11': null } } },
  };

  test('have ended, are supported until a day, or without a known end', () => {
    expect(imageStates(images, dates, '2026-11-28')).toEqual([
      { image: 'db', cycle: '9', ends: '2026-01-31', ended: true, instead: '11' },
      { image: 'db', cycle: '10', ends: '2027-01-31', ended: false, instead: '11' },
      { image: 'db', cycle: '11', ends: null, ended: false, instead: '11' },
      { image: 'tool', cycle: '1', ends: undefined, ended: false, instead: null },
    ]);
    expect(imageStates(images, dates, '2026-01-31')[0]?.ended).toBe(false);
  });

  test('are in the table of dates, if the list names a product', () => {
    const { images, endOfLife } = shippedRules;
    const known = images.images.flatMap(({ product, cycles }) =>
      product === undefined
        ? []
        : cycles.map((cycle) => Object.keys(endOfLife.products[product]?.ends ?? {}).includes(cycle)),
    );
    expect(new Set(known)).toEqual(new Set([true]));
  });
});
