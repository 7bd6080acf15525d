"""The form engine (表单): what a business person draws is a real, typed table that changes without losing anything."""
