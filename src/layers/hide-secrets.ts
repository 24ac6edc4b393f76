/** An instruction of a Dockerfile, or what another tool wrote in its place. */
export interface Instruction {
  /** As a person wrote it; values that look like secrets are left out. */
  readonly text: string;
  /** Names of variables whose values the history gives away and that look like secrets. */
  readonly secrets: readonly string[];
}

const mark = '…';

/** Words of a variable's name that speak of a secret. */
const secretWords =
  /(?:^|_)(?:PASS(?:WORD|WD|PHRASE)?|PWD|SECRET|SECRETS|TOKEN|CREDENTIALS?|APIKEY|(?:API|ACCESS|PRIVATE|SIGNING|ENCRYPTION|MASTER|AUTH)_?KEY)(?:_|$)/i;

/** Tells whether a variable's name looks like that of a secret. Names of files that hold one do not. */
export function looksSecret(name: string): boolean {
  return secretWords.test(name) && !/_(?:FILE|PATH)$/i.test(name);
}

/**
 * Leaves out of an instruction what must not be shown to a channel: values of ENV and ARG whose names look like secrets,
 * and what stands before the host of an address.
 * @param buildArguments names of the build arguments that the history kept with their values
 */
export function hideSecrets(text: string, buildArguments: readonly string[]): Instruction {
  const found = buildArguments.filter(looksSecret);
  const shown = /^(?:ENV|ARG)\b/.test(text)
    ? text.replace(/([A-Za-z_]\w*)=("(?:[^"\\]|\\.)*"|'[^']*'|\S+)/g, (all, name: string) => {
        if (!looksSecret(name)) return all;
        found.push(name);
        return `${name}=${mark}`;
      })
    : text;
  return { text: shown.replace(/(\b[a-z][a-z0-9+.-]{1,20}:\/\/)[^\s/@'"]{1,400}@/gi, `$1${mark}@`), secrets: found };
}
