import type { Notice } from '../../../core/cart/cart.js'
import { type Texts, textsOf } from '../texts.js'

/** Something that the shopper is told beside a successful answer. */
export interface Message {
  readonly code: string
  readonly text: string
  readonly status: 'error' | 'warning' | 'info'
  readonly fields: Readonly<Record<string, string>>
}

/** The notices of a cart in the API's words. What reads the same for several items is told once: clients show each message. */
export function renderMessages(notices: readonly Notice[], locale: string): readonly Message[] {
  const messages = notices.map(notice => renderMessage(notice, locale))
  return [...new Map(messages.map(message => [JSON.stringify(message), message])).values()]
}

function renderMessage(notice: Notice, locale: string): Message {
  const { code, text, status } = word(notice, textsOf(locale))
  return { code, text, status: status ?? notice.level, fields: fieldsOf(notice) }
}

type Worded = Pick<Message, 'code' | 'text'> & { readonly status?: Message['status'] }

/** Messages carry which item they are about. */
function fieldsOf({ data }: Notice): Readonly<Record<string, string>> {
  const { position, id, name } = data
  return {
    ...(position === undefined ? {} : { itemIndex: position }),
    ...(id === undefined ? {} : { id }),
    ...(name === undefined ? {} : { skuName: name }),
  }
}

function word(notice: Notice, texts: Texts): Worded {
  const { code, data } = notice
  const about = data.name ?? data.sku ?? ''
  switch (code) {
    case 'coupon_invalid':
      return { code: 'couponNotFound', text: texts.couponNotFound(data.code ?? ''), status: 'warning' }
    case 'coupon_expired':
      return { code: 'couponExpired', text: texts.couponExpired(data.code ?? ''), status: 'warning' }
    case 'price_changed':
      return { code: 'changedPriceValue', text: texts.priceChanged }
    case 'quantity_reduced':
      return { code: 'itemQuantityNotAvailable', text: texts.quantityReduced(about) }
    case 'line_unavailable':
      return wordUnavailable(data.reason ?? '', about, data.id ?? data.sku ?? '', texts)
    case 'line_removed':
      return data.reason === 'limit'
        ? { code: 'cartMaxProductCountReached', text: texts.maxProducts, status: 'info' }
        : { code: 'ORD028', text: texts.notAvailable(about, data.id ?? data.sku ?? ''), status: 'error' }
    case 'shipping_option_gone':
      return { code: 'changedFreight', text: texts.freightChanged }
    case 'shipping_price_changed':
      return { code: 'changedFreightPrice', text: texts.freightPriceChanged }
    case 'payment_unavailable':
      return { code: 'unavailableSelectedPayment', text: texts.paymentUnavailable }
    case 'payment_declined':
    case 'payment_expired':
      return { code: 'CHK0204', text: texts.paymentDeclined, status: 'error' }
    case 'gift_card_invalid':
      return wordGiftCard(data.reason ?? '', data.code ?? '', texts)
    case 'attachments_removed':
      return { code: 'itemAttachmentsRemoved', text: texts.attachmentsRemoved(about) }
    case 'options_removed':
      return { code: 'bundleItemsRemoved', text: texts.servicesRemoved(about) }
    case 'taxes_unknown':
      return data.reason === 'timed_out'
        ? { code: 'CHK00301', text: texts.taxesLate, status: 'error' }
        : { code: 'CHK0219', text: texts.taxesUnknown, status: 'error' }
    case 'gift_unavailable':
      return { code: 'GiftUnavailable', text: texts.giftUnavailable }
  }
}

function wordUnavailable(reason: string, name: string, id: string, texts: Texts): Worded {
  switch (reason) {
    case 'unknown':
      return { code: 'ORD027', text: texts.notFound(id) }
    case 'not_deliverable':
      return { code: 'cannotBeDelivered', text: texts.cannotBeDelivered(name) }
    case 'no_price':
      return { code: 'withoutPrice', text: texts.withoutPrice(name) }
    case 'not_found':
      return { code: 'unavailableItemFulfillment', text: texts.notAvailable(name, id) }
    case 'subscription':
      return {
        code: 'subscriptionNotAllowedToOrderFormWithoutItens',
        text: texts.subscriptionWithoutItems,
        status: 'info',
      }
    default:
      return { code: 'withoutStock', text: texts.withoutStock(name) }
  }
}

function wordGiftCard(reason: string, code: string, texts: Texts): Worded {
  if (reason === 'unused') return { code: 'unusedGiftCard', text: texts.unusedGiftCard(code), status: 'error' }
  if (reason === 'empty') return { code: 'noFundsGiftCard', text: texts.noFundsGiftCard(code), status: 'error' }
  return { code: 'invalidGiftCard', text: texts.invalidGiftCard(code), status: 'error' }
}
