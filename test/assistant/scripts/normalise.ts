/** Lines of a build that name this run, or pass. */
const passing = [
  /^ ---> <id>$/,
  /^ ---> Running in <id>$/,
  /^Removing intermediate container <id>$/,
  /^\s*<n> (?:sh -c )?timeout -s KILL/,
  /^0B\tLABEL dockproof\./,
];

/** The instruction that labels an image of this run, with what the builder says of it. */
const labelling = /^Step \d+\/\d+ : LABEL dockproof\..*\n(?: ---> Using cache\n)?/gm;

/** What differs between any two runs, or between a run of Dockproof and the client, and carries no meaning. */
const volatile: readonly (readonly [RegExp, string])[] = [
  [/dockproof-[0-9a-f]{8}-/g, 'demo-'],
  [/dockproof\/base:1/g, 'demo-base'],
  [/(?:sha256:)?\b(?:[0-9a-f]{64}|[0-9a-f]{12})\b/g, '<id>'],
  // Names that the engine gives: host names and directories of layers.
  [/^The Docker engine refused to [^:]+: /, ''],
  [/^Step \d+\/\d+ : /, 'Step : '],
  // An address that the engine gave.
  [/\b(?:10|172|192\.168)(?:\.\d+){2,3}\b/g, '<address>'],
  // A process list: ids of processes, and the time limit that Dockproof puts around a container's command.
  [/^\s*\d+ +(?:\{\w+\} )?(?=(?:\/sbin\/docker-init|sh|sleep|ps|timeout)\b)/, '<n> '],
  [/(docker-init --) timeout -s KILL \d+/, '$1'],
  // How long something ran or was up, and memory in use and at most.
  [/\b(Up|Created|Exited \(\d+\)) (?:Less than a|About an?|\d+) (?:second|minute)s?\b/, '$1 <time>'],
  [/^\d+\.\d+$/, '<n>'],
  [/^[\d.]+[KMG]?i?B \/ [\d.]+[KMG]iB$/, '<memory>'],
  // A history tells an instruction as its builder writes it.
  [/^(\d[\d.]*[kM]?B\t)(?:\/bin\/sh -c (?:#\(nop\)\s+)?|RUN )?/, '$1'],
  // The disk usage of the engine as a whole: the rows are compared, not what others keep on it.
  [/^images: .*|^Images .*/, 'images'],
  [/^containers: .*|^Containers .*/, 'containers'],
  [/^volumes: .*|^Local Volumes .*/, 'volumes'],
  [/^buildCache: .*|^Build Cache .*/, 'build cache'],
];

/**
 * Makes lines comparable: what must differ from run to run becomes a placeholder, what only passes is left out.
 * @param extraLayers layers that the images of this text have more than the demo's
 */
export function normalise(text: string, extraLayers = 0): string[] {
  const lines = text
    .replace(labelling, '')
    .split('\n')
    .map((line) => {
      const plain = volatile.reduce((result, [pattern, replacement]) => result.replace(pattern, replacement), line);
      return plain.replace(/\b(\d+) layers\b/, (_, count) => `${Number(count) - extraLayers} layers`).trimEnd();
    });
  return lines.filter((line) => line !== '' && !passing.some((pattern) => pattern.test(line)));
}

/** The lines that are not found in a text, looked for in their order; an error may have words around it. */
export function missingLines(expected: readonly string[], found: readonly string[]): string[] {
  const missing: string[] = [];
  let from = 0;
  for (const line of expected) {
    const at = found.findIndex((candidate, index) => index >= from && candidate.includes(line));
    if (at < 0) missing.push(line);
    else from = at + 1;
  }
  return missing;
}
