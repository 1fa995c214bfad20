import { randomUUID } from 'node:crypto'
import type { PaymentSelection } from '../../core/cart/cart.js'
import type { Json } from '../../core/ids.js'
import type { Minor } from '../../core/money.js'
import type { PaymentMethod } from '../../core/pricing/facts.js'
import { ok, type Result, refuse } from '../../core/result.js'
import type { Offers, Operations } from '../../operations/operations.js'
import type { WireResponse } from '../dialect.js'
import { readSource } from './card-source.js'
import { respondInvalid, respondNotFound, respondRefusal, texts } from './errors.js'
import { integerText, isTree, type Tree } from './params.js'

/** A payment that shall be chosen. */
export interface PaymentChoice {
  readonly method: PaymentMethod
  readonly selection: Omit<PaymentSelection, 'id'>
}

/**
 * Reads a payment: its method, and what it is paid with. A card goes to the gateway, which keeps it and gives a token;
 * the token and what may be shown are all that stays.
 *
 * @param source  as sent along, undefined where nothing was
 * @param amount  absent: all that is to be paid
 * @param now     when it was chosen
 */
export async function readPaymentChoice(
  operations: Operations,
  input: {
    readonly offers: Offers
    readonly methodId: unknown
    readonly source: unknown
    /** A card that the gateway keeps already, in place of a source. */
    readonly kept?: { readonly token: string; readonly display: Readonly<Record<string, Json>> } | undefined
    readonly amount?: Minor | undefined
    readonly now: string
  },
): Promise<Result<PaymentChoice, WireResponse>> {
  const id = integerText(input.methodId)
  const method = input.offers.paymentMethods.find(({ integerId, isActive }) => isActive && integerId === id)
  if (method === undefined) return refuse(respondNotFound())
  const amount = input.amount === undefined ? {} : { amount: input.amount }
  if (method.kind !== 'card') {
    return ok({ method, selection: { method: method.id, ...amount, data: { at: input.now, key: randomUUID() } } })
  }
  const data = (display: Readonly<Record<string, Json>>) => ({ at: input.now, key: randomUUID(), display })
  if (input.kept !== undefined) {
    const { token, display } = input.kept
    return ok({ method, selection: { method: method.id, ...amount, token, data: data(display) } })
  }
  const source = readSource(isTree(input.source) ? input.source : undefined)
  if (!source.ok) return refuse(respondInvalid(source.error))
  if (source.value.kind === 'token') {
    const { token, display } = source.value
    return ok({ method, selection: { method: method.id, ...amount, token, data: data(display) } })
  }
  const kept = await operations.keepInstrument({
    channel: input.offers.channel.id,
    method: method.id,
    instrument: source.value.instrument,
  })
  if (!kept.ok) {
    const isUnsupported = kept.error.code === 'payment_method_unknown'
    return refuse(isUnsupported ? respondInvalid({ base: [texts.methodUnsupported] }) : respondRefusal(kept.error))
  }
  const { token, display } = kept.value
  return ok({
    method,
    selection: {
      method: method.id,
      ...amount,
      token,
      data: data({ ...source.value.display, ...display, ...years(display) }),
    },
  })
}

/** Years are shown with four digits. */
function years(display: Readonly<Record<string, Json>>): Readonly<Record<string, Json>> {
  const { expiryYear } = display
  return expiryYear === undefined ? {} : { expiryYear }
}

/**
 * The source of a payment: with the payment itself, or at the top level by the method's id.
 *
 * @param trees  where the top-level form may stand, the first one counts
 */
export function sourceFor(payment: Tree, trees: readonly Tree[]): unknown {
  if (payment.source_attributes !== undefined) return payment.source_attributes
  const id = integerText(payment.payment_method_id)
  for (const { payment_source: sources } of trees) {
    const source = id === undefined ? undefined : sourceUnder(sources, id)
    if (source !== undefined) return source
  }
  return undefined
}

/** Forms cannot tell a number that is a name from a place in a list. */
function sourceUnder(sources: unknown, id: number): unknown {
  if (Array.isArray(sources)) return sources[id]
  return isTree(sources) ? sources[String(id)] : undefined
}
