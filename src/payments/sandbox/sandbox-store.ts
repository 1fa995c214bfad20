import type { Json } from '../../core/ids.js'

/** A stored value and how often it was written, from 1. */
export interface SandboxRecord {
  readonly value: Json
  readonly version: number
}

/**
 * The test gateway's own memory, apart from ours: it is another party. Values never hold a card number.
 * Every method is one statement.
 */
export interface SandboxStore {
  get(key: string): Promise<SandboxRecord | undefined>
  /** False when the key is taken; nothing is written then. */
  putIfAbsent(key: string, value: Json): Promise<boolean>
  /** Writes where the stored version is `expectedVersion`; false when somebody was faster. */
  replace(key: string, value: Json, expectedVersion: number): Promise<boolean>
}
