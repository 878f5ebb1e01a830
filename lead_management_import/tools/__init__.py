"""What is known of files of leads. Pure Python."""
