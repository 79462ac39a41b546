// A bot outside the hub, for Node 22 or newer, without any package: it acknowledges at once and calls the hub later.
//
//     HUB_URL=https://hub.example.com HUB_BOT_TOKEN=hub_… HUB_BOT_SECRET=hubbot_… node bot.mjs 9000
//
// What the hub tells it and which calls there are: ../../bots-outside.md

import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';

const { HUB_URL, HUB_BOT_TOKEN, HUB_BOT_SECRET } = process.env;
const OLDEST = 300; // seconds: an older copy of a request is refused

/** Check `X-Hub-Signature: t=<unix seconds>,v1=<hex HMAC-SHA256 of "t.body">`. */
function isFromTheHub(header, body) {
  const parts = Object.fromEntries((header ?? '').split(',').map((part) => part.split('=', 2)));
  if (!/^\d+$/.test(parts.t ?? '') || !/^[0-9a-f]{64}$/.test(parts.v1 ?? '')) return false;
  const right = createHmac('sha256', HUB_BOT_SECRET).update(`${parts.t}.`).update(body).digest();
  return timingSafeEqual(right, Buffer.from(parts.v1, 'hex')) && Math.abs(Date.now() / 1000 - parts.t) < OLDEST;
}

/** Call the hub about a conversation. 409: a human has the word, so there is nothing more to say. */
async function call(conversationId, what, body) {
  const answer = await fetch(`${HUB_URL}/api/v1/bot/conversations/${conversationId}/${what}`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${HUB_BOT_TOKEN}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok && answer.status !== 409) throw new Error(`${what}: ${answer.status} ${await answer.text()}`);
}

/** Do what the customer wants, as long as it takes. */
async function work(event) {
  const conversation = event.conversation.id;
  const said = event.message?.text.trim() ?? '';
  if (/human|person|agent/i.test(said)) {
    await call(conversation, 'hand-over', { text: 'A colleague writes to you in a moment.', words: `Said: ${said}` });
    return;
  }
  const order = said.match(/\b\d{4,10}\b/)?.[0];
  if (order) await call(conversation, 'fields', { name: 'order', value: order });
  const text = order ? `Thank you. I look for order ${order}.` : 'Hello! Which order do you ask about?';
  await call(conversation, 'replies', { id: randomUUID(), text });
}

const server = createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const body = Buffer.concat(chunks);
    if (request.method !== 'POST' || !isFromTheHub(request.headers['x-hub-signature'], body)) {
      response.writeHead(403).end();
      return;
    }
    response.writeHead(200).end(); // acknowledged; the answer may take a while
    work(JSON.parse(body)).catch((error) => console.error(error.message));
  });
});
server.listen(Number(process.argv[2] ?? 9000), '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${server.address().port}/`);
});
