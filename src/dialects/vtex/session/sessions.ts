import type { Customer } from '../../../core/customers/customer.js'
import type { Operations } from '../../../operations/operations.js'
import type { WireResponse } from '../../dialect.js'
import { alpha2Of, alpha3Of } from '../address.js'
import { respondError, respondJson } from '../answer.js'
import { cookiesOf, setCookie } from '../cookies.js'
import { fixed } from '../fixed-errors.js'
import { regionIdOf } from '../render/places.js'
import { renderStorePreferences, wireLocale } from '../render/store-preferences.js'
import type { VtexRequest } from '../request.js'
import {
  newSession,
  readSession,
  type Session,
  sessionSeconds,
  sessionSecretName,
  withSent,
  writeSession,
} from './session-token.js'

const sessionCookie = 'vtex_session'
const segmentCookie = 'vtex_segment'

/** GET /api/sessions: 200, what is known of the browser's session; a new one where it has none. */
export async function getSession(request: VtexRequest, operations: Operations): Promise<WireResponse> {
  return answerSession(request, operations, await sessionOf(request, operations), 200)
}

/** POST /api/sessions: 201, the session with what the body says; `sessionToken`, `segmentToken` and the whole of it. */
export async function createSession(request: VtexRequest, operations: Operations): Promise<WireResponse> {
  return changeSession(request, operations, 201)
}

/** PATCH /api/sessions: 200, as POST. 400 `001` for what is no session. */
export async function patchSession(request: VtexRequest, operations: Operations): Promise<WireResponse> {
  return changeSession(request, operations, 200)
}

/** GET /api/segments: 200, what the browser's segment holds. */
export async function getSegment(request: VtexRequest, operations: Operations): Promise<WireResponse> {
  const session = await sessionOf(request, operations)
  return respondJson(renderSegment(request, session, await regionOf(request, operations, session)))
}

async function changeSession(request: VtexRequest, operations: Operations, status: number): Promise<WireResponse> {
  const changed = withSent(await sessionOf(request, operations), request.body)
  return changed === undefined ? respondError(fixed.badRequest) : answerSession(request, operations, changed, status)
}

async function sessionOf(request: VtexRequest, operations: Operations): Promise<Session> {
  const token = cookiesOf(request.wire)[sessionCookie]
  const known =
    token === undefined ? undefined : await readSession(token, await operations.signingSecret(sessionSecretName))
  return known ?? newSession()
}

async function answerSession(
  request: VtexRequest,
  operations: Operations,
  session: Session,
  status: number,
): Promise<WireResponse> {
  const secret = await operations.signingSecret(sessionSecretName)
  const sessionToken = await writeSession(session, request.settings.account, secret)
  const regionId = await regionOf(request, operations, session)
  const segment = renderSegment(request, session, regionId)
  const segmentToken = Buffer.from(JSON.stringify(segment)).toString('base64url')
  const customer = await customerOf(request, operations)
  const body = { sessionToken, segmentToken, ...renderSession(request, session, regionId, customer) }
  const cookies = [
    setCookie(request.wire, sessionCookie, sessionToken, { maxAge: sessionSeconds }),
    setCookie(request.wire, segmentCookie, segmentToken, { maxAge: sessionSeconds }),
  ]
  return respondJson(body, { status, cookies })
}

async function customerOf({ identity, caller }: VtexRequest, operations: Operations): Promise<Customer | undefined> {
  if (identity.kind !== 'shopper') return undefined
  const read = await operations.readCustomer(caller, { id: identity.customerId })
  return read.ok ? read.value : undefined
}

/** The region of the place that the client told. */
async function regionOf(request: VtexRequest, operations: Operations, session: Session): Promise<string | null> {
  const country = alpha2Of(session.public.country?.value ?? alpha3Of(request.channel.defaultCountry))
  const postalCode = session.public.postalCode?.value
  if (country === undefined || postalCode === undefined) return null
  const channel = request.channel.id
  const region = await operations.findRegion({ channel, country, near: { country, postalCode } })
  return region.ok ? regionIdOf(channel, region.value) : null
}

function renderSession(
  { channel, settings }: VtexRequest,
  session: Session,
  regionId: string | null,
  customer: Customer | undefined,
) {
  const store = renderStorePreferences(channel, channel.currency)
  return {
    id: session.id,
    namespaces: {
      account: { id: { value: settings.account, keepAlive: true }, accountName: { value: settings.account } },
      store: {
        channel: { value: settings.salesChannel },
        countryCode: { value: session.public.country?.value ?? store.countryCode },
        cultureInfo: { value: wireLocale(channel.locale) },
        currencyCode: { value: store.currencyCode },
        currencySymbol: { value: store.currencySymbol },
        channelPrivacy: { value: 'public' },
      },
      profile: renderPerson(customer),
      authentication: renderAuthentication(customer),
      checkout: regionId === null ? {} : { regionId: { value: regionId } },
      public: session.public,
    },
  }
}

function renderPerson(customer: Customer | undefined) {
  if (customer === undefined) return { isAuthenticated: { value: 'false' } }
  const { id, email, firstName, lastName } = customer
  return {
    isAuthenticated: { value: 'true' },
    id: { value: id },
    email: { value: email },
    ...(firstName === undefined ? {} : { firstName: { value: firstName } }),
    ...(lastName === undefined ? {} : { lastName: { value: lastName } }),
  }
}

function renderAuthentication(customer: Customer | undefined) {
  if (customer === undefined) return {}
  return { storeUserId: { value: customer.id }, storeUserEmail: { value: customer.email } }
}

function renderSegment({ channel, settings }: VtexRequest, session: Session, regionId: string | null) {
  const store = renderStorePreferences(channel, channel.currency)
  const told = (name: string) => session.public[name]?.value ?? null
  return {
    campaigns: null,
    channel: settings.salesChannel,
    priceTables: null,
    regionId: regionId ?? '',
    utm_campaign: told('utm_campaign'),
    utm_source: told('utm_source'),
    utmi_campaign: told('utmi_campaign'),
    currencyCode: store.currencyCode,
    currencySymbol: store.currencySymbol,
    countryCode: told('country') ?? store.countryCode,
    cultureInfo: wireLocale(channel.locale),
    channelPrivacy: 'public',
  }
}
