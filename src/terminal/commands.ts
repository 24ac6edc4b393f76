import { type Call, type Command, defineCommand, noWords } from './command.ts';
import { readDate } from './read-date.ts';
import { UsageError } from './usage-error.ts';
import { checkPictureFile } from './write-picture.ts';

const flag = { type: 'boolean' } as const;
const text = { type: 'string' } as const;

const ask = defineCommand({
  usage: [
    ['ask "QUESTION"', 'answer a question'],
    ['ask', 'at a terminal: talk, each line going on from the answer before'],
    ['--more', 'print the whole answer, not its first part alone'],
    ['--demo', 'run its demo after the answer'],
    ['--explain', 'show why this answer was chosen'],
    ['--json', 'print one JSON object'],
    ['--figure FILE', 'write the picture of its idea to FILE.svg or FILE.png'],
    ['--file FILE --json', 'ask each line of FILE, one JSON line each'],
  ],
  options: { more: flag, demo: flag, json: flag, explain: flag, file: text, figure: text },
  read(words, { file, figure: picture, more = false, demo = false, json = false, explain = false }): Call {
    const question = words.length === 0 ? null : words.join(' ');
    if (file !== undefined && (question !== null || !json))
      throw new UsageError('"ask --file FILE" goes with --json and without a question');
    if (file === undefined && question === null) return talkAtTerminal;
    if (demo && json)
      throw new UsageError('"ask --demo" shows a run as it happens; for JSON use: ./dockproof demo ID --json');
    const figure = checkPictureFile(picture);
    return {
      book: true,
      demos: demo,
      async run({ assistant }, terminal) {
        const { askFile, askOne } = await import('./ask-command.ts');
        if (file !== undefined) return askFile(assistant, terminal, file);
        return askOne(assistant, terminal, question ?? '', { more, demo, json, explain, figure });
      },
    };
  },
});

/** A talk, where a person sits at the terminal. */
const talkAtTerminal: Call = {
  book: true,
  demos: true,
  run: async ({ assistant }, terminal) => (await import('./talk-command.ts')).talk(assistant, terminal),
};

const demo = defineCommand({
  usage: [
    ['demo', 'list the demos'],
    ['demo ID [--json]', 'run a demo, step by step as it happens'],
    ['--step-by-step', 'wait for the Enter key before each step'],
    ['--no-predict', 'do not ask what will happen first'],
    ['--figure FILE', "write the run's life lines to FILE.svg or FILE.png"],
  ],
  options: { figure: text, json: flag, 'step-by-step': flag, 'no-predict': flag },
  read([id, ...others], options): Call {
    const { json = false, 'step-by-step': stepByStep = false, 'no-predict': silent = false } = options;
    const figure = checkPictureFile(options.figure);
    if (others.length > 0) throw new UsageError('"demo" takes one id. See: ./dockproof demo');
    return {
      book: id !== undefined,
      demos: true,
      async run({ assistant }, terminal) {
        const { listDemos, showRun } = await import('./demo-command.ts');
        if (id === undefined) return listDemos(assistant, terminal);
        return showRun(assistant, terminal, id, { json, stepByStep, predict: !silent, figure });
      },
    };
  },
});

const layers = defineCommand({
  usage: [
    ['layers IMAGE [--json]', 'show what is in an image, layer by layer, without pulling it'],
    ['layers A B [--json]', 'show what two images share, and what the second costs'],
    ['--platform P', 'for a platform such as linux/arm64'],
    ['--files', 'read its files too: what is hidden, what is large'],
    ['--file PATH', 'tell which layer brought a path of the image'],
    ['--figure FILE', 'draw the stack of its layers to FILE.svg or FILE.png'],
  ],
  options: { json: flag, platform: text, files: flag, file: text, figure: text },
  read([image, other, ...more], options): Call {
    const { json = false, platform = null, files = false, file: path = null } = options;
    const figure = checkPictureFile(options.figure);
    if (image === undefined) throw new UsageError('"layers" needs an image: ./dockproof layers debian:12');
    if (more.length > 0) throw new UsageError('"layers" takes one image, or two to compare');
    if (other !== undefined && (files || path !== null || figure !== null))
      throw new UsageError('"layers A B" compares layers; it takes neither --files, --file nor --figure');
    const images = other === undefined ? ([image] as const) : ([image, other] as const);
    return {
      book: false,
      demos: false,
      async run({ assistant }, terminal) {
        const { showLayers } = await import('./layers-command.ts');
        return showLayers(assistant, terminal, { images, platform, files, path, json, figure });
      },
    };
  },
});

const prove = defineCommand({
  usage: [['prove [--json]', 'run every demo, print every claim']],
  options: { json: flag },
  read(words, { json = false }): Call {
    noWords('prove', words);
    return {
      book: true,
      demos: true,
      async run({ assistant, book }, terminal) {
        const command = await import('./prove-command.ts');
        return command.prove(assistant, book().entries, terminal, json);
      },
    };
  },
});

const check = defineCommand({
  usage: [
    ['check', 'check the book'],
    ['check ENTRY', 'tell how an entry, by its id or file, will fare against the others'],
    ['--phrasings', 'tell it for all entries'],
    ['--versions', 'list what holds for some versions, stores or platforms only'],
    ['--images', 'list the images of examples, and when their versions end'],
    ['--links FOLDER', "compare links with Docker's documentation, a checkout of docker/docs"],
  ],
  options: { versions: flag, images: flag, links: text, phrasings: flag },
  read(words, { versions, images, links, phrasings }): Call {
    const [entry] = words;
    const wanted = [versions, images, links, phrasings].filter((option) => option !== undefined);
    if (wanted.length + words.length > 1)
      throw new UsageError(
        '"check" takes one entry, or one of --versions, --images, --links and --phrasings at a time',
      );
    return {
      book: false,
      demos: true,
      async run({ place, demos, projectFolder }, terminal) {
        const checked = { place, demos, projectFolder, now: new Date() };
        if (phrasings === true || entry !== undefined) {
          const { checkEntry, checkPhrasings } = await import('./check-phrasings.ts');
          return entry === undefined ? checkPhrasings(place, terminal) : checkEntry(place, entry, terminal);
        }
        const { listAging } = await import('./check-lists.ts');
        if (links !== undefined) return listAging({ of: 'links', folder: links }, checked, terminal);
        if (versions === true) return listAging({ of: 'versions' }, checked, terminal);
        if (images === true) return listAging({ of: 'images' }, checked, terminal);
        const command = await import('./check-command.ts');
        return command.check(checked, terminal);
      },
    };
  },
});

const learn = defineCommand({
  usage: [['learn', 'learn the book now, so that the first answer need not wait']],
  options: {},
  read(words): Call {
    noWords('learn', words);
    return {
      book: false,
      demos: false,
      run: async ({ place }, terminal) => (await import('./learn-command.ts')).learnBook(place, terminal),
    };
  },
});

const audit = defineCommand({
  usage: [
    ['audit [--json]', 'list the demo runs on record, newest first'],
    ['--since DATE', 'only those since a date, such as 2026-01-31'],
  ],
  options: { json: flag, since: text },
  read(words, { json = false, since }): Call {
    noWords('audit', words);
    const options = { json, since: readDate(since) };
    return {
      book: false,
      demos: false,
      run: async ({ assistant }, terminal) => (await import('./audit-command.ts')).audit(assistant, terminal, options),
    };
  },
});

const gaps = defineCommand({
  usage: [
    ['gaps [--json]', 'list what the book could not answer'],
    ['--drafts DIR', 'write a draft entry for each'],
  ],
  options: { json: flag, drafts: text },
  read(words, { json = false, drafts = null }): Call {
    noWords('gaps', words);
    return {
      book: true,
      demos: false,
      async run({ assistant }, terminal) {
        const { showGaps } = await import('./gaps-command.ts');
        return showGaps(assistant.openQuestions, terminal, { json, drafts });
      },
    };
  },
});

const serve = defineCommand({
  usage: [['serve', 'run the bot']],
  options: {},
  read(words) {
    noWords('serve', words);
    return 'serve';
  },
});

const doctor = defineCommand({
  usage: [['doctor', 'say what is configured, reachable and missing']],
  options: {},
  read(words): Call {
    noWords('doctor', words);
    return {
      book: true,
      demos: true,
      async run({ config, engine, store, book, demos, projectFolder }, terminal) {
        const command = await import('./doctor-command.ts');
        return command.doctor({ config, engine, store, book, demos: demos.size, projectFolder }, terminal);
      },
    };
  },
});

const help: Command = {
  usage: [],
  options: {},
  read(words) {
    noWords('help', words);
    return 'help';
  },
};

/** The commands, in the order of the help. A new one is a row here and a file of its own. */
export const commands: ReadonlyMap<string, Command> = new Map(
  Object.entries({ ask, demo, layers, prove, check, learn, audit, gaps, serve, doctor, help }),
);
