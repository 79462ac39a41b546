/** Only one sound plays at a time: whoever begins stops the one before. */

let playing: HTMLMediaElement | null = null;

export function takeTurn(element: HTMLMediaElement): void {
  if (playing !== element) playing?.pause();
  playing = element;
}
