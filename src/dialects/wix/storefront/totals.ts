import type { NewLine } from '../../../core/cart/changes.js'
import { ok, type Result, refuse } from '../../../core/result.js'
import type { Operations } from '../../../operations/operations.js'
import { addressRule, email, parseAddress } from '../address.js'
import { respondJson } from '../answers.js'
import { isPrivileged } from '../auth.js'
import { lookUp } from '../catalog.js'
import { readGiftCard, selectedOptionRule, shippingChanges, termsFor } from '../checkout-input.js'
import { respondError, respondRefusal } from '../errors.js'
import { parseAmount } from '../money.js'
import { renderTotals } from '../render/estimate.js'
import { endpoint, type WixCall } from '../request.js'
import {
  decimal,
  type Fields,
  guid,
  has,
  type JsonObject,
  list,
  object,
  objectAt,
  objectsAt,
  optional,
  required,
  text,
  textAt,
  whole,
} from '../validation.js'
import { applicationError, type WixError } from '../wix-error.js'

const amount = decimal({ max: 1_000_000_000_000_001n, scale: 3 })

const fields: Fields = {
  lineItems: required(
    list(
      object({
        id: optional(text(100)),
        quantity: required(whole(1, 100_000)),
        catalogReference: optional(object({ catalogItemId: required(text(36, 1)), appId: required(guid) })),
        price: optional(amount),
        fullPrice: optional(amount),
      }),
      { min: 1, max: 300 },
    ),
  ),
  couponCode: optional(text(100)),
  giftCardCode: optional(text(100)),
  giftCardRedeemAmount: optional(amount),
  shippingAddress: optional(addressRule),
  billingAddress: optional(addressRule),
  selectedShippingOption: optional(selectedOptionRule),
  buyerEmail: optional(email),
  memberId: optional(guid),
}

/**
 * POST /ecom/v1/calculate-totals: what these items would cost; nothing is stored. Items of the catalog cost what it says,
 * others what a backend says. For a member only with ECOM.ADMIN_CALCULATE_TOTALS: 403. 200. Source: dialects/wix.md 1.3.
 */
export const calculateTotals = endpoint(
  { place: 'cart', scopes: ['ECOM.CALCULATE_TOTALS', 'ECOM.ADMIN_CALCULATE_TOTALS'], fields },
  async (call, operations) => {
    const memberId = textAt(call.body, 'memberId')?.toLowerCase()
    const mayNameMember = isPrivileged(call.identity) && call.identity.scopes.includes('ECOM.ADMIN_CALCULATE_TOTALS')
    if (memberId !== undefined && !mayNameMember) return respondError(call.wire, denied)
    const giftCard = await readGiftCard(call, operations)
    if (!giftCard.ok) return respondError(call.wire, giftCard.error)
    const lines = await readItems(call, operations)
    if (!lines.ok) return respondError(call.wire, lines.error)
    const option = objectAt(call.body, 'selectedShippingOption')
    const coupon = textAt(call.body, 'couponCode')
    const owner = memberId === undefined ? {} : { owner: { kind: 'member' as const, customerId: memberId } }
    const quoted = await operations.quoteRevision(call.caller, {
      cart: { fresh: { channel: call.channel.id, ...owner } },
      revision: {
        lines: lines.value,
        changes: cart => ({
          ...(has(call.body, 'billingAddress')
            ? { billingAddress: parseAddress(objectAt(call.body, 'billingAddress')) }
            : {}),
          ...shippingChanges(cart, {
            ...(has(call.body, 'shippingAddress')
              ? { address: parseAddress(objectAt(call.body, 'shippingAddress')) }
              : {}),
            option: textAt(option, 'code'),
          }),
        }),
        ...(coupon === undefined ? {} : { coupon }),
        ...(giftCard.value === undefined ? {} : { giftCard: giftCard.value }),
        terms: { ...termsFor(option, 'drop'), subscriptionTerms: 'keep' },
      },
      clientAddress: call.wire.clientAddress,
    })
    if (!quoted.ok) return respondRefusal(call.wire, quoted.error, call.place)
    return respondJson(call.wire, namedAsSent(renderTotals(call, quoted.value), call.body))
  },
)

const denied = applicationError(403, 'PERMISSION_DENIED', 'The caller lacks a permission.')

/** Each item stands on a line of its own, so that its answer can be found. */
async function readItems(call: WixCall, operations: Operations): Promise<Result<readonly NewLine[], WixError>> {
  const items = objectsAt(call.body, 'lineItems')
  const references = items.map(item => objectAt(item, 'catalogReference'))
  const catalog = await lookUp(call, operations, references)
  const lines = items.map((item): NewLine => {
    const line = catalog.line(objectAt(item, 'catalogReference'))
    const price = textAt(item, 'price')
    const isKnown = !line.sku.startsWith('unknown:')
    const separate = { quantity: Number(item.quantity), onPresent: 'separate' as const, components: [] }
    return isKnown || price === undefined ? { ...line, ...separate } : { ...ownItem(call, item, price), ...separate }
  })
  const setsPrice = lines.some(line => line.origin !== undefined)
  return setsPrice && !isPrivileged(call.identity) ? refuse(denied) : ok(lines)
}

function ownItem({ channel }: WixCall, item: JsonObject, price: string): Omit<NewLine, 'quantity'> {
  const isShipped = objectAt(item, 'physicalProperties').shippable === true
  return {
    sku: 'custom',
    origin: {
      kind: 'custom',
      name: textAt(item, 'productName') ?? 'Item',
      unitPrice: parseAmount(price, channel.currency) ?? 0n,
      taxClass: textAt(item, 'taxGroupId') ?? '',
      itemKind: isShipped ? 'physical' : 'service',
    },
  }
}

/** Lines keep the ids that they were sent with. */
function namedAsSent(totals: JsonObject, body: JsonObject): JsonObject {
  const ids = objectsAt(body, 'lineItems').map(item => textAt(item, 'id'))
  const calculatedLineItems = objectsAt(totals, 'calculatedLineItems').map((line, index) => ({
    ...line,
    lineItemId: ids[index] ?? line.lineItemId,
  }))
  return { ...totals, calculatedLineItems }
}
