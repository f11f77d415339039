// What one desk remembers over a reload; where nothing can be kept, it is new with every page.

export function kept(key, otherwise = null) {
  try {
    return localStorage.getItem(key) ?? otherwise;
  } catch {
    return otherwise;
  }
}

export function keep(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch {
    // private windows may refuse; the page goes on without
  }
}
