"""Taking a county's own table into the register: read, looked over row by row, written, undone."""
