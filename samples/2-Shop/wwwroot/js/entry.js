import { ShopError } from './api.js';
import { $ } from './dom.js';
import { tell } from './errors.js';
import { search } from './picture.js';

/* The ways a picture comes in: chosen, photographed, dropped, pasted. */

$('choose').addEventListener('click', () => $('file').click());
$('another').addEventListener('click', () => $('file').click());
for (const input of [$('file'), $('capture')])
  input.addEventListener('change', () => {
    if (input.files[0]) search(input.files[0]);
    input.value = '';
  });

let depth = 0;
const hasFile = event => [...(event.dataTransfer?.types ?? [])].includes('Files');
addEventListener('dragenter', event => {
  if (!hasFile(event)) return;
  depth++;
  $('drop').hidden = false;
});
addEventListener('dragleave', () => {
  depth = Math.max(0, depth - 1);
  if (depth === 0) $('drop').hidden = true;
});
addEventListener('dragover', event => {
  if (hasFile(event)) event.preventDefault();
});
addEventListener('drop', event => {
  depth = 0;
  $('drop').hidden = true;
  if (!hasFile(event)) return;
  event.preventDefault();
  if (event.dataTransfer.files[0]) search(event.dataTransfer.files[0]);
});

addEventListener('paste', event => {
  const files = [...(event.clipboardData?.files ?? [])];
  const picture = files.find(file => file.type.startsWith('image/')) ?? files[0];
  if (picture) search(picture);
  else if (event.target.tagName !== 'INPUT')
    tell(new ShopError('There is no picture to paste', 'Copy a picture, not its address or a text, and paste it here.'));
});

let stream = null;
const hasCamera = () => Boolean(navigator.mediaDevices?.getUserMedia) && !matchMedia('(pointer: coarse)').matches;
$('camera').addEventListener('click', async () => {
  if (!hasCamera()) {
    $('capture').click();
    return;
  }
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
    $('camera-video').srcObject = stream;
    $('camera-dialog').showModal();
  } catch {
    tell(new ShopError('The camera cannot be used', 'There is none, another program uses it, or this page may not. Choose a picture instead.'));
  }
});
$('camera-shoot').addEventListener('click', async () => {
  const video = $('camera-video');
  const canvas = new OffscreenCanvas(video.videoWidth || 1, video.videoHeight || 1);
  canvas.getContext('2d').drawImage(video, 0, 0);
  const photo = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.92 });
  $('camera-dialog').close();
  search(photo);
});
$('camera-cancel').addEventListener('click', () => $('camera-dialog').close());
$('camera-dialog').addEventListener('close', () => {
  for (const track of stream?.getTracks() ?? []) track.stop();
  stream = null;
});
