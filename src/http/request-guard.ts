/** Refuses clients that ask far more often than any shop does; guessing codes and passwords is limited by operations. */
export interface RequestGuard {
  /** @param key  client address and dialect */
  admits(key: string): boolean
}

/** Addresses remembered at once; beyond that the oldest are forgotten, so that memory stays bounded. */
const rememberedKeys = 50_000

/**
 * Counts requests per key in windows of one minute.
 *
 * @param perMinute  undefined: everything is admitted
 * @param now        milliseconds; monotonic
 */
export function createRequestGuard(perMinute: number | undefined, now: () => number): RequestGuard {
  if (perMinute === undefined) return { admits: () => true }
  const windows = new Map<string, { readonly since: number; count: number }>()
  return {
    admits(key) {
      const at = now()
      const window = windows.get(key)
      if (window && at - window.since < 60_000) {
        window.count += 1
        return window.count <= perMinute
      }
      windows.delete(key)
      if (windows.size >= rememberedKeys) {
        const oldest = windows.keys().next()
        if (!oldest.done) windows.delete(oldest.value)
      }
      windows.set(key, { since: at, count: 1 })
      return true
    },
  }
}
