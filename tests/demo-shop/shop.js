// The code of a shop that shows an order in its page: it sets a new token when the element needs one.
const order = document.querySelector('order-status');
const unread = document.querySelector('#unread');
const theme = document.querySelector('#theme');

async function renewToken() {
  const answer = await fetch('/account/order-token', { cache: 'no-store' });
  order.token = (await answer.json()).token;
}

order.addEventListener('order-status:token-needed', renewToken);
order.addEventListener('order-status:unread', ({ detail }) => {
  unread.hidden = detail.count === 0;
  unread.textContent = detail.count;
});

theme.addEventListener('click', () => {
  const isDark = document.documentElement.classList.toggle('dark');
  theme.textContent = isDark ? 'Light' : 'Dark';
});
