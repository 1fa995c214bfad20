/** Payment providers that are put together in `assemble.ts`; what a payment method may name. A new one is a word here. */
export const providerNames = ['manual', 'sandbox', 'stripe'] as const

export type ProviderName = (typeof providerNames)[number]
