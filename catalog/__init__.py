"""The record, its normal form, its storage and its exports."""
