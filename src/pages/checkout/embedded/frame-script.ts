/**
 * What the page says to the page around it, in the words of the platform's SDK for embedding, and how high it is, in those
 * of the resizer which that brings along. Written from what both send and take; every message goes to one origin that the
 * channel names, and none is read from anybody else. Source: dialects/bigcommerce.md 3.10.
 */
export const frameScript = `
const root = document.documentElement;
const host = window.parent;
const sites = (root.dataset.sites || '').split(' ').filter(Boolean);
const isAnyPort = site => site.endsWith(':*');
const names = (site, origin) =>
  isAnyPort(site) ? (origin + ':').startsWith(site.slice(0, -1)) : site === origin;
const above = location.ancestorOrigins && location.ancestorOrigins[0];
const targets = above === undefined
  ? sites.filter(site => !isAnyPort(site))
  : sites.some(site => names(site, above)) ? [above] : [];
const tell = message => { for (const target of targets) host.postMessage(message, target); };

// What was told already, by the pages of this frame that were shown before: a window keeps its name.
const mark = 'polytill';
const told = new Set(window.name.split(' ')[0] === mark ? window.name.split(' ') : [mark]);
const once = (word, message) => {
  if (told.has(word)) return;
  told.add(word);
  window.name = [...told].join(' ');
  tell(message);
};

let resizer;
const report = why => {
  if (resizer === undefined) return;
  const height = Math.ceil(document.body.getBoundingClientRect().height);
  tell('[iFrameSizer]' + resizer + ':' + height + ':' + innerWidth + ':' + why);
};

const places = {
  body: 'body', text: 'body', heading: 'h1,h2', label: 'label,legend', link: 'a:not(.button)', button: 'button.go,a.go',
  secondaryButton: 'button:not(.go):not(.plain),a.button:not(.go)', secondaryText: '.quiet',
  input: 'input:not([type=radio]):not([type=checkbox]),textarea', select: 'select', orderSummary: '.aside,.fold',
};
const moments = { hover: ':hover', focus: ':focus', active: ':active', disabled: ':disabled' };
const properties = ['color', 'backgroundColor', 'borderColor', 'borderWidth', 'boxShadow', 'fontFamily', 'fontSize',
  'fontWeight', 'fontStyle', 'lineHeight', 'letterSpacing', 'textTransform'];
const isPlain = text => typeof text === 'string' && text.length <= 200 && !/url|image|expression|[;{}<>\\\\]/i.test(text);
const hosts = new CSSStyleSheet();
const dress = styles => {
  hosts.replaceSync('');
  const put = (selector, style) => {
    if (typeof style !== 'object' || style === null) return;
    const rule = hosts.cssRules[hosts.insertRule(selector + '{}', hosts.cssRules.length)];
    for (const property of properties) if (isPlain(style[property])) rule.style[property] = style[property];
  };
  for (const [name, selector] of Object.entries(places)) {
    const style = styles[name];
    put(selector, style);
    for (const [moment, suffix] of Object.entries(moments)) {
      put(selector.split(',').map(each => each + suffix).join(','), style && style[moment]);
    }
  }
};

const begin = () => {
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, hosts];
  addEventListener('message', ({ source, origin, data }) => {
    if (source !== host || !targets.includes(origin)) return;
    if (typeof data === 'string' && data.startsWith('[iFrameSizer]')) {
      const said = data.slice(13).split(':');
      if (said.length < 8) return report('resize');
      resizer = said[0];
      report('init');
    } else if (data && data.type === 'STYLE_CONFIGURED' && data.payload) dress(data.payload);
  });
  new ResizeObserver(() => report('resize')).observe(document.body);
  // The next page begins at its top.
  addEventListener('pagehide', () => {
    if (resizer !== undefined) tell('[iFrameSizer]' + resizer + ':0:0:scrollToOffset');
  });

  const { state } = root.dataset;
  const text = selector => [...document.querySelectorAll(selector)].map(each => each.textContent.trim()).join(' ');
  const error = (message, subtype) => ({ message, type: 'checkout', subtype });
  if (state === 'failed' && !told.has('loaded')) {
    tell({ type: 'FRAME_ERROR', payload: error(text('main p:not(.hidden)'), 'not_available') });
    return;
  }
  tell({ type: 'FRAME_LOADED' });
  once('loaded', { type: 'CHECKOUT_LOADED' });
  if (state === 'complete') once('complete', { type: 'CHECKOUT_COMPLETE' });
  const query = new URLSearchParams(location.search);
  const refused = text('#errors li');
  if (state === 'failed') tell({ type: 'CHECKOUT_ERROR', payload: error(text('main p:not(.hidden)'), 'not_available') });
  else if (refused) tell({ type: 'CHECKOUT_ERROR', payload: error(refused, 'refused') });
  else if (query.has('tried')) tell({ type: 'CHECKOUT_ERROR', payload: error(text('main .notice'), 'payment_' + query.get('tried')) });
  if (query.get('signed') === 'out') {
    history.replaceState(null, '', location.pathname);
    tell({ type: 'SIGNED_OUT' });
  }
};
if (host !== window) begin();
`
