import type { Json } from '../../../core/ids.js'
import type { Operations } from '../../../operations/operations.js'
import type { WireResponse } from '../../dialect.js'
import { parseAddress, renderAddress } from '../address.js'
import { respondError } from '../answer.js'
import { isObject, objectsOf, textOf, wholeOf } from '../body.js'
import { refuseWith } from '../errors.js'
import { withExtras } from '../extras.js'
import { fixed } from '../fixed-errors.js'
import type { CartRequest } from '../request.js'
import { changeOrderForm } from './change.js'
import { told } from './item-plan.js'

/**
 * POST .../attachments/clientPreferencesData `{locale, optinNewsLetter, savePersonalData}`: 200; what is not mentioned stays.
 * `savePersonalData` counts where the account asks shoppers for it (`savePersonalDataAsOptIn`).
 */
export async function setPreferences(request: CartRequest, operations: Operations): Promise<WireResponse> {
  const fields = isObject(request.body) ? request.body : {}
  const locale = textOf(fields.locale)
  if (locale !== undefined && !/^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*$/.test(locale)) {
    return respondError(fixed.wrongType('locale', 'locale'))
  }
  const { optinNewsLetter, savePersonalData } = fields
  for (const [name, sent] of Object.entries({ optinNewsLetter, savePersonalData })) {
    const isRight = [undefined, null, true, false].some(value => value === sent)
    if (!isRight) return respondError(fixed.wrongType(name, 'boolean'))
  }
  const isAsked = request.settings.orderForm.savePersonalDataAsOptIn === true
  return changeOrderForm(request, operations, ({ cart, edit }) => {
    const { newsletter: _old, ...others } = cart.preferences
    const kept = optinNewsLetter === undefined ? cart.preferences : others
    const preferences = {
      ...kept,
      ...(locale === undefined ? {} : { locale }),
      ...(typeof optinNewsLetter === 'boolean' ? { newsletter: optinNewsLetter } : {}),
      ...(isAsked && typeof savePersonalData === 'boolean' ? { savePersonalData } : {}),
    }
    return edit([{ kind: 'fill_in', changes: { preferences } }])
  })
}

/** Characters of an associate's id. */
export const longestAssociate = 100

/** POST .../attachments/merchantContextData: 200, the orderForm with the attachment beside it; 400 CHK0099. */
export async function setMerchantContext(request: CartRequest, operations: Operations): Promise<WireResponse> {
  const { salesAssociateData } = isObject(request.body) ? request.body : {}
  const salesAssociateId = isObject(salesAssociateData) ? textOf(salesAssociateData.salesAssociateId) : undefined
  if (salesAssociateId !== undefined && salesAssociateId.length > longestAssociate) {
    return respondError(fixed.fieldTooLong('salesAssociateId'))
  }
  return changeOrderForm(
    request,
    operations,
    ({ cart, edit }) =>
      edit([
        { kind: 'fill_in', changes: { extras: withExtras(cart, { salesAssociateId: salesAssociateId ?? null }) } },
      ]),
    {},
    { also: { salesAssociateData: { salesAssociateId: salesAssociateId ?? null } } },
  )
}

/** Characters of a note. Ours. */
export const longestNote = 2_000

/** POST .../attachments/openTextField `{value}`: 200; null clears, 400 CHK0017 for too long a text. */
export async function setOpenTextField(request: CartRequest, operations: Operations): Promise<WireResponse> {
  const { value } = isObject(request.body) ? request.body : {}
  if (value !== undefined && value !== null && typeof value !== 'string') {
    return respondError(fixed.wrongType('value', 'string'))
  }
  if ((value ?? '').length > longestNote) return respondError(fixed.textTooLong)
  const customerNote = value === undefined || value === '' ? null : value
  return changeOrderForm(request, operations, ({ edit }) => edit([{ kind: 'fill_in', changes: { customerNote } }]))
}

/** POST .../attachments/invoiceData `{address}`: 200; 400 CHK0127 without a country. */
export async function setInvoiceData(request: CartRequest, operations: Operations): Promise<WireResponse> {
  const { address } = isObject(request.body) ? request.body : {}
  if (!isObject(address)) return respondError(fixed.badRequest)
  const billingAddress = parseAddress(address)
  if (billingAddress === undefined) return respondError(fixed.invalidCountry)
  const shown = Object.entries(renderAddress(billingAddress)).map(([name, value]) => [name, value ?? ''])
  const invoiceAddress: Readonly<Record<string, Json>> = Object.fromEntries(shown)
  return changeOrderForm(request, operations, ({ cart, edit }) =>
    edit([{ kind: 'fill_in', changes: { billingAddress, extras: withExtras(cart, { invoiceAddress }) } }]),
  )
}

/** POST .../attachments/subscriptionData: 200; a message where there is nothing to subscribe to. */
export async function setSubscriptionData(request: CartRequest, operations: Operations): Promise<WireResponse> {
  const subscriptions = readSubscriptions(isObject(request.body) ? request.body.subscriptions : undefined)
  if (subscriptions === undefined) return respondError(fixed.badRequest)
  return changeOrderForm(request, operations, desk => {
    const { lineItems } = desk.cart
    if (lineItems.length === 0) return told(desk, 'line_unavailable', { reason: 'subscription' }, 'info')
    if (subscriptions.some(({ itemIndex }) => lineItems[itemIndex] === undefined)) {
      return refuseWith(fixed.invalidItemIndex)
    }
    const kept = subscriptions.map(({ plan, ...one }) => ({
      ...one,
      plan: plan as unknown as Json,
      lineItemId: lineItems[one.itemIndex]?.id ?? '',
    }))
    return desk.edit([
      {
        kind: 'fill_in',
        changes: { extras: withExtras(desk.cart, { subscriptions: kept.length === 0 ? null : kept }) },
      },
    ])
  })
}

/** DELETE .../attachments/subscriptionData: 200, no subscriptions. */
export async function removeSubscriptionData(request: CartRequest, operations: Operations): Promise<WireResponse> {
  return changeOrderForm(request, operations, ({ cart, edit }) =>
    edit([{ kind: 'fill_in', changes: { extras: withExtras(cart, { subscriptions: null }) } }]),
  )
}

/** POST .../attachments/{anything else}: 400 CHK008. */
export async function unknownAttachment(request: CartRequest): Promise<WireResponse> {
  return respondError(fixed.unknownSection(request.params.section ?? ''))
}

const periods = new Set(['DAY', 'WEEK', 'MONTH', 'YEAR'])

interface Subscription {
  readonly executionCount: number
  readonly itemIndex: number
  readonly plan: {
    readonly type: string
    readonly frequency: { readonly interval: number; readonly periodicity: string }
    readonly validity: { readonly begin: string | null; readonly end: string | null }
  }
}

function readSubscriptions(value: unknown): readonly Subscription[] | undefined {
  const entries = objectsOf(value)
  const read = entries?.map(({ itemIndex, executionCount, plan }): Subscription | undefined => {
    const index = wholeOf(itemIndex)
    const { frequency, validity, type } = isObject(plan) ? plan : {}
    const { interval, periodicity } = isObject(frequency) ? frequency : {}
    const every = wholeOf(interval)
    const period = textOf(periodicity)?.toUpperCase() ?? ''
    if (index === undefined || index < 0 || every === undefined || every < 1 || !periods.has(period)) return undefined
    if (type !== 'RECURRING_PAYMENT') return undefined
    const { begin, end } = isObject(validity) ? validity : {}
    return {
      executionCount: wholeOf(executionCount) ?? 0,
      itemIndex: index,
      plan: {
        type,
        frequency: { interval: every, periodicity: period },
        validity: { begin: textOf(begin) ?? null, end: textOf(end) ?? null },
      },
    }
  })
  const whole = read?.filter(one => one !== undefined)
  return whole !== undefined && whole.length === read?.length ? whole : undefined
}
