import type { LeftOut } from './layer-reader.ts';
import type { PlacedLayer } from './placed-layer.ts';
import type { Stack } from './stack.ts';

/** Says what of the layers could not be read, or is not what it should be. */
export function noteLayers(layers: readonly PlacedLayer[]): { readonly complete: boolean; readonly notes: string[] } {
  const faults = layers.flatMap((layer, index) => faultsOf(layer, `Layer ${index + 1}`));
  const remarks = layers.flatMap((layer, index) => remarksOf(layer, `Layer ${index + 1}`));
  return { complete: faults.length === 0, notes: [...faults, ...remarks] };
}

function faultsOf({ files, absent, digest, diffId }: PlacedLayer, name: string): string[] {
  if (files === null) return [`${name} ${absent ?? 'is not in the archive'}: its files are in no sum.`];
  const faults: string[] = [];
  if (files.problem !== null)
    faults.push(`${name} was not read whole: ${files.problem}. Sums have what was read of it.`);
  else if (isOther(digest, files.digest) || isOther(diffId, files.diffId)) {
    faults.push(`${name} is not what the image's manifest promises (its digest is another): do not trust its files.`);
  }
  if (files.beyond.entries > 0) {
    faults.push(`${name} has ${describe(files.beyond)} beyond what is read of one image: in no sum.`);
  }
  return faults;
}

function remarksOf({ files, digest, diffId }: PlacedLayer, name: string): string[] {
  if (files === null) return [];
  const remarks: string[] = [];
  if (files.refused.entries > 0) {
    const why = 'its name leads out of the image or is too long, or it is of no kind that there is';
    remarks.push(`${name} has ${describe(files.refused)} that no engine would make (${why}): in no sum.`);
  }
  if (files.sparse > 0) {
    remarks.push(`${name} has ${numbered(files.sparse, 'file')} with holes; what they are counted with has the holes.`);
  }
  if (files.invalidMarkers > 0) {
    const markers = numbered(files.invalidMarkers, 'name');
    remarks.push(`${name} has ${markers} like that of a whiteout which is none: nothing is hidden by that.`);
  }
  if ([digest, diffId].some((promised) => promised !== null && !isSha256(promised))) {
    remarks.push(`${name} has a digest of another kind than sha256, which was not checked.`);
  }
  return remarks;
}

function isOther(promised: string | null, found: string | null): boolean {
  return promised !== null && isSha256(promised) && promised !== found;
}

function isSha256(digest: string): boolean {
  return digest.startsWith('sha256:');
}

function describe({ entries, bytes }: Readonly<LeftOut>): string {
  return `${entries === 1 ? '1 entry' : `${entries} entries`} (${bytes} bytes)`;
}

/** Says what of the layers together is odd. @param moreSecrets how many names that look like secrets are not listed */
export function noteStack(stack: Stack, moreSecrets: number): string[] {
  const notes: string[] = [];
  if (stack.brokenLinks > 0)
    notes.push(`${numbered(stack.brokenLinks, 'hard link')} ${stack.brokenLinks === 1 ? 'leads' : 'lead'} to no file.`);
  if (stack.belowLinks > 0) {
    const times = stack.belowLinks === 1 ? 'Once' : `${stack.belowLinks} times`;
    notes.push(`${times} a layer has files below a path that is a symbolic link; they are counted at that path.`);
  }
  if (stack.full) notes.push('The image has more files than are counted here: the sums lack those of its last layers.');
  if (!Number.isSafeInteger(stack.stored)) notes.push('The sums are larger than can be counted exactly.');
  if (moreSecrets > 0) notes.push(`More names look like secrets than are listed: ${moreSecrets}.`);
  return notes;
}

function numbered(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
