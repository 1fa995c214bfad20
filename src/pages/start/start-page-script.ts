/**
 * What the start page does where the browser runs scripts: copies requests, fills the demo cart, and runs a purchase step
 * by step. Without it the page shows the same requests for a terminal.
 */
export const startPageScript = `
const byId = id => document.getElementById(id);
const make = (tag, text, className) => {
  const element = document.createElement(tag);
  if (text !== undefined) element.textContent = text;
  if (className) element.className = className;
  return element;
};

for (const button of document.querySelectorAll('button[data-copies]')) {
  const source = byId(button.dataset.copies);
  if (!source || !navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(source.textContent);
      byId('copied').textContent = 'Copied.';
    } catch {
      byId('copied').textContent = 'The browser did not allow copying.';
    }
  });
}

/* The demo shop: the storefront API of one dialect, as any storefront uses it. */
const shop = byId('shop');
if (shop) {
  const send = async (method, path, body) => {
    const options = { method, headers: { Accept: 'application/json' } };
    if (body) { options.headers['Content-Type'] = 'application/json'; options.body = JSON.stringify(body); }
    const answer = await fetch('/api/storefront' + path, options);
    const text = await answer.text();
    const json = text === '' ? undefined : JSON.parse(text);
    if (!answer.ok) throw new Error((json && (json.detail || json.title)) || 'HTTP ' + answer.status);
    return json;
  };
  let cart;
  const linesOf = ({ lineItems }) => [...lineItems.physicalItems, ...lineItems.digitalItems];
  const money = amount => new Intl.NumberFormat('en', { style: 'currency', currency: cart.currency.code }).format(amount);
  const show = () => {
    const lines = cart ? linesOf(cart) : [];
    byId('cart-lines').replaceChildren(...lines.map(line => {
      const item = make('li');
      item.append(make('span', line.quantity + ' × ' + line.name), make('span', money(line.extendedSalePrice)));
      return item;
    }));
    byId('cart-empty').hidden = lines.length > 0;
    byId('cart-sum').hidden = lines.length === 0;
    if (lines.length > 0) byId('cart-total').textContent = money(cart.cartAmount);
  };
  const say = text => { byId('cart-said').textContent = text; };
  for (const button of shop.querySelectorAll('button[data-product]')) {
    button.hidden = false;
    button.addEventListener('click', async () => {
      button.disabled = true;
      try {
        const lineItems = [{ productId: Number(button.dataset.product), variantId: Number(button.dataset.variant), quantity: 1 }];
        cart = await send('POST', cart ? '/carts/' + cart.id + '/items' : '/carts', { lineItems });
        show();
        say(button.dataset.name + ' is in the cart.');
      } catch (error) {
        say(button.dataset.name + ' was not added: ' + error.message);
      }
      button.disabled = false;
      button.focus();
    });
  }
  byId('cart-box').hidden = false;
  send('GET', '/carts').then(carts => { cart = carts[0]; show(); }).catch(error => say(error.message));
}

/* A purchase, live. */
const plans = JSON.parse(byId('live-checkouts')?.textContent ?? '[]');
const fill = (value, kept) => {
  if (Array.isArray(value)) return value.map(each => fill(each, kept));
  if (value && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, fill(each, kept)]));
  if (typeof value !== 'string') return value;
  const whole = /^{{(\\w+)}}$/.exec(value);
  return whole ? kept[whole[1]] : value.replace(/{{(\\w+)}}/g, (_all, name) => kept[name]);
};
const look = (value, path) => path.split('.').reduce((at, key) => at?.[key], value);

const showStep = (list, step, request, answer) => {
  const item = make('li');
  const details = make('details');
  const summary = make('summary');
  summary.append(
    make('strong', step.title), ' ', make('code', request.method + ' ' + request.path), ' ',
    make('span', answer.status + ' in ' + answer.milliseconds + ' ms', answer.ok ? 'good' : 'bad'),
  );
  const sides = make('div', undefined, 'sides');
  for (const [name, text] of [['Request', request.text], ['Answer', answer.text]]) {
    const side = make('div');
    const block = make('pre', text);
    block.tabIndex = 0;
    block.setAttribute('role', 'region');
    block.setAttribute('aria-label', name + ': ' + step.title);
    side.append(make('h4', name), block);
    sides.append(side);
  }
  details.append(summary, sides);
  details.open = !answer.ok;
  item.append(details);
  list.append(item);
};

const run = async (plan, base, list) => {
  const kept = { shopper: Math.random().toString(36).slice(2) };
  let milliseconds = 0;
  for (const step of plan.steps) {
    const headers = fill(step.headers ?? {}, kept);
    const path = fill(step.path, kept);
    const options = { method: step.method, headers };
    if (step.body !== undefined) {
      headers['Content-Type'] = 'application/json';
      options.body = JSON.stringify(fill(step.body, kept));
    }
    const began = performance.now();
    const response = await fetch(base + path, options);
    const text = await response.text();
    const took = performance.now() - began;
    milliseconds += took;
    let json;
    try { json = JSON.parse(text); } catch { json = undefined; }
    const lines = Object.entries(headers).map(([name, value]) => name + ': ' + value);
    const body = step.body === undefined ? [] : ['', JSON.stringify(fill(step.body, kept), null, 2)];
    showStep(
      list, step,
      { method: step.method, path, text: [step.method + ' ' + path, ...lines, ...body].join('\\n') },
      { ok: response.ok, status: response.status, milliseconds: Math.round(took), text: json === undefined ? text || '(no body)' : JSON.stringify(json, null, 2) },
    );
    if (!response.ok) return 'Stopped: ' + step.title + ' was answered with ' + response.status + '.';
    for (const [name, where] of Object.entries(step.keep ?? {})) kept[name] = look(json, where);
  }
  return 'Order ' + kept.order + ': ' + plan.steps.length + ' requests in ' + Math.round(milliseconds) + ' ms.';
};

for (const button of document.querySelectorAll('button[data-runs]')) {
  const plan = plans.find(each => each.dialect === button.dataset.runs);
  if (!plan) continue;
  button.hidden = false;
  button.addEventListener('click', async () => {
    const said = byId('ran-' + plan.dialect);
    const list = byId('steps-' + plan.dialect);
    button.disabled = true;
    list.replaceChildren();
    said.textContent = 'Buying ...';
    try {
      said.textContent = await run(plan, button.dataset.base, list);
    } catch (error) {
      said.textContent = 'The server did not answer: ' + error.message;
    }
    button.disabled = false;
    button.focus();
  });
}
`
