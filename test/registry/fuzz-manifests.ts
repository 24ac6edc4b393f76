import { tellTotals } from '../../src/assistant/layer-words.ts';
import type { LayerReport } from '../../src/layers/layer-report.ts';
import { registryReport } from '../../src/layers/registry-report.ts';
import { type ImageManifest, readConfig, readManifest } from '../../src/registry/manifest.ts';
import { choosePlatform, listImages } from '../../src/registry/platform.ts';
import { RegistryError } from '../../src/registry/registry-error.ts';
import { shortLayers, wholeLayers } from '../../src/slack/layers/layer-message.ts';
import { refusalOf } from '../fake-slack/validate-message.ts';
import { type Dice, dice } from '../layers/files/generated-image.ts';
import { sampleImage, sampleIndex, types } from './stub-registry.ts';

/** What stands where something else should. */
const odd: readonly unknown[] = [
  ...[null, true, -1, 0, 0.5, 1e308, 2 ** 53, 1e13, '', 'x', '\u0000', '\u001b[31m', '\u202e', '<!channel>', '../../x'],
  ...['x'.repeat(5000), `sha256:${'a'.repeat(64)}`, 'RUN |9 A=b /bin/sh -c x', '9999-99-99', [], {}, [[]], [null]],
  ...[{ digest: 'sha256:x' }, { platform: null }, { os: 'unknown', architecture: 'unknown' }, Array(40).fill({})],
];

/**
 * One round of the fuzzer of manifests: makes an image or a list from a seed, spoils it, and reads it.
 * @returns what was wrong with the reader, or null
 */
export function manifestRound(seed: number): string | null {
  const roll = dice(seed);
  try {
    return roll(4) === 0 ? listRound(roll) : imageRound(roll);
  } catch (error) {
    if (error instanceof RegistryError) return null;
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
}

function listRound(roll: Dice): string | null {
  const images = Array.from({ length: roll(4) }, (_, index) =>
    sampleImage({
      layers: [index],
      platform: { os: 'linux', architecture: ['amd64', 'arm64', 'arm', 's390x'][index] },
    }),
  );
  const manifest = readManifest(spoilt(sampleIndex(images), roll), typeOf(roll), 'x');
  if (manifest.kind !== 'index') return null;
  const listed = listImages(manifest.index);
  const chosen = choosePlatform(listed.images, roll(2) === 0 ? null : 'linux/arm64', 'linux/amd64', 'x');
  const all = listed.images.length + listed.attested.length;
  if (all !== manifest.index.manifests.length) return `${all} of ${manifest.index.manifests.length} are counted`;
  return listed.images.includes(chosen) ? null : 'an image was chosen that is not there';
}

function imageRound(roll: Dice): string | null {
  const layers = Array.from({ length: roll(12) }, () => roll(3000));
  const history = Array.from({ length: roll(16) }, () => ({
    created_by: ['RUN make', 'COPY . .', '/bin/sh -c #(nop)  CMD ["sh"]', 'ENV TOKEN=x', ''][roll(5)],
    ...(roll(3) === 0 ? { empty_layer: true } : {}),
  }));
  const sample = sampleImage({ layers, history });
  const manifest = readManifest(spoilt(sample.manifest, roll), typeOf(roll), 'x');
  if (manifest.kind !== 'image') return null;
  const config = readConfig(spoilt(sample.config, roll), 'x');
  const told = { manifest: manifest.image, config, platform: 'linux/amd64', platforms: [], digest: sample.digest };
  const report = registryReport({ ...told, reference: { full: 'x' }, attestations: { all: 0, own: 0 } }, []);
  return whatIsWrong(report, manifest.image, config.history ?? []);
}

function whatIsWrong(
  report: LayerReport,
  { layers }: ImageManifest,
  history: readonly { readonly empty_layer?: boolean | null | undefined }[],
): string | null {
  const numbers = report.layers.flatMap(({ number }) => number ?? []);
  if (numbers.join() !== layers.map((_, index) => index + 1).join()) return `layers are numbered ${numbers.join()}`;
  const sum = layers.reduce((all, { size }) => all + size, 0);
  if (report.totals.compressed !== sum) return `${report.totals.compressed} instead of ${sum}`;
  const named = history.filter(({ empty_layer }) => empty_layer !== true).length;
  if (named !== layers.length && report.notes.length === 0) return 'no note says that history and layers do not fit';
  if (report.layers.some(({ instruction }) => /[\p{Cc}\p{Cf}]/u.test(instruction ?? ''))) return 'a line is disguised';
  const messages = [shortLayers(report, '/docker layers x'), ...wholeLayers(report)];
  for (const { text, blocks } of messages) {
    const refusal = refusalOf(text, blocks);
    if (refusal !== null) return refusal;
  }
  return tellTotals(report) === '' ? 'nothing is told' : null;
}

function typeOf(roll: Dice): string {
  return roll(10) === 0 ? types.index : '';
}

/** Spoils a document: a value of it becomes another, goes, or comes twice; or a byte of it. Sometimes nothing. */
function spoilt(document: Buffer, roll: Dice): Buffer {
  if (roll(8) === 0) {
    const bytes = Buffer.from(document);
    bytes[roll(bytes.length)] = roll(256);
    return bytes;
  }
  const value: unknown = JSON.parse(document.toString());
  for (let times = roll(3); times > 0; times--) spoil(value, roll);
  return Buffer.from(JSON.stringify(value));
}

function spoil(value: unknown, roll: Dice): void {
  if (typeof value !== 'object' || value === null) return;
  const keys = Object.keys(value);
  const key = keys[roll(Math.max(1, keys.length))];
  if (key === undefined) return;
  const inner: unknown = Reflect.get(value, key);
  if (typeof inner === 'object' && inner !== null && roll(3) > 0) spoil(inner, roll);
  else if (roll(5) === 0) Reflect.deleteProperty(value, key);
  else if (Array.isArray(value) && roll(4) === 0) value.push(inner);
  else Reflect.set(value, key, structuredClone(odd[roll(odd.length)]));
}
