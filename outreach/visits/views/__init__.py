"""The screens: residents ask for a visit; staff plan days and write down how they went."""
