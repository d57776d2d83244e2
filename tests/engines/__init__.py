"""What every engine must give, held against an oracle that shares nothing with them."""
