/**
 * Makes the page quicker and gentler where scripts run; everything works without it. Served as a file of its own, so it is
 * plain JavaScript as browsers of the last years know it.
 */
export const pageScript = `
const said = document.getElementById('said');
const say = text => { if (said) said.textContent = text || ''; };
const errors = document.getElementById('errors');
if (errors) errors.focus();

const ask = async (form, wish) => {
  const body = new URLSearchParams(new FormData(form));
  body.set('do', wish);
  const answer = await fetch(form.action, { method: 'POST', body, headers: { accept: 'text/html' } });
  if (!answer.ok || answer.redirected) return undefined;
  const text = await answer.text();
  // Its head has a style that the rules of this page do not name.
  return new DOMParser().parseFromString(text.slice(text.indexOf('<body')), 'text/html');
};

const swap = (fresh, selector) => {
  const before = document.querySelectorAll(selector);
  const after = fresh.querySelectorAll(selector);
  before.forEach((each, index) => { if (after[index]) each.replaceChildren(...after[index].childNodes); });
};

document.addEventListener('change', async event => {
  const field = event.target;
  const form = field.form;
  if (!form || form.id !== 'step') return;
  try {
    if (field.matches('select[name$=country]')) {
      const fresh = await ask(form, 'country');
      const box = field.closest('.fields');
      const other = fresh && fresh.getElementById(field.id);
      if (!box || !other) return;
      box.replaceChildren(...other.closest('.fields').childNodes);
      document.getElementById(field.id).focus();
      say(box.dataset.redrawn);
    } else if (form.dataset.quotes !== undefined && field.matches('input[type=radio],select')) {
      const fresh = await ask(form, 'quote');
      if (!fresh) return;
      swap(fresh, '.aside');
      swap(fresh, '.fold');
      const told = fresh.getElementById('said');
      say(told && told.textContent);
    }
  } catch {
    // The form says everything when it is sent.
  }
});

document.addEventListener('submit', event => {
  const form = event.target;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = '1';
  form.classList.add('busy');
});
addEventListener('pageshow', () => {
  for (const form of document.forms) {
    delete form.dataset.sent;
    form.classList.remove('busy');
  }
});

const waiting = document.querySelector('[data-polls]');
if (waiting) {
  const look = async () => {
    try {
      const answer = await fetch(waiting.dataset.polls, { headers: { accept: 'text/html' } });
      if (!(await answer.text()).includes('data-polls')) {
        location.replace(waiting.dataset.polls);
        return;
      }
    } catch {
      // No network just now: the next look may have one.
    }
    setTimeout(look, 2000);
  };
  setTimeout(look, 1500);
}
`
