/** Whether two types are one: an optional key or a word that only one of them has makes it `false`. */
export type SameType<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
