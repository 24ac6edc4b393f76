import { expect, test } from 'vitest';
import { plainPath } from '../../src/layers/plain-path.ts';

test.each([
  ['usr/share/déjà vu.txt', 'usr/share/déjà vu.txt'],
  ['漢字/Ω', '漢字/Ω'],
  ['a\u001b[2Jb', 'a\\u{1b}[2Jb'],
  ['a\nb\r\tc', 'a\\u{a}b\\u{d}\\u{9}c'],
  ['invoice\u202efdp.exe', 'invoice\\u{202e}fdp.exe'],
  ['a\u0085\u009b31mb\u2028', 'a\\u{85}\\u{9b}31mb\\u{2028}'],
])('the path %j does nothing to what shows it', (path, shown) => {
  expect(plainPath(path)).toBe(shown);
});
