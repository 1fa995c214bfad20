/** Rows that one step of a long run looks at. Ours. */
const pageSize = 250

/**
 * Runs `use` over a list page by page, by rising integer ids, so that whatever `use` takes away skips nothing.
 *
 * @returns the sum of what `use` answered
 */
export async function everyPage<Row>(
  list: (page: {
    readonly fromIntegerId: number
    readonly offset: 0
    readonly limit: number
  }) => Promise<readonly Row[]>,
  integerIdOf: (row: Row) => number,
  use: (rows: readonly Row[]) => Promise<number>,
): Promise<number> {
  let sum = 0
  let fromIntegerId = 0
  for (;;) {
    const rows = await list({ fromIntegerId, offset: 0, limit: pageSize })
    if (rows.length === 0) return sum
    fromIntegerId = 1 + rows.reduce((highest, row) => Math.max(highest, integerIdOf(row)), fromIntegerId)
    sum += await use(rows)
  }
}
