import type { Channel } from '../../../core/catalog/channel.js'
import type { Json } from '../../../core/ids.js'
import { ok, type Result, refuse } from '../../../core/result.js'
import type { Operations } from '../../../operations/operations.js'
import { problemOf } from '../errors.js'
import { parseInteger } from '../ids.js'
import { invalid, type Problem, problems } from '../problem.js'
import type { ServerRequest } from '../server-request.js'
import { channelFor } from './carts.js'

/** The channel whose settings a path names by its number; without one, the mount's own. 422 for one that is none. */
export async function settingsChannel(
  request: ServerRequest,
  operations: Operations,
): Promise<Result<Channel, Problem>> {
  const named = request.params.channelId
  if (named === undefined) return ok(request.channel)
  const id = parseInteger(named)
  return id === undefined ? refuse(invalid({ channel_id: 'unknown' })) : channelFor(request, id, operations)
}

/** Sets members of the dialect's settings, over what the store file says; the channel as it is then. */
export async function changeSettings(
  { caller }: ServerRequest,
  channel: Channel,
  members: Readonly<Record<string, Json>>,
  operations: Operations,
): Promise<Result<Channel, Problem>> {
  const changed = await operations.changeChannelSettings(caller, {
    channel: channel.id,
    name: 'bigcommerce',
    change: settings => ok({ ...settings, ...members }),
  })
  if (!changed.ok) return refuse(problemOf(changed.error))
  const read = await operations.readChannel({ channel: channel.id })
  return read.ok ? read : refuse(problems.notFound)
}
