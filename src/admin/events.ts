import { z } from 'zod'
import { limits } from '../core/limits.js'
import type { Handler } from '../dialects/dialect.js'
import { jsonAnswer, jsonOf, refusal } from './answers.js'

const query = z.object({
  limit: z
    .string()
    .regex(/^\d{1,4}$/)
    .transform(Number)
    .pipe(z.int().min(1).max(limits.eventsPerRequest))
    .default(100),
  type: z
    .string()
    .regex(/^[a-z_]+\.[a-z_]+$/)
    .max(100)
    .optional(),
})

/** Ids count up to 2^63, which no JSON number holds. */
const acknowledgment = z.object({
  ids: z
    .array(
      z
        .string()
        .regex(/^[1-9]\d{0,17}$/)
        .transform(BigInt),
    )
    .min(1)
    .max(limits.eventsPerRequest),
})

const system = { kind: 'system' } as const

/**
 * GET /admin/v1/events?limit=&type=: the oldest events that nobody acknowledged, 100 or `limit` (1 to 1000), of one `type`
 * or all. 200 `{"events": [{"id", "type", "subject", "data", "at"}]}`; they stay until they are acknowledged. 422. Source: ours.
 */
export const getEvents: Handler = async (wire, operations) => {
  const parsed = query.safeParse(Object.fromEntries(wire.query))
  if (!parsed.success) {
    return refusal(422, 'invalid', 'Ask with ?limit= of 1 to 1000, and ?type= of one type such as order.confirmed.')
  }
  const { limit, type } = parsed.data
  const events = await operations.listEvents(system, { limit, ...(type === undefined ? {} : { type }) })
  if (!events.ok) return refusal(422, 'invalid', 'These events cannot be listed.')
  return jsonAnswer(200, { events: events.value.map(event => ({ ...event, id: event.id.toString() })) })
}

/**
 * DELETE /admin/v1/events: the body is `{"ids": ["1", ...]}`, 1 to 1000 of them; these were seen to, and go. 200 `{"deleted",
 * "unknown", "waiting"}`: how many went, were not there any more, and stay because an older event of the same subject does.
 * Sending it again changes nothing. 422. Source: ours.
 */
export const deleteEvents: Handler = async (wire, operations) => {
  const parsed = acknowledgment.safeParse(jsonOf(wire))
  const done = parsed.success ? await operations.acknowledgeEvents(system, parsed.data) : undefined
  if (!done?.ok) return refusal(422, 'invalid', 'Send {"ids": ["1", ...]}: 1 to 1000 ids of events, as texts.')
  return jsonAnswer(200, { ...done.value })
}
