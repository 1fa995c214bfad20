import { pickTwo } from '../floor.js'
import type { AroundStep, Checkout, Flow } from '../flow.js'
import { openConnection } from '../http-connection.js'
import { bigcommerceFlow } from './bigcommerce.js'
import { pageFlow } from './page.js'
import { spreeFlow } from './spree.js'
import { sprykerFlow } from './spryker.js'
import { vtexFlow } from './vtex.js'
import { wixFlow } from './wix.js'

/** A flow with its state hidden, so that flows of all dialects fit in one list. */
export interface RunnableFlow {
  readonly dialect: string
  /** Whole checkouts against `baseUrl`, one connection per lane. */
  open(baseUrl: string, skus: readonly string[], lanes: number): { readonly checkout: Checkout; close(): void }
  /** A cart of `skus`, one line each; every `write` changes the quantity of one of them. */
  openCart(baseUrl: string, skus: readonly string[]): Promise<{ write(quantity: number): Promise<void>; close(): void }>
}

/** One per dialect, and the hosted page; a new one is one file and one line. */
export const flows: readonly RunnableFlow[] = [
  runnable(sprykerFlow),
  runnable(vtexFlow),
  runnable(wixFlow),
  runnable(spreeFlow),
  runnable(bigcommerceFlow),
  runnable(pageFlow),
]

let shoppersSoFar = 0

function nextShopperId(): string {
  shoppersSoFar += 1
  return `bench-${process.pid}-${shoppersSoFar}`
}

function runnable<State>(flow: Flow<State>): RunnableFlow {
  return {
    dialect: flow.dialect,
    open(baseUrl, skus, lanes) {
      const connections = Array.from({ length: lanes }, () => openConnection(baseUrl))
      return {
        checkout: {
          steps: flow.steps.map(step => step.name),
          run: (lane, around) => runOnce(flow, connections, skus, lane, around),
        },
        close: () => {
          for (const connection of connections) connection.close()
        },
      }
    },
    async openCart(baseUrl, skus) {
      const connection = openConnection(baseUrl)
      try {
        const cart = await flow.fillCart(connection, nextShopperId(), skus)
        return { write: quantity => cart.write(quantity), close: () => connection.close() }
      } catch (error) {
        connection.close()
        throw error
      }
    },
  }
}

async function runOnce<State>(
  flow: Flow<State>,
  connections: readonly ReturnType<typeof openConnection>[],
  skus: readonly string[],
  lane: number,
  around: AroundStep,
): Promise<void> {
  const connection = connections[lane]
  if (connection === undefined) throw new Error(`No connection for shopper ${lane}`)
  let state = flow.begin({ id: nextShopperId(), skus: pickTwo(skus) })
  for (const [index, step] of flow.steps.entries()) {
    await around(index, async () => {
      state = await step.run(connection, state)
    })
  }
}
