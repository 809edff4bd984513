import * as api from './api.js';
import { card, empty, ghosts } from './cards.js';
import { $, calm, icon, make } from './dom.js';
import { tell, untell } from './errors.js';
import { choice } from './state.js';

let running = new AbortController();

const titles = { picture: 'Your picture', product: 'More like this', taste: 'Your taste' };

async function recommend() {
  const question = choice.question;
  if (!question) return;
  running.abort();
  running = new AbortController();
  const { signal } = running;
  const query = choice.query({ count: choice.count });
  if (choice.diversity > 0) query.set('diversity', choice.diversity);
  if (choice.minScore > 0) query.set('minScore', choice.minScore);
  $('results').closest('.found').setAttribute('aria-busy', 'true');
  try {
    const answer = await send(question, query, signal);
    if (signal.aborted) return;
    untell();
    show(answer);
    if (question.kind === 'picture') name(question, signal);
  } catch (error) {
    if (error.name === 'AbortError') return;
    const refused = error.status >= 400 && error.status < 500 && error.status !== 429;
    if (refused && question.kind === 'picture' && !question.usable) {
      choice.ask(null);
    } else if (!$('results').querySelector('.card')) {
      $('results').replaceChildren(empty('There is no answer yet.'));
    }
    $('found-note').textContent = '';
    $('more-results').hidden = true;
    tell(error, error.status === 0 || error.status === 503 || error.status === 429 ? recommend : null);
  } finally {
    if (!signal.aborted) $('results').closest('.found').removeAttribute('aria-busy');
  }
}

function send(question, query, signal) {
  if (question.kind === 'picture') return api.byPicture(question.blob, question.region, query, signal);
  if (question.kind === 'product') return api.byProduct(question.product.id, query, signal);
  return api.byTaste([...choice.liked.keys()], [...choice.disliked.keys()], query, signal);
}

function show({ recommendations, milliseconds }) {
  const hits = recommendations;
  $('results').replaceChildren(...(hits.length > 0
    ? hits.map(hit => card(hit.product, hit))
    : [empty('Nothing matches. Take a filter away, or lower the score.')]));
  $('found-title').textContent = choice.diversity > 0 ? 'Similar, and varied' : 'Most similar';
  $('found-note').textContent = hits.length === 0
    ? 'No product matches.'
    : `${hits.length} ${hits.length === 1 ? 'product' : 'products'} in ${milliseconds < 10 ? milliseconds.toFixed(1) : Math.round(milliseconds)} ms`;
  $('more-results').hidden = hits.length < choice.count || choice.count >= 50;
}

/** Says what the picture seems to show, in the shop's own categories; a shop that has not learned them says nothing. */
async function name(question, signal) {
  if (question.named) return;
  question.named = true;
  try {
    const [best] = await api.classify(question.blob, question.region, signal);
    $('asked-category').textContent = best.confidence >= 0.5 ? `Looks like: ${best.category} (${Math.round(best.confidence * 100)}%)` : `Perhaps: ${best.category} (${Math.round(best.confidence * 100)}%)`;
    $('asked-category').hidden = false;
  } catch {
    $('asked-category').hidden = true;
  }
}

function open() {
  const question = choice.question;
  $('answer').hidden = !question;
  $('ask').classList.toggle('compact', Boolean(question));
  if (!question) {
    running.abort();
    return;
  }
  const isPicture = question.kind === 'picture';
  $('asked-title').textContent = titles[question.kind];
  for (const id of ['crop', 'crop-buttons', 'crop-hint']) $(id).hidden = !isPicture;
  $('asked-category').hidden = true;
  $('asked-product').hidden = question.kind !== 'product';
  if (question.kind === 'product') showProduct(question.product);
  $('taste').hidden = choice.liked.size + choice.disliked.size === 0;
  $('results').replaceChildren(...ghosts(5));
  $('found-note').textContent = 'Looking';
  $('answer').scrollIntoView({ block: 'start' });
  $('found-title').focus({ preventScroll: true });
  recommend();
}

function showProduct(product) {
  $('asked-product').replaceChildren(
    make('img', { src: product.picture, alt: product.name, width: 640, height: 640 }),
    make('p', {}, make('strong', {}, product.name), make('span', { className: 'hint' }, [product.attributes.brand, product.category].filter(Boolean).join(', '))));
}

/** A like makes the liked products the question; what was asked before, when it was a product, is liked as well. */
function votesChanged() {
  showTaste();
  if (choice.liked.size > 0) {
    if (choice.question?.kind !== 'taste') choice.ask({ kind: 'taste' });
    else recommend();
  } else if (choice.question?.kind === 'taste') {
    choice.ask(null);
  }
}

function showTaste() {
  const chips = (votes, likes) => make('ul', {}, ...[...votes.values()].map(product => make('li', {},
    make('button', {
      type: 'button', className: likes ? 'chip' : 'chip no', title: product.name,
      'aria-label': `Take back: ${likes ? 'like' : 'dislike'} ${product.name}`, onclick: () => choice.vote(product, likes),
    }, make('img', { src: product.thumbnail, alt: '' }), make('span', {}, icon('close'))))));
  const parts = [];
  if (choice.liked.size > 0) parts.push(make('div', {}, make('h3', {}, 'Liked'), chips(choice.liked, true)));
  if (choice.disliked.size > 0) parts.push(make('div', {}, make('h3', {}, 'Not liked'), chips(choice.disliked, false)));
  if (parts.length > 0) parts.push(make('button', { type: 'button', className: 'small', onclick: () => choice.forgetVotes() }, 'Start over'));
  $('taste').replaceChildren(...parts);
  $('taste').hidden = parts.length === 0;
}

const again = calm(recommend);
choice.addEventListener('question', open);
choice.addEventListener('votes', votesChanged);
choice.addEventListener('filters', again);
choice.addEventListener('tuning', again);

$('close').addEventListener('click', () => {
  choice.forgetVotes();
  choice.ask(null);
  $('choose').focus();
});
$('more-results').addEventListener('click', async () => {
  const before = choice.count;
  choice.count += 5;
  await recommend();
  $('results').children[before]?.querySelector('button').focus({ preventScroll: true });
});
$('diversity').addEventListener('input', event => {
  const value = Number(event.target.value);
  event.target.setAttribute('aria-valuetext', value === 0 ? 'Most similar' : `${Math.round(value * 100)} percent varied`);
  choice.tune({ diversity: value });
});
$('min-score').addEventListener('input', event => {
  $('min-score-text').value = Number(event.target.value).toFixed(2);
  choice.tune({ minScore: Number(event.target.value) });
});
