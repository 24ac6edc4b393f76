/** The largest of many, and what the others sum up to. */
export interface LargestList<T> {
  readonly add: (item: T) => void;
  /** The largest first; of equal ones the first that came. */
  readonly items: () => readonly T[];
  readonly rest: () => { readonly count: number; readonly bytes: number };
}

/** Makes a list that keeps `length` items at most, however many come. */
export function createLargestList<T extends { readonly bytes: number }>(length: number): LargestList<T> {
  const kept: T[] = [];
  let count = 0;
  let bytes = 0;

  function add(item: T): void {
    let index = kept.length;
    while (index > 0 && (kept[index - 1]?.bytes ?? 0) < item.bytes) index--;
    if (index < length) kept.splice(index, 0, item);
    const out = index < length ? (kept.length > length ? kept.pop() : undefined) : item;
    if (out === undefined) return;
    count++;
    bytes += out.bytes;
  }

  return { add, items: () => kept, rest: () => ({ count, bytes }) };
}
