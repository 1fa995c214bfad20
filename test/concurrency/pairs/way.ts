import type { Operations } from '../../../src/operations/operations.js'
import type { Scene } from './scenes.js'
import type { World } from './world.js'

/** One way in which somebody may change a cart. */
export interface Way {
  readonly name: string
  readonly operation: keyof Operations
  /** Where it does something; absent: wherever the cart is open. */
  readonly scenes?: readonly Scene[]
  /** Stands for its like where all of them are refused alike. */
  readonly isTypical?: true
  /** Needs customers who are stored, one of them with a cart. */
  readonly hasPeople?: true
  /** Reads the cart, decides, and writes it: one funnel for all of them. */
  readonly isPlain?: true
  readonly act: (at: Operations, world: World) => Promise<unknown>
}
