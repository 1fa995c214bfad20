import type { Caller } from '../../../core/access/caller.js'
import type { StoredCard } from '../../../core/payments/stored-card.js'
import { ok, type Result, refuse } from '../../../core/result.js'
import type { Operations } from '../../../operations/operations.js'
import type { Handler, WireRequest, WireResponse } from '../../dialect.js'
import { problemOf } from '../errors.js'
import type { Problem } from '../problem.js'
import { vaultedInstrument } from '../render/stored-card.js'
import { respond } from '../respond.js'
import { channelOf } from '../server-request.js'
import { settingsOf } from '../settings.js'
import { shopperEndpoint } from '../shopper-endpoint.js'
import { cardsOfMethod, keepsCards } from '../stored-cards.js'
import { readVaultToken, type VaultGrant, writeVaultToken } from '../vault-token.js'

/**
 * GET /internalapi/v1/checkout/payments/vault-access-token: 200 with the token by which a signed-in customer's stored cards
 * are listed and deleted, and until when it is to be used. 401 for guests, 422 (400 to a browser: `vault_disabled`) where no
 * way of paying keeps cards. Source: @bigcommerce/checkout-sdk; dialects/bigcommerce.md 1.5.
 */
export const getVaultAccessToken = shopperEndpoint('internal', async ({ caller, channel }, operations) => {
  if (caller.kind !== 'member') return { problem: problemOf({ code: 'sign_in_required' }) }
  const facts = await operations.readChannelFacts({ channel: channel.id })
  if (!facts.ok || !keepsCards(facts.value.paymentMethods)) return { problem: problemOf({ code: 'cards_not_kept' }) }
  const customer = await operations.readCustomer(caller, { id: caller.customerId })
  if (!customer.ok) return { problem: problemOf({ code: 'sign_in_required' }) }
  const { storeHash, storeId } = settingsOf(channel)
  const { id: customerId, integerId: shopperId, version: customerVersion } = customer.value
  const grant = { storeHash, storeId, customerId, customerVersion, shopperId }
  return {
    status: 200,
    body: { data: await writeVaultToken(grant, operations), meta: {} },
  }
})

/**
 * GET /api/v3/stores/:storeId/shoppers/:shopperId/instruments and POST .../instruments/trusted_shipping_address: 200 with the
 * customer's stored cards in this store, the default first; expired ones too, so that they can be deleted. The address of the
 * second changes nothing. 401 for whatever is no token of this very customer and store.
 * Source: @bigcommerce/bigpay-client store/url-helper.js.
 */
export const getInstruments: Handler = async (wire, operations) => {
  const grant = await grantOf(wire, operations)
  if (!grant.ok) return grant.error
  const cards = await shownCards(wire, grant.value, operations)
  return cards.ok ? respondCards(cards.value) : respondProblem(cards.error)
}

/**
 * DELETE /api/v2/stores/:storeId/shoppers/:shopperId/instruments/:instrumentId: 200 with the stored cards that are left; the
 * one that is gone pays nothing from then on. 404 where there is none of that name, or another customer's; 401 as above.
 * Source: @bigcommerce/bigpay-client store/url-helper.js.
 */
export const deleteInstrument: Handler = async (wire, operations) => {
  const grant = await grantOf(wire, operations)
  if (!grant.ok) return grant.error
  const { customerId } = grant.value
  const token = wire.params.instrumentId ?? ''
  const deleted = await operations.deleteStoredCard(memberOf(grant.value), { customerId, token })
  if (!deleted.ok) return respondProblem({ ...problemOf(deleted.error), status: 404, storefront: { status: 404 } })
  const cards = await shownCards(wire, grant.value, operations)
  return cards.ok ? respondCards(cards.value) : respondProblem(cards.error)
}

function memberOf({ customerId }: VaultGrant): Caller {
  return { kind: 'member', customerId }
}

/** Cards that a way of paying takes now: what nobody can pay by is not offered. */
async function shownCards(
  { channel }: WireRequest,
  grant: VaultGrant,
  operations: Operations,
): Promise<Result<readonly StoredCard[], Problem>> {
  const facts = await operations.readChannelFacts({ channel })
  const listed = await operations.listStoredCards(memberOf(grant), { customerId: grant.customerId, channel })
  if (!listed.ok) return refuse(problemOf(listed.error))
  const methods = facts.ok ? facts.value.paymentMethods : []
  const shown = new Set(methods.flatMap(method => cardsOfMethod(listed.value, method)))
  return ok(listed.value.filter(card => shown.has(card)))
}

/** A token opens the paths of its own store and customer alone. */
async function grantOf(wire: WireRequest, operations: Operations): Promise<Result<VaultGrant, WireResponse>> {
  const grant = await readVaultToken(wire.headers.authorization ?? '', operations)
  const { storeHash, storeId } = settingsOf(await channelOf(wire, operations))
  const isHere = grant?.storeHash === storeHash && grant.storeId === storeId
  const isNamed = wire.params.storeId === storeId.toString() && wire.params.shopperId === grant?.shopperId.toString()
  if (grant !== undefined && isHere && isNamed) return ok(grant)
  return refuse(respondErrors(401, 'invalid_vault_token', 'The vault access token is not valid.'))
}

function respondCards(cards: readonly StoredCard[]): WireResponse {
  return respond(200, { vaulted_instruments: cards.map(vaultedInstrument) })
}

function respondProblem(problem: Problem): WireResponse {
  const { storefront = {} } = problem
  return respondErrors(storefront.status ?? problem.status, problem.kind ?? problem.code, problem.sentence)
}

function respondErrors(status: number, code: string, message: string): WireResponse {
  return respond(status, { status: 'error', errors: [{ code, message }] })
}
