/** What the visitor chose. Modules change it here and hear of it by its events. */
class Choice extends EventTarget {
  /** What is searched with: { kind: 'picture', blob, region } | { kind: 'product', product } | { kind: 'taste' } | null. */
  question = null;
  liked = new Map();
  disliked = new Map();
  filters = new Map();
  count = 5;
  diversity = 0;
  minScore = 0;

  ask(question) {
    this.question = question;
    this.count = 5;
    this.#tell('question');
  }

  /** Likes or dislikes a product, or takes that back. */
  vote(product, likes) {
    const [to, from] = likes ? [this.liked, this.disliked] : [this.disliked, this.liked];
    from.delete(product.id);
    if (!to.delete(product.id)) to.set(product.id, product);
    this.#tell('votes');
  }

  forgetVotes() {
    this.liked.clear();
    this.disliked.clear();
    this.#tell('votes');
  }

  /** Sets the values of a filter; none removes it. */
  filter(name, values) {
    if (values.length > 0) this.filters.set(name, values);
    else this.filters.delete(name);
    this.#tell('filters');
  }

  clearFilters() {
    this.filters.clear();
    this.#tell('filters');
  }

  tune(changes) {
    Object.assign(this, changes);
    this.#tell('tuning');
  }

  /** The filters as query parameters, with others. */
  query(others = {}) {
    const query = new URLSearchParams(others);
    for (const [name, values] of this.filters) for (const value of values) query.append(name, value);
    return query;
  }

  #tell(what) {
    this.dispatchEvent(new Event(what));
  }
}

export const choice = new Choice();
