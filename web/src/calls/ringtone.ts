/** The sound of a call that rings: made here, so there is no file to load. */
const EVERY = 3;
const LASTS = 1.2;

/** Rings until the returned function is called. A page nobody has touched yet stays silent: browsers want it so. */
export function ring(): () => void {
  if (!navigator.userActivation.hasBeenActive) return () => undefined;
  const audio = new AudioContext();
  const volume = audio.createGain();
  volume.gain.value = 0;
  volume.connect(audio.destination);
  for (const pitch of [440, 480]) {
    const tone = audio.createOscillator();
    tone.frequency.value = pitch;
    tone.connect(volume);
    tone.start();
  }
  const once = () => {
    const from = audio.currentTime;
    volume.gain.setValueAtTime(0, from);
    volume.gain.linearRampToValueAtTime(0.15, from + 0.05);
    volume.gain.setValueAtTime(0.15, from + LASTS);
    volume.gain.linearRampToValueAtTime(0, from + LASTS + 0.05);
  };
  once();
  const again = setInterval(once, EVERY * 1000);
  return () => {
    clearInterval(again);
    void audio.close();
  };
}
