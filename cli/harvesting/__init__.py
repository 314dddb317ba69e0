"""What the harvesting commands share: options, one run told as it goes, its report."""
