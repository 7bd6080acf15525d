import type { ChangeEvent, DragEvent, ReactNode } from 'react';
import { useRef, useState } from 'react';

interface ReceiverProps {
  id: string;
  accept: string;
  many: boolean;
  /** Phones open the camera, not their albums. */
  camera: boolean;
  disabled: boolean;
  describedBy?: string | undefined;
  invalid?: boolean | undefined;
  label: string;
  onFiles: (files: File[]) => void;
  /** What is pressed to choose files. */
  button: (choose: () => void) => ReactNode;
  children?: ReactNode;
}

/** Takes files that are dropped on it, pasted into it or chosen. */
export function Receiver(props: ReceiverProps) {
  const chooser = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const take = (files: FileList | null | undefined) => {
    const given = [...(files ?? [])];
    if (!props.disabled && given.length > 0) props.onFiles(given);
    return given.length > 0;
  };
  const carries = (event: DragEvent) => !props.disabled && event.dataTransfer.types.includes('Files');
  return (
    <div
      className={over ? 'file-receiver file-over' : 'file-receiver'}
      role="group"
      aria-label={props.label}
      aria-describedby={props.describedBy}
      onDragOver={(event) => {
        if (!carries(event)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      }}
      onDrop={(event) => {
        if (!carries(event)) return;
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer.files);
      }}
      onPaste={(event) => {
        if (take(event.clipboardData.files)) event.preventDefault();
      }}
    >
      <input
        ref={chooser}
        id={props.id}
        type="file"
        className="visually-hidden"
        tabIndex={-1}
        accept={props.accept}
        multiple={props.many && !props.camera}
        disabled={props.disabled}
        aria-invalid={props.invalid}
        {...(props.camera && { capture: 'environment' as const })}
        onChange={(event: ChangeEvent<HTMLInputElement>) => {
          take(event.target.files);
          // So that the same file can be chosen again.
          event.target.value = '';
        }}
      />
      {props.children}
      {!props.disabled && props.button(() => chooser.current?.click())}
    </div>
  );
}
