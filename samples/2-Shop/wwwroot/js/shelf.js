import * as api from './api.js';
import { card, empty, ghosts } from './cards.js';
import { $, calm } from './dom.js';
import { tell } from './errors.js';
import { choice } from './state.js';

const pageSize = 24;
let page = 0;
let running = new AbortController();

/** Shows the first page of the products that match the filters. */
export async function load() {
  running.abort();
  running = new AbortController();
  page = 0;
  if (!$('grid').querySelector('.card')) $('grid').replaceChildren(...ghosts(12));
  await next(true);
}

async function next(fresh) {
  const { signal } = running;
  try {
    const found = await api.items(choice.query({ page: page + 1, pageSize }), signal);
    if (signal.aborted) return;
    page = found.page;
    const cards = found.products.map(product => card(product));
    if (fresh) $('grid').replaceChildren(...(cards.length > 0 ? cards : [empty('No product matches these filters.')]));
    else $('grid').append(...cards);
    $('more-products').hidden = page >= found.pages;
    $('shelf-note').textContent = `${found.total.toLocaleString('en')} ${found.total === 1 ? 'product' : 'products'}`;
    if (!fresh) cards[0]?.querySelector('button').focus({ preventScroll: true });
  } catch (error) {
    tell(error, error.status === 0 ? load : null);
  }
}

choice.addEventListener('filters', calm(load, 60));
$('more-products').addEventListener('click', () => next(false));
