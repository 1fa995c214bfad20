import type { PricedLine } from '../../../core/pricing/priced-cart.js'
import { compact } from '../address.js'
import type { JsonObject } from '../validation.js'

/** Terms of a line that comes again and again. Source: dialects/wix.md 4.2. */
export function renderSubscription({ item, variant, name }: PricedLine): JsonObject | undefined {
  const terms = item.subscription
  if (terms === undefined) return undefined
  const option = variant?.subscriptionOptions.find(one => one.optionId === terms.optionId)
  const title = option?.title ?? name
  return {
    subscriptionSettings: compact({
      frequency: terms.frequency.toUpperCase(),
      interval: terms.interval,
      autoRenewal: terms.cycles === undefined,
      billingCycles: terms.cycles,
      enableCustomerCancellation: true,
      freeTrialPeriod: terms.trialDays === undefined ? undefined : { frequency: 'DAY', interval: terms.trialDays },
    }),
    title: { original: title, translated: title },
    description: {},
  }
}
