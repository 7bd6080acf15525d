"""Making items (赋码): codes are issued or taken over, and items are born with them."""
