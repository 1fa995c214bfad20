import type { NewLine } from '../../src/operations/operations.js'
import type { TestAnswer, TestServer } from '../support/test-server.js'

/** A page as somebody without script sees it. */
export interface SeenPage {
  readonly status: number
  readonly text: string
  readonly headers: TestAnswer['headers']
  /** Path and query of the page, after all redirects. */
  readonly path: string
  /** What the form of the step holds: every field with its value, as a browser would send it. */
  readonly fields: Readonly<Record<string, string>>
  readonly title: string
  /** Of the summary of faults. */
  readonly errors: readonly string[]
}

/** A browser without script: cookies by path, forms, redirects. */
export interface PageShopper {
  readonly cookies: Map<string, { readonly value: string; readonly path: string; readonly all: string }>
  /** GET, following redirects on our own origin. */
  open(path: string, headers?: Readonly<Record<string, string>>): Promise<SeenPage>
  /** Sends the form of the page with these fields typed or chosen; `go` unless `do` says otherwise. Follows redirects. */
  send(page: SeenPage, typed?: Readonly<Record<string, string | undefined>>): Promise<SeenPage>
  /** One request, as it is answered. */
  request(method: string, path: string, form?: Readonly<Record<string, string>>): Promise<TestAnswer>
}

/** Where a browser stops following. */
const mostRedirects = 8

/** A browser that has been nowhere yet. */
export function pageShopper(server: () => TestServer, language = 'en'): PageShopper {
  const cookies: PageShopper['cookies'] = new Map()
  const exchange = async (method: string, path: string, form?: Readonly<Record<string, string>>, more = {}) => {
    const sent = [...cookies].filter(([, cookie]) => path.startsWith(cookie.path))
    const headers = {
      accept: 'text/html',
      'accept-language': language,
      ...(sent.length === 0 ? {} : { cookie: sent.map(([name, { value }]) => `${name}=${value}`).join('; ') }),
      ...(form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
      ...more,
    }
    const body = form === undefined ? undefined : new URLSearchParams(form).toString()
    const answer = await server().request(method, path, { headers, ...(body === undefined ? {} : { body }) })
    for (const line of answer.cookies) keepCookie(cookies, line)
    return answer
  }
  const follow = async (answer: TestAnswer, path: string): Promise<SeenPage> => {
    let [now, at] = [answer, path]
    for (let count = 0; now.status === 303 && count < mostRedirects; count += 1) {
      const target = new URL(now.headers.location ?? '', server().baseUrl)
      if (target.origin !== server().baseUrl) break
      at = `${target.pathname}${target.search}`
      now = await exchange('GET', at)
    }
    return seen(now, at)
  }
  return {
    cookies,
    open: async (path, headers) => follow(await exchange('GET', path, undefined, headers), path),
    send: async (page, typed = {}) => {
      const form = Object.fromEntries(
        Object.entries({ ...page.fields, do: 'go', ...typed }).flatMap(([name, value]) =>
          value === undefined ? [] : [[name, value]],
        ),
      )
      const action = /<form method="post" action="([^"]*)" id="step"/.exec(page.text)?.[1] ?? page.path
      return follow(await exchange('POST', action, form), action)
    },
    request: (method, path, form) => exchange(method, path, form),
  }
}

function keepCookie(cookies: PageShopper['cookies'], line: string): void {
  const [pair = '', ...attributes] = line.split('; ')
  const [name = '', value = ''] = pair.split('=')
  const path = attributes.find(each => each.startsWith('Path='))?.slice(5) ?? '/'
  cookies.set(name, { value, path, all: line })
}

function seen(answer: TestAnswer, path: string): SeenPage {
  const { status, text, headers } = answer
  const errors = /<div class="errors"[\s\S]*?<\/div>/.exec(text)?.[0] ?? ''
  return {
    status,
    text,
    headers,
    path,
    fields: fieldsOf(text),
    title: plain(/<h1>([\s\S]*?)<\/h1>/.exec(text)?.[1] ?? ''),
    errors: [...errors.matchAll(/<li>([\s\S]*?)<\/li>/g)].map(match => plain(match[1] ?? '')),
  }
}

/** Text of markup. */
export function plain(markup: string): string {
  const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" }
  return markup
    .replace(/<[^>]*>/g, '')
    .replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => entities[name] ?? '')
    .replace(/[\u00a0\u202f]/g, ' ')
    .trim()
}

function fieldsOf(text: string): Readonly<Record<string, string>> {
  const form = /<form method="post" action="[^"]*" id="step"[\s\S]*?<\/form>/.exec(text)?.[0] ?? ''
  const fields: Record<string, string> = {}
  for (const [tag] of form.matchAll(/<input [^>]*>/g)) {
    const name = attribute(tag, 'name')
    const type = attribute(tag, 'type')
    if (name === '' || ((type === 'radio' || type === 'checkbox') && !/ checked/.test(tag))) continue
    fields[name] = attribute(tag, 'value')
  }
  for (const [select, tag = '', inside = ''] of form.matchAll(/(<select [^>]*>)([\s\S]*?)<\/select>/g)) {
    if (select === '') continue
    const options = [...inside.matchAll(/<option [^>]*>/g)].map(match => match[0])
    const chosen = options.find(option => / selected/.test(option)) ?? options[0] ?? ''
    fields[attribute(tag, 'name')] = attribute(chosen, 'value')
  }
  for (const [, tag = '', inside = ''] of form.matchAll(/(<textarea [^>]*>)([\s\S]*?)<\/textarea>/g)) {
    fields[attribute(tag, 'name')] = plain(inside)
  }
  return fields
}

function attribute(tag: string, name: string): string {
  return plain(new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1] ?? '')
}

/** A new cart of a guest in a channel, and the path of a link to its page. */
export async function linkedCart(
  server: TestServer,
  channel: string,
  lines: readonly NewLine[],
): Promise<{ readonly id: string; readonly link: string }> {
  const made = await server.operations.createCart({ kind: 'anonymous' }, { channel, lines })
  if (!made.ok) throw new Error(made.error.code)
  const { id } = made.value.cart.cart
  return { id, link: pathOf(await server.operations.linkCheckout({ cartId: id })) }
}

/** Path and query of an address. */
export function pathOf(url: string): string {
  const { pathname, search } = new URL(url)
  return `${pathname}${search}`
}

/** Ana in Austin, as she types herself. */
export const austin = {
  email: 'ana@example.test',
  's0-country': 'US',
  's0-firstName': 'Ana',
  's0-lastName': 'Ruiz',
  's0-line1': '9 Elm St',
  's0-city': 'Austin',
  's0-postalCode': '78701',
  's0-subdivision': 'TX',
  same: '1',
} as const
