"""What terms come to on a profile, one file for each family of them: for the engines that interpret."""
