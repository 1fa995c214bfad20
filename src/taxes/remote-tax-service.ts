import { createHash } from 'node:crypto'
import type { Channel } from '../core/catalog/channel.js'
import { limits } from '../core/limits.js'
import { postBounded } from './bounded-post.js'
import { isTrusted, mayBeAsked, publicLookup, type TrustedHosts } from './reachable-hosts.js'
import type { TaxEndpoint, TaxProtocol, TaxService, TaxServiceOf } from './tax-service.js'

/** Which channel has its taxes from outside: the first protocol that has an endpoint for it. Kept per channel. */
export function createTaxServices(protocols: readonly TaxProtocol[], trusted: TrustedHosts): TaxServiceOf {
  const known = new WeakMap<Channel, { readonly service: TaxService | undefined }>()
  return channel => {
    const kept = known.get(channel)
    if (kept !== undefined) return kept.service
    const service = serviceFor(channel, protocols, trusted)
    known.set(channel, { service })
    return service
  }
}

function serviceFor(
  channel: Channel,
  protocols: readonly TaxProtocol[],
  trusted: TrustedHosts,
): TaxService | undefined {
  for (const protocol of protocols) {
    const endpoint = protocol.endpointOf(channel)
    if (endpoint !== undefined) return remoteService(protocol, endpoint, trusted)
  }
  return undefined
}

function remoteService(protocol: TaxProtocol, endpoint: TaxEndpoint, trusted: TrustedHosts): TaxService {
  const { authorization, customDataApp } = endpoint
  return {
    key: digest(JSON.stringify([endpoint.url, authorization, customDataApp])),
    digest,
    ...(customDataApp === undefined ? {} : { customDataApp }),
    ask: async (question, waitMilliseconds) => {
      const url = URL.canParse(endpoint.url) ? new URL(endpoint.url) : undefined
      if (url === undefined || !mayBeAsked(url, trusted)) return { fault: 'unreachable' }
      const answer = await postBounded(url, {
        body: protocol.request(question),
        headers: {
          'content-type': 'application/json',
          accept: '*/*',
          ...(authorization === undefined ? {} : { authorization }),
        },
        waitMilliseconds,
        answerBytes: limits.taxAnswerBytes,
        ...(isTrusted(url, trusted) ? {} : { lookup: publicLookup }),
      })
      if ('fault' in answer) return answer
      const taxes = protocol.read(answer, question)
      return taxes === undefined ? { fault: 'unusable' } : { taxes }
    },
  }
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url')
}
