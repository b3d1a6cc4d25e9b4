// The index of the page's language: fetched once, with a word about how far it has come.
import { openIndex } from "./engine.js";
import { fill, texts } from "../dom.js";

let loading;
let percent;

/** The index; a failure is forgotten, so that another try can work. */
export function load() {
  loading ??= fetchIndex().then(openIndex);
  loading.catch(() => (loading = undefined));
  return loading;
}

export const loadingText = () => (percent === undefined ? texts.loading : fill(texts.loadingPercent, { n: percent }));

async function fetchIndex() {
  percent = undefined;
  const response = await fetch(document.documentElement.dataset.searchIndex);
  if (!response.ok) throw new Error(`search index: ${response.status}`);
  // Of a compressed answer the header gives another size than what arrives here.
  const size = response.headers.get("content-encoding") ? 0 : Number(response.headers.get("content-length"));
  if (!size) return response.json();
  let received = 0;
  const count = new TransformStream({
    transform(chunk, on) {
      received += chunk.length;
      percent = Math.min(100, Math.floor((received / size) * 100));
      for (const note of document.querySelectorAll(".search-loading")) note.textContent = loadingText();
      on.enqueue(chunk);
    },
  });
  return new Response(response.body.pipeThrough(count)).json();
}
