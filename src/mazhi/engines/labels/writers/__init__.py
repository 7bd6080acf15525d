"""What turns laid-out labels into bytes: pictures, PDF and the languages of printers. They only draw."""
