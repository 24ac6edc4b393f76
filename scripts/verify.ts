// Every check and every test of the project, after the set-up: `npm run verify`. What waits for an engine or a client half
// of its time runs side by side; the tests come by themselves, since some watch limits that a crowded machine reaches late.
// Exits with the code of the first that failed.
import { runStages, type Stage } from './verify/run-stages.ts';

const stage = (name: string): Stage => ({ name, command: ['npm', 'run', '--silent', name] });

const rounds = [[['lint', 'types', 'check', 'prove'], ['scripts']], [['test']]];
const environment = process.stdout.isTTY ? { ...process.env, FORCE_COLOR: '1' } : process.env;
const codes: number[] = [];
for (const lanes of rounds) {
  const stages = lanes.map((lane) => lane.map(stage));
  codes.push(await runStages(stages, (text) => void process.stdout.write(text), environment));
}
process.exitCode = codes.find((code) => code !== 0) ?? 0;
