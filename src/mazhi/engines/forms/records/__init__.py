"""Records (记录): the rows of a form's tables, written and read as the form in force says."""
