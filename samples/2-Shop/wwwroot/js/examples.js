import * as api from './api.js';
import { $, make } from './dom.js';
import { choice } from './state.js';

/** A few products to start from, spread over the catalog; what is shown changes from visit to visit. */
export async function load() {
  try {
    const { total } = await api.items(new URLSearchParams({ pageSize: 1 }));
    if (total === 0) return;
    const count = Math.min(8, total);
    const start = Math.floor(Math.random() * total);
    const pages = Array.from({ length: count }, (_, i) => (start + Math.floor(i * (total / count)) + i) % total + 1);
    const found = await Promise.all(pages.map(page => api.items(new URLSearchParams({ pageSize: 1, page }))));
    $('examples').replaceChildren(...found.flatMap(({ products }) => products).map(product => make('button', {
      type: 'button', className: 'example', 'aria-label': `More like ${product.name}`, onclick: () => choice.ask({ kind: 'product', product }),
    }, make('img', { src: product.thumbnail, alt: '', width: 320, height: 320 }))));
  } catch {
    // The shelf below says what is wrong.
  }
}
