/** The browser phone for a PBX: SIP over WebSocket by JsSIP (https://jssip.net/documentation/). */
import JsSIP from "jssip";
import type { Events, Phone, Session, Token } from "./phone";

/** What is used of JsSIP's session. */
interface SipSession {
  direction: string;
  connection: RTCPeerConnection | null;
  answer(options: object): void;
  terminate(): void;
  mute(options: object): void;
  unmute(options: object): void;
  sendDTMF(digits: string): void;
  on(event: string, then: (data: { cause?: string }) => void): void;
}

const AUDIO = { mediaConstraints: { audio: true, video: false } };

export async function open(token: Token, _renewed: () => Promise<Token>, events: Events): Promise<Phone> {
  const { uri = "", websocket = "", password, realm, authorization_jwt: jwt } = token.values;
  const ua = new JsSIP.UA({
    sockets: [new JsSIP.WebSocketInterface(websocket)],
    uri,
    register: true,
    ...(password === undefined ? {} : { password }),
    ...(realm === undefined ? {} : { realm }),
    ...(jwt === undefined ? {} : { authorization_jwt: jwt }),
  });
  const sound = new Audio();
  sound.autoplay = true;
  const follow = (rtc: SipSession): Session => {
    const session: Session = {
      answer: () => rtc.answer(AUDIO),
      hangUp: () => rtc.terminate(),
      mute: (on) => (on ? rtc.mute({ audio: true }) : rtc.unmute({ audio: true })),
      digits: (digits) => rtc.sendDTMF(digits),
    };
    const hear = () =>
      rtc.connection?.addEventListener("track", ({ streams: [stream] }) => (sound.srcObject = stream ?? null));
    hear();
    rtc.on("peerconnection", hear);
    rtc.on("confirmed", () => events.talking(session));
    rtc.on("ended", () => events.ended());
    rtc.on("failed", ({ cause }) => {
      events.ended();
      if (cause !== undefined && cause !== "Canceled" && cause !== "Rejected") events.problem(cause);
    });
    return session;
  };
  ua.on("newRTCSession", ({ session }: { session: unknown }) => {
    const rtc = session as SipSession;
    const made = follow(rtc);
    if (rtc.direction === "incoming") events.ringing(made);
    else events.talking(made);
  });
  ua.on("registrationFailed", ({ cause }: { cause?: string }) => events.problem(cause ?? "SIP"));
  ua.start();
  return {
    dial(number) {
      ua.call(number, AUDIO);
      return Promise.resolve();
    },
    close: () => ua.stop(),
  };
}
