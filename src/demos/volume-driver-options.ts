import { defineDemo } from './catalogue/demo.ts';

export const demo = defineDemo({
  id: 'volume-driver-options',
  title: 'Make volumes with wrong options',
  question: {
    text: 'docker volume create gets an option with a right name and a wrong value. When does it fail?',
    options: ['At once', 'When a container mounts the volume', 'Never'],
    right: 1,
  },
  claims: [
    'volume-options-fixed-at-creation',
    'local-driver-checks-option-names',
    'local-driver-needs-device',
    'local-driver-mounts-late',
  ],
  steps: {
    again: 'Make a volume, make it once more with a wrong option, and use it in a container',
    name: 'Make a volume with an option that the local driver does not know',
    device: 'Make one with a type and no device',
    value: 'Make one with a mount flag that no kernel knows, and mount it in a container',
  },
  dockerOnly: {
    'volume-options-fixed-at-creation': 'has a local driver of its own',
    'local-driver-checks-option-names': 'has a local driver of its own',
    'local-driver-needs-device': 'has a local driver of its own',
    'local-driver-mounts-late': 'has a local driver of its own',
  },
  async *run({ sandbox, step, tested }) {
    /** The end of a refusal, where the engine says why. */
    const words = (tried: object) =>
      'refusal' in tried
        ? String(tried.refusal).replace(/^.*?(?=invalid option|missing required|failed to mount)/, '')
        : 'accepted';
    const again = yield* step('again', async () => {
      const volume = await sandbox.volume('plain');
      const remade = await sandbox.tryDriverOptions('plain', 'wrong value');
      const reader = await sandbox.run({ name: 'reader', mounts: [{ type: 'volume', volume, path: '/data' }] });
      return { remade, wrote: await reader.exec('echo kept > /data/file && cat /data/file') };
    });
    yield tested('volume-options-fixed-at-creation', {
      predicted: 'accepted and ignored: the volume works, and says kept',
      observed: `${words(again.remade)}; the volume says ${again.wrote.output}`,
      held: !('refusal' in again.remade) && again.wrote.output === 'kept',
    });
    const unknown = yield* step('name', () => sandbox.tryDriverOptions('unknown', 'unknown name'));
    yield tested('local-driver-checks-option-names', {
      predicted: 'invalid option: "foo"',
      observed: words(unknown),
      held: /invalid option.*foo/.test(words(unknown)),
    });
    const incomplete = yield* step('device', () => sandbox.tryDriverOptions('incomplete', 'no device'));
    yield tested('local-driver-needs-device', {
      predicted: 'missing required option: "device"',
      observed: words(incomplete),
      held: /missing required option.*device/.test(words(incomplete)),
    });
    const [made, mounted] = yield* step('value', async () => {
      const volume = await sandbox.tryDriverOptions('wrong', 'wrong value');
      if ('refusal' in volume) return [volume, null] as const;
      const mounts = [{ type: 'volume', volume, path: '/data' }] as const;
      return [volume, await sandbox.tryRun({ name: 'a', mounts, script: 'ls /data' })] as const;
    });
    yield tested('local-driver-mounts-late', {
      predicted: 'accepted, then the mount fails: invalid argument',
      observed:
        mounted === null
          ? words(made)
          : `${words(made)}, then ${'refusal' in mounted ? words(mounted) : 'the container ran'}`,
      held: mounted !== null && 'refusal' in mounted && /mount.*invalid argument/.test(mounted.refusal),
    });
  },
});
