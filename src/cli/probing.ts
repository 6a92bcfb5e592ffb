export async function probe(_: unknown): Promise<number> {
  return 1;
}
