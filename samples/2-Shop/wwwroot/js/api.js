const root = document.documentElement.dataset.api;

/** What went wrong, in words for the visitor. */
export class ShopError extends Error {
  constructor(title, detail, status = 0) {
    super(detail);
    this.title = title;
    this.status = status;
  }
}

async function ask(path, options = {}) {
  let response;
  try {
    response = await fetch(`${root}/${path}`, options);
  } catch (error) {
    if (error.name === 'AbortError') throw error;
    throw new ShopError('The shop cannot be reached', 'Check your connection and try again. Nothing you chose is lost.');
  }
  if (response.ok) return response.status === 204 ? null : response.json();
  const problem = await response.json().catch(() => ({}));
  throw new ShopError(problem.title ?? 'Something went wrong', problem.detail ?? `The shop answered ${response.status}. Try again in a moment.`, response.status);
}

/** An id as part of an address; slashes stay, because folders are part of ids. */
const address = id => id.split('/').map(encodeURIComponent).join('/');

export const items = (query, signal) => ask(`items?${query}`, { signal });
export const item = id => ask(`items/${address(id)}`);
export const facets = () => ask('facets');
export const clusters = () => ask('clusters');
export const cluster = (index, query) => ask(`clusters/${index}?${query}`);
const part = region => (region ? `&region=${region}` : '');
export const byPicture = (blob, region, query, signal) =>
  ask(`recommendations?${query}${part(region)}`, { method: 'POST', body: blob, headers: { 'Content-Type': 'application/octet-stream' }, signal });
export const classify = (blob, region, signal) =>
  ask(`classifications?count=2${part(region)}`, { method: 'POST', body: blob, headers: { 'Content-Type': 'application/octet-stream' }, signal });
export const byProduct = (id, query, signal) => ask(`recommendations/${address(id)}?${query}`, { signal });
export const byTaste = (liked, disliked, query, signal) =>
  ask(`recommendations/like?${query}`, { method: 'POST', body: JSON.stringify({ liked, disliked }), headers: { 'Content-Type': 'application/json' }, signal });
export const steer = action => ask(`indexing/${action}`, { method: 'POST' });
export const statusEvents = () => new EventSource(`${root}/status/events`);
