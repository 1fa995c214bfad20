/** A point in time: ISO 8601 in UTC with milliseconds, e.g. `2026-11-21T08:00:00.000Z`. Compares as text. */
export type Instant = string
/** UUID, lower case. In three dialects a cart's id is a capability, so it is random. */
export type CartId = string
/** UUID, lower case, stable for the life of the line. */
export type LineItemId = string
export type ConsignmentId = string
export type OrderId = string
export type PaymentId = string
export type CustomerId = string
/** Stock keeping unit: what is priced, stocked and bought. Unique in the store. */
export type Sku = string
export type ChannelId = string
export type SellerId = string
export type PromotionId = string
export type ShippingOptionId = string
/** Any JSON value that the core keeps but never reads. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }
