"""Other systems (对外访问): which may be asked, with which secrets, and how."""
