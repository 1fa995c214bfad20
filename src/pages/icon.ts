import type { Route } from '../dialects/dialect.js'

/** A till's drawer with five keys, in a colour that shows by day and by night. */
const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#0b57a4"/><g fill="#fff"><rect x="6" y="20" width="20" height="6" rx="1.5"/><rect x="6" y="7" width="5.5" height="4.5" rx="1"/><rect x="13.25" y="7" width="5.5" height="4.5" rx="1"/><rect x="20.5" y="7" width="5.5" height="4.5" rx="1"/><rect x="6" y="13.5" width="9" height="4.5" rx="1"/><rect x="17" y="13.5" width="9" height="4.5" rx="1"/></g></svg>`

/** `GET /icon.svg` 200: what browsers show beside a page's title. */
export const iconRoute: Route = {
  surface: 'pages',
  method: 'GET',
  path: '/icon.svg',
  handler: async () => ({
    status: 200,
    headers: {
      'content-type': 'image/svg+xml',
      'x-content-type-options': 'nosniff',
      'cache-control': 'public, max-age=86400',
    },
    body: icon,
  }),
  operation: 'none',
  coverage: 'full',
  source: 'ours',
}
