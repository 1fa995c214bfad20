import { acknowledgeEvents } from './acknowledge-events.js'
import { addAddress } from './add-address.js'
import { addLineItems } from './add-line-items.js'
import { adoptCart } from './adopt-cart.js'
import { amendOrder } from './amend-order.js'
import { annotateOrder } from './annotate-order.js'
import { anonymizeCustomer } from './anonymize-customer.js'
import { answerOnce } from './answer-once.js'
import { applyCode } from './apply-code.js'
import { applyCoupon } from './apply-coupon.js'
import { applyGiftCard } from './apply-gift-card.js'
import { assignCart } from './assign-cart.js'
import { bindCart } from './bind-cart.js'
import { cancelOrder } from './cancel-order.js'
import { capturePayment } from './capture-payment.js'
import { changeAddress } from './change-address.js'
import { changeCharges } from './change-charges.js'
import { changeCheckout } from './change-checkout.js'
import { changeConsignments } from './change-consignments.js'
import { changeCoupon } from './change-coupon.js'
import { changeGiftCard } from './change-gift-card.js'
import { changeLineItems } from './change-line-items.js'
import { changePassword } from './change-password.js'
import { changeStoreCredit } from './change-store-credit.js'
import { changeTracking } from './change-tracking.js'
import { changeChannelSettings, readChannelSettings } from './channel-settings.js'
import { checkCredential } from './check-credential.js'
import { issueCheckoutPass, readCheckoutPass } from './checkout-pass.js'
import { closeCart } from './close-cart.js'
import { confirmOrder } from './confirm-order.js'
import { confirmPayment } from './confirm-payment.js'
import type { CartOperations } from './contracts/carts.js'
import type { CodeOperations } from './contracts/codes.js'
import type { CustomerOperations } from './contracts/customers.js'
import type { OrderOperations } from './contracts/orders.js'
import type { StoreOperations } from './contracts/store.js'
import type { StoredCardOperations } from './contracts/stored-cards.js'
import type { WalkOperations } from './contracts/walks.js'
import { countUse } from './count-use.js'
import { createCart } from './create-cart.js'
import { createCoupon } from './create-coupon.js'
import { createGiftCard } from './create-gift-card.js'
import { deleteCart } from './delete-cart.js'
import { deleteCoupons } from './delete-coupons.js'
import { deleteGiftCards } from './delete-gift-cards.js'
import { deleteStoredCard } from './delete-stored-card.js'
import type { Deps } from './deps.js'
import { draftOrder } from './draft-order.js'
import { editCart, tryCart } from './edit-cart.js'
import { findPickupPoints, findPostalPlaces, findRegion, listRegions } from './find-places.js'
import { findProfile, findProfiles } from './find-profile.js'
import { findSoldVariants, findVariants } from './find-variants.js'
import { fulfillOrder } from './fulfill-order.js'
import { issueCredential } from './issue-credential.js'
import { keepInstrument } from './keep-instrument.js'
import { linkCheckout } from './link-checkout.js'
import { listCarts } from './list-carts.js'
import { listCoupons } from './list-coupons.js'
import { listEvents } from './list-events.js'
import { listGiftCards } from './list-gift-cards.js'
import { listOrders, tallyOrders } from './list-orders.js'
import { listPurchases } from './list-purchases.js'
import { listStoredCards } from './list-stored-cards.js'
import { listVariants } from './list-variants.js'
import { makeSignInCode } from './make-sign-in-code.js'
import type { Operations } from './operations.js'
import { payAhead } from './pay-ahead.js'
import { payByCard } from './pay-by-card.js'
import { placeDraft } from './place-draft.js'
import { placeNewOrder } from './place-new-order.js'
import { placeOrder } from './place-order.js'
import { quoteCart } from './quote-cart.js'
import { readCart } from './read-cart.js'
import { readChannel, readChannelFacts } from './read-channel.js'
import { readCustomer } from './read-customer.js'
import { readGiftCard } from './read-gift-card.js'
import { readOffers } from './read-offers.js'
import { readOrder } from './read-order.js'
import { readPayment } from './read-payment.js'
import { readPurchase } from './read-purchase.js'
import { receiveWebhook } from './receive-webhook.js'
import { recordPayment } from './record-payment.js'
import { recoverOrders } from './recover-orders.js'
import { refundPayment } from './refund-payment.js'
import { registerCustomer } from './register-customer.js'
import { releaseCart } from './release-cart.js'
import { removeAddress } from './remove-address.js'
import { removeCode } from './remove-code.js'
import { removeCoupon } from './remove-coupon.js'
import { removeGiftCard } from './remove-gift-card.js'
import { removeLineItems } from './remove-line-items.js'
import { requestSignIn } from './request-sign-in.js'
import { returnGiftCard } from './return-gift-card.js'
import { quoteRevision, reviseCart } from './revise-cart.js'
import { revokeCredentials } from './revoke-credentials.js'
import { sendPayments } from './send-payments.js'
import { shippingCountries } from './shipping-countries.js'
import { signIn } from './sign-in.js'
import { signInByCode } from './sign-in-by-code.js'
import { signingSecret } from './signing-secret.js'
import { spendGiftCard } from './spend-gift-card.js'
import { takeCredential } from './take-credential.js'
import { tenderForDraft } from './tender-for-draft.js'
import { updateCart } from './update-cart.js'
import { updateCustomer } from './update-customer.js'
import { useStoreCredit } from './use-store-credit.js'
import { voidPayment } from './void-payment.js'
import { walkCheckout } from './walk-checkout.js'

/** Hands every operation what it needs from outside. */
export function bindOperations(deps: Deps): Operations {
  return {
    ...bindCarts(deps),
    ...bindOrders(deps),
    ...bindCustomers(deps),
    ...bindStore(deps),
    ...bindCodes(deps),
    ...bindStoredCards(deps),
    ...bindWalks(deps),
  }
}

function bindCarts(deps: Deps): CartOperations {
  return {
    createCart: (caller, input) => createCart(deps, caller, input),
    readCart: (caller, input, options) => readCart(deps, caller, input, options),
    listCarts: (caller, input) => listCarts(deps, caller, input),
    updateCart: (caller, input) => updateCart(deps, caller, input),
    deleteCart: (caller, input) => deleteCart(deps, caller, input),
    releaseCart: (caller, input) => releaseCart(deps, caller, input),
    assignCart: (caller, input) => assignCart(deps, caller, input),
    bindCart: input => bindCart(deps, input),
    addLineItems: (caller, input) => addLineItems(deps, caller, input),
    changeLineItems: (caller, input) => changeLineItems(deps, caller, input),
    changeConsignments: (caller, input) => changeConsignments(deps, caller, input),
    changeCharges: (caller, input) => changeCharges(deps, caller, input),
    removeLineItems: (caller, input) => removeLineItems(deps, caller, input),
    editCart: (caller, input) => editCart(deps, caller, input),
    tryCart: (caller, input) => tryCart(deps, caller, input),
    applyCoupon: (caller, input) => applyCoupon(deps, caller, input),
    removeCoupon: (caller, input) => removeCoupon(deps, caller, input),
    applyGiftCard: (caller, input) => applyGiftCard(deps, caller, input),
    useStoreCredit: (caller, input) => useStoreCredit(deps, caller, input),
    removeGiftCard: (caller, input) => removeGiftCard(deps, caller, input),
    applyCode: (caller, input) => applyCode(deps, caller, input),
    removeCode: (caller, input) => removeCode(deps, caller, input),
    changeCheckout: (caller, input) => changeCheckout(deps, caller, input),
    reviseCart: (caller, input) => reviseCart(deps, caller, input),
    quoteRevision: (caller, input) => quoteRevision(deps, caller, input),
    closeCart: (caller, input) => closeCart(deps, caller, input),
    quoteCart: (caller, input) => quoteCart(deps, caller, input),
  }
}

function bindOrders(deps: Deps): OrderOperations {
  return {
    tenderForDraft: (caller, input) => tenderForDraft(deps, caller, input),
    placeNewOrder: (caller, input) => placeNewOrder(deps, caller, input),
    placeOrder: (caller, input) => placeOrder(deps, caller, input),
    sendPayments: (caller, input) => sendPayments(deps, caller, input),
    confirmOrder: (caller, input) => confirmOrder(deps, caller, input),
    draftOrder: (caller, input) => draftOrder(deps, caller, input),
    placeDraft: (caller, input) => placeDraft(deps, caller, input),
    confirmPayment: (caller, input) => confirmPayment(deps, caller, input),
    receiveWebhook: input => receiveWebhook(deps, input),
    readPayment: (caller, input) => readPayment(deps, caller, input),
    capturePayment: (caller, input) => capturePayment(deps, caller, input),
    voidPayment: (caller, input) => voidPayment(deps, caller, input),
    refundPayment: (caller, input) => refundPayment(deps, caller, input),
    recordPayment: (caller, input) => recordPayment(deps, caller, input),
    readGiftCard: (caller, input) => readGiftCard(deps, caller, input),
    spendGiftCard: (caller, input) => spendGiftCard(deps, caller, input),
    returnGiftCard: (caller, input) => returnGiftCard(deps, caller, input),
    recoverOrders: signal => recoverOrders(deps, signal),
    readOrder: (caller, input) => readOrder(deps, caller, input),
    listOrders: (caller, input) => listOrders(deps, caller, input),
    tallyOrders: (caller, input) => tallyOrders(deps, caller, input),
    cancelOrder: (caller, input) => cancelOrder(deps, caller, input),
  }
}

function bindCustomers(deps: Deps): CustomerOperations {
  return {
    registerCustomer: (caller, input) => registerCustomer(deps, caller, input),
    adoptCart: input => adoptCart(deps, input),
    signIn: input => signIn(deps, input),
    requestSignIn: input => requestSignIn(deps, input),
    makeSignInCode: (caller, input) => makeSignInCode(deps, caller, input),
    signInByCode: input => signInByCode(deps, input),
    findProfile: (caller, input) => findProfile(deps, caller, input),
    findProfiles: (caller, input) => findProfiles(deps, caller, input),
    readCustomer: (caller, input) => readCustomer(deps, caller, input),
    updateCustomer: (caller, input) => updateCustomer(deps, caller, input),
    changeStoreCredit: (caller, input) => changeStoreCredit(deps, caller, input),
    changePassword: (caller, input) => changePassword(deps, caller, input),
    anonymizeCustomer: (caller, input) => anonymizeCustomer(deps, caller, input),
    addAddress: (caller, input) => addAddress(deps, caller, input),
    changeAddress: (caller, input) => changeAddress(deps, caller, input),
    removeAddress: (caller, input) => removeAddress(deps, caller, input),
    issueCredential: input => issueCredential(deps, input),
    checkCredential: input => checkCredential(deps, input),
    takeCredential: input => takeCredential(deps, input),
    countUse: input => countUse(deps, input),
    revokeCredentials: input => revokeCredentials(deps, input),
    isSignedIn: proof => deps.signOuts.isSignedIn(proof),
    signingSecret: name => signingSecret(deps, name),
  }
}

function bindStore(deps: Deps): StoreOperations {
  return {
    readChannel: input => readChannel(deps, input),
    readChannelFacts: input => readChannelFacts(deps, input),
    readChannelSettings: (caller, input) => readChannelSettings(deps, caller, input),
    changeChannelSettings: (caller, input) => changeChannelSettings(deps, caller, input),
    findPostalPlaces: input => findPostalPlaces(deps, input),
    findPickupPoints: input => findPickupPoints(deps, input),
    findRegion: input => findRegion(deps, input),
    listRegions: input => listRegions(deps, input),
    listChannels: () => deps.facts.channels(),
    listRecentChannels: () => deps.facts.recentChannels(),
    shippingCountries: input => shippingCountries(deps, input),
    findVariants: input => findVariants(deps, input),
    findSoldVariants: input => findSoldVariants(deps, input),
    listVariants: input => listVariants(deps, input),
    linkCheckout: link => linkCheckout(deps, link),
    issueCheckoutPass: pass => issueCheckoutPass(deps, pass),
    readCheckoutPass: input => readCheckoutPass(deps, input),
    listEvents: (caller, input) => listEvents(deps, caller, input),
    acknowledgeEvents: (caller, input) => acknowledgeEvents(deps, caller, input),
    answerOnce: (input, run) => answerOnce(deps, input, run),
  }
}

function bindCodes(deps: Deps): CodeOperations {
  return {
    listCoupons: (caller, query) => listCoupons(deps, caller, query),
    createCoupon: (caller, input) => createCoupon(deps, caller, input),
    changeCoupon: (caller, input) => changeCoupon(deps, caller, input),
    deleteCoupons: (caller, input) => deleteCoupons(deps, caller, input),
    listGiftCards: (caller, query) => listGiftCards(deps, caller, query),
    createGiftCard: (caller, input) => createGiftCard(deps, caller, input),
    changeGiftCard: (caller, input) => changeGiftCard(deps, caller, input),
    deleteGiftCards: (caller, input) => deleteGiftCards(deps, caller, input),
  }
}

function bindStoredCards(deps: Deps): StoredCardOperations {
  return {
    payByCard: (caller, input) => payByCard(deps, caller, input),
    listStoredCards: (caller, input) => listStoredCards(deps, caller, input),
    deleteStoredCard: (caller, input) => deleteStoredCard(deps, caller, input),
  }
}

function bindWalks(deps: Deps): WalkOperations {
  return {
    payAhead: (caller, input) => payAhead(deps, caller, input),
    walkCheckout: (caller, input) => walkCheckout(deps, caller, input),
    readPurchase: (caller, input) => readPurchase(deps, caller, input),
    keepInstrument: input => keepInstrument(deps, input),
    fulfillOrder: (caller, input) => fulfillOrder(deps, caller, input),
    changeTracking: (caller, input) => changeTracking(deps, caller, input),
    amendOrder: (caller, input) => amendOrder(deps, caller, input),
    annotateOrder: (caller, input) => annotateOrder(deps, caller, input),
    listPurchases: (caller, input) => listPurchases(deps, caller, input),
    readOffers: input => readOffers(deps, input),
  }
}
