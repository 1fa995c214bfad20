/** Integers of categories by their names, as a store sets them; a category that is called by a number has that one. */
export type CategoryIds = Readonly<Record<string, number>>

/** The category that has this integer; undefined where the store gives it to none, and for what can be none. */
export function categoryName(id: number, ids: CategoryIds): string | undefined {
  const set = Object.entries(ids).find(([, each]) => each === id)?.[0]
  if (set !== undefined) return set
  // Stores that come from this platform may call their categories by its numbers.
  return Object.keys(ids).length === 0 && id > 0 ? id.toString() : undefined
}

/** The integer of a category; undefined where it has none. */
export function categoryId(name: string, ids: CategoryIds): number | undefined {
  return ids[name] ?? (/^[1-9]\d{0,8}$/.test(name) ? Number(name) : undefined)
}
