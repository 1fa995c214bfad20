/** A refusal is a value; a bug is a crash (see `assert.ts`). */
export type Result<T, E> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E }

/** A success that carries `value`. */
export function ok<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value }
}

/** A refusal that carries `error`. */
export function refuse<E>(error: E): { readonly ok: false; readonly error: E } {
  return { ok: false, error }
}
