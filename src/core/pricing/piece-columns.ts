import { divide, type Minor, type Rounding } from '../money.js'

/** One figure of the pieces of a line: runs of equal values, in the order of the pieces. */
export type Column = readonly Run[]

export interface Run {
  readonly count: number
  readonly value: Minor
}

/** As even as whole units allow; the pieces with one more stand first. */
export function evenColumn(total: Minor, quantity: number): Column {
  const pieces = BigInt(quantity)
  const value = total / pieces
  const more = Number(total % pieces)
  if (more === 0) return [{ count: quantity, value }]
  return [
    { count: more, value: value + 1n },
    { count: quantity - more, value },
  ]
}

/**
 * Differences of a rounded running sum: it starts at `start`, and each piece adds its `step`. In parts of `denominator`.
 */
export function carriedColumn(start: bigint, steps: Column, denominator: bigint, rounding: Rounding): Column {
  const runs: Run[] = []
  let sum = start
  let rounded = divide(start, denominator, rounding)
  for (const { count, value: step } of steps) {
    if (step === 0n) {
      appendRun(runs, count, 0n)
      continue
    }
    for (let piece = 0; piece < count; piece += 1) {
      sum += step
      const next = divide(sum, denominator, rounding)
      appendRun(runs, 1, next - rounded)
      rounded = next
    }
  }
  return runs
}

function appendRun(runs: Run[], count: number, value: Minor): void {
  if (count === 0) return
  const last = runs.at(-1)
  if (last !== undefined && last.value === value) runs[runs.length - 1] = { count: last.count + count, value }
  else runs.push({ count, value })
}

/** Walks columns of equal length side by side; `visit` gets each stretch in which none of them changes. */
export function walkColumns(
  columns: readonly Column[],
  visit: (count: number, values: readonly Minor[]) => void,
): void {
  const at = columns.map(() => 0)
  const left = columns.map(column => column[0]?.count ?? 0)
  while (left.length > 0 && left.every(count => count > 0)) {
    const count = Math.min(...left)
    visit(
      count,
      columns.map((column, index) => column[at[index] ?? 0]?.value ?? 0n),
    )
    columns.forEach((column, index) => {
      left[index] = (left[index] ?? 0) - count
      if (left[index] !== 0) return
      at[index] = (at[index] ?? 0) + 1
      left[index] = column[at[index] ?? 0]?.count ?? 0
    })
  }
}

/** A column computed from others, piece by piece. */
export function mapColumns(columns: readonly Column[], compute: (values: readonly Minor[]) => Minor): Column {
  const runs: Run[] = []
  walkColumns(columns, (count, values) => appendRun(runs, count, compute(values)))
  return runs
}

/** Cuts each piece to its limit; what is cut off goes to the first pieces with room, so that the sum stays. */
export function columnWithin(wanted: Column, limits: Column): Column {
  let excess = 0n
  const fitting = mapColumns([wanted, limits], ([value = 0n, limit = 0n]) => (value < limit ? value : limit))
  walkColumns([wanted, fitting], (count, [value = 0n, fit = 0n]) => {
    excess += (value - fit) * BigInt(count)
  })
  return excess === 0n ? fitting : fillUp(fitting, limits, excess)
}

function fillUp(column: Column, limits: Column, missing: Minor): Column {
  let left = missing
  const runs: Run[] = []
  walkColumns([column, limits], (count, [value = 0n, limit = 0n]) => {
    const room = limit - value
    const full = room > 0n ? Math.min(count, Number(left / room)) : 0
    appendRun(runs, full, limit)
    left -= room * BigInt(full)
    const isPartial = full < count && room > 0n && left > 0n
    if (isPartial) appendRun(runs, 1, value + left)
    if (isPartial) left = 0n
    appendRun(runs, count - full - (isPartial ? 1 : 0), value)
  })
  return runs
}
