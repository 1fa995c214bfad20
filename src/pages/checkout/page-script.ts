/** Makes the page quicker and gentler where scripts run; everything works without it. */
export const pageScript = `
const errors = document.getElementById('errors');
if (errors) errors.focus();
for (const form of document.querySelectorAll('form')) {
  form.addEventListener('submit', () => {
    if (form.dataset.sent) return;
    form.dataset.sent = '1';
    form.classList.add('busy');
  });
}
addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll('form')) {
    delete form.dataset.sent;
    form.classList.remove('busy');
  }
});
`
