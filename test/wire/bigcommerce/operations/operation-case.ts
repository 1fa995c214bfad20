import type { Browser } from '../browser.js'
import type { Management } from '../management.js'

/** One request, ready to be sent. */
export interface Ask {
  /** As the route has it, parameters filled in; between servers all that follows `/stores/demo`. */
  readonly path: string
  readonly body?: string | object
  /** Of a shopper; absent: a backend asks. */
  readonly browser?: Browser
  readonly headers?: Readonly<Record<string, string>>
}

/** Where a request can be made. */
export interface World {
  readonly api: Management
  open(): Browser
}

/** What the document lists for one operation beyond what all of its surface share. */
export interface Refused {
  readonly what: string
  /** Over the good request. */
  readonly body?: string | object
  readonly query?: string
  readonly path?: string
  readonly status: number
  /** Members of the answer. */
  readonly says?: object
}

/** One row per operation: a request that is answered, and what it is refused for. */
export interface OperationCase {
  /** `METHOD /path` as in the route table. */
  readonly route: string
  readonly make: (world: World) => Promise<Ask>
  readonly status: number
  /** Takes `version`: a stale one is refused and changes nothing. */
  readonly isVersioned?: true
  /** Answers of parameters that name nothing, where that is not 404. */
  readonly unknown?: Readonly<Record<string, number>>
  /** Whatever stands in a body does not count. */
  readonly ignoresBody?: true
  readonly refused?: readonly Refused[]
  /** Carts of others may be named: the answer has nothing of them. */
  readonly isAnybodys?: true
}

/** A refusal between servers that names what is wrong with a member. */
export const wrong = (what: string, body: string | object, errors: object = {}, status = 422): Refused => ({
  what,
  body,
  status,
  says: { errors },
})

/** Gives the customer ten dollars to spend; their number. */
export async function withStoreCredit({ api }: World, email: string): Promise<number> {
  const found = await api.send('GET', `/v3/customers?email:in=${encodeURIComponent(email)}`)
  const { id } = found.json.data[0]
  const given = await api.send('PUT', '/v3/customers', { body: [{ id, store_credit_amounts: [{ amount: 10 }] }] })
  if (given.status !== 200) throw new Error(given.text)
  return id
}
