import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/**
 * The adapters of the Oryx storefront packages, composed as its own application composes them, outside of a browser.
 * The packages are not a dependency of this project: their licence is for evaluation only. Whoever has the right to use
 * them installs them in a folder of their own (docs/dialects/spryker.md) and names it here.
 */
export interface OryxAdapters {
  readonly stores: { get(): Promise<unknown> }
  readonly carts: {
    getAll(): Promise<readonly OryxCart[]>
    create(): Promise<OryxCart>
    addEntry(entry: { cartId?: string; sku: string; quantity: number }): Promise<OryxCart>
    updateEntry(entry: { cartId: string; groupKey: string; quantity: number }): Promise<OryxCart>
    update(change: { cartId: string; currency: string }): Promise<OryxCart>
  }
  readonly checkout: {
    get(data: OryxCheckout): Promise<OryxCheckoutData>
    placeOrder(data: OryxCheckout): Promise<{ orderReference: string; orders?: readonly OryxOrder[] }>
  }
  readonly login: { login(who: { email: string; password: string }): Promise<unknown> }
  readonly users: { get(): Promise<{ email: string }> }
  readonly addresses: { getList(): Promise<readonly OryxAddress[]> }
  readonly orders: { get(which: { id: string }): Promise<OryxOrder | null> }
}

export interface OryxCart {
  readonly id: string
  readonly totals: { readonly grandTotal: number }
  readonly products?: readonly { readonly sku: string; readonly groupKey: string; readonly quantity: number }[]
}

export type OryxAddress = Readonly<Record<string, unknown>>

export interface OryxPayment {
  readonly name: string
  readonly provider: string
}

export interface OryxCheckout {
  readonly cartId: string
  readonly customer?: Readonly<Record<string, string>>
  readonly billingAddress?: OryxAddress
  readonly shippingAddress?: OryxAddress
  readonly shipment?: { readonly idShipmentMethod: number }
  readonly payments?: readonly OryxPayment[]
}

export interface OryxCheckoutData {
  readonly paymentMethods: readonly OryxPayment[]
  readonly shipments: readonly {
    readonly carriers: readonly {
      readonly shipmentMethods: readonly { readonly id: string; readonly name: string }[]
    }[]
  }[]
}

export interface OryxOrder {
  readonly id: string
  readonly totals: { readonly grandTotal: number }
}

/** A module, an instance or a function of a package that has no types here: looked into with `member`. */
type Foreign = Readonly<Record<string, unknown>>

/** Composes the adapters against `baseUrl`; nothing else differs from how the storefront runs. */
export async function loadOryxAdapters(packagesFolder: string, baseUrl: string): Promise<OryxAdapters> {
  const load = moduleLoader(packagesFolder)
  browserGlobals(await load('happy-dom'))
  // The packages choose between old and new behavior by this; 1.4 is their newest.
  define('__ORYX_FEATURE_VERSION__', '1.4')
  const names = ['di', 'core', 'i18n', 'router', 'site', 'auth', 'cart', 'checkout', 'user', 'order']
  const modules = new Map<string, Foreign>()
  for (const name of names) modules.set(name, await load(`@spryker-oryx/${name}`))
  const part = (name: string, member: string): unknown => modules.get(name)?.[member]
  const injector = construct(part('di', 'Injector'), [
    ...list(part('core', 'coreProviders')),
    ...list(construct(part('i18n', 'I18nFeature')).providers),
    ...list(construct(part('router', 'RouterFeature')).providers),
    ...list(part('site', 'siteProviders')),
    ...list(construct(part('auth', 'SapiAuthFeature')).providers),
    ...list(part('cart', 'cartProviders')),
    ...list(part('checkout', 'checkoutProviders')),
    ...list(part('user', 'userProviders')),
    ...list(part('order', 'orderProviders')),
    { provide: 'SCOS_BASE_URL', useValue: baseUrl },
    { provide: 'STORE', useValue: 'DE' },
  ])
  const get = <Adapter>(token: string): Adapter => promised(call(injector, 'inject', [`oryx.${token}`])) as Adapter
  return {
    stores: get('StoreService'),
    carts: get('CartAdapter'),
    checkout: get('CheckoutAdapter'),
    login: get('AuthLoginStrategy'),
    users: get('OryxUserAdapter'),
    addresses: get('AddressAdapter'),
    orders: get('OrderAdapter'),
  }
}

function moduleLoader(folder: string): (name: string) => Promise<Foreign> {
  const { resolve } = createRequire(join(folder, 'package.json'))
  return async name => (await import(pathToFileURL(resolve(name)).href)) as Foreign
}

function construct(type: unknown, ...values: readonly unknown[]): Foreign {
  if (typeof type !== 'function') throw new Error('The Oryx packages lack a class that their 1.4 has')
  return Reflect.construct(type, values) as Foreign
}

function call(target: Foreign, name: string, values: readonly unknown[]): Foreign {
  const method = target[name]
  if (typeof method !== 'function') throw new Error(`The Oryx packages lack the method ${name}`)
  return Reflect.apply(method, target, values) as Foreign
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

/** Every method of an adapter answers an observable; this one answers a promise of its first value. */
function promised(adapter: Foreign): object {
  return new Proxy(adapter, {
    get:
      (target, name) =>
      (...values: readonly unknown[]) =>
        firstValue(call(target, String(name), values), String(name)),
  })
}

const valueWithinMilliseconds = 15_000

function firstValue(observable: Foreign, name: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`${name} answered nothing`)), valueWithinMilliseconds)
    const settle = (end: () => void) => () => {
      clearTimeout(late)
      end()
    }
    call(observable, 'subscribe', [
      {
        next: (value: unknown) => settle(() => resolve(value))(),
        error: (error: unknown) => settle(() => reject(error))(),
        complete: settle(() => resolve(undefined)),
      },
    ])
  })
}

/** What the packages expect of a browser; Node's own `fetch`, `Request` and the like stay, since they make the wire. */
function browserGlobals(domLibrary: Foreign): void {
  const dom = construct(domLibrary.Window, { url: 'http://localhost:3000' })
  const names = new Set<string>()
  for (
    let level: object | null = dom;
    level !== null && level !== Object.prototype;
    level = Object.getPrototypeOf(level)
  ) {
    for (const name of Object.getOwnPropertyNames(level)) names.add(name)
  }
  define('window', globalThis)
  const replaced = new Set(['navigator', 'Event', 'CustomEvent', 'EventTarget'])
  for (const name of names) {
    const value = dom[name]
    if (value === undefined || (name in globalThis && !replaced.has(name))) continue
    define(name, typeof value === 'function' && /^[a-z]/.test(name) ? value.bind(dom) : value)
  }
}

function define(name: string, value: unknown): void {
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true })
}
