import { z } from 'zod'
import type { Handler } from '../dialects/dialect.js'
import { jsonAnswer, jsonOf, refusal } from './answers.js'

const request = z.object({ codeRequest: z.string().regex(/^[0-9a-f]{64}$/) })

/**
 * POST /admin/v1/sign-in-codes: the body is `{"codeRequest"}` of an event `customer.sign_in_requested`. 201 `{"code", "email",
 * "expiresAt"}`: what the mailer sends, and where to; asked for again, it is another code, and the last one counts. 404 where
 * nobody waits for it any longer; 422. Source: ours.
 */
export const postSignInCode: Handler = async (wire, operations) => {
  const parsed = request.safeParse(jsonOf(wire))
  if (!parsed.success) {
    return refusal(422, 'invalid', 'Send {"codeRequest": that of an event customer.sign_in_requested}.')
  }
  const made = await operations.makeSignInCode({ kind: 'system' }, { request: parsed.data.codeRequest })
  if (!made.ok) return refusal(404, 'not_found', 'Nobody waits for this code any longer.')
  return jsonAnswer(201, { ...made.value })
}
