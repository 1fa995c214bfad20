import type { RunnableFlow } from './flows/index.js'
import { median } from './measure.js'

/** Milliseconds of one write to a cart of that many lines: the middle of all that were measured. */
export interface CartSize {
  readonly lines: number
  readonly milliseconds: number
}

/**
 * Fills one cart per size and then writes to them in turn, so that noise hits all sizes. A write changes the quantity of
 * one line and gets the whole cart back with its lines, as a storefront does.
 */
export async function measureCartSizes(
  flow: RunnableFlow,
  baseUrl: string,
  skus: readonly string[],
  sizes: readonly number[],
  writes: number,
): Promise<readonly CartSize[]> {
  const carts: {
    readonly lines: number
    readonly cart: Awaited<ReturnType<RunnableFlow['openCart']>>
    readonly times: number[]
  }[] = []
  try {
    for (const lines of sizes) {
      if (lines > skus.length) throw new Error(`Only ${skus.length} goods for a cart of ${lines} lines`)
      carts.push({ lines, cart: await flow.openCart(baseUrl, skus.slice(0, lines)), times: [] })
    }
    for (let write = 0; write < writes; write += 1) {
      for (const { cart, times } of carts) {
        const started = performance.now()
        await cart.write(2 + (write % 2))
        times.push(performance.now() - started)
      }
    }
    return carts.map(({ lines, times }) => ({ lines, milliseconds: median(times) }))
  } finally {
    for (const { cart } of carts) cart.close()
  }
}
