import type { StepRules } from '../../../src/core/cart/checkout-steps.js'
import { ok } from '../../../src/core/result.js'
import type { Operations } from '../../../src/operations/operations.js'
import { endings } from './order-endings.js'
import type { Scene } from './scenes.js'
import type { Way } from './way.js'
import { channel, codes, mug, purchase, street, system, tee, type World } from './world.js'

const clientAddress = '192.0.2.1'
const rules: StepRules = { confirms: 'kept_instruments', address: { requires: ['lastName', 'line1', 'city'] } }
const isShirt = { matches: (line: { readonly sku: string }) => line.sku === 'TEE-1' }
const unclaimed: readonly Scene[] = ['a cart that nobody has claimed']
/** Lines, codes, addresses: what people do with a cart before they buy it. */
const changes: readonly Way[] = [
  {
    name: 'add a mug',
    operation: 'addLineItems',
    isTypical: true,
    act: (at, { cart }) => at.addLineItems(system, { cart, lines: [mug(1)] }),
  },
  {
    name: 'add other goods',
    operation: 'addLineItems',
    act: (at, { cart }) => at.addLineItems(system, { cart, lines: [{ sku: '005_30663301', quantity: 1 }] }),
  },
  {
    name: 'five shirts',
    operation: 'changeLineItems',
    act: (at, { cart }) => at.changeLineItems(system, { cart, changes: [{ lineItem: isShirt, quantity: 5 }] }),
  },
  {
    name: 'a price by hand',
    operation: 'changeLineItems',
    act: (at, { cart }) => at.changeLineItems(system, { cart, changes: [{ lineItem: isShirt, unitPrice: 1_000n }] }),
  },
  {
    name: 'no shirt',
    operation: 'removeLineItems',

    act: (at, { cart }) => at.removeLineItems(system, { cart, lineItems: [isShirt] }),
  },
  {
    name: 'a plan',
    operation: 'editCart',
    act: (at, { cart }) =>
      at.editCart(system, {
        cart,
        skus: ['MUG-1'],
        plan: desk =>
          desk.edit([
            { kind: 'add_line', line: mug(3) },
            { kind: 'set_custom_data', customData: { app: { field: 'value' } } },
          ]),
      }),
  },
  {
    name: 'a revision',
    operation: 'reviseCart',
    act: (at, { cart }) =>
      at.reviseCart(system, {
        cart,
        revision: {
          quantities: [{ lineItem: isShirt, quantity: 2 }],
          lines: [mug(1)],
          changes: { customerNote: 'revised' },
        },
      }),
  },
  {
    name: 'another currency',
    operation: 'updateCart',
    act: (at, { cart }) => at.updateCart(system, { cart, currency: 'CHF' }),
  },
  { name: 'a name', operation: 'updateCart', act: (at, { cart }) => at.updateCart(system, { cart, name: 'Birthday' }) },
  {
    name: 'express',
    operation: 'changeConsignments',
    act: (at, { cart }) =>
      at.changeConsignments(system, {
        cart,
        change: { kind: 'choose_option', find: () => true, matches: offer => offer.id === 'express' },
      }),
  },
  {
    name: 'a fee',
    operation: 'changeCharges',
    act: (at, { cart }) =>
      at.changeCharges(system, { cart, changes: { addFees: [{ name: 'fee', displayName: 'Fee', amount: 200n }] } }),
  },
  {
    name: 'a second coupon',
    operation: 'applyCoupon',

    act: (at, { cart }) => at.applyCoupon(system, { cart, code: codes.coupons[1] }),
  },
  {
    name: 'a coupon less',
    operation: 'removeCoupon',
    act: (at, { cart }) => at.removeCoupon(system, { cart, code: codes.coupons[0] }),
  },
  {
    name: 'a second gift card',
    operation: 'applyGiftCard',
    act: (at, { cart }) => at.applyGiftCard(system, { cart, code: codes.cards[1], limit: 200n }),
  },
  {
    name: 'a gift card less',
    operation: 'removeGiftCard',
    act: (at, { cart }) => at.removeGiftCard(system, { cart, code: codes.cards[0] }),
  },
  {
    name: 'a code',
    operation: 'applyCode',
    act: (at, { cart }) => at.applyCode(system, { cart, code: codes.coupons[2] }),
  },
  {
    name: 'a code less',
    operation: 'removeCode',
    act: (at, { cart }) => at.removeCode(system, { cart, code: codes.coupons[0] }),
  },
  {
    name: 'pay by store credit',
    operation: 'useStoreCredit',
    scenes: ['a member’s cart'],
    act: (at, { cart, member }) => at.useStoreCredit(member, { cart, uses: true }),
  },
  {
    name: 'what was filled in',
    operation: 'changeCheckout',

    act: (at, { cart }) =>
      at.changeCheckout(system, {
        cart,
        changes: { buyer: { phone: '030123' }, billingAddress: { ...street, city: 'Bonn' } },
      }),
  },
]

/** Whose it is, and whether it is. */
const fates: readonly Way[] = [
  { name: 'delete', operation: 'deleteCart', isTypical: true, act: (at, { cart }) => at.deleteCart(system, { cart }) },
  { name: 'close', operation: 'closeCart', act: (at, { cart }) => at.closeCart(system, { cart }) },
  {
    name: 'make it anew',
    operation: 'createCart',
    act: (at, { cartId, guest }) => at.createCart(guest, { channel, id: cartId, lines: [tee(2)] }),
  },
  {
    name: 'make the owner’s only one',
    operation: 'createCart',
    act: (at, { guest }) => at.createCart(guest, { channel, soleOfOwner: true, lines: [tee(2)] }),
  },
  {
    name: 'give to a customer',
    hasPeople: true,
    operation: 'assignCart',

    act: (at, { cart, other }) => at.assignCart(system, { cart, customerId: other.customerId }),
  },
  {
    name: 'bind to a link’s holder',
    hasPeople: true,
    operation: 'bindCart',
    act: (at, { cartId, member }) => at.bindCart({ id: cartId, channel, to: member }),
  },
  {
    name: 'sign out',
    operation: 'releaseCart',
    scenes: ['a member’s cart'],
    act: (at, { cart, member, guest }) => at.releaseCart(member, { cart, to: guest }),
  },
  {
    name: 'forget the customer',
    operation: 'anonymizeCustomer',
    scenes: ['a member’s cart'],
    act: (at, { member }) => at.anonymizeCustomer(system, { id: member.customerId }),
  },
  {
    name: 'a log-in that joins',
    hasPeople: true,
    operation: 'adoptCart',

    act: (at, { member, guest }) => at.adoptCart({ customerId: member.customerId, guest, channel }),
  },
  {
    name: 'a log-in that takes over',
    hasPeople: true,
    operation: 'signIn',
    act: (at, { otherEmail, guest }) =>
      at.signIn({ email: otherEmail, password: 'right', clientAddress, adoptCart: { guest, channel } }),
  },
  {
    name: 'a registration',
    operation: 'registerCustomer',
    act: (at, { cartId, guest }) =>
      at.registerCustomer(
        { kind: 'anonymous' },
        {
          email: `new-${cartId}@polytill.test`,
          password: 'right password',
          referencePrefix: 'RACE--',
          adoptCart: { guest, channel },
        },
      ),
  },
  {
    name: 'look first, as a visitor',
    operation: 'readCart',
    scenes: unclaimed,
    act: (at, { cart, cartId }) => at.readCart({ kind: 'visitor', visitorId: cartId }, cart),
  },
  {
    name: 'look first, as a member',
    operation: 'readCart',
    scenes: unclaimed,
    act: (at, { cart, member }) => at.readCart(member, cart),
  },
  {
    name: 'add first, as a guest',
    operation: 'addLineItems',
    scenes: unclaimed,
    act: (at, { cart, guest }) => at.addLineItems(guest, { cart, lines: [mug(1)] }),
  },
  {
    name: 'quote first',
    operation: 'quoteCart',
    scenes: unclaimed,
    act: (at, { cart, other }) => at.quoteCart(other, { cart, plan: desk => desk.quote({ customerNote: 'quoted' }) }),
  },
  {
    name: 'try first',
    operation: 'tryCart',
    scenes: unclaimed,
    act: (at, { cart, other }) =>
      at.tryCart(other, { cart, skus: ['MUG-1'], plan: desk => desk.edit([{ kind: 'add_line', line: mug(1) }]) }),
  },
  {
    name: 'quote a revision first',
    operation: 'quoteRevision',
    scenes: unclaimed,
    act: (at, { cart, other }) => at.quoteRevision(other, { cart, revision: { lines: [mug(1)] } }),
  },
  {
    name: 'order first',
    operation: 'placeOrder',
    scenes: unclaimed,
    act: (at, { cart, guest }) => at.placeOrder(guest, { cart, placement: purchase('approve') }),
  },
]

/** Ordering it, in every way there is. */
const placements: readonly Way[] = [
  {
    name: 'order on account',
    operation: 'placeOrder',
    act: (at, { cart }) =>
      at.placeOrder(system, { cart, placement: { payments: [{ method: 'dummyPaymentInvoice' }] } }),
  },
  {
    name: 'order by card',
    operation: 'placeOrder',
    isTypical: true,
    act: (at, { cart }) => at.placeOrder(system, { cart, placement: purchase('approve') }),
  },
  {
    name: 'order by a declined card',
    operation: 'placeOrder',
    act: (at, { cart }) => at.placeOrder(system, { cart, placement: purchase('decline') }),
  },
  {
    name: 'order by a card with a page',
    operation: 'placeOrder',
    act: (at, { cart }) => at.placeOrder(system, { cart, placement: purchase('redirect') }),
  },
  {
    name: 'order and go on shopping',
    operation: 'placeOrder',

    act: (at, { cart }) =>
      at.placeOrder(system, { cart, placement: purchase('approve', { keepsCartOpen: true, confirmsLater: true }) }),
  },
  { name: 'order out of nothing', operation: 'placeNewOrder', act: (at, world) => placeNew(at, world) },
  {
    name: 'pay ahead',
    operation: 'payAhead',
    act: (at, { cart, total }) => at.payAhead(system, { cart, expectedTotal: total, capture: false, clientAddress }),
  },
  { name: 'draft', operation: 'draftOrder', act: (at, { cart }) => at.draftOrder(system, { cart }) },
  {
    name: 'walk to the end',
    operation: 'walkCheckout',

    act: (at, { cart }) => at.walkCheckout(system, { cart, rules, steps: 'all', clientAddress }),
  },
  {
    name: 'walk with another mug',
    operation: 'walkCheckout',

    act: (at, { cart }) =>
      at.walkCheckout(system, {
        cart,
        rules,
        steps: 'one',
        skus: ['MUG-1'],
        plan: () => ok({ lines: [{ add: mug(1) }] }),
      }),
  },
]

function placeNew(at: Operations, { cartId }: World) {
  return at.placeNewOrder(system, {
    create: { channel, id: cartId },
    edit: {
      skus: ['MUG-1'],
      plan: desk =>
        desk.edit([
          { kind: 'add_line', line: mug(1) },
          {
            kind: 'fill_in',
            changes: {
              buyer: { email: 'racer@polytill.test' },
              billingAddress: street,
              consignments: [{ destination: { kind: 'address', address: street }, selectedOption: 'standard' }],
            },
          },
        ]),
    },
    placement: purchase('approve'),
  })
}

/** Every way, in which every operation that can write a cart occurs at least once. */
export const ways: readonly Way[] = [
  ...changes.map(change => ({ ...change, isPlain: true }) as const),
  ...fates,
  ...placements,
  ...endings,
]
