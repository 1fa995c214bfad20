/** What the shopper does on the test gateway's page. */
export type ShopperDecision = 'approved' | 'declined' | 'canceled'

/** What the page shows about one attempt. */
export interface DeskView {
  readonly orderNumber: string
  /** Minor units of `currency`. */
  readonly amount: bigint
  readonly currency: string
  /** `closed`: the shop called it off before the shopper decided. */
  readonly state: 'open' | ShopperDecision | 'closed'
  /** Where the shopper goes back to; absent while open, or where the shop gave no usable address. */
  readonly returnUrl?: string
}

/** The test gateway as its page sees it; `main.ts` hands in the real one. Undefined: no such page. */
export interface SandboxDesk {
  look(pageToken: string): Promise<DeskView | undefined>
  /** The first decision stays; later ones get it told. */
  decide(pageToken: string, decision: ShopperDecision): Promise<DeskView | undefined>
}
