"""Exchange (导入导出): records of forms from spreadsheets and into them."""
