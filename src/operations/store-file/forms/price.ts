import { z } from 'zod'
import { channelOf, form } from '../form.js'
import * as written from '../written.js'
import { toChannelPrices } from './prices.js'

const priceSchema = z.strictObject({
  sku: written.code,
  channel: written.code,
  currency: written.currency.exactOptional(),
  mode: written.priceMode.exactOptional(),
  amount: written.amount,
  list: written.amount.exactOptional(),
})

/** One price of a variant that is there already; its other prices stay. */
export const priceForm = form(priceSchema, ({ sku, channel: id, currency, ...entry }, reading) => {
  reading.refersToSku(sku, ['sku'])
  const channel = channelOf(id, ['channel'], reading)
  if (channel === undefined) return []
  const inEntry = {
    ...reading,
    problem: (path: readonly PropertyKey[], message: string) => {
      const [, , field = currency === undefined ? 'channel' : 'currency'] = path
      reading.problem([field], message)
    },
  }
  const prices = toChannelPrices({ [currency ?? channel.currency]: [entry] }, channel, [], inEntry)
  return prices.map(price => ({ kind: 'price' as const, sku, value: { channel: id, ...price } }))
})
