// Draws the cards of a saved reading again, from docs/draw-1.md alone, and compares them.
//   node verify.mjs SAVED.json
// Ends with 0 where they are the same, with 1 where they are not, and with 2 where the record cannot be read.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

const ALGORITHM = "intimacy-tarot/draw/1";
const RANKS = ["ace", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "page", "knight", "queen", "king"];
const MAJORS = Array.from({ length: 22 }, (_, number) => `major_arcana.${String(number).padStart(2, "0")}`);
const MINORS = ["wands", "cups", "swords", "pentacles"].flatMap((suit) => RANKS.map((rank) => `minor_arcana.${suit}.${rank}`));
const DECKS = { "rider-waite-smith": [...MAJORS, ...MINORS], "major-arcana": MAJORS };

const utf8 = (text) => Buffer.from(text, "utf8");

function framed(bytes) {
  const length = Buffer.alloc(8);
  length.writeBigUInt64BE(BigInt(bytes.length));
  return Buffer.concat([length, bytes]);
}

/** The canonical bytes of a seed as a record keeps it: {"str": …}, {"int": "…"}, {"bytes": hex} or {"tuple": […]}. */
function canonical(seed) {
  const [[kind, value]] = Object.entries(seed);
  if (kind === "str") return Buffer.concat([utf8("s"), utf8(value)]);
  if (kind === "int") return Buffer.concat([utf8("i"), utf8(value)]);
  if (kind === "bytes") return Buffer.concat([utf8("b"), Buffer.from(value, "hex")]);
  if (kind === "tuple") return Buffer.concat([utf8("t"), ...value.map((item) => framed(canonical(item)))]);
  throw new Error(`found a seed of kind ${kind}`);
}

function* stream(seed, purpose) {
  const message = Buffer.concat([framed(utf8(ALGORITHM)), framed(utf8(purpose)), framed(canonical(seed))]);
  for (let block = 0; ; block += 1) {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(block);
    const digest = createHash("sha512").update(count).update(message).digest();
    for (let at = 0; at < 64; at += 4) yield digest.readUInt32BE(at);
  }
}

function below(words, limit) {
  const most = 2 ** 32 - (2 ** 32 % limit);
  for (;;) {
    const word = words.next().value;
    if (word < most) return word % limit;
  }
}

export function draw(cards, seed, count, rate) {
  const deck = [...cards];
  const words = stream(seed, "cards");
  for (let at = 0; at < count; at += 1) {
    const other = at + below(words, deck.length - at);
    [deck[at], deck[other]] = [deck[other], deck[at]];
  }
  const turns = stream(seed, "reversed");
  return deck.slice(0, count).map((card) => ({ card, reversed: turns.next().value < Math.floor(rate * 2 ** 32) }));
}

function main(path) {
  let record;
  try {
    record = JSON.parse(readFileSync(path, "utf8")).draw;
    if (record.algorithm !== ALGORITHM || !DECKS[record.deck] || !record.seed) throw new Error("nothing to draw again");
  } catch (error) {
    console.log(`cannot be told: ${error.message}`);
    return 2;
  }
  const expected = draw(DECKS[record.deck], record.seed, record.cards.length, record.reversal_rate);
  const found = record.cards.map(({ card, reversed }) => ({ card: card.id, reversed }));
  const same = JSON.stringify(found) === JSON.stringify(expected);
  console.log(`cards: ${same ? "same" : "changed"}`);
  return same ? 0 : 1;
}

process.exitCode = main(process.argv[2]);
