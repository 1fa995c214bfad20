import type { Json } from '../../core/ids.js'
import { toDecimal } from '../../core/money.js'
import type { StoreRecord } from '../../storage/import-store.js'
import { writeChannel } from './forms/channel.js'
import { writeGiftCard } from './forms/gift-card.js'
import { writePaymentMethod } from './forms/payment-method.js'
import { writePromotion } from './forms/promotion.js'
import { writeSeller } from './forms/seller.js'
import { writeShippingMethod } from './forms/shipping-method.js'
import { writeTaxZone } from './forms/tax-zone.js'
import { writeVariant } from './forms/variant.js'

/**
 * An entry as the file has it, without its `kind`; reading it again gives the same record.
 *
 * @param currencyOf the currency of a channel, which the file leaves out in places
 */
export function writeRecord(
  record: StoreRecord,
  currencyOf: (channel: string) => string,
): Readonly<Record<string, Json>> {
  switch (record.kind) {
    case 'channel':
      return writeChannel(record.value)
    case 'tax_zone':
      return { channel: record.channel, ...writeTaxZone(record.value) }
    case 'shipping_method':
      return { channel: record.channel, ...writeShippingMethod(record.value, currencyOf(record.channel)) }
    case 'payment_method':
      return { channel: record.channel, ...writePaymentMethod(record.value) }
    case 'pickup_point': {
      const { address, hours, postalRanges, ...rest } = record.value
      return {
        channel: record.channel,
        ...rest,
        address: { ...address },
        hours: hours.map(one => ({ ...one })),
        postalRanges: postalRanges.map(one => ({ ...one })),
      }
    }
    case 'seller':
      return writeSeller(record.value)
    case 'variant':
      return writeVariant(record.value)
    case 'stock':
      return { ...record.value }
    case 'price': {
      const { amount, list, ...rest } = record.value
      const listed = list === undefined ? {} : { list: toDecimal(list, rest.currency) }
      return { sku: record.sku, ...rest, amount: toDecimal(amount, rest.currency), ...listed }
    }
    case 'promotion':
      return writePromotion(record.value)
    case 'coupon':
      return { ...record.value }
    case 'gift_card':
      return writeGiftCard(record.channels, record.value)
    case 'customer': {
      const { addresses, storeCredit = [], ...rest } = record.value
      const credit = storeCredit.map(({ currency, amount }) => [currency, toDecimal(amount, currency)])
      return {
        ...rest,
        passwordHash: record.passwordHash,
        addresses: addresses.map(one => ({ ...one })),
        ...(credit.length === 0 ? {} : { storeCredit: Object.fromEntries(credit) }),
      }
    }
    case 'credential': {
      const { kind: _, ...rest } = record.value
      return rest
    }
    case 'postal_place':
      return { ...record.value }
  }
}
