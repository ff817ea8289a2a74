"""The sample outlets as sources: one file each, to be run with ``ARMSWATCH_SPIDERS`` set to this folder."""
