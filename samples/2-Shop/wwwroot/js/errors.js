import { $, icon, make } from './dom.js';

/** Tells the visitor what went wrong, with a way to try again when there is one. */
export function tell(error, retry) {
  if (error.name === 'AbortError') return;
  const title = error.title ?? 'Something went wrong on this page';
  for (const shown of $('errors').children) if (shown.dataset.title === title) shown.remove();
  const box = make('div', { className: 'error' },
    make('strong', {}, title),
    make('p', {}, error.title ? error.message : 'Reload the page and try again.'),
    retry
      ? make('button', { type: 'button', className: 'small', onclick: () => { box.remove(); retry(); } }, 'Try again')
      : make('button', { type: 'button', className: 'icon', 'aria-label': 'Dismiss', onclick: () => box.remove() }, icon('close')));
  box.dataset.title = title;
  $('errors').append(box);
  while ($('errors').children.length > 3) $('errors').firstChild.remove();
  if (!error.title) console.error(error);
}

/** Takes errors off the page, because what failed works now. */
export const untell = () => $('errors').replaceChildren();
