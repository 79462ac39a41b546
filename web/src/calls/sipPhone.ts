/** The browser phone for a PBX: SIP over WebSocket by JsSIP (https://jssip.net/documentation/). */
import JsSIP from "jssip";
import type { Events, Phone, Session, Token } from "./phone";

/** What is used of JsSIP's session. */
interface SipSession {
  direction: string;
  connection: RTCPeerConnection | null;
  remote_identity: { uri: { user: string } };
  answer(options: object): void;
  terminate(options?: object): void;
  mute(options: object): void;
  unmute(options: object): void;
  sendDTMF(digits: string): void;
  on(event: string, then: (data: { cause?: string }) => void): void;
}

const AUDIO = { mediaConstraints: { audio: true, video: false } };
const BUSY = { status_code: 486 };
/** Ends that are nobody's fault: https://jssip.net/documentation/3.1.x/api/causes/ */
const ORDINARY = new Set(["Canceled", "Rejected", "Busy", "No Answer", "Unavailable", "Terminated", "Expires"]);

export function open(token: Token, _renewed: () => Promise<Token>, events: Events): Promise<Phone> {
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
  let live: SipSession | null = null;
  const follow = (rtc: SipSession): Session => {
    live = rtc;
    const session: Session = {
      from: rtc.direction === "incoming" ? rtc.remote_identity.uri.user : "",
      answer: () => rtc.answer(AUDIO),
      hangUp: () => rtc.terminate(),
      mute: (on) => (on ? rtc.mute({ audio: true }) : rtc.unmute({ audio: true })),
      digits: (digits) => rtc.sendDTMF(digits),
    };
    const hear = () =>
      rtc.connection?.addEventListener("track", ({ streams: [stream] }) => (sound.srcObject = stream ?? null));
    const over = () => {
      live = null;
      sound.srcObject = null;
      events.ended();
    };
    hear();
    rtc.on("peerconnection", hear);
    rtc.on("confirmed", () => events.talking(session));
    rtc.on("ended", over);
    rtc.on("failed", ({ cause }) => {
      over();
      if (cause !== undefined && !ORDINARY.has(cause)) events.problem(cause);
    });
    return session;
  };
  ua.on("newRTCSession", ({ session }: { session: unknown }) => {
    const rtc = session as SipSession;
    if (live !== null) {
      rtc.terminate(BUSY);
      return;
    }
    const made = follow(rtc);
    if (rtc.direction === "incoming") events.ringing(made);
    else events.talking(made);
  });
  ua.on("registered", () => events.ready());
  ua.on("registrationFailed", ({ cause }: { cause?: string }) => events.problem(cause ?? "SIP"));
  ua.on("disconnected", ({ reason }: { reason?: string }) => events.problem(reason ?? "WebSocket"));
  ua.start();
  return Promise.resolve({
    dial(_number: string, call: string) {
      // The order is dialled and not the number: the hub knows whom it is for.
      ua.call(uri.replace(/^sip:[^@]*/, `sip:${call}`), AUDIO);
      return Promise.resolve();
    },
    close: () => ua.stop(),
  });
}
