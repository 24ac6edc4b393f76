import { commandLine } from './quote.ts';
import { callEngine, engineName, type RunContext, shownName } from './run-context.ts';
import type { DriverOptions, Volume } from './sandbox.ts';
import { untilRefused } from './until-refused.ts';
import { toVolume } from './volumes.ts';

/**
 * The only options that a demo can give the local driver. None can mount anything of the host: the first two name
 * nothing to mount, and the third is a small filesystem in memory whose last option no kernel knows.
 */
const options: Readonly<Record<DriverOptions, Readonly<Record<string, string>>>> = {
  'unknown name': { foo: 'bar' },
  'no device': { type: 'nfs' },
  'wrong value': { type: 'tmpfs', device: 'tmpfs', o: 'size=64k,nosuchoption' },
};

/**
 * Tries to make a volume of the local driver with faulty options.
 * @returns the volume, or the engine's refusal
 */
export async function createVolumeWithOptions(
  context: RunContext,
  name: string,
  faulty: DriverOptions,
): Promise<Volume | { readonly refusal: string }> {
  const DriverOpts = options[faulty];
  const words = Object.entries(DriverOpts).flatMap(([key, value]) => ['--opt', `${key}=${value}`]);
  context.recorder.command(commandLine(['docker', 'volume', 'create', ...words, shownName(name)]));
  const Name = engineName(context, name);
  const made = await untilRefused(() =>
    callEngine(context, 'create a volume', () =>
      context.engine.docker.createVolume({ Name, Driver: 'local', DriverOpts, Labels: { ...context.labels } }),
    ),
  );
  if ('refusal' in made) {
    context.recorder.output(made.refusal);
    return { refusal: made.refusal };
  }
  context.created('volumes');
  context.volumes.add(Name);
  context.recorder.output(shownName(name));
  return toVolume(context, Name, { word: shownName(name), printed: shownName(name) });
}
