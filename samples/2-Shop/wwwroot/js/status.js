import * as api from './api.js';
import { $ } from './dom.js';
import { tell } from './errors.js';

const running = ['starting', 'building', 'updating', 'waiting'];
let last = {};

/** Shows where indexing stands and calls back when the products or the groups may have changed. */
export function follow(changed) {
  const events = api.statusEvents();
  events.addEventListener('status', event => {
    const status = JSON.parse(event.data);
    show(status);
    if (last.state && (status.state !== last.state || status.total !== last.total) && (status.state === 'ready' || status.total !== last.total)) changed(status);
    else if (!last.state && status.total > 0) changed(status);
    last = status;
  });
  events.addEventListener('error', () => {
    $('status').dataset.state = 'away';
    $('status-text').textContent = 'Shop away';
    $('status-detail').textContent = 'The shop cannot be reached. This page connects again by itself.';
  });
  addEventListener('pagehide', () => events.close());
}

function show(status) {
  const { state, done, total, indexed, unreadable, perSecond, remainingSeconds, message } = status;
  const number = value => value.toLocaleString('en');
  $('status').dataset.state = state;
  $('status-text').textContent = {
    starting: 'Looking for products', building: `Indexing ${number(done)} of ${number(total)}`, updating: `Checking ${number(done)} of ${number(total)}`,
    ready: `${number(indexed)} indexed`, waiting: `${number(indexed)} indexed`, paused: `Paused at ${number(done)} of ${number(total)}`, stopped: `Stopped at ${number(done)} of ${number(total)}`, failed: 'Indexing failed',
  }[state];
  $('status-progress').hidden = total === 0;
  $('status-progress').max = Math.max(1, total);
  $('status-progress').value = done;
  const parts = [];
  if (message) parts.push(message);
  if (state === 'ready') parts.push(`All ${number(indexed)} products can be found by picture.`);
  if (state === 'building') parts.push('Recommendations come when the first index is made.');
  if (perSecond > 0) parts.push(`${perSecond} pictures a second${remainingSeconds ? `, about ${remainingSeconds} s left` : ''}.`);
  if (unreadable > 0) parts.push(`${number(unreadable)} ${unreadable === 1 ? 'picture' : 'pictures'} cannot be read.`);
  if (state === 'paused' || state === 'stopped') parts.push('What was done is kept.');
  $('status-detail').textContent = parts.join(' ');
  $('index-pause').hidden = $('index-stop').hidden = !running.includes(state);
  $('index-resume').hidden = running.includes(state);
  $('index-resume').textContent = state === 'ready' ? 'Look again' : 'Resume';
}

for (const action of ['pause', 'resume', 'stop'])
  $(`index-${action}`).addEventListener('click', () => api.steer(action).catch(error => tell(error)));
addEventListener('click', event => {
  if ($('status').open && !$('status').contains(event.target)) $('status').open = false;
});
$('status').addEventListener('keydown', event => {
  if (event.key !== 'Escape' || !$('status').open) return;
  $('status').open = false;
  $('status').querySelector('summary').focus();
});
