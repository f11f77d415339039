"""Tickets as PDF files."""

from articket.adapters.ticket_pdf.pdf_tickets import PdfTickets

__all__ = ["PdfTickets"]
