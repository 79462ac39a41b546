/** Hears one voice of a stereo recording on both ears: agent left, customer right, as the hub serves them. */
import type { Ear } from "./player";

let graph: { of: HTMLAudioElement; agent: GainNode; contact: GainNode; context: AudioContext } | null = null;

function build(audio: HTMLAudioElement) {
  const context = new AudioContext();
  const split = context.createChannelSplitter(2);
  const [agent, contact] = [context.createGain(), context.createGain()];
  context.createMediaElementSource(audio).connect(split);
  split.connect(agent, 0);
  split.connect(contact, 1);
  agent.connect(context.destination);
  contact.connect(context.destination);
  return { of: audio, agent, contact, context };
}

export function balance(audio: HTMLAudioElement, ear: Ear): void {
  if (graph === null && ear === "both") return;
  graph ??= build(audio);
  void graph.context.resume();
  graph.agent.gain.value = ear === "contact" ? 0 : 1;
  graph.contact.gain.value = ear === "agent" ? 0 : 1;
}
