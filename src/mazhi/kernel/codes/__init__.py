"""Code rules (编码规则): how codes are composed, issued and read back."""
