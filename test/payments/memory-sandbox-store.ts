import type { Json } from '../../src/core/ids.js'
import type { SandboxRecord, SandboxStore } from '../../src/payments/sandbox/sandbox-store.js'

/** The test gateway's records in a map, as JSON text like a database would keep them; for tests alone. */
export function createMemorySandboxStore(): SandboxStore & { entries(): readonly (readonly [string, string])[] } {
  const rows = new Map<string, { readonly text: string; readonly version: number }>()
  return {
    async get(key): Promise<SandboxRecord | undefined> {
      const row = rows.get(key)
      return row === undefined ? undefined : { value: JSON.parse(row.text) as Json, version: row.version }
    },
    async putIfAbsent(key, value) {
      if (rows.has(key)) return false
      rows.set(key, { text: JSON.stringify(value), version: 1 })
      return true
    },
    async replace(key, value, expectedVersion) {
      if (rows.get(key)?.version !== expectedVersion) return false
      rows.set(key, { text: JSON.stringify(value), version: expectedVersion + 1 })
      return true
    },
    entries: () => [...rows].map(([key, row]) => [key, row.text] as const),
  }
}
