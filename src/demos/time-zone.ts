import { defineDemo } from './catalogue/demo.ts';

export const demo = defineDemo({
  id: 'time-zone',
  title: 'Set the time zone of a container',
  question: {
    text: 'The image has no time zone data. Which time does a container show with TZ=Europe/Berlin?',
    options: ["Berlin's", 'UTC', "The host's", 'None: it does not start'],
    right: 1,
  },
  claims: ['utc-by-default', 'tz-rule-sets-zone', 'zone-name-needs-tzdata', 'containers-share-one-clock'],
  steps: {
    run: 'Run a container without TZ, one with the rule CET-1, and one with the name Europe/Berlin',
    offset: 'Ask each for its offset from UTC',
    clock: 'Ask the first for the time, then the second, then the first again',
  },
  async *run({ sandbox, step, tested }) {
    const [plain, rule, named] = yield* step(
      'run',
      async () =>
        [
          await sandbox.run({ name: 'plain' }),
          await sandbox.run({ name: 'rule', environment: { TZ: 'CET-1' } }),
          await sandbox.run({ name: 'named', environment: { TZ: 'Europe/Berlin' } }),
        ] as const,
    );
    const offsets = yield* step('offset', async () => ({
      plain: (await plain.exec('date +%z')).output,
      rule: (await rule.exec('date +%z')).output,
      named: (await named.exec('date +%z')).output,
    }));
    const is = (predicted: string, observed: string) => ({ predicted, observed, held: observed === predicted });
    yield tested('utc-by-default', is('+0000', offsets.plain));
    yield tested('tz-rule-sets-zone', is('+0100', offsets.rule));
    yield tested('zone-name-needs-tzdata', is('+0000', offsets.named));
    const times = yield* step('clock', async () => {
      const read = async (container: typeof plain) => Number((await container.exec('echo "$(date +%s).0"')).output);
      return [await read(plain), await read(rule), await read(plain)] as const;
    });
    yield tested('containers-share-one-clock', {
      predicted: 'each time is at or after the one before',
      observed: times.join(', '),
      held: times[0] > 0 && times[0] <= times[1] && times[1] <= times[2],
    });
  },
});
