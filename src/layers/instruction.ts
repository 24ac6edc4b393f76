import { hideSecrets, type Instruction } from './hide-secrets.ts';

/** Shells that builders put before the command of a RUN. */
const shells = new Set(['sh', 'ash', 'bash', 'dash', 'zsh']);

/** Instructions of a Dockerfile, as builders write them into a history. */
const written =
  /^(?:ADD|ARG|CMD|COPY|ENTRYPOINT|ENV|EXPOSE|FROM|HEALTHCHECK|LABEL|MAINTAINER|ONBUILD|RUN|SHELL|STOPSIGNAL|USER|VOLUME|WORKDIR)\b/;

/**
 * Reads the instruction back from a line of an image's history: of the classic builder (`/bin/sh -c #(nop) …`, build
 * arguments before as `|2 A=… B=…`), of BuildKit (`… # buildkit`), or of another tool, which is shown as it is. The
 * classic builder names files by a checksum, so their names are not known.
 * @param createdBy what made the line, `created_by`
 * @param comment what its maker says beside it; taken where it says nothing else
 * @returns null where the line says nothing
 */
export function readInstruction(createdBy: string, comment = ''): Instruction | null {
  const line = onOneLine(createdBy).replace(/ # buildkit$/, '');
  if (line === '') {
    const said = onOneLine(comment);
    return said === '' ? null : hideSecrets(said, []);
  }
  const classic = /^\/bin\/sh -c #\(nop\)\s*/.exec(line);
  if (classic) return hideSecrets(nameCopied(line.slice(classic[0].length)), []);
  const buildKit = /^RUN\s+/.exec(line);
  const command = buildKit ? line.slice(buildKit[0].length) : line;
  const { names, rest } = takeArguments(command);
  const ran = withoutShell(rest);
  if (buildKit || names.length > 0 || ran !== null) return hideSecrets(`RUN ${ran ?? rest}`, names);
  return hideSecrets(line, []);
}

/** Tells whether an instruction can make a layer; what no Dockerfile has may. */
export function mayMakeLayer(instruction: string | null): boolean {
  if (instruction === null || !written.test(instruction)) return true;
  return /^(?:ADD|COPY|RUN|WORKDIR)\b/.test(instruction);
}

/** Characters of an instruction that are shown. */
const longest = 2000;

/** Without what moves a cursor or turns a text around, and no longer than a reader can use. */
function onOneLine(text: string): string {
  const line = text
    .slice(0, 8 * longest)
    .replace(/\p{Cf}/gu, '')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim();
  const end = / # buildkit$/.test(line) ? ' # buildkit' : '';
  return line.length > longest ? `${line.slice(0, longest)}…${end}` : line;
}

/** `COPY file:4f1c… in /app ` → `COPY … /app`. */
function nameCopied(text: string): string {
  return text.trim().replace(/^(ADD|COPY) (?:--\S+ )*(?:file|dir|multi):[0-9a-f]+ in /, '$1 … ');
}

/** Takes the build arguments from before a command: `|1 TOKEN=x /bin/sh -c true`. Values may have spaces in them. */
function takeArguments(command: string): { readonly names: readonly string[]; readonly rest: string } {
  const counted = /^\|(\d{1,3}) /.exec(command);
  if (!counted) return { names: [], rest: command };
  const behind = command.slice(counted[0].length);
  const shell = / (?=\/(?:usr\/)?bin\/(?:sh|ash|bash|dash|zsh) -)/.exec(` ${behind}`);
  const end = shell === null ? 0 : shell.index;
  const names = [...` ${behind.slice(0, Math.max(0, end))}`.matchAll(/ ([A-Za-z_]\w*)=/g)].map(
    ([, name]) => name ?? '',
  );
  return { names: names.slice(0, Number(counted[1])), rest: behind.slice(end) };
}

/** What stands behind `/bin/bash -o pipefail -c`; null where no shell stands before it. */
function withoutShell(command: string): string | null {
  const words = /^(\S+)((?: -[a-z]+(?: pipefail)?)*) /.exec(command);
  const [all = '', shell = '', flags = ''] = words ?? [];
  if (!shells.has(shell.split('/').at(-1) ?? '') || !/ -[a-z]*c$/.test(flags)) return null;
  return command.slice(all.length).trim();
}
