import { cleanOutput } from './output.ts';

/** The commands of one step and what they printed. */
export interface StepRecord {
  readonly commands: readonly string[];
  readonly output: string;
}

/** Collects, step by step, the equivalent command line of every call and what it printed. */
export interface Recorder {
  command(line: string): void;
  /** Adds to the step's output; empty text adds nothing. */
  output(text: string): void;
  /** Ends the current step: returns what it collected and starts afresh. */
  takeStep(): StepRecord;
}

/** Makes an empty recorder. */
export function createRecorder(): Recorder {
  let commands: string[] = [];
  let outputs: string[] = [];
  return {
    command: (line) => void commands.push(line),
    output(text) {
      if (text !== '') outputs.push(text);
    },
    takeStep() {
      const step = { commands, output: cleanOutput(outputs.join('\n')) };
      commands = [];
      outputs = [];
      return step;
    },
  };
}
