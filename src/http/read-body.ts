import type { IncomingMessage } from 'node:http'

/** How much of a body that is too large is read away, so that the client gets to read the answer: a multiple of the limit. */
const discardFactor = 8

/**
 * Reads a request's body as it came, whatever its content type.
 *
 * @param limit  bytes; of a larger body at most `discardFactor` times as much is taken off the wire, none kept
 * @param stop   gets what ends the reading before its time, while there is something to read
 * @returns `aborted` when the client went away first or the reading was ended
 */
export function readBody(
  request: IncomingMessage,
  limit: number,
  stop: { reading?: () => void },
): Promise<Buffer | 'too_large' | 'aborted'> {
  const declared = Number(request.headers['content-length'] ?? 0)
  if (declared > limit * discardFactor) return Promise.resolve('too_large')
  return new Promise(resolve => {
    const chunks: Buffer[] = []
    let size = 0
    const finish = (result: Buffer | 'too_large' | 'aborted'): void => {
      delete stop.reading
      request.off('data', take).off('end', end).off('error', abort).off('close', abort)
      resolve(result)
    }
    const take = (chunk: Buffer): void => {
      size += chunk.length
      if (size <= limit) chunks.push(chunk)
      else chunks.length = 0
      if (size > limit * discardFactor) finish('too_large')
    }
    const end = (): void => finish(size > limit ? 'too_large' : Buffer.concat(chunks, size))
    const abort = (): void => finish('aborted')
    if (request.destroyed) return finish('aborted')
    stop.reading = abort
    request.on('data', take).on('end', end).on('error', abort).on('close', abort)
  })
}
