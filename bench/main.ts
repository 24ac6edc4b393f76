import { catalogueBench, dataLossBench } from './demos/catalogue.ts';
import { layersBench } from './layers/engine.ts';
import { layerFilesBench } from './layers/files.ts';
import { matchingHostileBench } from './matching/hostile.ts';
import { matchingLibrariesBench } from './matching/libraries.ts';
import { matchingScaleBench } from './matching/scale.ts';
import { slackHostileBench } from './slack/hostile.ts';
import { slackLoadBench } from './slack/load.ts';
import { startBench } from './start/commands.ts';

// Every figure is a ratio measured in one run on one machine: absolute times say little on a busy one.
const benches = {
  start: startBench,
  'data-loss': dataLossBench,
  catalogue: catalogueBench,
  layers: layersBench,
  'layer-files': layerFilesBench,
  'matching-libraries': matchingLibrariesBench,
  'matching-scale': matchingScaleBench,
  'matching-hostile': matchingHostileBench,
  'slack-load': slackLoadBench,
  'slack-hostile': slackHostileBench,
};

// Words that name no bench are ids of demos, for the bench of the catalogue.
const wanted = process.argv.slice(2);
const demos = wanted.filter((word) => !(word in benches));
for (const [name, bench] of Object.entries(benches)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.log(`\n== ${name}`);
  await bench(demos);
}
