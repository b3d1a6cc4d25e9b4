// Opens the writer's editor, and says what came of it.

import { note } from "./note.js";
import { ask } from "./page.js";
import { text } from "./words.js";

/** `address` names the place. The header is one that no other site can send without being allowed to. */
export async function openEditor(address) {
  let answer = { opened: false };
  try {
    const response = await ask(address, { "X-Tier0": "open" });
    if (response.ok) answer = await response.json();
  } catch {
    // The preview has ended; the words below are true all the same.
  }
  if (answer.opened) note(text.opened);
  else if (answer.url) location.assign(answer.url);
  else note(answer.reason || text.unopened);
}
