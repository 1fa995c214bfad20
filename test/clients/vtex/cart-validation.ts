import { createHash } from 'node:crypto'

/** What a browser keeps of one item. */
export interface BrowserItem {
  readonly sku: string
  readonly seller: string
  readonly quantity: number
  readonly price: number
}

/** As much of an orderForm as a storefront server reads, without asking whether it is there. */
export interface OrderForm {
  readonly orderFormId: string
  readonly value: number
  readonly items: readonly {
    readonly id: string
    readonly uniqueId: string
    readonly seller: string
    readonly quantity: number
    readonly sellingPrice: number
    readonly listPrice: number
    readonly isGift: boolean
    readonly attachments: readonly { readonly name: string; readonly content: object }[]
  }[]
  readonly messages: readonly { readonly text: string; readonly status: string }[]
  readonly customData: {
    readonly customApps: readonly { readonly id: string; readonly fields: Readonly<Record<string, string>> }[]
  } | null
  readonly shippingData: { readonly logisticsInfo: readonly object[]; readonly address: object | null }
  readonly clientPreferencesData: { readonly locale: string }
  readonly totalizers: readonly { readonly id: string; readonly value: number }[]
}

/** Sends one request below the checkout's path and gives the parsed answer back; throws on anything but a 2xx. */
export type Send = (method: string, path: string, body?: string) => Promise<OrderForm>

export interface Validation {
  /** Undefined: the browser's cart is as the server has it. */
  readonly order: OrderForm | undefined
  readonly id: string
  /** Shown to the shopper. */
  readonly messages: readonly { readonly text: string; readonly status: string }[]
}

const app = 'faststore'
const field = 'cartEtag'

/**
 * Brings a browser's cart and the server's into line, in the order of calls in which a server-side storefront does it: read
 * with recalculation, clear messages, compare a fingerprint kept as custom data, patch items, send the session's place,
 * campaign and locale, keep the new fingerprint. Written for these tests from the sequence in the dialect's document.
 */
export async function validateCart(
  send: Send,
  browser: { readonly id?: string | undefined; readonly items: readonly BrowserItem[] },
  session: {
    readonly postalCode: string
    readonly country: string
    readonly locale: string
    readonly utmSource: string
  },
): Promise<Validation> {
  const read =
    browser.id === undefined
      ? await send('POST', '/orderForm?sc=1', '{}')
      : await send('POST', `/orderForm/${browser.id}?sc=1&refreshOutdatedData=true`)
  const id = read.orderFormId
  const messages = read.messages.map(({ text, status }) => ({ text, status: status.toUpperCase() }))
  const cleared = messages.length > 0 ? await send('POST', `/orderForm/${id}/messages/clear`, '{}') : read
  const isStale = etagOf(cleared) !== undefined && etagOf(cleared) !== fingerprint(cleared)
  if (isStale) return { order: await withEtag(send, cleared), id, messages }
  const patched = await patch(send, cleared, browser.items)
  if (patched === undefined && messages.length === 0) return { order: undefined, id, messages }
  const placed = await withSession(send, patched ?? cleared, session)
  const told = placed.messages.map(({ text, status }) => ({ text, status: status.toUpperCase() }))
  return { order: await withEtag(send, placed), id, messages: [...messages, ...told] }
}

function etagOf({ customData }: OrderForm): string | undefined {
  return customData?.customApps.find(one => one.id === app)?.fields[field]
}

/** Of what the shopper would notice. */
function fingerprint({ items }: OrderForm): string {
  const seen = items.map(({ uniqueId, quantity, sellingPrice }) => [uniqueId, quantity, sellingPrice])
  return createHash('md5').update(JSON.stringify(seen)).digest('hex')
}

function withEtag(send: Send, form: OrderForm): Promise<OrderForm> {
  const value = fingerprint(form)
  return send('PUT', `/orderForm/${form.orderFormId}/customData/${app}/${field}`, JSON.stringify({ value }))
}

/** One call for what differs: changed and vanished items by their place, new ones without one. Undefined: nothing did. */
async function patch(send: Send, form: OrderForm, wanted: readonly BrowserItem[]): Promise<OrderForm | undefined> {
  const left = new Map(wanted.map(item => [`${item.sku} ${item.seller}`, item]))
  const changes = form.items.flatMap((item, index) => {
    if (item.isGift) return []
    const key = `${item.id} ${item.seller}`
    const own = left.get(key)
    left.delete(key)
    const quantity = own?.quantity ?? 0
    const isSame = own !== undefined && quantity === item.quantity && own.price === item.sellingPrice / 100
    return isSame ? [] : [{ id: item.id, seller: item.seller, quantity, index }]
  })
  const added = [...left.values()].map(({ sku, seller, quantity }) => ({ id: sku, seller, quantity, attachments: [] }))
  const orderItems = [...changes, ...added]
  if (orderItems.length === 0) return undefined
  const body = JSON.stringify({ orderItems, noSplitItem: true })
  return send('PATCH', `/orderForm/${form.orderFormId}/items?allowOutdatedData=paymentData&sc=1`, body)
}

async function withSession(
  send: Send,
  form: OrderForm,
  session: Parameters<typeof validateCart>[2],
): Promise<OrderForm> {
  const path = `/orderForm/${form.orderFormId}/attachments`
  const { postalCode, country, utmSource, locale } = session
  const selectedAddresses = [
    { addressType: null, postalCode, country, receiverName: null, geoCoordinates: [], number: null, street: null },
  ]
  const shipped = await send(
    'POST',
    `${path}/shippingData`,
    JSON.stringify({
      selectedAddresses,
      logisticsInfo: form.shippingData.logisticsInfo,
      clearAddressIfPostalCodeNotFound: true,
    }),
  )
  await send('POST', `${path}/shippingData`, JSON.stringify({ ...shipped.shippingData }))
  await send('POST', `${path}/marketingData`, JSON.stringify({ utmSource }))
  return send('POST', `${path}/clientPreferencesData`, JSON.stringify({ locale, optinNewsLetter: null }))
}
