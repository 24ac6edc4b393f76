/** How many words of a text are read. */
const mostWords = 400;

const commonFolders = new Set(['var', 'lib', 'usr', 'etc', 'opt', 'home', 'mnt', 'bin', 'local', 'root']);
const dockerHome = '/var/lib/docker';

/**
 * Splits clean lower-case text into words, keeping what Docker's users write as one: `/var/lib/docker` stays whole,
 * `--mount=type=secret` gives mount, type and secret, `.dockerignore` loses its dot, `don't` becomes dont.
 * @returns the first 400
 */
export function splitWords(text: string): string[] {
  const words: string[] = [];
  for (const chunk of text.split(/[\s"`()[\]{}<>,;!?*“”«»…|]+/)) {
    for (const word of wordsOf(chunk)) {
      if (words.length === mostWords) return words;
      words.push(word);
    }
  }
  return words;
}

function wordsOf(chunk: string): string[] {
  const plain = chunk.replaceAll("'", '');
  if (/^-[a-z]$/.test(plain)) return [plain];
  if (plain === '&&' || plain === '&') return [plain];
  const parts = plain.split(/[^\p{L}\p{N}_]+/u).filter((part) => part !== '');
  if (!plain.includes('/')) return parts;
  const rest = parts.filter((part) => !commonFolders.has(part));
  return plain.includes(dockerHome) ? ['varlibdocker', ...rest.filter((part) => part !== 'docker')] : rest;
}
