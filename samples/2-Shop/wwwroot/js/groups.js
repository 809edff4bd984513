import * as api from './api.js';
import { card, ghosts } from './cards.js';
import { $, make } from './dom.js';
import { tell } from './errors.js';

const pageSize = 24;
let shown = null;
let page = 0;
let stale = true;

/** Forgets the groups, because the index has changed. */
export const forget = () => {
  stale = true;
  if (!$('groups').hidden) load();
};

async function load() {
  if (!stale) return;
  try {
    const groups = await api.clusters();
    stale = false;
    $('group-list').replaceChildren(make('ul', { className: 'groups' }, ...groups.map(group => make('li', {}, tile(group)))));
  } catch (error) {
    $('group-list').replaceChildren(make('p', { className: 'empty' }, error.title ? error.message : 'The groups cannot be shown.'));
    if (error.status !== 503) tell(error, load);
  }
}

function tile(group) {
  const pictures = [group.medoid, ...group.samples.slice(0, 4)];
  const title = name(group);
  return make('button', { type: 'button', className: 'group', 'aria-label': `${title}, ${group.size} products`, onclick: () => open(group) },
    ...pictures.map((product, i) => make('img', { src: product.thumbnail, alt: '', loading: 'lazy', width: i === 0 ? 320 : 160, height: i === 0 ? 240 : 160 })),
    make('span', { className: 'group-words' }, title, make('span', {}, `${group.size} ${group.size === 1 ? 'product' : 'products'}`)));
}

/** A group has no name of its own: it is called by what most of it is. */
function name({ categories, medoid, size }) {
  if (categories.length === 0) return `Like ${medoid.name}`;
  const [first, second] = categories;
  if (first.count > size * 0.6) return first.value;
  return !second || first.count + second.count > size * 0.9 ? categories.slice(0, 2).map(({ value }) => value).join(' and ') : `${first.value}, ${second.value} and more`;
}

async function open(group) {
  shown = group;
  page = 0;
  $('group-title').textContent = `${name(group)}, by look`;
  $('group-grid').replaceChildren(...ghosts(Math.min(group.size, 12)));
  $('group-list').hidden = true;
  $('group').hidden = false;
  $('group-title').focus({ preventScroll: true });
  $('groups').scrollIntoView({ block: 'start' });
  await next();
}

async function next() {
  try {
    const found = await api.cluster(shown.index, new URLSearchParams({ page: page + 1, pageSize }));
    if (page === 0) $('group-grid').replaceChildren();
    page = found.page;
    $('group-grid').append(...found.products.map(product => card(product)));
    $('more-group').hidden = page >= found.pages;
  } catch (error) {
    tell(error, next);
  }
}

function back() {
  $('group').hidden = true;
  $('group-list').hidden = false;
  $('group-list').querySelector('button')?.focus({ preventScroll: true });
}

function select(tab) {
  const groups = tab === $('tab-groups');
  for (const [button, panel, on] of [[$('tab-products'), $('products'), !groups], [$('tab-groups'), $('groups'), groups]]) {
    button.setAttribute('aria-selected', String(on));
    button.tabIndex = on ? 0 : -1;
    panel.hidden = !on;
  }
  $('shelf-note').hidden = groups;
  if (groups) {
    if (!$('group').hidden) back();
    load();
  }
}

for (const tab of [$('tab-products'), $('tab-groups')]) {
  tab.addEventListener('click', () => select(tab));
  tab.addEventListener('keydown', event => {
    if (!['ArrowLeft', 'ArrowRight', 'Home', 'End'].includes(event.key)) return;
    const other = tab === $('tab-products') ? $('tab-groups') : $('tab-products');
    other.focus();
    select(other);
    event.preventDefault();
  });
}
$('group-back').addEventListener('click', back);
$('more-group').addEventListener('click', next);
