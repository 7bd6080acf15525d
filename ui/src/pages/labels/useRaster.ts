import { useEffect, useRef, useState } from 'react';
import type { Problem } from '../../api/problem';
import { problemOf } from '../../api/problem';
import { same } from '../../labels/model';
import type { Dpi, Template } from '../../labels/template';
import type { Check, Read } from './calls';
import { postPreview } from './calls';

/** What the print head sees, and of which label. */
export interface Raster {
  template: Template;
  dpi: Dpi;
  image: HTMLImageElement;
  width: number;
  height: number;
  checks: Check[];
  reads: Read[];
}

interface Wanted {
  template: Template;
  item: string | null;
  dpi: Dpi;
}

/** Between two pictures of something that is being dragged. */
const PAUSE_MS = 120;

/**
 * The server's picture of the label, as fresh as the server can make it: one request at a time, always for the newest
 * state, so that a drag is followed without a queue.
 */
export function useRaster(template: Template, item: string | null, dpi: Dpi) {
  const [raster, setRaster] = useState<Raster | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const wanted = useRef<Wanted | null>(null);
  const busy = useRef(false);
  const gone = useRef(false);
  const [pending, setPending] = useState(true);

  useEffect(() => {
    gone.current = false;
    return () => {
      gone.current = true;
    };
  }, []);

  useEffect(() => {
    wanted.current = { template, item, dpi };
    setPending(true);
    if (busy.current) return;
    busy.current = true;
    void follow();

    async function follow() {
      while (wanted.current !== null && !gone.current) {
        const next = wanted.current;
        await picture(next);
        if (wanted.current === next) wanted.current = null;
        else await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      }
      busy.current = false;
      if (!gone.current) setPending(false);
    }

    async function picture(next: Wanted) {
      try {
        const answer = await postPreview(next);
        const image = await decoded(answer.png);
        if (gone.current) return;
        setRaster({ ...answer, template: next.template, dpi: next.dpi, image });
        setProblem(null);
      } catch (error) {
        if (!gone.current) setProblem(problemOf(error));
      }
    }
  }, [template, item, dpi]);

  return { raster, problem, pending, fresh: raster !== null && !pending && same(raster.template, template) };
}

async function decoded(png: string): Promise<HTMLImageElement> {
  const image = new Image();
  image.src = `data:image/png;base64,${png}`;
  await image.decode();
  return image;
}
