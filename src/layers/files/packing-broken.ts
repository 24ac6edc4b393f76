/** A packed stream is damaged, cut off, or packed in a way that is not read here. */
export class PackingBroken extends Error {
  override readonly name = 'PackingBroken';
  readonly code = 'packing-broken';
}
