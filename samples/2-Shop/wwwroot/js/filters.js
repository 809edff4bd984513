import * as api from './api.js';
import { $, calm, make } from './dom.js';
import { tell } from './errors.js';
import { choice } from './state.js';

const swatches = {
  Red: '#c5363f', Orange: '#e37f33', Yellow: '#ebbe48', Green: '#548f5c', Teal: '#2f8f94', Blue: '#4c88cb', Navy: '#2c3d64', Purple: '#7c58a6', Pink: '#e893ac',
  Brown: '#8e5e3f', Black: '#3b3b41', White: '#f3f0e9',
};

const label = name => {
  const words = name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return words[0].toUpperCase() + words.slice(1);
};

/** Shows what products can be filtered by. */
export async function load() {
  try {
    const { categories, attributes } = await api.facets();
    const groups = [values('category', 'Category', categories), ...attributes.map(attribute)];
    $('filter-form').replaceChildren(...groups.filter(Boolean),
      make('button', { type: 'button', className: 'small clear', id: 'filters-clear', hidden: choice.filters.size === 0, onclick: clear }, 'Clear filters'));
  } catch (error) {
    tell(error, load);
  }
}

function attribute({ name, values: found, least, greatest }) {
  if (least !== null) return least < greatest ? range(name, least, greatest) : null;
  if (found.every(({ value }) => value === 'true' || value === 'false')) {
    const yes = found.find(({ value }) => value === 'true');
    return yes ? make('fieldset', {}, make('legend', { className: 'hidden' }, label(name)), box(name, `${label(name)} only`, yes)) : null;
  }
  return values(name, label(name), found);
}

const values = (name, title, found) => found.length < 2 ? null
  : make('fieldset', {}, make('legend', {}, title), make('div', {}, ...found.slice(0, 40).map(value => box(name, value.value, value))));

function box(name, words, { value, count }) {
  const swatch = swatches[value] && name.startsWith('colo') ? make('span', { className: 'swatch', 'aria-hidden': 'true' }) : null;
  if (swatch) swatch.style.background = swatches[value];
  return make('label', { className: 'check' },
    make('input', { type: 'checkbox', name, value, checked: choice.filters.get(name)?.includes(value), onchange: () => choice.filter(name, checked(name)) }),
    swatch, make('span', {}, words), make('i', { 'aria-hidden': 'true' }, String(count)));
}

const checked = name => [...document.querySelectorAll(`#filter-form input[name="${CSS.escape(name)}"]:checked`)].map(input => input.value);

function range(name, least, greatest) {
  const end = (side, words, placeholder) => make('input', {
    type: 'number', min: 0, step: 'any', inputMode: 'decimal', placeholder: String(placeholder), 'aria-label': `${label(name)} ${words}`, 'data-side': side, oninput: changed,
  });
  const from = end('from', 'from', Math.floor(least));
  const to = end('to', 'to', Math.ceil(greatest));
  const set = calm(() => choice.filter(name, from.value || to.value ? [`${from.value}..${to.value}`] : []), 300);
  function changed() {
    set();
  }
  return make('fieldset', {}, make('legend', {}, label(name)), make('div', { className: 'range' }, from, make('span', { 'aria-hidden': 'true' }, 'to'), to));
}

function clear() {
  $('filter-form').reset();
  for (const input of document.querySelectorAll('#filter-form input[type="checkbox"]')) input.checked = false;
  for (const input of document.querySelectorAll('#filter-form input[type="number"]')) input.value = '';
  $('search').value = '';
  choice.clearFilters();
}

choice.addEventListener('filters', () => {
  const count = [...choice.filters].reduce((sum, [name, given]) => sum + (name === 'search' ? 0 : given.length), 0);
  $('filters-count').hidden = count === 0;
  $('filters-count').textContent = String(count);
  if ($('filters-clear')) $('filters-clear').hidden = choice.filters.size === 0;
});

$('search').addEventListener('input', calm(() => choice.filter('search', $('search').value.trim() ? [$('search').value.trim()] : []), 220));
$('search-form').addEventListener('submit', event => {
  event.preventDefault();
  $('products').scrollIntoView({ block: 'start' });
});
$('filter-form').addEventListener('submit', event => event.preventDefault());

/* On a phone the filters start folded away; on a desk they are always open. */
const narrow = matchMedia('(max-width: 760px)');
const fold = () => { $('filters-fold').open = !narrow.matches; };
narrow.addEventListener('change', fold);
$('filters-fold').querySelector('summary').addEventListener('click', event => { if (!narrow.matches) event.preventDefault(); });
fold();
