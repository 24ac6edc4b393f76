import { parseArgs } from 'node:util';

/** A command as typed, checked. */
export type Command =
  | {
      readonly name: 'ask';
      readonly question: string | null;
      readonly file: string | null;
      readonly demo: boolean;
      readonly json: boolean;
      readonly explain: boolean;
    }
  | {
      readonly name: 'demo';
      readonly id: string | null;
      readonly json: boolean;
      readonly stepByStep: boolean;
      readonly predict: boolean;
    }
  | { readonly name: 'prove'; readonly json: boolean }
  | { readonly name: 'audit'; readonly json: boolean; readonly since: Date | null }
  | { readonly name: 'gaps'; readonly json: boolean; readonly drafts: string | null }
  | {
      readonly name: 'check';
      readonly list: AgingList | null;
      /** How phrasings fare: of one entry, by its id or file, or of all (null). */
      readonly phrasings: { readonly entry: string | null } | null;
    }
  | { readonly name: 'learn' }
  | { readonly name: 'serve' }
  | { readonly name: 'doctor' }
  | { readonly name: 'help' };

/** What `check` can list: what may age. */
export type AgingList =
  | { readonly of: 'versions' | 'images' }
  /** The folder is a checkout of Docker's documentation. */
  | { readonly of: 'links'; readonly folder: string };

/** Thrown for a command line that makes no command; its message is one line. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly code = 'usage';
}

/** What `help` prints. */
export const usage = `Dockproof answers Docker questions and proves the answers on a real engine.

  ./dockproof ask "QUESTION"            answer a question
      --demo                            run its demo after the answer
      --explain                         show why this answer was chosen
      --json                            print one JSON object
      --file FILE --json                ask each line of FILE, one JSON line each
  ./dockproof demo                      list the demos
  ./dockproof demo ID [--json]          run a demo, step by step as it happens
      --step-by-step                    wait for the Enter key before each step
      --no-predict                      do not ask what will happen first
  ./dockproof prove [--json]            run every demo, print every claim
  ./dockproof check                     check the book
  ./dockproof check ENTRY               tell how an entry, by its id or file, will fare against the others
      --phrasings                       tell it for all entries
      --versions                        list what holds for some versions, stores or platforms only
      --images                          list the images of examples, and when their versions end
      --links FOLDER                    compare links with Docker's documentation, a checkout of docker/docs
  ./dockproof learn                     learn the book now, so that the first answer need not wait
  ./dockproof audit [--json]            list the demo runs on record, newest first
      --since DATE                      only those since a date, such as 2026-01-31
  ./dockproof gaps [--json]             list what the book could not answer
      --drafts DIR                      write a draft entry for each
  ./dockproof serve                     run the bot
  ./dockproof doctor                    say what is configured, reachable and missing

Exit codes: 0 fine, 1 the thing itself came out negative, 2 wrong usage, 3 no engine.
`;

const flags = {
  ask: ['demo', 'json', 'explain', 'file'],
  demo: ['json', 'step-by-step', 'no-predict'],
  prove: ['json'],
  audit: ['json', 'since'],
  check: ['versions', 'images', 'links', 'phrasings'],
  learn: [],
  gaps: ['json', 'drafts'],
  serve: [],
  doctor: [],
  help: [],
} as const satisfies Record<Command['name'], readonly string[]>;

/**
 * Reads a command line.
 * @param words the arguments after the program's name
 * @throws UsageError with one line that says what is wrong
 */
export function readCommand(words: readonly string[]): Command {
  const { values, positionals } = parse(words);
  if (values.help === true || (positionals.length === 0 && words.length === 0)) return { name: 'help' };
  const [name = '', ...rest] = positionals;
  if (!isCommandName(name)) throw new UsageError(`There is no command "${name}". See: ./dockproof help`);
  const allowed: readonly string[] = flags[name];
  const stray = Object.keys(values).find((flag) => !allowed.includes(flag));
  if (stray !== undefined) throw new UsageError(`"${name}" does not take --${stray}. See: ./dockproof help`);
  const json = values.json === true;
  if (name === 'ask') return readAsk(rest, values);
  if (name === 'demo') {
    if (rest.length > 1) throw new UsageError('"demo" takes one id. See: ./dockproof demo');
    return {
      name,
      id: rest[0] ?? null,
      json,
      stepByStep: values['step-by-step'] === true,
      predict: values['no-predict'] !== true,
    };
  }
  if (name === 'check') return readCheck(rest, values);
  if (rest.length > 0) throw new UsageError(`"${name}" takes no further words. See: ./dockproof help`);
  if (name === 'audit') return { name, json, since: readDate(values.since) };
  if (name === 'gaps') return { name, json, drafts: values.drafts ?? null };
  return name === 'prove' ? { name, json } : { name };
}

type Values = ReturnType<typeof parse>['values'];

function readAsk(words: readonly string[], values: Values): Command {
  const file = values.file ?? null;
  const question = words.length === 0 ? null : words.join(' ');
  if (file !== null && (question !== null || values.json !== true)) {
    throw new UsageError('"ask --file FILE" goes with --json and without a question');
  }
  if (file === null && question === null)
    throw new UsageError('"ask" needs a question: ./dockproof ask "what is an image?"');
  const { demo = false, json = false, explain = false } = values;
  if (demo && json)
    throw new UsageError('"ask --demo" shows a run as it happens; for JSON use: ./dockproof demo ID --json');
  return { name: 'ask', question, file, demo, json, explain };
}

function readCheck(words: readonly string[], { versions, images, links, phrasings }: Values): Command {
  const lists: AgingList[] = [];
  if (versions === true) lists.push({ of: 'versions' });
  if (images === true) lists.push({ of: 'images' });
  if (links !== undefined) lists.push({ of: 'links', folder: links });
  const [entry] = words;
  if (lists.length + words.length + (phrasings === true ? 1 : 0) > 1)
    throw new UsageError('"check" takes one entry, or one of --versions, --images, --links and --phrasings at a time');
  const fare = phrasings === true || entry !== undefined ? { entry: entry ?? null } : null;
  return { name: 'check', list: lists[0] ?? null, phrasings: fare };
}

function readDate(text: string | undefined): Date | null {
  if (text === undefined) return null;
  const date = new Date(text);
  if (!/^\d{4}-\d{2}-\d{2}/.test(text) || Number.isNaN(date.getTime())) {
    throw new UsageError('"--since" needs a date, such as 2026-01-31');
  }
  return date;
}

function parse(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        demo: { type: 'boolean' },
        json: { type: 'boolean' },
        explain: { type: 'boolean' },
        file: { type: 'string' },
        since: { type: 'string' },
        drafts: { type: 'string' },
        versions: { type: 'boolean' },
        images: { type: 'boolean' },
        links: { type: 'string' },
        phrasings: { type: 'boolean' },
        'step-by-step': { type: 'boolean' },
        'no-predict': { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    throw new UsageError(`${reason}. See: ./dockproof help`, { cause: error });
  }
}

function isCommandName(name: string): name is Command['name'] {
  return Object.hasOwn(flags, name);
}
