import './theme.js';
import './entry.js';
import './results.js';
import * as examples from './examples.js';
import * as filters from './filters.js';
import * as groups from './groups.js';
import * as shelf from './shelf.js';
import * as status from './status.js';

shelf.load();
status.follow(() => {
  filters.load();
  shelf.load();
  groups.forget();
  if (!document.querySelector('.example')) examples.load();
});
