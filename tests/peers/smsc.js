// An SMS centre made of the npm package `smpp`, for tests: says on standard output what it takes, delivers what
// standard input tells it to, a JSON object a line each.
const smpp = require("smpp");
const readline = require("node:readline");

const say = (told) => process.stdout.write(`${JSON.stringify(told)}\n`);
const sessions = new Set();
const receiptsFirst = process.argv[2] === "receipts-first";
let count = 0;

const receiptOf = (pdu, id, state) => ({
  esm_class: 4,
  source_addr: pdu.destination_addr,
  source_addr_ton: pdu.dest_addr_ton,
  destination_addr: pdu.source_addr,
  destination_addr_ton: pdu.source_addr_ton,
  short_message: `id:${id} sub:001 dlvrd:001 submit date:2611220930 done date:2611220931 stat:${state} err:000 text:`,
});

const server = smpp.createServer({}, (session) => {
  session.on("bind_transceiver", (pdu) => {
    if (pdu.password !== "s3cretpw") return session.send(pdu.response({ command_status: smpp.ESME_RINVPASWD }));
    sessions.add(session);
    session.send(pdu.response({ system_id: "SMSC" }));
    say({ bound: pdu.system_id });
  });
  session.on("submit_sm", (pdu) => {
    count += 1;
    const id = String(count);
    const text = pdu.short_message.message;
    const udh = pdu.short_message.udh;
    say({
      id,
      to: pdu.destination_addr,
      from: pdu.source_addr,
      coding: pdu.data_coding,
      text: Buffer.isBuffer(text) ? text.toString("latin1") : text,
      part: udh ? [...udh[0]].slice(-3) : null,
    });
    const state = pdu.destination_addr.endsWith("9") ? "UNDELIV" : "DELIVRD";
    const receipt = () => session.deliver_sm(receiptOf(pdu, id, state));
    if (receiptsFirst) receipt();
    session.send(pdu.response({ message_id: id }));
    if (!receiptsFirst && pdu.registered_delivery === 1) receipt();
  });
  session.on("unbind", (pdu) => {
    session.send(pdu.response());
    session.close();
  });
  session.on("enquire_link", (pdu) => session.send(pdu.response()));
  session.on("deliver_sm_resp", (pdu) => say({ acknowledged: pdu.command_status }));
  session.on("close", () => sessions.delete(session));
  session.on("error", () => sessions.delete(session));
});

readline.createInterface({ input: process.stdin }).on("line", (line) => {
  const told = JSON.parse(line);
  if (told.cut) {
    for (const session of sessions) session.socket.destroy();
    return;
  }
  for (const session of sessions)
    session.deliver_sm({
      source_addr_ton: 1,
      source_addr: told.from,
      dest_addr_ton: 1,
      destination_addr: told.to,
      short_message: told.udh ? { udh: Buffer.from(told.udh), message: told.text } : told.text,
    });
});

server.listen(Number(process.argv[3] ?? 0), "127.0.0.1", () => say({ port: server.address().port }));
