import { expect } from 'vitest'
import type { TestAnswer } from '../../support/test-server.js'
import { checkoutPath, type VtexClient } from './shop.js'

export const ana = {
  email: 'ana@shop.example',
  firstName: 'Ana',
  lastName: 'Souza',
  documentType: 'cpf',
  document: '52998224725',
  phone: '+5521999990000',
}

export const rio = {
  addressType: 'residential',
  receiverName: 'Ana Souza',
  postalCode: '22250040',
  country: 'BRA',
  state: 'RJ',
  city: 'Rio de Janeiro',
  street: 'Praia de Botafogo',
  number: '300',
  neighborhood: 'Botafogo',
}

export const promissory = 17
export const visa = 2

/** A card of the sandbox, as the gateway's clients send one. */
export function cardOf(cardNumber: string) {
  return { holderName: 'ANA SOUZA', cardNumber, validationCode: '123', dueDate: '12/30', document: '52998224725' }
}

/** Fills in person, address and payment of an orderForm; what it is worth then. */
export async function fillIn(
  client: VtexClient,
  id: string,
  payment: { readonly system?: number; readonly installments?: number; readonly profile?: object } = {},
): Promise<number> {
  const { system = promissory, installments = 1, profile = ana } = payment
  expect((await client.form(id, 'POST', '/attachments/clientProfileData', profile)).status).toBe(200)
  const shipped = await client.form(id, 'POST', '/attachments/shippingData', { selectedAddresses: [rio] })
  expect(shipped.status).toBe(200)
  const { value } = shipped.json
  const payments = [{ paymentSystem: system, referenceValue: value, value, installments }]
  const paid = await client.form(id, 'POST', '/attachments/paymentData', { payments })
  expect(paid.status).toBe(200)
  return paid.json.value
}

export function transact(client: VtexClient, id: string, value: number, more: object = {}): Promise<TestAnswer> {
  const body = { referenceId: id, value, referenceValue: value, interestValue: 0, ...more }
  return client.form(id, 'POST', '/transaction', body)
}

/** A filled orderForm, placed. */
export async function place(
  client: VtexClient,
  items: readonly { readonly id: string; readonly quantity: number }[] = [{ id: '18', quantity: 2 }],
  payment: Parameters<typeof fillIn>[2] = {},
) {
  const id = await client.begin(items)
  const value = await fillIn(client, id, payment)
  const placed = await transact(client, id, value)
  expect(placed.status).toBe(200)
  const { orderGroup, id: transactionId } = placed.json
  return { id, value, placed, orderGroup: String(orderGroup), transactionId: String(transactionId) }
}

export function paymentOf(
  { transactionId, value }: { readonly transactionId: string; readonly value: number },
  more: object = {},
) {
  return {
    ...{ paymentSystem: promissory, installments: 1, currencyCode: 'BRL', value, referenceValue: value },
    ...{ installmentsInterestRate: 0, installmentsValue: value, fields: {} },
    transaction: { id: transactionId, merchantName: 'POLYTILL' },
    ...more,
  }
}

export function sendPayments(
  client: VtexClient,
  sale: { readonly transactionId: string; readonly orderGroup: string; readonly value: number },
  more: object = {},
): Promise<TestAnswer> {
  const path = `/api/pub/transactions/${sale.transactionId}/payments?orderId=${sale.orderGroup}`
  return client.send('POST', path, [paymentOf(sale, more)])
}

export function callBack(client: VtexClient, orderGroup: string, headers?: Readonly<Record<string, string>>) {
  return client.send('POST', `${checkoutPath}/gatewayCallback/${orderGroup}`, {}, headers)
}
