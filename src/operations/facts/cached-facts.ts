import { codeKey } from '../../core/cart/code-key.js'
import type { Channel } from '../../core/catalog/channel.js'
import type { Variant } from '../../core/catalog/variant.js'
import type { CustomerId, Instant, PromotionId, Sku } from '../../core/ids.js'
import type { Minor } from '../../core/money.js'
import type { Facts } from '../../core/pricing/facts.js'
import type { TaxProvider } from '../../core/pricing/tax-quote.js'
import type { ChannelFacts, PostalPlace, Storage } from '../../storage/storage.js'
import type { CachedVariantKey, FactsNeeded, FactsSource } from './facts-source.js'

/** How long a channel is taken from the cache without asking for the epoch, milliseconds; carts always tell it. Ours. */
const channelKeptMilliseconds = 2_000

/** Variants kept in the process; about 2 kB each. */
const variantsKept = 50_000

/** Postal codes kept in the process; about half a kB each. */
const postalCodesKept = 10_000

interface Cache {
  epoch: bigint
  readonly channels: Map<string, ChannelFacts>
  /** All of them; absent: nobody asked yet. */
  everyChannel?: readonly Channel[]
  readonly variants: Map<Sku, Variant>
  /** By the integer id; as many as there are variants. */
  readonly skus: Map<number, Sku>
  /** By a name and a value among their external ids; those that nobody has are not kept. */
  readonly external: Map<string, readonly Variant[]>
  /** By country and code. */
  readonly postalPlaces: Map<string, readonly PostalPlace[]>
}

function emptyCache(epoch: bigint): Cache {
  const [channels, variants, skus, external] = [new Map(), new Map(), new Map(), new Map()]
  return { epoch, channels, variants, skus, external, postalPlaces: new Map() }
}

/**
 * Facts from storage, kept in the process until the catalog's epoch moves. Prices, promotions, shipping, taxes and
 * payment methods come from the cache; stock, codes and the customer's history are asked when needed, one query each.
 */
export function createFactsSource(
  storage: Pick<Storage, 'catalog' | 'customers'>,
  clock: () => Instant,
  taxProviderOf: (channel: Channel) => TaxProvider | undefined = () => undefined,
): FactsSource {
  let cache = emptyCache(-1n)

  /** When an epoch was last told, milliseconds. */
  let toldAt = Number.NEGATIVE_INFINITY

  /** The cache of that epoch. A later epoch drops all; an earlier one (a slow read) may use the newer facts. */
  function cacheAt(epoch: bigint): Cache {
    toldAt = Date.parse(clock())
    if (epoch > cache.epoch) cache = emptyCache(epoch)
    return cache
  }

  async function channelFacts(at: Cache, id: string): Promise<ChannelFacts | undefined> {
    const known = at.channels.get(id)
    if (known !== undefined) return known
    const loaded = await storage.catalog.channelFacts(id)
    if (loaded !== undefined) at.channels.set(id, loaded)
    return loaded
  }

  async function load(needed: FactsNeeded): Promise<Facts | undefined> {
    const at = cacheAt(needed.epoch)
    const rules = await channelFacts(at, needed.channel)
    if (rules === undefined) return undefined
    const facts = await loadFacts(storage, at, rules, needed, clock)
    const taxProvider = taxProviderOf(rules.channel)
    return taxProvider === undefined ? facts : { ...facts, taxProvider }
  }

  /** The cache, if an epoch was told a moment ago; else as of the epoch now. */
  async function recentCache(): Promise<Cache> {
    const isRecent = Math.abs(Date.parse(clock()) - toldAt) < channelKeptMilliseconds
    return isRecent ? cache : cacheAt(await storage.catalog.epoch())
  }

  async function channel(id: string): Promise<Channel | undefined> {
    return (await channelFacts(await recentCache(), id))?.channel
  }

  async function postalPlaces(country: string, postalCode: string): Promise<readonly PostalPlace[]> {
    const { postalPlaces: kept } = await recentCache()
    const key = `${country} ${postalCode}`
    const known = kept.get(key)
    if (known !== undefined) return known
    const found = await storage.catalog.postalPlaces(country, postalCode)
    keep(kept, key, found, postalCodesKept)
    return found
  }

  async function rules(id: string): Promise<ChannelFacts | undefined> {
    return (await channel(id)) === undefined ? undefined : channelFacts(cache, id)
  }

  return {
    load,
    channel,
    rules,
    channels: () => storage.catalog.channels(),
    recentChannels: async () => channelsAt(storage, await recentCache()),
    epoch: async () => (await recentCache()).epoch,
    variants: async key => variantsBy(storage, await recentCache(), key),
    postalPlaces,
  }
}

async function channelsAt(storage: Pick<Storage, 'catalog'>, at: Cache): Promise<readonly Channel[]> {
  at.everyChannel ??= await storage.catalog.channels()
  return at.everyChannel
}

/** Everything that one decision needs: the channel's rules as they are given, the rest in one query each. */
async function loadFacts(
  storage: Pick<Storage, 'catalog' | 'customers'>,
  at: Cache,
  rules: ChannelFacts,
  needed: FactsNeeded,
  clock: () => Instant,
): Promise<Facts> {
  const codes = [...new Set(needed.codes.map(codeKey))].filter(code => code !== '')
  const accounts = needed.accounts ?? []
  const tracksStock = rules.channel.tracksStock !== false
  const looksAtStock = needed.stock && tracksStock
  const gifts = giftSkus(rules, codes.length > 0)
  const limited = limitedPromotions(rules, codes.length > 0)
  const [known, stock, giftStock, found, customer, promotionUses] = await Promise.all([
    variantsAt(storage, at, gifts.length === 0 ? needed.skus : [...needed.skus, ...gifts]),
    looksAtStock ? stockFor(storage, needed, gifts) : new Map<Sku, number>(),
    needed.gifts === true && !needed.stock && tracksStock && gifts.length > 0
      ? storage.catalog.stock(gifts)
      : undefined,
    codes.length > 0 || accounts.length > 0
      ? storage.catalog.codes(codes, needed.channel, { couponHolder: needed.couponHolder, accounts })
      : { coupons: [], giftCards: [], storeCredit: new Map<string, Minor>() },
    customerFacts(storage, rules, needed.customer),
    limited.length > 0 ? storage.catalog.promotionUses(limited, needed.couponHolder) : undefined,
  ])
  const components = await componentFacts(storage, at, known, looksAtStock ? needed.knownStock?.of : 'unasked')
  return {
    now: clock(),
    channel: rules.channel,
    variants: components === undefined ? known : new Map([...known, ...components.variants]),
    ...(looksAtStock ? { stock: components === undefined ? stock : new Map([...components.stock, ...stock]) } : {}),
    ...(giftStock === undefined ? {} : { giftStock }),
    promotions: rules.promotions,
    ...(promotionUses === undefined ? {} : { promotionUses }),
    coupons: byCode(found.coupons),
    giftCards: byCode(found.giftCards),
    storeCredit: found.storeCredit,
    shippingMethods: rules.shippingMethods,
    taxZones: rules.taxZones,
    pickupPoints: rules.pickupPoints,
    paymentMethods: rules.paymentMethods,
    sellers: new Map(rules.sellers.map(seller => [seller.id, seller])),
    ...(customer === undefined ? {} : { customer }),
  }
}

async function variantsBy(
  storage: Pick<Storage, 'catalog'>,
  at: Cache,
  key: CachedVariantKey,
): Promise<readonly Variant[]> {
  if ('externalIds' in key) return variantsByExternalId(storage, at, key.externalIds)
  if ('skus' in key) return [...(await variantsAt(storage, at, key.skus)).values()]
  const known = key.variantIds.flatMap(id => at.variants.get(at.skus.get(id) ?? '') ?? [])
  const ids = new Set(known.map(({ variantId }) => variantId))
  const missing = [...new Set(key.variantIds)].filter(id => !ids.has(id))
  if (missing.length === 0) return known
  const found = await storage.catalog.findVariants({ variantIds: missing })
  for (const variant of found) remember(at, variant)
  return [...known, ...found]
}

async function variantsByExternalId(
  storage: Pick<Storage, 'catalog'>,
  at: Cache,
  { name, values }: { readonly name: string; readonly values: readonly string[] },
): Promise<readonly Variant[]> {
  const keyOf = (value: string) => `${name} ${value}`
  const wanted = [...new Set(values)]
  const known = wanted.flatMap(value => at.external.get(keyOf(value)) ?? [])
  const missing = wanted.filter(value => !at.external.has(keyOf(value)))
  if (missing.length === 0) return known
  const found = await storage.catalog.findVariants({ externalIds: { name, values: missing } })
  for (const variant of found) remember(at, variant)
  for (const value of missing) {
    const own = found.filter(variant => variant.externalIds[name] === value)
    if (own.length > 0) keep(at.external, keyOf(value), own, variantsKept)
  }
  return [...known, ...found]
}

/** What was read with the cart, and one query for what was not. */
async function stockFor(
  storage: Pick<Storage, 'catalog'>,
  needed: FactsNeeded,
  gifts: readonly Sku[],
): Promise<ReadonlyMap<Sku, number>> {
  const { of = [], pieces = new Map<Sku, number>() } = needed.knownStock ?? {}
  const known = new Set(of)
  const missing = [...new Set([...needed.skus, ...gifts])].filter(sku => !known.has(sku))
  return missing.length === 0 ? pieces : new Map([...pieces, ...(await storage.catalog.stock(missing))])
}

/** One query for those that are not cached. */
async function variantsAt(
  storage: Pick<Storage, 'catalog'>,
  at: Cache,
  skus: readonly Sku[],
): Promise<ReadonlyMap<Sku, Variant>> {
  const found = new Map<Sku, Variant>()
  const missing: Sku[] = []
  for (const sku of new Set(skus)) {
    const known = at.variants.get(sku)
    if (known === undefined) missing.push(sku)
    else found.set(sku, known)
  }
  if (missing.length > 0) {
    for (const variant of await storage.catalog.variants(missing)) {
      found.set(variant.sku, variant)
      remember(at, variant)
    }
  }
  return found
}

function remember({ variants, skus }: Cache, variant: Variant): void {
  keep(variants, variant.sku, variant, variantsKept)
  keep(skus, variant.variantId, variant.sku, variantsKept)
}

/**
 * What goods may be put together from, with its stock: asked only where such goods are in the cart, so that a component can
 * be added. A query or two, however many there are.
 */
async function componentFacts(
  storage: Pick<Storage, 'catalog'>,
  at: Cache,
  known: ReadonlyMap<Sku, Variant>,
  stocked: readonly Sku[] | undefined | 'unasked',
): Promise<{ readonly variants: ReadonlyMap<Sku, Variant>; readonly stock: ReadonlyMap<Sku, number> } | undefined> {
  const groups = [...known.values()].flatMap(variant => variant.componentGroups ?? [])
  const skus = new Set(groups.flatMap(group => group.components.map(({ sku }) => sku)))
  if (skus.size === 0) return undefined
  const counted = stocked === 'unasked' ? [...skus] : (stocked ?? [])
  const uncounted = [...skus].filter(sku => !counted.includes(sku))
  const [variants, stock] = await Promise.all([
    variantsAt(
      storage,
      at,
      [...skus].filter(sku => !known.has(sku)),
    ),
    uncounted.length === 0 ? new Map<Sku, number>() : storage.catalog.stock(uncounted),
  ])
  return { variants, stock }
}

/** The oldest one makes room. */
function keep<Key, Value>(kept: Map<Key, Value>, key: Key, value: Value, most: number): void {
  if (kept.size >= most) {
    const oldest = kept.keys().next()
    if (oldest.done !== true) kept.delete(oldest.value)
  }
  kept.set(key, value)
}

/** Asked only where a promotion of the channel looks at the customer. */
async function customerFacts(
  storage: Pick<Storage, 'customers'>,
  rules: ChannelFacts,
  id: CustomerId | undefined,
): Promise<Facts['customer']> {
  if (id === undefined) return undefined
  const kinds = new Set(rules.promotions.flatMap(promotion => promotion.conditions.map(condition => condition.kind)))
  if (!kinds.has('customer_group') && !kinds.has('first_order')) return undefined
  const [customer, orderCount] = await Promise.all([
    storage.customers.read({ id }),
    kinds.has('first_order') ? storage.customers.orderCount(id) : 0,
  ])
  return customer === undefined ? undefined : { groups: customer.groups, orderCount }
}

/** Under the code as it is written, which carts keep, and under the form in which typed codes are compared. */
function byCode<T extends { readonly code: string }>(found: readonly T[]): ReadonlyMap<string, T> {
  return new Map(found.flatMap(each => [[codeKey(each.code), each] as const, [each.code, each] as const]))
}

/** Promotions whose uses decide whether they apply: the epoch does not move when an order uses one up. */
function limitedPromotions(rules: ChannelFacts, hasCodes: boolean): readonly PromotionId[] {
  return rules.promotions.flatMap(({ id, isActive, needsCoupon, usageLimit, usageLimitPerCustomer }) => {
    const isLimited = usageLimit !== undefined || usageLimitPerCustomer !== undefined
    return isLimited && isActive && (hasCodes || !needsCoupon) ? [id] : []
  })
}

/** What promotions of the channel may give away: known whenever a cart is priced, so that a gift can be added. */
function giftSkus(rules: ChannelFacts, hasCodes: boolean): readonly Sku[] {
  const possible = rules.promotions.filter(({ isActive, needsCoupon }) => isActive && (hasCodes || !needsCoupon))
  return possible.flatMap(promotion =>
    promotion.benefits.flatMap(benefit => {
      if (benefit.kind === 'gift_choice') return benefit.skus
      return benefit.kind === 'free_gift' ? [benefit.sku] : []
    }),
  )
}
