import { boughtOffline } from '../confirmations.js'
import type { OperationCase } from './operation-case.js'

const folders = ['/checkout/order-confirmation', '/embedded-checkout/order-confirmation', '/order-confirmation']

/** An order of the session, by its number. */
const numbered = folders
  .flatMap(folder => [`${folder}/:orderId`, `${folder}/:orderId/`])
  .map(
    (path): OperationCase => ({
      route: `GET ${path}`,
      status: 302,
      make: async ({ open }) => {
        const browser = open()
        const { orderId } = await boughtOffline(browser)
        return { path: path.replace(':orderId', String(orderId)), browser }
      },
      refused: ['0', '9007199254740992', 'order', '1'.repeat(10_000)].map(number => ({
        what: number.slice(0, 20),
        path: path.replace(':orderId', number),
        status: 404,
      })),
    }),
  )

/** The newest order of the session. */
const newest = ['/checkout/order-confirmation', '/embedded-checkout/order-confirmation']
  .flatMap(folder => [folder, `${folder}/`])
  .map(
    (path): OperationCase => ({
      route: `GET ${path}`,
      status: 302,
      make: async ({ open }) => {
        const browser = open()
        await boughtOffline(browser)
        return { path, browser }
      },
    }),
  )

/** Pages that show an order. Source: dialects/bigcommerce.md 1.6, 6.5. */
export const confirmationCases: readonly OperationCase[] = [...numbered, ...newest]
