import type { CheckoutError } from '../errors.js'
import type { ChannelId, CustomerId, Instant, Json } from '../ids.js'
import type { Order } from '../orders/order.js'
import type { PaymentMethod } from '../pricing/facts.js'

/** A customer's card that the gateway of a payment method keeps. Neither its number nor its security code is known here. */
export interface StoredCard {
  /** Ours, 64 random hexadecimal digits: what clients name it by. Pays for orders of its customer alone. */
  readonly token: string
  readonly customerId: CustomerId
  readonly channel: ChannelId
  /** `PaymentMethod.id` that it was kept by, and pays by. */
  readonly method: string
  readonly provider: string
  /** What its gateway knows it by; shown to nobody. */
  readonly gatewayToken: string
  /** As the gateway calls it, e.g. `visa`. */
  readonly brand: string
  readonly lastFour: string
  /** 1 to 12 */
  readonly expiryMonth: number
  /** Four digits. */
  readonly expiryYear: number
  /** Offered first: the one of the customer's that was made so last. */
  readonly isDefault: boolean
}

/** What is told apart of a card: the same one kept again is the same stored card. */
export type CardFigures = Pick<StoredCard, 'brand' | 'lastFour' | 'expiryMonth' | 'expiryYear'>

/** What a gateway shows of a card; undefined where that is too little to know the card by, and then it is not kept. */
export function cardFigures(display: Readonly<Record<string, Json>>): CardFigures | undefined {
  const { brand, lastFour, expiryMonth, expiryYear } = display
  if (typeof brand !== 'string' || brand === '') return undefined
  if (typeof lastFour !== 'string' || !/^\d{4}$/.test(lastFour)) return undefined
  if (!isWithin(expiryMonth, 1, 12) || !isWithin(expiryYear, 2000, 9999)) return undefined
  return { brand, lastFour, expiryMonth, expiryYear }
}

function isWithin(value: Json | undefined, least: number, most: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most
}

/** A card is good until the end of its month. */
export function isExpired({ expiryMonth, expiryYear }: CardFigures, now: Instant): boolean {
  return `${expiryYear.toString()}-${expiryMonth.toString().padStart(2, '0')}` < now.slice(0, 7)
}

/** What comes along with a stored card. */
export interface GivenWithCard {
  readonly securityCode?: string
  /** The whole number once more, for who knows it: its last digits must be the card's. Never stored, never logged. */
  readonly number?: string
}

/**
 * Why `card` cannot pay for `order` by `method`; undefined where it may be tried.
 *
 * @param card  undefined: the customer has none of that token
 * @param method  as it is now; undefined: there is none of that name
 * @returns `cards_not_kept` where the method does not take stored cards (any more), `stored_card_unknown` for whatever is
 *   not a card of this very customer and method, `payment_declined` (`card_expired`, `number_mismatch`),
 *   `payment_data_missing` without a security code that the method asks for
 */
export function storedCardFault(
  card: StoredCard | undefined,
  order: Pick<Order, 'owner' | 'channel'>,
  method: PaymentMethod | undefined,
  given: GivenWithCard,
  now: Instant,
): CheckoutError | undefined {
  if (method?.storedCards === undefined) return { code: 'cards_not_kept' }
  const { owner } = order
  const isOwn = card !== undefined && owner.kind === 'member' && card.customerId === owner.customerId
  const isHere = isOwn && card.channel === order.channel && card.method === method.id
  // Another gateway under the same name knows nothing of what the former one kept.
  if (!isHere || card.provider !== method.provider) return { code: 'stored_card_unknown' }
  if (isExpired(card, now)) return { code: 'payment_declined', reason: 'card_expired' }
  const digits = given.number?.replace(/\D/g, '') ?? ''
  if (digits !== '' && digits.slice(-4) !== card.lastFour)
    return { code: 'payment_declined', reason: 'number_mismatch' }
  const isCodeMissing = (given.securityCode ?? '') === ''
  if (method.storedCards.requiresSecurityCode && isCodeMissing) {
    return { code: 'payment_data_missing', index: 0, field: 'securityCode' }
  }
  return undefined
}
