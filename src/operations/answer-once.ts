import { createHash } from 'node:crypto'
import { after } from '../core/cart/new-cart.js'
import type { Json } from '../core/ids.js'
import { ok, refuse } from '../core/result.js'
import type { Deps } from './deps.js'
import type { Answer } from './operations.js'

/** How long a first answer is repeated. Ours: a day, as gateways have it. */
const keptMilliseconds = 86_400_000
/** How long a second request waits for the first one's answer, and how often it looks. Ours: above a gateway's wait. */
const waitMilliseconds = 15_000
const pauseMilliseconds = 50

/**
 * Runs `run` once per key and repeats its first answer; another body under the same key is `idempotency_mismatch`.
 * A request that meets the first one still at work waits for its answer; `busy` when that takes too long. An answer
 * that `keeps` says no to is given back without being kept, and a crash of `run` frees the key.
 */
export async function answerOnce<T extends Json>(
  deps: Deps,
  input: {
    readonly key: string
    readonly body: string | Buffer
    readonly keeps?: (answer: T) => boolean
  },
  run: () => Promise<T>,
): Answer<T> {
  const bodyHash = createHash('sha256').update(input.body).digest('hex')
  const store = deps.storage.idempotency
  for (let waited = 0; waited <= waitMilliseconds; waited += pauseMilliseconds) {
    const now = deps.clock()
    const claim = await store.claim(input.key, bodyHash, { now, expiresAt: after(now, keptMilliseconds) })
    switch (claim.kind) {
      case 'claimed':
        return ok(await runClaimed(deps, input.key, input.keeps ?? (() => true), run))
      case 'answered':
        // Stored under this key by this same function: of the caller's own form.
        return ok(claim.answer as T)
      case 'mismatch':
        return refuse({ code: 'idempotency_mismatch' })
      case 'busy':
        await new Promise(resolve => setTimeout(resolve, pauseMilliseconds))
    }
  }
  return refuse({ code: 'busy' })
}

async function runClaimed<T extends Json>(
  deps: Deps,
  key: string,
  keeps: (answer: T) => boolean,
  run: () => Promise<T>,
): Promise<T> {
  let answer: T
  try {
    answer = await run()
  } catch (crash) {
    await deps.storage.idempotency.release(key)
    throw crash
  }
  if (keeps(answer)) await deps.storage.idempotency.answer(key, answer)
  else await deps.storage.idempotency.release(key)
  return answer
}
