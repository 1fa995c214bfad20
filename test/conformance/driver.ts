import type { TestServer } from '../support/test-server.js'

/** Goods of the demo store, in the store's own words. */
export interface Goods {
  readonly sku: string
  readonly quantity: number
}

/** What a client of a dialect reads off a cart, in our words: SKUs and minor units. */
export interface SeenCart {
  readonly goods: readonly Goods[]
  readonly currency: string
  readonly grandTotal: bigint
}

/** What a client reads off an order. */
export interface SeenOrder extends SeenCart {
  /** As people read it out. */
  readonly number: string
}

/** Somebody who shops by one dialect, and knows of the store only what its answers say. */
export interface Shopper {
  /** Begins a cart with these goods. Its id is the store's own, decoded from the dialect's where that has another form. */
  begin(goods: readonly Goods[]): Promise<{ readonly cartId: string }>
  /** Any cart that this shopper may read, by the store's own id; undefined where the dialect says that there is none. */
  readCart(cartId: string): Promise<SeenCart | undefined>
  /**
   * Fills in address, shipping and payment on account as this dialect's clients do, and places the order.
   *
   * @returns the order's number; undefined where the dialect refuses
   */
  place(cartId: string): Promise<string | undefined>
  readOrder(number: string): Promise<SeenOrder | undefined>
}

/** One dialect, as a client of it behaves. A sixth one is a new file in `drivers` and a line in `drivers.ts`. */
export interface Driver {
  readonly dialect: string
  /** Where the dialect's new carts start. */
  readonly channel: string
  /** A shopper whom nobody knows yet. */
  arrive(server: TestServer): Promise<Shopper>
}
