import { expect, test } from 'vitest';
import type { Examined } from '../../scripts/engines/examined.ts';
import { renderEngines } from '../../scripts/engines/table.ts';

const engine = { version: '20.10.24', storageDriver: 'vfs', cgroupVersion: '1' };
const held = { id: 'a', status: 'held', observed: 'as predicted' } as const;
const stopped = {
  tries: 'Fill the disk',
  limit: 'disk',
  verdict: 'stopped',
  locked: 'ended',
  unlocked: 'got it',
} as const;

function examined(changes: Partial<Examined> = {}): Examined {
  const proof = { engine, claims: [held], leftovers: 0, ms: 61_000 };
  return { name: 'Docker, vfs', refused: null, proof, attacks: { rows: [stopped], ms: 9400 }, ...changes };
}

test('an engine on which everything is well takes one row and no explanation', () => {
  expect(renderEngines([examined()]).split('\n')).toEqual([
    '| Engine | Version | Storage driver | cgroup | Claims | Attacks | Time | Left over |',
    '|---|---|---|---|---|---|---|---|',
    '| Docker, vfs | 20.10.24 | vfs | v1 | 1 held, 0 refuted | 1 stopped, 0 broken through | 61 s + 9 s | 0 |',
  ]);
});

test('claims that did not hold are counted, and named by the reason that they share', () => {
  const notRun = { status: 'not run', observed: 'not run: this engine uses vfs' } as const;
  const claims = [
    held,
    { id: 'b', ...notRun },
    { id: 'c', ...notRun },
    { id: 'd', status: 'refuted', observed: 'two\nlines' } as const,
  ];
  const lines = renderEngines([examined({ proof: { engine, claims, leftovers: 2, ms: 0 } })]).split('\n');
  expect(lines[2]).toContain('| 1 held, 1 refuted, 2 not run |');
  expect(lines[2]?.endsWith('| 2 |')).toBe(true);
  expect(lines.slice(3)).toEqual([
    '',
    '### Docker, vfs',
    '',
    '- Claim not run: this engine uses vfs: `b`, `c`',
    '- Claim refuted: two; lines: `d`',
  ]);
});

test('an attack that the engine stops anyway counts as stopped; every other one is named with what was seen', () => {
  const rows = [
    stopped,
    { ...stopped, verdict: 'stopped twice' } as const,
    {
      ...stopped,
      verdict: 'broken through',
      tries: 'Mount',
      limit: 'capabilities',
      locked: 'got it',
      unlocked: '',
    } as const,
    {
      ...stopped,
      verdict: 'not enforced',
      tries: 'Fork',
      limit: 'processes',
      locked: 'got it',
      unlocked: 'no control group',
    } as const,
  ];
  const lines = renderEngines([examined({ attacks: { rows, ms: 0 } })]).split('\n');
  expect(lines[2]).toContain('| 2 stopped, 1 broken through, 1 not enforced |');
  expect(lines.slice(6)).toEqual([
    '- Attack broken through: Mount (capabilities): got it',
    '- Attack not enforced: Fork (processes): got it; no control group',
  ]);
});

test('an engine that did not start has a row without numbers, and says once why', () => {
  const missing = { why: '`dockerd` did not start: no permission' };
  const lines = renderEngines([examined({ proof: missing, attacks: missing })]).split('\n');
  expect(lines[2]).toBe('| Docker, vfs | – | – | – | not run | not run | – + – | – |');
  expect(lines.slice(6)).toEqual(['- Claims not run: `dockerd` did not start: no permission']);
});

test('an engine that is refused says why, and has a second row for what it shows where it is accepted', () => {
  const rows = [
    stopped,
    { ...stopped, verdict: 'not enforced', locked: 'got it', unlocked: 'no memory limit' } as const,
  ];
  const lines = renderEngines([examined({ refused: 'It has no limits.', attacks: { rows, ms: 0 } })]).split('\n');
  expect(lines.slice(2)).toEqual([
    '| Docker, vfs | 20.10.24 | vfs | v1 | refused | refused: no container to attack from | – | – |',
    '| Docker, vfs, `DEMO_ENGINE_WITHOUT_LIMITS=allow` | 20.10.24 | vfs | v1 | 1 held, 0 refuted | 1 stopped, 0 broken through, 1 not enforced | 61 s + 0 s | 0 |',
    '',
    '### Docker, vfs',
    '',
    '- Refused by default: It has no limits.',
    '- With `DEMO_ENGINE_WITHOUT_LIMITS=allow`:',
    '  - Attack not enforced: Fill the disk (disk): got it; no memory limit',
  ]);
});
