import type { Examined } from './examined.ts';

/**
 * Renders what became of several engines in Markdown: a table, and below it, by engine, the reason of each claim that did
 * not hold and of each attack that was not stopped.
 */
export function renderEngines(examined: readonly Examined[]): string {
  const header = [
    '| Engine | Version | Storage driver | cgroup | Claims | Attacks | Time | Left over |',
    '|---|---|---|---|---|---|---|---|',
  ];
  const sections = examined.flatMap((engine) => {
    const reasons = [...claimReasons(engine), ...attackReasons(engine)];
    return reasons.length === 0 ? [] : ['', `### ${engine.name}`, '', ...reasons];
  });
  return [...header, ...examined.map(renderRow), ...sections].join('\n');
}

function renderRow({ name, proof, attacks }: Examined): string {
  const engine = 'why' in proof ? null : proof.engine;
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
  return `| ${[
    name,
    engine?.version ?? '–',
    engine?.storageDriver ?? '–',
    engine === null ? '–' : `v${engine.cgroupVersion}`,
    claims,
    stopped,
    times.join(' + '),
    'why' in proof ? '–' : String(proof.leftovers),
  ].join(' | ')} |`;
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
