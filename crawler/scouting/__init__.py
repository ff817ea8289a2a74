"""Looking at sites without crawling them: what one offers, and whether the known ways in still lead anywhere."""
