import type { TotalizerId } from './render/totalizers.js'

/** What this dialect says to people, in one language. */
export interface Texts {
  readonly totals: Readonly<Record<TotalizerId, string>>
  readonly couponNotFound: (code: string) => string
  readonly couponExpired: (code: string) => string
  readonly withoutStock: (name: string) => string
  readonly withoutPrice: (name: string) => string
  readonly cannotBeDelivered: (name: string) => string
  readonly notFound: (id: string) => string
  readonly notAvailable: (name: string, id: string) => string
  readonly quantityReduced: (name: string) => string
  readonly priceChanged: string
  readonly freightChanged: string
  readonly freightPriceChanged: string
  readonly paymentUnavailable: string
  readonly paymentDeclined: string
  readonly invalidGiftCard: (code: string) => string
  readonly noFundsGiftCard: (code: string) => string
  readonly unusedGiftCard: (code: string) => string
  readonly attachmentsRemoved: (name: string) => string
  readonly servicesRemoved: (name: string) => string
  readonly giftUnavailable: string
  readonly taxesUnknown: string
  readonly taxesLate: string
  readonly maxProducts: string
  readonly subscriptionWithoutItems: string
}

const english: Texts = {
  totals: {
    Items: 'Items Total',
    Discounts: 'Discounts Total',
    Shipping: 'Shipping Total',
    Tax: 'Tax Total',
    Interest: 'Interest Total',
  },
  couponNotFound: code => `Coupon ${code} invalid`,
  couponExpired: code => `Coupon ${code} expired`,
  withoutStock: name => `The item ${name} has no inventory`,
  withoutPrice: name => `The item ${name} has no price`,
  cannotBeDelivered: name => `Item ${name} cannot be delivered for this postal code`,
  notFound: id => `Item ${id} not found or unavailable`,
  notAvailable: (name, id) => `Item ${name}(${id}) is not available`,
  quantityReduced: name => `The desired quantity for item ${name} is not available`,
  priceChanged: 'Items value has changed',
  freightChanged: 'The selected delivery option is no longer available',
  freightPriceChanged: 'Freight value has changed',
  paymentUnavailable: 'The selected payment is no longer available',
  paymentDeclined: 'The payment was denied',
  invalidGiftCard: code => `Invalid GiftCard ${code} code`,
  noFundsGiftCard: code => `Gift card ${code} has no funds`,
  unusedGiftCard: code => `Gift card ${code} is not needed`,
  attachmentsRemoved: name => `Attachments of item ${name} were removed`,
  servicesRemoved: name => `Services of item ${name} were removed`,
  giftUnavailable: 'The gift is not available',
  taxesUnknown: 'Unable to communicate with the tax service',
  taxesLate: 'The tax service did not answer in time',
  maxProducts: 'The cart holds as many items as it may',
  subscriptionWithoutItems: 'A subscription needs items in the cart',
}

const portuguese: Texts = {
  totals: {
    Items: 'Total dos Itens',
    Discounts: 'Total dos Descontos',
    Shipping: 'Total do Frete',
    Tax: 'Total da Taxa',
    Interest: 'Total dos Juros',
  },
  couponNotFound: code => `Cupom ${code} inválido`,
  couponExpired: code => `Cupom ${code} expirado`,
  withoutStock: name => `O item ${name} não tem estoque`,
  withoutPrice: name => `O item ${name} não tem preço`,
  cannotBeDelivered: name => `O item ${name} não pode ser entregue neste CEP`,
  notFound: id => `Item ${id} não encontrado ou indisponível`,
  notAvailable: (name, id) => `O item ${name}(${id}) não está disponível`,
  quantityReduced: name => `A quantidade desejada do item ${name} não está disponível`,
  priceChanged: 'O valor dos itens mudou',
  freightChanged: 'A forma de entrega escolhida não está mais disponível',
  freightPriceChanged: 'O valor do frete mudou',
  paymentUnavailable: 'A forma de pagamento escolhida não está mais disponível',
  paymentDeclined: 'O pagamento foi negado',
  invalidGiftCard: code => `Código de vale-presente ${code} inválido`,
  noFundsGiftCard: code => `O vale-presente ${code} não tem saldo`,
  unusedGiftCard: code => `O vale-presente ${code} não é necessário`,
  attachmentsRemoved: name => `Os anexos do item ${name} foram removidos`,
  servicesRemoved: name => `Os serviços do item ${name} foram removidos`,
  giftUnavailable: 'O brinde não está disponível',
  taxesUnknown: 'Não foi possível consultar o serviço de impostos',
  taxesLate: 'O serviço de impostos não respondeu a tempo',
  maxProducts: 'O carrinho atingiu o número máximo de itens',
  subscriptionWithoutItems: 'Uma assinatura precisa de itens no carrinho',
}

/** Texts of a locale; English where there are none. */
export function textsOf(locale: string): Texts {
  return /^pt\b/i.test(locale) ? portuguese : english
}
