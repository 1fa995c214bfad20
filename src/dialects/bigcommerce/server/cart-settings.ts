import { z } from 'zod'
import { readBody } from '../body.js'
import { respondData } from '../respond.js'
import { respondProblem, serverEndpoint } from '../server-request.js'
import { settingsOf } from '../settings.js'
import { modifiesCarts, readsCarts } from './cart-access.js'
import { changeSettings, settingsChannel } from './shop-settings.js'

const body = z.object({ allow_purchasing: z.boolean() })

/** GET /carts/settings and /carts/settings/channels/:channelId: 200; 422 for an unknown channel. */
export const getCartSettings = serverEndpoint(readsCarts, async (request, operations) => {
  const channel = await settingsChannel(request, operations)
  if (!channel.ok) return respondProblem(channel.error)
  return respondData({ allow_purchasing: settingsOf(channel.value).allowPurchasing })
})

/**
 * PUT /carts/settings and /carts/settings/channels/:channelId: 200. Without purchasing shoppers' carts take no goods and make
 * no orders; what backends do stays.
 */
export const putCartSettings = serverEndpoint(modifiesCarts, async (request, operations) => {
  const wanted = readBody(request.wire, body)
  if (!wanted.ok) return respondProblem(wanted.error)
  const channel = await settingsChannel(request, operations)
  if (!channel.ok) return respondProblem(channel.error)
  const members = { allowPurchasing: wanted.value.allow_purchasing }
  const changed = await changeSettings(request, channel.value, members, operations)
  if (!changed.ok) return respondProblem(changed.error)
  return respondData({ allow_purchasing: settingsOf(changed.value).allowPurchasing })
})
