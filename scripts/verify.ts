// Every check and every test of the project, side by side where one waits while another works: `npm run verify`, after
// all the set-up. Exits with the code of the first that failed.
import { runStages, type Stage } from './verify/run-stages.ts';

const stage = (name: string): Stage => ({ name, command: ['npm', 'run', '--silent', name] });

const lanes = [['lint', 'types', 'check', 'prove'], ['scripts'], ['test']].map((lane) => lane.map(stage));
const environment = process.stdout.isTTY ? { ...process.env, FORCE_COLOR: '1' } : process.env;
process.exitCode = await runStages(lanes, (text) => void process.stdout.write(text), environment);
