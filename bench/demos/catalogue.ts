import { assemble } from '../../src/assemble.ts';
import { readConfig } from '../../src/config.ts';
import { median } from '../statistics.ts';
import { compareWithCommands } from './compare.ts';

const roundsOfAll = 3;
const roundsOfOne = 9;

/**
 * Times every demo of the catalogue against the `docker` commands that do the same steps, cold and with what it begins
 * with made ahead, and against the time in which the engine worked.
 * @param only ids of the demos to time; all of them where it is empty
 */
export async function catalogueBench(only: readonly string[]): Promise<void> {
  const program = await assemble(readConfig(process.env), process.env, { warm: true });
  const ratios = { cold: [] as number[], warm: [] as number[], toFloor: [] as number[] };
  console.log('demo                             cold      warm  commands  cold/commands  warm/commands  cold/floor');
  for (const { id } of program.assistant.demos()) {
    if (only.length > 0 && !only.includes(id)) continue;
    const { cold, warm, commands, toFloor } = await compareWithCommands(program, id, roundsOfAll);
    ratios.cold.push(cold / commands);
    ratios.warm.push(warm / commands);
    ratios.toFloor.push(toFloor);
    const cells = [id.padEnd(28), ms(cold), ms(warm), ms(commands), ratio(cold / commands, 14)];
    console.log([...cells, ratio(warm / commands, 14), ratio(toFloor, 11)].join(' '));
  }
  const medians = `cold ${median(ratios.cold).toFixed(2)} (bar: 0.5), warm ${median(ratios.warm).toFixed(2)} (bar: 0.35)`;
  console.log(`medians: ${medians}, cold to floor ${median(ratios.toFloor).toFixed(2)} (bar: 1.3)`);
  await program.assistant.close();
}

/** The same for the data-loss demo alone, with more rounds. */
export async function dataLossBench(): Promise<void> {
  const program = await assemble(readConfig(process.env), process.env, { warm: true });
  const { cold, warm, commands } = await compareWithCommands(program, 'data-loss-on-replace', roundsOfOne);
  console.log(`cold ${ms(cold)}, warm ${ms(warm)}, docker commands ${ms(commands)}`);
  console.log(`cold / commands ${ratio(cold / commands)} (bar: 0.6), warm / commands ${ratio(warm / commands)}`);
  await program.assistant.close();
}

function ms(time: number): string {
  return `${time.toFixed(0).padStart(6)} ms`;
}

function ratio(value: number, width = 0): string {
  return value.toFixed(2).padStart(width);
}
