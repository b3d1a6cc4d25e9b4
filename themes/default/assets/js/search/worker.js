// The engine in a worker. In: `{ id, type, base, … }`; out: `{ id, ok }` or `{ id, error: { kind, message } }`.
import { answer } from "./answer.js";

addEventListener("message", async ({ data: { id, ...asked } }) => {
  try {
    postMessage({ id, ok: await answer(asked) });
  } catch (error) {
    postMessage({ id, error: { kind: error.kind ?? "corrupt", message: error.message } });
  }
});
