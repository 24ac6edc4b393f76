import type { Examined } from './examined.ts';

/** The setting with which an engine that is refused by default runs demos. */
const accepted = '`DEMO_ENGINE_WITHOUT_LIMITS=allow`';

/**
 * Renders what became of several engines in Markdown: a table, in which one that is refused by default has a second row
 * for what it shows where it is accepted; and below it, by engine, why it is refused, the reason of each claim that did
 * not hold, and of each attack that was not stopped.
 */
export function renderEngines(examined: readonly Examined[]): string {
  const header = [
    '| Engine | Version | Storage driver | cgroup | Claims | Attacks | Time | Left over |',
    '|---|---|---|---|---|---|---|---|',
  ];
  const sections = examined.flatMap((engine) => {
    const lacks = [...claimReasons(engine), ...attackReasons(engine)];
    const { refused } = engine;
    const reasons =
      refused === null
        ? lacks
        : [`- Refused by default: ${refused}`, `- With ${accepted}:`, ...lacks.map((lack) => `  ${lack}`)];
    return reasons.length === 0 ? [] : ['', `### ${engine.name}`, '', ...reasons];
  });
  return [...header, ...examined.flatMap(renderRows), ...sections].join('\n');
}

function renderRows({ name, refused, proof, attacks }: Examined): string[] {
  const engine = 'why' in proof ? null : proof.engine;
  const facts = [
    engine?.version ?? '–',
    engine?.storageDriver ?? '–',
    engine === null ? '–' : `v${engine.cgroupVersion}`,
  ];
  const claims =
    'why' in proof
      ? 'not run'
      : renderCounts(
          proof.claims.map(({ status }) => status),
          claimCounts,
        );
  const stopped =
    'why' in attacks
      ? 'not run'
      : renderCounts(
          attacks.rows.map(({ verdict }) => summed(verdict)),
          attackCounts,
        );
  const times = [proof, attacks].map((part) => ('why' in part ? '–' : `${Math.round(part.ms / 1000)} s`));
  const results = [claims, stopped, times.join(' + '), 'why' in proof ? '–' : String(proof.leftovers)];
  if (refused === null) return [renderRow([name, ...facts, ...results])];
  const byDefault = ['refused', 'refused: no container to attack from', '–', '–'];
  return [renderRow([name, ...facts, ...byDefault]), renderRow([`${name}, ${accepted}`, ...facts, ...results])];
}

function renderRow(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

const claimCounts = ['held', 'refuted', 'not run'] as const;
const attackCounts = ['stopped', 'broken through', 'not enforced', 'shows nothing'] as const;

/** An attack that the engine stops without the limit too is stopped. */
function summed(verdict: string): string {
  return verdict === 'stopped twice' ? 'stopped' : verdict;
}

/** Counts in a fixed order; what is good or bad is always named, what is neither only where it occurs. */
function renderCounts(statuses: readonly string[], order: readonly string[]): string {
  return order
    .map((status, index) => ({ status, index, count: statuses.filter((found) => found === status).length }))
    .filter(({ count, index }) => count > 0 || index < 2)
    .map(({ status, count }) => `${count} ${status}`)
    .join(', ');
}

/** One line for each reason, with the claims that it explains. */
function claimReasons({ proof }: Examined): string[] {
  if ('why' in proof) return [`- Claims not run: ${oneLine(proof.why)}`];
  const byReason = new Map<string, string[]>();
  for (const { id, status, observed } of proof.claims) {
    if (status === 'held') continue;
    const reason = `${status}: ${oneLine(observed).replace(/^not run: /, '')}`;
    byReason.set(reason, [...(byReason.get(reason) ?? []), `\`${id}\``]);
  }
  return [...byReason].map(([reason, ids]) => `- Claim ${reason}: ${ids.join(', ')}`);
}

function attackReasons({ proof, attacks }: Examined): string[] {
  if ('why' in attacks)
    return 'why' in proof && proof.why === attacks.why ? [] : [`- Attacks not run: ${oneLine(attacks.why)}`];
  return attacks.rows
    .filter(({ verdict }) => summed(verdict) !== 'stopped')
    .map(({ tries, limit, verdict, locked, unlocked }) => {
      const without =
        verdict === 'not enforced' || unlocked === '' ? unlocked : `without the limit: ${oneLine(unlocked)}`;
      return `- Attack ${verdict}: ${tries} (${limit}): ${[oneLine(locked), without].filter(Boolean).join('; ')}`;
    });
}

function oneLine(text: string): string {
  return text.trim().replaceAll(/\s*\n\s*/g, '; ');
}
