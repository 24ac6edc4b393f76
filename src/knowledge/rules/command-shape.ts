import { readShell, type ShellCommand } from './shell-commands.ts';

/** What a command is, apart from how it is typed. */
export interface CommandShape {
  /** The words before and between options, in their order: `docker volume rm data`. */
  readonly path: string;
  /** Its options without their values; bundles of short ones are taken apart. */
  readonly options: ReadonlySet<string>;
  readonly words: readonly string[];
}

/** Options before the subcommand that take the next word as their value. */
const valued = new Set(
  '--context -c --host -H --config --log-level -l --file -f --project-name -p --profile --env-file --project-directory'.split(
    ' ',
  ),
);
const groups = /^(compose|volume|system|container|image|builder|buildx|network|service|stack)$/;

/** Tells what a command is: `sudo docker --context nas volume rm -f x` is `docker volume rm x` with `-f`. */
export function shapeOf({ words }: ShellCommand): CommandShape {
  const typed =
    words[0] === 'xargs' ? words.slice(words.findIndex((word, at) => at > 0 && !word.startsWith('-'))) : words;
  // Prose may leave "docker" out: `compose down --volumes`.
  const full = groups.test(typed[0] ?? '') && typed.length > 1 ? ['docker', ...typed] : typed;
  const path: string[] = [];
  for (let index = 0; index < full.length; index++) {
    const word = full[index] ?? '';
    if (!word.startsWith('-')) path.push(word);
    else if (path.length < 3 && /^(docker|docker-compose)( compose)?$/.test(path.join(' ')) && valued.has(word))
      index++;
  }
  if (path[0] === 'docker-compose') path.splice(0, 1, 'docker', 'compose');
  return { path: path.join(' '), options: new Set(full.flatMap(optionsOf)), words: full };
}

function optionsOf(word: string): string[] {
  if (/^-[A-Za-z]+$/.test(word)) return [...word.slice(1)].map((letter) => `-${letter}`);
  return word.startsWith('-') ? [word.split('=')[0] ?? word] : [];
}

const runsOthers = /^(docker (\S+ )*(exec|run)|docker-compose (\S+ )*(exec|run)|ssh|(ba|da)?sh -c) /;

/**
 * Tells what a command runs elsewhere: in a container (`docker exec db …`), on another host (`ssh`), in a shell (`sh -c`).
 * @returns a command for each word that may be its start, since which of them is depends on the options before it
 */
export function commandsWithin({ words }: ShellCommand): ShellCommand[] {
  if (!runsOthers.test(words.join(' '))) return [];
  return words.flatMap((word, at) => {
    if (at < 2) return [];
    return /\s/.test(word) ? readShell(word) : [{ words: words.slice(at), fedBy: [], writesTo: null, comment: '' }];
  });
}

/** Whether a command is this one: its path starts with these words. */
export function isCommand(shape: CommandShape, name: string): boolean {
  return shape.path === name || shape.path.startsWith(`${name} `);
}

/** The value of an option that is given as `--name app` or `--name=app`; empty if it is not given. */
export function firstValueOf(option: string, { words }: CommandShape): string {
  return valuesOf(option, words)[0] ?? '';
}

/** The values of an option that can be given several times, such as `--filter`. */
export function valuesOf(option: string, words: readonly string[]): string[] {
  return words.flatMap((word, at) => {
    if (word === option) return words[at + 1] ?? [];
    return word.startsWith(`${option}=`) ? [word.slice(option.length + 1)] : [];
  });
}
