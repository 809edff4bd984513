import { icon, make, money } from './dom.js';
import { choice } from './state.js';

const tag = product => product.attributes.inStock === false ? make('span', { className: 'card-tag' }, 'Sold out') : null;

function line(product, hit) {
  const { price, brand } = product.attributes;
  const parts = [];
  if (typeof price === 'number') parts.push(make('span', { className: 'card-price' }, money.format(price)));
  const second = hit ? product.category : brand ?? product.category;
  if (second) parts.push(make('span', {}, second));
  return make('div', { className: 'card-line' }, ...parts);
}

function score(hit) {
  const words = hit.isSamePicture ? 'The same picture' : hit.score.toFixed(2);
  const measured = make('div', { className: 'card-score' },
    make('meter', { min: 0, max: 1, value: Math.min(1, Math.max(0, hit.score)), 'aria-hidden': 'true' }),
    make('span', {}, make('span', { className: 'hidden' }, 'Score '), words));
  return hit.rules.length === 0 ? [measured] : [measured, make('div', { className: 'card-rules' }, `Rule: ${hit.rules.join(', ')}`)];
}

function vote(product, likes) {
  const pressed = () => String((likes ? choice.liked : choice.disliked).has(product.id));
  return make('button', {
    type: 'button', className: likes ? 'vote' : 'vote no', 'aria-pressed': pressed(),
    'aria-label': `${likes ? 'Like' : 'Dislike'} ${product.name}`, title: likes ? 'More of this' : 'Less of this',
    'data-vote': likes ? 'like' : 'dislike', 'data-id': product.id,
    onclick: () => choice.vote(product, likes),
  }, icon(likes ? 'heart' : 'no'));
}

/** A product as a list item: its picture searches for more like it, its hearts teach what is liked. */
export function card(product, hit) {
  return make('li', { className: 'card', 'data-id': product.id },
    make('button', {
      type: 'button', className: 'card-main', 'aria-label': `More like ${product.name}`,
      onclick: () => choice.ask({ kind: 'product', product }),
    }, make('img', { src: product.thumbnail, alt: '', loading: 'lazy', decoding: 'async', width: 320, height: 320 })),
    tag(product),
    make('div', { className: 'card-votes' }, vote(product, true), vote(product, false)),
    make('div', { className: 'card-words' }, make('div', { className: 'card-name' }, product.name), line(product, hit), ...(hit ? score(hit) : [])));
}

/** Places that wait for cards. */
export const ghosts = count => Array.from({ length: count }, () => make('li', { className: 'ghost', 'aria-hidden': 'true' }));

export const empty = words => make('li', { className: 'empty' }, words);

choice.addEventListener('votes', () => {
  for (const button of document.querySelectorAll('[data-vote]'))
    button.setAttribute('aria-pressed', String((button.dataset.vote === 'like' ? choice.liked : choice.disliked).has(button.dataset.id)));
});
