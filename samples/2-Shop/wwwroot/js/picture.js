import { ShopError } from './api.js';
import { $ } from './dom.js';
import { tell, untell } from './errors.js';
import { choice } from './state.js';

const mostBytes = 10 * 1024 * 1024;
const mostSide = 1600;

let original = null;
let shown = '';

/** Searches with a file the visitor chose, dropped, pasted or photographed. */
export async function search(file) {
  untell();
  const picture = await decode(file);
  if (!picture && file.size > mostBytes) {
    tell(new ShopError('The file is too large', `Pictures may have at most 10 MB; this file has ${(file.size / 1024 / 1024).toFixed(1)} MB and the browser cannot make it smaller.`));
    return;
  }
  original = picture;
  URL.revokeObjectURL(shown);
  shown = picture ? URL.createObjectURL(file) : '';
  clearBox();
  $('crop').classList.toggle('unseen', !picture);
  $('crop-image').hidden = !picture;
  $('crop-image').alt = 'The picture you search with';
  if (picture) $('crop-image').src = shown;
  // What the browser cannot show goes to the shop as it is: it says what is wrong with it.
  choice.ask({ kind: 'picture', usable: Boolean(picture), blob: picture && (file.size > 2 * 1024 * 1024 || Math.max(picture.width, picture.height) > 2 * mostSide) ? await smaller(picture) : file });
}

const decode = file => createImageBitmap(file).catch(() => null);

/** A copy that is small enough to be sent; parts of it are searched by their region. */
function smaller(picture) {
  const { width, height } = picture;
  const scale = Math.min(1, mostSide / Math.max(width, height));
  const canvas = new OffscreenCanvas(Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale)));
  const context = canvas.getContext('2d');
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.imageSmoothingQuality = 'high';
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas.convertToBlob({ type: 'image/jpeg', quality: 0.92 });
}

/* The crop: a box in shares of the picture's width and height, or null for all of it. */
let box = null;
const least = 0.08;
const clamp = (value, low, high) => Math.min(Math.max(value, low), high);

/** Where the picture lies inside its frame: it keeps its proportions, so the frame may be wider. */
function frame() {
  const { clientWidth: w, clientHeight: h, naturalWidth: nw, naturalHeight: nh } = $('crop-image');
  const scale = Math.min(w / nw, h / nh);
  const [width, height] = [nw * scale, nh * scale];
  return { left: (w - width) / 2, top: (h - height) / 2, width, height };
}

function showBox() {
  const veil = $('crop-box');
  veil.hidden = !box;
  $('crop-whole').hidden = !box;
  $('crop-start').hidden = Boolean(box);
  if (!box) return;
  const { left, top, width, height } = frame();
  veil.style.left = `${left + box.x * width}px`;
  veil.style.top = `${top + box.y * height}px`;
  veil.style.width = `${box.w * width}px`;
  veil.style.height = `${box.h * height}px`;
}

function clearBox() {
  box = null;
  showBox();
}

function searchBox() {
  if (!original) return;
  const region = box && [box.x, box.y, box.w, box.h].map(share => share.toFixed(4)).join();
  choice.question = { ...choice.question, region, named: false };
  choice.tune({ count: 5 });
}

let drag = null;
$('crop').addEventListener('pointerdown', event => {
  if (!original || event.button !== 0) return;
  const at = where(event);
  drag = event.target === $('crop-box') && box ? { moves: true, dx: at.x - box.x, dy: at.y - box.y } : { moves: false, ...at };
  $('crop').setPointerCapture(event.pointerId);
});
$('crop').addEventListener('pointermove', event => {
  if (!drag) return;
  const at = where(event);
  if (drag.moves) {
    box = { ...box, x: clamp(at.x - drag.dx, 0, 1 - box.w), y: clamp(at.y - drag.dy, 0, 1 - box.h) };
  } else {
    const [w, h] = [Math.abs(at.x - drag.x), Math.abs(at.y - drag.y)];
    if (w < least / 2 && h < least / 2) return;
    box = { x: Math.min(at.x, drag.x), y: Math.min(at.y, drag.y), w: Math.max(w, least), h: Math.max(h, least) };
    box.x = clamp(box.x, 0, 1 - box.w);
    box.y = clamp(box.y, 0, 1 - box.h);
  }
  drag.moved = true;
  showBox();
});
$('crop').addEventListener('pointerup', endDrag);
$('crop').addEventListener('pointercancel', endDrag);

function endDrag() {
  if (drag?.moved) searchBox();
  drag = null;
}

function where(event) {
  const { left, top, width, height } = frame();
  const corner = $('crop').getBoundingClientRect();
  return { x: clamp((event.clientX - corner.left - left) / width, 0, 1), y: clamp((event.clientY - corner.top - top) / height, 0, 1) };
}

$('crop-start').addEventListener('click', () => {
  if (!original) return;
  box = { x: 0.15, y: 0.15, w: 0.7, h: 0.7 };
  showBox();
  $('crop-box').focus();
  searchBox();
});
$('crop-whole').addEventListener('click', () => {
  clearBox();
  $('crop-start').focus();
  searchBox();
});
$('crop-box').addEventListener('keydown', event => {
  const step = { ArrowLeft: [-0.04, 0], ArrowRight: [0.04, 0], ArrowUp: [0, -0.04], ArrowDown: [0, 0.04] }[event.key];
  if (event.key === 'Escape') {
    $('crop-whole').click();
  } else if (step && event.shiftKey) {
    box = { ...box, w: clamp(box.w + step[0], least, 1 - box.x), h: clamp(box.h + step[1], least, 1 - box.y) };
  } else if (step) {
    box = { ...box, x: clamp(box.x + step[0], 0, 1 - box.w), y: clamp(box.y + step[1], 0, 1 - box.h) };
  } else {
    return;
  }
  event.preventDefault();
  showBox();
  if (step) searchBox();
});
new ResizeObserver(showBox).observe($('crop-image'));
