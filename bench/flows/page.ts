import type { Flow, FlowStep, Shopper } from '../flow.js'
import { expectStatus, type HttpAnswer, type HttpConnection } from '../http-connection.js'
import { bigcommerceFlow } from './bigcommerce.js'

interface PageState {
  readonly shopper: Shopper
  /** `name=value` of every cookie of the cart's pages. */
  readonly cookies: Readonly<Record<string, string>>
  /** Path of the page that is shown. */
  readonly at: string
  readonly html: string
}

/** Where a link leads through before the page is there. */
const mostRedirects = 6

const austin = {
  email: 'ada@polytill.test',
  's0-country': 'US',
  's0-firstName': 'Ada',
  's0-lastName': 'Bench',
  's0-line1': '7 Example street',
  's0-city': 'Austin',
  's0-postalCode': '78701',
  's0-subdivision': 'TX',
  same: '1',
}

const steps: readonly FlowStep<PageState>[] = [
  {
    name: 'cart and link',
    async run(connection, state) {
      const begun = await startCart(connection, state.shopper)
      return { ...state, at: begun }
    },
  },
  { name: 'open the link', run: (connection, state) => follow(connection, state, 'GET', state.at) },
  { name: 'details again', run: (connection, state) => follow(connection, state, 'GET', state.at) },
  { name: 'send details', run: (connection, state) => submit(connection, state, austin) },
  { name: 'send delivery', run: (connection, state) => submit(connection, state, { d0: 'ship-by-weight' }) },
  { name: 'send payment', run: (connection, state) => submit(connection, state, { method: 'cod' }) },
  {
    name: 'place',
    async run(connection, state) {
      const placed = await submit(connection, state, {})
      if (!placed.at.endsWith('/order')) throw new Error(`No order, but ${placed.at}: ${placed.html.slice(0, 500)}`)
      return placed
    },
  },
]

/** A guest with a browser that runs no script, from a link to the confirmation: each form leads to the next page. */
export const pageFlow: Flow<PageState> = {
  dialect: 'page',
  steps,
  begin: shopper => ({ shopper, cookies: {}, at: '', html: '' }),
  fillCart: bigcommerceFlow.fillCart,
}

/** A cart made by a backend; the path of the link that it gives its shopper. */
async function startCart(connection: HttpConnection, shopper: Shopper): Promise<string> {
  const headers = {
    accept: 'application/json',
    'content-type': 'application/json',
    'x-auth-token': 'demo-bigcommerce-token',
  }
  const firstProduct = 5_000_000
  const lines = shopper.skus.map(sku => {
    const id = firstProduct + Number(sku.slice(-4)) - 1
    return { product_id: id, variant_id: id, quantity: 1 }
  })
  const made = await connection.send('POST', '/stores/demo/v3/carts?include=redirect_urls', {
    headers,
    body: JSON.stringify({ line_items: lines }),
  })
  const link: string = JSON.parse(expectStatus(made, 201)).data.redirect_urls.checkout_url
  const { pathname, search } = new URL(link)
  return pathname + search
}

/** Sends the form of the page as it stands, with what was typed. */
function submit(
  connection: HttpConnection,
  state: PageState,
  typed: Readonly<Record<string, string>>,
): Promise<PageState> {
  const form = /<form method="post" action="([^"]*)" id="step"[\s\S]*?<\/form>/.exec(state.html)
  if (form === null) throw new Error(`No form on ${state.at}: ${state.html.slice(0, 500)}`)
  const [text, action = ''] = form
  const hidden = [...text.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)]
  const chosen = [...text.matchAll(/<input type="radio"[^>]* name="([^"]*)"[^>]* value="([^"]*)"[^>]* checked/g)]
  const known = [...hidden, ...chosen].map(([, name = '', value = '']) => [name, value] as const)
  const body = new URLSearchParams({ ...Object.fromEntries(known), do: 'go', ...typed }).toString()
  return follow(connection, state, 'POST', action, body)
}

async function follow(
  connection: HttpConnection,
  state: PageState,
  method: 'GET' | 'POST',
  path: string,
  body = '',
): Promise<PageState> {
  const cookies = { ...state.cookies }
  let at = path
  let answer = await send(connection, cookies, method, at, body)
  for (let count = 0; answer.status >= 300 && answer.status < 400 && count < mostRedirects; count += 1) {
    const location = /\r\nlocation: ([^\r]+)/i.exec(answer.head)?.[1] ?? ''
    const target = new URL(location, 'http://bench')
    at = target.pathname + target.search
    answer = await send(connection, cookies, 'GET', at, '')
  }
  return { ...state, cookies, at, html: expectStatus(answer, 200) }
}

async function send(
  connection: HttpConnection,
  cookies: Record<string, string>,
  method: string,
  path: string,
  body: string,
): Promise<HttpAnswer> {
  const cookie = Object.entries(cookies).map(pair => pair.join('='))
  const headers = {
    accept: 'text/html',
    'content-type': 'application/x-www-form-urlencoded',
    ...(cookie.length === 0 ? {} : { cookie: cookie.join('; ') }),
  }
  const answer = await connection.send(method, path, { headers, body })
  for (const [, name = '', value = ''] of answer.head.matchAll(/\r\nset-cookie: ([^=\r]+)=([^;\r]*)/gi)) {
    cookies[name] = value
  }
  return answer
}
