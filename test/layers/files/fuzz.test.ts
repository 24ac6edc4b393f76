import { expect, test } from 'vitest';
import { fuzzRound } from './fuzz-archives.ts';

test('300 spoiled and wild archives are refused, told of, or counted right; npm run fuzz reads more', async () => {
  for (let seed = 1; seed <= 300; seed++) expect(await fuzzRound(seed), `seed ${seed}`).toBeNull();
});
