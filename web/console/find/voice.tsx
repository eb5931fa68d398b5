/**
 * Speaks a number or an address instead of typing it, where the browser recognizes speech on the device. Where it
 * would send what was said to anybody, or has to fetch a language first, there is no such button.
 */
import { useEffect, useRef, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { type Language, useLanguage, useSay } from '../language.ts';

interface Recognition extends EventTarget {
  lang: string;
  /** On this device, or not at all (Web Speech API, 2025). */
  processLocally: boolean;
  start(): void;
  abort(): void;
}
interface RecognitionClass {
  new (): Recognition;
  available(asked: { langs: string[]; processLocally: boolean }): Promise<string>;
}
interface Heard extends Event {
  readonly results: readonly (readonly { readonly transcript: string }[])[];
}

async function localRecognition(language: Language): Promise<RecognitionClass | null> {
  const { SpeechRecognition } = window as unknown as { SpeechRecognition?: Partial<RecognitionClass> };
  if (SpeechRecognition?.available === undefined) return null;
  const found = SpeechRecognition as RecognitionClass;
  if (!('processLocally' in (found as unknown as { prototype: object }).prototype)) return null;
  const state = await found.available({ langs: [language], processLocally: true }).catch(() => 'unavailable');
  return state === 'available' ? found : null;
}

export function Voice({ onHeard }: { readonly onHeard: (words: string) => void }) {
  const say = useSay();
  const language = useLanguage();
  const [here, setHere] = useState<RecognitionClass | null>(null);
  const [listening, setListening] = useState(false);
  const running = useRef<Recognition | null>(null);
  useEffect(() => {
    let left = false;
    void localRecognition(language).then((found) => {
      if (!left) setHere(() => found);
    });
    return () => {
      left = true;
      running.current?.abort();
    };
  }, [language]);
  if (here === null) return null;
  const listen = () => {
    const recognition = new here();
    recognition.lang = language;
    recognition.processLocally = true;
    recognition.addEventListener('result', (event) => {
      const words = (event as Heard).results[0]?.[0]?.transcript;
      if (words !== undefined) onHeard(words.trim());
    });
    recognition.addEventListener('end', () => setListening(false));
    running.current = recognition;
    setListening(true);
    recognition.start();
  };
  return (
    <Button aria-pressed={listening} onClick={() => (listening ? running.current?.abort() : listen())}>
      <Icon name="voice" />
      {say(listening ? 'find.listening' : 'find.speak')}
    </Button>
  );
}
