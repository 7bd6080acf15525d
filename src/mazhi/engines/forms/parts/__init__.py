"""Parts of forms (表单片段): groups of fields that somebody keeps as a template for further forms."""
