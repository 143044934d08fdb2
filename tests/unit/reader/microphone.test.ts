import { describe, expect, it } from 'vitest';
import { microphoneSentence, readCapture } from '../../../src/reader/microphone.ts';

describe('microphoneSentence', () => {
  const names = [
    '',
    'NotAllowedError',
    'NotFoundError',
    'OverconstrainedError',
    'NotReadableError',
    'AbortError',
    'SecurityError',
    'OddError',
  ];

  it('says in one or two plain sentences what is wrong and what to do', () => {
    for (const name of names) {
      const sentence = microphoneSentence(name, true, false);
      expect(sentence).toMatch(/^[A-Z][^!]*\.$/);
      expect(sentence).toMatch(/(sound file instead|record again)\.$/);
    }
  });

  it('tells the causes apart', () => {
    const causes = ['', 'NotAllowedError', 'NotFoundError', 'NotReadableError', 'OddError'];
    const sentences = causes.map((name) => microphoneSentence(name, true, false));
    expect(new Set(sentences).size).toBe(causes.length);
    expect(microphoneSentence('OverconstrainedError', true, true)).toContain('not there any more');
    expect(microphoneSentence('', false, false)).toContain('https');
  });
});

describe('readCapture', () => {
  const track = (settings: object, label = 'Built-in') =>
    ({ label, getSettings: () => settings }) as unknown as MediaStreamTrack;

  it('reads what the browser granted', () => {
    const granted = { sampleRate: 48000, echoCancellation: false, noiseSuppression: true, autoGainControl: false };
    expect(readCapture(track(granted), 7)).toEqual({
      device: 'Built-in',
      trackRate: 48000,
      echoCancellation: false,
      noiseSuppression: true,
      autoGainControl: false,
      lost: 7,
    });
  });

  it('takes any kind of echo cancellation for on, and silence about it for not told', () => {
    expect(readCapture(track({ echoCancellation: 'remote-only' }), 0).echoCancellation).toBe(true);
    expect(readCapture(track({}), 0)).toMatchObject({ trackRate: undefined, echoCancellation: undefined });
  });
});
