/** A broken invariant: a bug in this program, never a refusal. `http` answers it with the dialect's own 500. */
export class InvariantError extends Error {
  override readonly name = 'InvariantError'
}

/**
 * States what must hold here whatever the input was.
 *
 * @throws InvariantError with `why` when `condition` is false
 */
export function invariant(condition: boolean, why: string): asserts condition {
  if (!condition) throw new InvariantError(why)
}

/**
 * Returns `value`, which the caller knows to be present.
 *
 * @throws InvariantError with `why` when it is absent
 */
export function present<T>(value: T | undefined | null, why: string): T {
  if (value === undefined || value === null) throw new InvariantError(why)
  return value
}

/** Closes an exhaustive `switch`: does not compile while a case is missing. */
export function unreachable(value: never): never {
  throw new InvariantError(`unexpected value ${String(value)}`)
}
