/** One element by id. */
export const $ = id => document.getElementById(id);

/** Makes an element. Texts become text nodes, so nothing a product is called can become markup. */
export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name in element && !name.includes('-') && name !== 'role') element[name] = value;
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.filter(child => child !== null && child !== undefined));
  return element;
}

const paths = {
  heart: 'M12 20s-7.500-4.600-7.500-10A4.200 4.200 0 0 1 12 7.300 4.200 4.200 0 0 1 19.500 10c0 5.400-7.500 10-7.500 10Z',
  no: 'M5 12a7 7 0 1 0 14 0 7 7 0 1 0-14 0m2.100-4.900 9.800 9.800',
  close: 'm6 6 12 12M18 6 6 18',
};

/** One of the page's icons. */
export function icon(name) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', paths[name]);
  svg.append(path);
  return svg;
}

/** Calls the last of several quick calls, a moment later. */
export function calm(action, milliseconds = 180) {
  let timer = 0;
  return (...given) => {
    clearTimeout(timer);
    timer = setTimeout(() => action(...given), milliseconds);
  };
}

export const money = new Intl.NumberFormat('en', { style: 'currency', currency: 'EUR' });
