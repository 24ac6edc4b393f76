import { assemble } from '../../src/assemble.ts';
import { readConfig } from '../../src/config.ts';
import { median } from '../statistics.ts';
import { compareWithCommands } from './compare.ts';

const roundsOfAll = 3;
const roundsOfOne = 9;

/** Times every demo of the catalogue against the `docker` commands that do the same steps, and prints the ratios. */
export async function catalogueBench(): Promise<void> {
  const { assistant } = await assemble(readConfig(process.env), process.env);
  const ratios: number[] = [];
  for (const { id } of assistant.demos()) {
    const { demo, commands } = await compareWithCommands(assistant, id, roundsOfAll);
    ratios.push(demo / commands);
    console.log(`${id.padEnd(28)} ${ms(demo)} demo ${ms(commands)} commands  ${(demo / commands).toFixed(2)}`);
  }
  console.log(`median of ${ratios.length} demos: ${median(ratios).toFixed(2)} (bar: at most 0.5)`);
  await assistant.close();
}

/** The same for the data-loss demo alone, with more rounds. */
export async function dataLossBench(): Promise<void> {
  const { assistant } = await assemble(readConfig(process.env), process.env);
  const { demo, commands } = await compareWithCommands(assistant, 'data-loss-on-replace', roundsOfOne);
  console.log(`demo ${ms(demo)}, docker commands ${ms(commands)}: ${(demo / commands).toFixed(2)} (bar: at most 0.6)`);
  await assistant.close();
}

function ms(time: number): string {
  return `${time.toFixed(0).padStart(5)} ms`;
}
