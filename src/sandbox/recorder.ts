import { cleanOutput } from './output.ts';

/** The commands of one step and what they printed. */
export interface StepRecord {
  readonly commands: readonly string[];
  readonly output: string;
  /** The part of it that the commands print; the rest are notes. */
  readonly printed: string;
}

/** Collects, step by step, the equivalent command line of every call and what it printed. */
export interface Recorder {
  command(line: string): void;
  /** Adds to the step's output; empty text adds nothing. */
  output(text: string): void;
  /** Adds a note, which no command prints. */
  note(text: string): void;
  /** Ends the current step: returns what it collected and starts afresh. */
  takeStep(): StepRecord;
}

/** Makes an empty recorder. */
export function createRecorder(): Recorder {
  let commands: string[] = [];
  let outputs: string[] = [];
  let printed: string[] = [];
  return {
    command: (line) => void commands.push(line),
    output(text) {
      if (text === '') return;
      outputs.push(text);
      printed.push(text);
    },
    note: (text) => void outputs.push(text),
    takeStep() {
      const step = { commands, output: cleanOutput(outputs.join('\n')), printed: cleanOutput(printed.join('\n')) };
      commands = [];
      outputs = [];
      printed = [];
      return step;
    },
  };
}
