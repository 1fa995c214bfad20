import type { PaymentMethod } from '../../../core/pricing/facts.js'
import type { PricedCart } from '../../../core/pricing/priced-cart.js'
import type { Attributes, Resource } from '../json-api.js'

/** What a client may choose to pay with. */
export interface PaymentChoice {
  readonly id: string
  readonly name: string
  readonly provider: string
  readonly priority: number | null
  readonly requiredRequestData: readonly string[]
}

/** Offered when gift cards pay for everything and the store has no method of its own for that. */
export const noPayment: PaymentChoice = {
  id: '0',
  name: 'paid',
  provider: 'Nopayment',
  priority: null,
  requiredRequestData: ['paymentMethod', 'paymentProvider'],
}

/** Choices for this cart. Gift cards are none: their codes go on the cart. */
export function paymentChoices(priced: PricedCart): readonly PaymentChoice[] {
  const choices = priced.paymentMethods
    .filter(({ kind }) => kind !== 'gift_card' && (kind !== 'free' || isPaidFor(priced)))
    .map(method => ({
      id: method.integerId.toString(),
      name: method.name,
      provider: method.providerName,
      priority: method.position,
      requiredRequestData: requiredData(method),
    }))
  return choices.length === 0 && isPaidFor(priced) ? [noPayment] : choices
}

/** Something is bought and nothing is left to pay, as when gift cards cover it. */
export function isPaidFor({ lines, totals }: PricedCart): boolean {
  return lines.length > 0 && totals.amountDue === 0n
}

/** The two names always come first: clients read the list as what a payment object must have. */
function requiredData(method: PaymentMethod): readonly string[] {
  return [...new Set(['paymentMethod', 'paymentProvider', ...method.requiredData])]
}

/** The choice that a client named; names are compared without regard to case. */
export function choiceNamed<Choice extends { readonly name: string; readonly provider: string }>(
  choices: readonly Choice[],
  named: { readonly method: string; readonly provider: string },
): Choice | undefined {
  const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase()
  return choices.find(choice => same(choice.name, named.method) && same(choice.provider, named.provider))
}

/** `paymentProviders` of the attributes: methods grouped by provider. */
export function paymentProviders(choices: readonly PaymentChoice[]): readonly Attributes[] {
  const providers = [...new Set(choices.map(choice => choice.provider))]
  return providers.map(provider => ({
    paymentProviderName: provider,
    paymentMethods: choices
      .filter(choice => choice.provider === provider)
      .map(choice => ({
        paymentMethodName: choice.name,
        paymentProviderName: null,
        requiredRequestData: choice.requiredRequestData,
      })),
  }))
}

/** An entry of `selectedPaymentMethods`. */
export function selectedPaymentMethod(choice: PaymentChoice): Attributes {
  return {
    paymentMethodName: choice.name,
    paymentProviderName: choice.provider,
    requiredRequestData: choice.requiredRequestData,
  }
}

/** A `payment-methods` resource. */
export function renderPaymentMethod(choice: PaymentChoice): Resource {
  return {
    type: 'payment-methods',
    id: choice.id,
    attributes: {
      paymentMethodName: choice.name,
      paymentProviderName: choice.provider,
      priority: choice.priority,
      requiredRequestData: choice.requiredRequestData,
      paymentMethodAppConfiguration: null,
    },
  }
}
