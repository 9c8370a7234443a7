"""The pages as files: everything that an audience may see, to be put on any web server or opened from a disk."""

from civicgauge.pages.site.writing import Datasets, Wanted, write_site

__all__ = ["Datasets", "Wanted", "write_site"]
