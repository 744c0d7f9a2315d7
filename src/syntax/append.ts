/** Shared by all nodes without any: most lists of a tree are empty. */
export const none: readonly never[] = [];

/**
 * A list with one more item. May change a list that is not empty in place, so only its one owner may call it. Most lists
 * are short, and one that grows by `push` keeps room for seventeen more.
 */
export function append<T>(list: readonly T[], item: T): readonly T[] {
  switch (list.length) {
    case 0:
      return [item];
    case 1:
      return [list[0] as T, item];
    case 2:
      return [list[0] as T, list[1] as T, item];
    default:
      (list as T[]).push(item);
      return list;
  }
}
