(() => {
  const map = document.getElementById('map');
  if (!map) return;
  const data = JSON.parse(document.getElementById('map-data').textContent);
  const svg = map.querySelector('svg'), tip = map.querySelector('.tip'), ring = svg.querySelector('.ring');
  const image = tip.querySelector('img'), title = tip.querySelector('b'), name = tip.querySelector('span');
  const dots = [...svg.querySelectorAll('circle:not(.ring)')].map(c => [+c.getAttribute('cx'), +c.getAttribute('cy')]);
  const hide = () => { tip.hidden = true; ring.setAttribute('cx', -50); ring.setAttribute('cy', -50); };
  const show = event => {
    const box = svg.getBoundingClientRect(), scale = svg.viewBox.baseVal.width / box.width;
    const x = (event.clientX - box.left) * scale, y = (event.clientY - box.top) * scale;
    let best = -1, least = (28 * scale) ** 2;
    dots.forEach(([dx, dy], i) => { const d = (dx - x) ** 2 + (dy - y) ** 2; if (d < least) { least = d; best = i; } });
    if (best < 0) return hide();
    const [cx, cy] = dots[best];
    ring.setAttribute('cx', cx); ring.setAttribute('cy', cy);
    if (data.images[best]) image.src = 'data:image/jpeg;base64,' + data.images[best]; else image.removeAttribute('src');
    title.textContent = data.groups[best]; name.textContent = data.names[best];
    tip.hidden = false;
    const left = cx / scale + 18, top = cy / scale + 6;
    tip.style.left = Math.max(4, left + tip.offsetWidth > map.clientWidth - 4 ? left - tip.offsetWidth - 30 : left) + 'px';
    tip.style.top = Math.max(4, Math.min(top, map.clientHeight - tip.offsetHeight - 4)) + 'px';
  };
  svg.addEventListener('pointermove', show);
  svg.addEventListener('pointerdown', show);
  svg.addEventListener('pointerleave', event => { if (event.pointerType === 'mouse') hide(); });
})();
