import { EditorContent, useEditor } from '@tiptap/react';
import StarterKit from '@tiptap/starter-kit';
import { Button, Tooltip } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../components/Icon';
import type { InputProps } from './control';
import { asText } from './model';

const EMPTY = '<p></p>';

/** A text with headings, lists and emphasis; what the server lets through is what can be made here. */
export function RichText({ field, id, value, onChange, disabled, describedBy, onBlur }: InputProps) {
  const { t } = useTranslation();
  const html = asText(value);
  const editor = useEditor({
    extensions: [StarterKit.configure({ heading: { levels: [2, 3, 4] }, link: { openOnClick: false } })],
    content: html,
    editable: disabled !== true,
    immediatelyRender: true,
    shouldRerenderOnTransaction: true,
    editorProps: {
      attributes: {
        id,
        class: 'rich-text-page',
        role: 'textbox',
        'aria-multiline': 'true',
        'aria-label': field.title,
        ...(describedBy !== undefined && { 'aria-describedby': describedBy }),
      },
    },
    onUpdate: ({ editor: now }) => onChange(now.isEmpty ? null : now.getHTML()),
    onBlur: () => onBlur?.(),
  });

  // A value from elsewhere, such as a record read again, takes the place of what is shown.
  useEffect(() => {
    if (editor.isFocused) return;
    const shown = editor.getHTML();
    if (html !== (shown === EMPTY ? '' : shown)) editor.commands.setContent(html, { emitUpdate: false });
  }, [editor, html]);
  useEffect(() => editor.setEditable(disabled !== true, false), [editor, disabled]);

  const tools = [
    { name: 'bold', on: editor.isActive('bold'), run: () => editor.chain().focus().toggleBold().run() },
    { name: 'italic', on: editor.isActive('italic'), run: () => editor.chain().focus().toggleItalic().run() },
    { name: 'strike', on: editor.isActive('strike'), run: () => editor.chain().focus().toggleStrike().run() },
    {
      name: 'heading',
      on: editor.isActive('heading'),
      run: () => editor.chain().focus().toggleHeading({ level: 3 }).run(),
    },
    {
      name: 'bullets',
      on: editor.isActive('bulletList'),
      run: () => editor.chain().focus().toggleBulletList().run(),
    },
    {
      name: 'number',
      on: editor.isActive('orderedList'),
      run: () => editor.chain().focus().toggleOrderedList().run(),
    },
    {
      name: 'quote',
      on: editor.isActive('blockquote'),
      run: () => editor.chain().focus().toggleBlockquote().run(),
    },
    { name: 'undo', on: false, run: () => editor.chain().focus().undo().run() },
    { name: 'redo', on: false, run: () => editor.chain().focus().redo().run() },
  ] as const;
  return (
    <div className={disabled ? 'rich-text rich-text-kept' : 'rich-text'}>
      {disabled !== true && (
        <div className="rich-text-tools" role="toolbar" aria-label={t('fields.richTools')}>
          {tools.map((tool) => (
            <Tooltip key={tool.name} title={t(`fields.rich.${tool.name}`)}>
              <Button
                type={tool.on ? 'primary' : 'text'}
                size="small"
                icon={<Icon name={tool.name} size={16} />}
                aria-label={t(`fields.rich.${tool.name}`)}
                aria-pressed={tool.on}
                onMouseDown={(event) => event.preventDefault()}
                onClick={tool.run}
              />
            </Tooltip>
          ))}
        </div>
      )}
      <EditorContent editor={editor} />
    </div>
  );
}
