import { expect, test } from 'vitest';
import { faultsIn } from './body-faults.ts';
import { dangerousPassages } from './dangerous-passages.ts';

test.each(dangerousPassages)('refuses the passage that hid $hides', ({ body, said }) => {
  const faults = faultsIn(body).join('\n');
  for (const each of said) expect(faults).toMatch(each);
});
