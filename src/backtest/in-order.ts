/** Lists in order of time. Pure. */

/** @returns index of the first item at that time or later; the length of the list where there is none */
export function indexFrom<Item>(
  items: readonly Item[],
  time: number,
  timeOf: (item: Item) => number,
): number {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (timeOf(items[middle]!) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}
