import { SandboxError } from './sandbox-error.ts';

/**
 * The instructions that a build may have. In a builder not all of the policy can be set, so what could get around the rest
 * stays out: other images, files from elsewhere, and a process with the capabilities of root.
 */
const allowed = [
  /^FROM (?:base|scratch)(?: AS [a-z]+)?$/,
  /^(?:RUN|ENV|ARG|LABEL|WORKDIR|VOLUME|CMD|ENTRYPOINT|EXPOSE|STOPSIGNAL|USER) +(?!--)/,
  /^HEALTHCHECK /,
  /^COPY (?:--from=[a-z]+ +)?(?:--chown=\d+(?::\d+)? +)?(?!--)/,
  // An archive of the context, never an address.
  /^ADD +(?!--)(?!.*(?::\/\/|git@))/,
];

/**
 * Lets through only a Dockerfile on the base image, or on nothing, whose processes run as that image's user.
 * @param asRoot whether the build loosens just that: then processes may be root, with the builder's capabilities
 * @throws SandboxError `engine-refused`
 */
export function checkDockerfile(lines: readonly string[], asRoot = false): void {
  const stages = new Set<string>();
  let otherUser = false;
  for (const line of instructions(lines)) {
    const from = /^COPY --from=([a-z]+) /.exec(line)?.[1];
    const known = allowed.some((form) => form.test(line)) && (from === undefined || stages.has(from));
    // Nothing below a stage means no user below it: processes would be root.
    if (line.startsWith('FROM ')) otherUser = line.startsWith('FROM scratch');
    if (line.startsWith('USER ')) otherUser = true;
    if (!known || (otherUser && !asRoot && line.startsWith('RUN '))) {
      throw new SandboxError('engine-refused', `The sandbox does not build with "${line}". See docs/sandbox.md`);
    }
    const stage = / AS ([a-z]+)$/.exec(line)?.[1];
    if (stage !== undefined) stages.add(stage);
  }
}

/** The instructions without comments, each on one line. A comment that a parser obeys is none. */
function instructions(lines: readonly string[]): string[] {
  const text = lines.join('\n').replace(/\\ *\n/g, ' ');
  return text.split('\n').filter((line) => line.trim() !== '' && !/^#(?! *\w+ *=)/.test(line));
}
