import { expect, test } from 'vitest';
import { manifestRound } from './fuzz-manifests.ts';

test('3,000 spoiled manifests are refused, or told right; npm run fuzz reads more', () => {
  for (let seed = 1; seed <= 3000; seed++) expect(manifestRound(seed), `seed ${seed}`).toBeNull();
});
