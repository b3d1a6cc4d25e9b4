// Ready answers: what a person would paste into a chat or a mail, exactly and without markup.

import { copy, element, icon, texts, tick } from "./dom.js";

/** What is there for this page alone. */
const SKIPPED = "button, input, select, textarea, script, style, template, svg, .anchor, .role-block, .reply-head, .tab-list, .footnote-ref, .sr-only, [aria-hidden=true], details:not([open])";
const BLOCKS = "address, article, aside, blockquote, dd, details, div, dl, dt, figcaption, figure, h1, h2, h3, h4, h5, h6, hr, li, ol, p, pre, section, summary, table, ul";

export function wireReplies(say) {
  for (const box of document.querySelectorAll(".reply")) {
    const text = box.querySelector(".reply-text");
    const head = box.querySelector(".reply-head");
    if (!text || !head || box.parentElement.closest(".reply")) continue;
    const picture = icon("copy");
    const button = element("button", { type: "button", class: "reply-copy" }, picture, texts.copyReply);
    button.addEventListener("click", async () => {
      const done = await copy(plainText(text));
      say(done ? texts.copied : texts.copySelected);
      if (done) tick(picture);
      else getSelection().selectAllChildren(text);
    });
    head.append(button);
  }
}

/** The text of an element as it is read: paragraphs apart, lists with their marks, links with their addresses. */
export function plainText(root) {
  return blocks(root).map(({ text }) => text).join("\n\n");
}

function isShown(node) {
  if (node.matches(SKIPPED)) return false;
  const { display, visibility } = getComputedStyle(node);
  return display !== "none" && visibility !== "hidden" && !node.hasAttribute("hidden");
}

/** The blocks in a node; words that stand between them are one too. */
function blocks(root) {
  const found = [];
  let line = writer();
  const end = () => {
    const text = line.end();
    if (text) found.push({ text });
    line = writer();
  };
  const walk = (node) => {
    for (const child of node.childNodes) {
      if (child.nodeType === Node.TEXT_NODE) line.words(child.data);
      if (child.nodeType !== Node.ELEMENT_NODE || !isShown(child)) continue;
      if (child.matches(BLOCKS)) {
        end();
        found.push(...block(child));
      } else if (child.querySelector(BLOCKS)) walk(child);
      else inline(child, line);
    }
  };
  walk(root);
  end();
  return found;
}

function block(node) {
  if (node.matches("pre")) {
    const text = node.textContent.replace(/\n$/, "");
    return text ? [{ text, isCode: true }] : [];
  }
  if (node.matches("ul, ol")) return list(node);
  if (node.matches("table")) {
    const row = (cells) => [...cells].map((cell) => plainText(cell).replace(/\s*\n\s*/g, " ")).join(" | ");
    const text = [...node.rows].map((line) => row(line.cells)).join("\n");
    return text ? [{ text }] : [];
  }
  return blocks(node);
}

function list(node) {
  const items = [...node.children].filter((item) => item.matches("li") && isShown(item));
  let number = node.start ?? 1;
  let isLoose = false;
  const texts = items.map((item) => {
    if (item.hasAttribute("value")) number = item.value;
    const mark = node.matches("ol") ? `${number}. ` : "- ";
    number += 1;
    const [first = { text: "" }, ...rest] = blocks(item);
    // Code stays as it is, so it begins on a line of its own.
    let text = first.isCode ? mark.trimEnd() : mark + indent(first.text, mark);
    for (const part of first.isCode ? [first, ...rest] : rest) {
      isLoose ||= !part.isList;
      text += (part.isList ? "\n" : "\n\n") + (part.isCode ? part.text : " ".repeat(mark.length) + indent(part.text, mark));
    }
    return text;
  });
  return texts.length ? [{ text: texts.join(isLoose ? "\n\n" : "\n"), isList: true }] : [];
}

const indent = (text, mark) => text.replace(/\n(?!\n)/g, `\n${" ".repeat(mark.length)}`);

function inline(node, line) {
  if (node.matches("br")) line.feed();
  else if (node.matches("img")) line.words(node.alt);
  else if (node.matches("code")) line.exact(node.textContent);
  else if (node.matches("a[href]") && !node.matches(".zoom")) link(node, line);
  else children(node, line);
}

function children(node, line) {
  for (const child of node.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) line.words(child.data);
    if (child.nodeType === Node.ELEMENT_NODE && isShown(child)) inline(child, line);
  }
}

function link(node, line) {
  const inner = writer();
  children(node, inner);
  const text = inner.end();
  const [, scheme, rest] = /^(mailto|tel|sms):([^?]*)/.exec(node.href) ?? [];
  const address = scheme ? decode(rest) : node.href;
  const plain = (words) => (scheme ? words.replace(/[\s()-]/g, "") : decode(words).replace(/^https?:\/\//, "").replace(/\/$/, ""));
  if (!text) line.exact(address);
  else if (plain(text) !== plain(address)) line.exact(`${text} (${address})`);
  else line.exact(scheme || /^https?:/.test(text) ? text : address);
}

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Puts words together as a browser shows them: white space is one space, none at the ends of lines. */
function writer() {
  let text = "";
  return {
    words(data) {
      const part = data.replace(/[ \t\n\r\f]+/g, " ");
      text += /(^|[ \n])$/.test(text) ? part.replace(/^ /, "") : part;
    },
    exact(data) {
      text += data;
    },
    feed() {
      text = text.replace(/ $/, "") + "\n";
    },
    end: () => text.trim(),
  };
}
