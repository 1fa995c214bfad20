/** Payment providers that are put together in `assemble.ts`; what a payment method may name. A new one is a word here. */
export const providerNames = ['manual', 'sandbox'] as const

export type ProviderName = (typeof providerNames)[number]
