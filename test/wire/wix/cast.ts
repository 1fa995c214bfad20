import { expect } from 'vitest'
import type { TestAnswer, TestServer } from '../../support/test-server.js'
import { customerId, type Person, personOf, type Site, secondId, site } from './people.js'

/** Whose a cart or checkout is: as the table of the seed makes it. */
export type Owner = 'member' | 'visitor' | 'open' | 'privileged'

export const shoppers = ['the first member', 'the second member', 'the first visitor', 'the second visitor'] as const
export const backends = [
  'a full key',
  'a reading key',
  'a key of carts',
  'a key without permissions',
  'an app',
] as const
export type Shopper = (typeof shoppers)[number]
export type Backend = (typeof backends)[number]

/** What a shopper gets, and whose the thing is then. The seed's permission table, S:13-30. */
export const table: Readonly<Record<Owner, Readonly<Record<Shopper, string>>>> = {
  member: {
    'the first member': 'the first member',
    'the second member': 'absent',
    'the first visitor': 'absent',
    'the second visitor': 'absent',
  },
  visitor: {
    'the first member': 'the first member',
    'the second member': 'the second member',
    'the first visitor': 'the first visitor',
    'the second visitor': 'the first visitor',
  },
  open: {
    'the first member': 'the first member',
    'the second member': 'the second member',
    'the first visitor': 'the first visitor',
    'the second visitor': 'the second visitor',
  },
  privileged: {
    'the first member': 'absent',
    'the second member': 'absent',
    'the first visitor': 'absent',
    'the second visitor': 'absent',
  },
}

/** The owner before anybody else came. */
export function firstOwner(owner: Owner): string {
  if (owner === 'member') return 'the first member'
  return owner === 'visitor' ? 'the first visitor' : owner
}

/** Who plays in the table: two members, two visitors, and backends with more and fewer permissions. */
export interface Cast {
  person(name: string): Person
  /** By name; `open` and `privileged` where it is nobody's; `none` where it is gone. */
  ownerOf(id: string): Promise<string>
}

export async function castOf(server: TestServer, wix: Site): Promise<Cast> {
  const keyWith = async (subject: string, scopes: readonly string[]) =>
    wix.key(
      await server.operations.issueCredential({
        kind: 'api_key',
        subject,
        dialect: 'wix',
        permissions: ['carts:read', 'carts:write', 'orders:place'],
        data: { siteId: site, scopes },
      }),
    )
  const app = await wix.grant({
    grant_type: 'client_credentials',
    client_id: 'c0ffee00-0005-4a6b-9b61-000000000001',
    client_secret: 'demo-wix-app-secret',
    instance_id: site,
  })
  const people: Readonly<Record<Shopper | Backend, Person>> = {
    'the first member': await wix.member(customerId),
    'the second member': await wix.member(secondId),
    'the first visitor': await wix.visitor(),
    'the second visitor': await wix.visitor(),
    'a full key': wix.key(),
    'a reading key': wix.key('demo-wix-reader'),
    'a key of carts': await keyWith('carts-only', ['ECOM.READ_CARTS', 'ECOM.MODIFY_CARTS']),
    'a key without permissions': await keyWith('nothing', []),
    'an app': personOf(app.json.access_token),
  }
  const person = (name: string): Person => people[name as Shopper | Backend] ?? { headers: {} }
  return {
    person,
    async ownerOf(id) {
      const { cart } = await server.storage.carts.read({ id })
      const owner = cart?.owner
      const known =
        owner?.kind === 'member' ? owner.customerId : owner?.kind === 'visitor' ? owner.visitorId : undefined
      return known === undefined ? (owner?.kind ?? 'none') : (shoppers.find(name => person(name).id === known) ?? known)
    },
  }
}

/** `200`, or status and code; of violations the first field and rule. */
export function outcomeOf({ status, json }: TestAnswer): string {
  const { applicationError, validationError } = json?.details ?? {}
  const [violation] = validationError?.fieldViolations ?? []
  if (violation !== undefined) return `${status} ${violation.field} ${violation.violatedRule}`
  return applicationError === undefined ? String(status) : `${status} ${applicationError.code}`
}

/** The answer has this status and code, and a request id. */
export function expectOutcome(answer: TestAnswer, expected: string, label: string): void {
  expect(`${label}: ${outcomeOf(answer)}`).toBe(`${label}: ${expected}`)
  expect(answer.headers['x-wix-request-id'], label).toMatch(/^\S{8,}$/)
}
