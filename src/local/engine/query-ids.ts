/** Ids in the shape of Snowflake's, unique over the life of the account's file, and the same in every rehearsal. */
export function queryIds(opening: number): () => string {
  let counter = 0;
  return () => {
    counter += 1;
    const hex = counter.toString(16).padStart(16, '0');
    return `01${opening.toString(16).padStart(6, '0')}-0000-${hex.slice(0, 4)}-${hex.slice(4, 8)}-${hex.slice(8)}0000`;
  };
}
