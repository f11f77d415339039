// A call that is felt and heard where the phone allows it; browsers refuse both before the first touch.

const NOTES = [659.3, 880];

export function callOut() {
  if (!navigator.userActivation?.hasBeenActive) return;
  navigator.vibrate?.([180, 90, 180]);
  chime();
}

function chime() {
  if (!window.AudioContext) return;
  const audio = new AudioContext();
  NOTES.forEach((pitch, index) => {
    const start = audio.currentTime + index * 0.18;
    const volume = audio.createGain();
    volume.gain.setValueAtTime(0.0001, start);
    volume.gain.exponentialRampToValueAtTime(0.25, start + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.0001, start + 0.9);
    const tone = audio.createOscillator();
    tone.frequency.value = pitch;
    tone.connect(volume).connect(audio.destination);
    tone.start(start);
    tone.stop(start + 1);
  });
  setTimeout(() => audio.close(), 2_000);
}
