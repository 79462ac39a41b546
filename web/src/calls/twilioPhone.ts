/** The browser phone on Twilio's library: https://www.twilio.com/docs/voice/sdks/javascript */
import { type Call, Device } from "@twilio/voice-sdk";
import { paced } from "./paced";
import type { Events, Phone, Session, Token } from "./phone";

/** Milliseconds from key to key: Chromium takes 300 for the library's tone and the gap behind it. */
const KEY_GAP = 400;

export async function open(token: Token, renewed: () => Promise<Token>, events: Events): Promise<Phone> {
  const device = new Device(token.values.token ?? "", {
    ...(token.values.edge === undefined ? {} : { edge: token.values.edge }),
    closeProtection: true,
    logLevel: "error",
  });
  // The hub rings, in one tone for every provider.
  device.audio?.incoming(false);
  const follow = (call: Call): Session => {
    // Given further keys, the library drops those whose tones have not begun.
    const keys = paced((key) => call.sendDigits(key), KEY_GAP);
    const session: Session = {
      from: (call.parameters.From ?? "").replace(/^client:.*/, ""),
      answer: () => call.accept(),
      hangUp: () => (call.status() === "pending" ? call.reject() : call.disconnect()),
      mute: (on) => call.mute(on),
      digits: (digits) => keys.add(digits),
    };
    const over = () => {
      keys.stop();
      events.ended();
    };
    call.on("accept", () => events.talking(session));
    for (const end of ["disconnect", "cancel", "reject"]) call.on(end, over);
    call.on("error", (error: Error) => events.problem(error.message));
    return session;
  };
  device.on("registered", () => events.ready());
  device.on("incoming", (call: Call) => events.ringing(follow(call)));
  device.on("error", (error: Error) => events.problem(error.message));
  device.on("tokenWillExpire", () => {
    renewed().then(
      (next) => device.updateToken(next.values.token ?? ""),
      (error: unknown) => events.problem(error instanceof Error ? error.message : String(error)),
    );
  });
  try {
    await device.register();
  } catch (error) {
    device.destroy();
    throw error;
  }
  return {
    async dial(number, call) {
      events.talking(follow(await device.connect({ params: { To: number, call } })));
    },
    close: () => device.destroy(),
  };
}
