/**
 * The three answers for ear and hand: right (one high tone, short buzz), wrong (two low tones, long buzz) and
 * again (two middle tones, two buzzes). They are made, not loaded, so they sound without the network.
 */
export type Answer = 'right' | 'wrong' | 'again';

interface Tone {
  hz: number;
  at: number;
  seconds: number;
}

const TONES: Record<Answer, Tone[]> = {
  right: [{ hz: 1760, at: 0, seconds: 0.09 }],
  wrong: [
    { hz: 220, at: 0, seconds: 0.22 },
    { hz: 175, at: 0.28, seconds: 0.32 },
  ],
  again: [
    { hz: 740, at: 0, seconds: 0.08 },
    { hz: 740, at: 0.14, seconds: 0.08 },
  ],
};
const BUZZ: Record<Answer, number[]> = { right: [40], wrong: [350], again: [60, 60, 60] };

const KEY = 'mazhi.sound';
let context: AudioContext | null = null;

/** Whether sound is on in this browser. */
export function soundOn(): boolean {
  return localStorage.getItem(KEY) !== 'off';
}

/** Switch sound on or off; vibration stays. */
export function setSound(on: boolean): void {
  localStorage.setItem(KEY, on ? 'on' : 'off');
}

/** Play an answer; silent where the browser has no audio. */
export function play(answer: Answer): void {
  // Before the first touch or key browsers refuse both, and complain.
  const activation = navigator.userActivation as UserActivation | undefined;
  if (activation?.hasBeenActive === false) return;
  if ('vibrate' in navigator) navigator.vibrate(BUZZ[answer]);
  if (!soundOn() || typeof AudioContext === 'undefined') return;
  context ??= new AudioContext();
  void context.resume();
  for (const tone of TONES[answer]) sound(context, tone, answer === 'wrong' ? 'square' : 'sine');
}

function sound(audio: AudioContext, tone: Tone, shape: OscillatorType): void {
  const start = audio.currentTime + tone.at;
  const oscillator = audio.createOscillator();
  const gain = audio.createGain();
  oscillator.type = shape;
  oscillator.frequency.value = tone.hz;
  // Without ramps the speaker clicks.
  gain.gain.setValueAtTime(0, start);
  gain.gain.linearRampToValueAtTime(0.25, start + 0.008);
  gain.gain.setValueAtTime(0.25, start + tone.seconds - 0.02);
  gain.gain.linearRampToValueAtTime(0, start + tone.seconds);
  oscillator.connect(gain).connect(audio.destination);
  oscillator.start(start);
  oscillator.stop(start + tone.seconds);
}
