import fc from 'fast-check';

/**
 * Texts that try to break whoever reads them: control and invisible characters, right-to-left marks, emoji, Slack
 * markup, patterns that make regular expressions slow, 100,000 characters.
 */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc.stringMatching(/^[<>@#|!*`~ a-z]{0,200}$/),
  fc.string({ unit: fc.constantFrom(...'\0\u0007\u001b\u200b\u200f\u202e\u2066\u2069\ufeff docker'), maxLength: 200 }),
  fc.constantFrom(
    'a'.repeat(100_000),
    'docker '.repeat(15_000),
    'a-'.repeat(50_000),
    "'".repeat(100_000),
    ' '.repeat(100_000),
    '<'.repeat(100_000),
    '<!'.repeat(50_000),
    '&lt;'.repeat(25_000),
    'volumes/'.repeat(12_000),
    'containre volumne imgae '.repeat(4_000),
    '((a+)+)+$'.repeat(500),
    '\u202edocker\u202c',
    '\ud800',
    '👩‍👩‍👧‍👦'.repeat(5_000),
    'ﷺ'.repeat(33_000),
    '<!channel>'.repeat(2000),
    '<@U012AB3CD>'.repeat(2000),
    '{{.State}}'.repeat(999),
  ),
);
