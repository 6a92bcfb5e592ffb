/** https://docs.snowflake.com/en/sql-reference/functions/editdistance, .../jarowinkler_similarity */

/** Characters to insert, delete or replace. */
export function editDistance(left: string, right: string): number {
  const [a, b] = [[...left], [...right]];
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, character] of a.entries()) {
    const next = [i + 1];
    for (const [j, other] of b.entries())
      next.push(Math.min(next[j]! + 1, row[j + 1]! + 1, row[j]! + (character === other ? 0 : 1)));
    row = next;
  }
  return row[b.length]!;
}

/** From 0 to 100, cut off: texts of 70 and more gain by what they begin with alike. */
export function jaroWinkler(left: string, right: string): number {
  const [a, b] = [[...left], [...right]];
  const similarity = jaro(a, b);
  if (similarity < 0.7) return Math.floor(100 * similarity);
  let prefix = 0;
  while (prefix < Math.min(4, a.length, b.length) && a[prefix] === b[prefix]) prefix += 1;
  return Math.floor(100 * (similarity + prefix * 0.1 * (1 - similarity)));
}

function jaro(a: readonly string[], b: readonly string[]): number {
  const reach = Math.max(0, Math.floor(Math.max(a.length, b.length) / 2) - 1);
  const taken = b.map(() => false);
  const paired = a.filter((character, i) => {
    const j = b.findIndex((other, at) => !taken[at] && other === character && Math.abs(at - i) <= reach);
    if (j >= 0) taken[j] = true;
    return j >= 0;
  });
  if (paired.length === 0) return 0;
  const others = b.filter((_, index) => taken[index]);
  const moved = Math.floor(paired.filter((character, index) => character !== others[index]).length / 2);
  const m = paired.length;
  return (m / a.length + m / b.length + (m - moved) / m) / 3;
}
