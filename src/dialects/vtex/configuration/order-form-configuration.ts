import type { Json } from '../../../core/ids.js'
import { ok, type Result, refuse } from '../../../core/result.js'
import type { ChannelSettings, Operations } from '../../../operations/operations.js'
import type { WireResponse } from '../../dialect.js'
import { respondEmpty, respondError, respondJson, type VtexError } from '../answer.js'
import { type Fields, isObject } from '../body.js'
import { refuseWith, respondRefusal } from '../errors.js'
import { fixed } from '../fixed-errors.js'
import type { VtexRequest } from '../request.js'
import { type OrderFormConfiguration, orderFormConfigurationSchema } from '../settings.js'
import { keyFault } from './key-fault.js'

/** License Manager resource that opens an account's settings. */
const resource = 'Save OrderForm Configuration'

const bad = (code: string, message: string): VtexError => ({ status: 400, code, message })

/** Members whose values have an error code of their own. Source: dialects/vtex.md 3.22. */
const memberFaults: Readonly<Record<string, VtexError>> = {
  maxNumberOfWhiteLabelSellers: bad('ORD032', 'The maximum number of white label sellers is invalid'),
  minimumQuantityAccumulatedForItems: bad('ORD033', 'The minimum quantity accumulated for items is invalid'),
  decimalDigitsPrecision: bad('ORD034', 'The decimal digits precision is invalid'),
  minimumValueAccumulated: bad('ORD036', 'The minimum value accumulated is invalid'),
  recaptchaValidation: bad('ORD037', 'The reCAPTCHA validation is invalid'),
}
const invalidConfiguration = bad('CHK0288', 'Invalid configuration')
const appTwice = bad('ORD035', 'App id duplicated')

/** GET /api/checkout/pvt/configuration/orderForm: 200, every setting. 401 without a key, 403 without the right. */
export async function getConfiguration(request: VtexRequest): Promise<WireResponse> {
  const fault = keyFault(request, resource)
  return fault === undefined ? respondJson(request.settings.orderForm) : respondError(fault)
}

/**
 * POST /api/checkout/pvt/configuration/orderForm: 204. Replaces every setting; one that is not sent returns to its
 * default. 400 `ORD032` to `ORD037` and `CHK0288` by the member that is wrong.
 */
export async function replaceConfiguration(request: VtexRequest, operations: Operations): Promise<WireResponse> {
  return configure(request, operations, sent =>
    isObject(sent.paymentConfiguration) ? { ...defaults(), ...sent } : undefined,
  )
}

/** PATCH /api/checkout/pvt/configuration/orderForm: 204. Changes the settings that are sent. Errors as for POST. */
export async function patchConfiguration(request: VtexRequest, operations: Operations): Promise<WireResponse> {
  return configure(request, operations, (sent, known) => ({ ...known, ...sent }))
}

type Merge = (sent: Fields, known: Fields) => Fields | undefined

async function configure(request: VtexRequest, operations: Operations, merge: Merge): Promise<WireResponse> {
  const fault = keyFault(request, resource)
  if (fault !== undefined) return respondError(fault)
  const { body } = request
  if (!isObject(body)) return respondError(fixed.badRequest)
  const saved = await operations.changeChannelSettings(request.caller, {
    channel: request.channel.id,
    name: 'vtex',
    change: settings => {
      const known = isObject(settings.orderForm) ? settings.orderForm : { ...request.settings.orderForm }
      const merged = merge(body, known)
      const read = merged === undefined ? refuse(invalidConfiguration) : readConfiguration(merged)
      return read.ok ? ok(withOrderForm(settings, read.value)) : refuseWith(read.error)
    },
  })
  return saved.ok ? respondEmpty(204) : respondRefusal(saved.error)
}

function defaults(): Fields {
  // The app that FastStore cannot do without is a default of ours: a store that sends its own list means just that.
  return { ...orderFormConfigurationSchema.parse({}), apps: null }
}

function withOrderForm(settings: ChannelSettings, orderForm: OrderFormConfiguration): ChannelSettings {
  // What the schema gave is made of plain JSON values.
  return { ...settings, orderForm: orderForm as unknown as Json }
}

function readConfiguration(fields: Fields): Result<OrderFormConfiguration, VtexError> {
  const parsed = orderFormConfigurationSchema.safeParse(fields)
  if (!parsed.success) return refuse(faultAt(parsed.error.issues[0]?.path[0]))
  if (!isTaxUrl(parsed.data.taxConfiguration?.url)) return refuse(invalidConfiguration)
  const ids = (parsed.data.apps ?? []).map(app => app.id)
  return new Set(ids).size < ids.length ? refuse(appTwice) : ok(parsed.data)
}

/** Where a tax service is asked: an address of the web, without credentials in it. None is fine. */
function isTaxUrl(text: string | null | undefined): boolean {
  if (text === undefined || text === null || text === '') return true
  if (!URL.canParse(text)) return false
  const { protocol, username, password } = new URL(text)
  return (protocol === 'https:' || protocol === 'http:') && username === '' && password === ''
}

function faultAt(member: PropertyKey | undefined): VtexError {
  return memberFaults[String(member)] ?? invalidConfiguration
}
