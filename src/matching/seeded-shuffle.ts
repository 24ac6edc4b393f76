/**
 * Puts numbers in an order that has no pattern and is always the same (a linear congruential generator, with the
 * constants of Numerical Recipes).
 * @returns the numbers from 0 up to `count`
 */
export function seededShuffle(count: number): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, place) => place);
  let state = 1;
  for (let place = count - 1; place > 0; place--) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const other = Math.floor((state / 2 ** 32) * (place + 1));
    const moved = order[place] ?? 0;
    order[place] = order[other] ?? 0;
    order[other] = moved;
  }
  return order;
}
