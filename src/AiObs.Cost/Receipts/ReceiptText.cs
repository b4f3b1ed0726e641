using System.Globalization;
using System.Text;

namespace AiObs.Cost.Receipts;

/// <summary>Writes a receipt for people to read.</summary>
internal static class ReceiptText
{
    private const string Number = "#,0.############";

    public static string Write(CostReceipt receipt)
    {
        var text = new StringBuilder();
        Append(text, "rule", receipt.Rule is null ? "none" : $"{receipt.Rule} ({receipt.Provider})");
        Append(text, "prices", $"{receipt.Source}".ToLowerInvariant() + (receipt.DataVersion is null ? string.Empty : $", {receipt.DataVersion}"));
        if (receipt.TierStart is { } start)
        {
            Append(text, "tier", $"above {Format(start)} input tokens");
        }

        foreach (var factor in receipt.Factors)
        {
            Append(text, "factor", $"{Format(factor.Value)} ({factor.Name})");
        }

        AppendTable(text, receipt);
        Append(text, "amount", receipt.Completeness.ToString().ToLowerInvariant() + (receipt.Reason is null ? string.Empty : $": {receipt.Reason}"));

        return text.ToString().TrimEnd();
    }

    // Models and providers name themselves, and must not write lines of a receipt.
    private static void Append(StringBuilder text, string name, string value) => text.Append(name.PadRight(8)).Append(LogText.Line(value)).Append('\n');

    private static void AppendTable(StringBuilder text, CostReceipt receipt)
    {
        if (receipt.Total is not { } total)
        {
            return;
        }

        var amounts = AmountFormat(receipt);
        List<string[]> rows = [["unit", "quantity", "rate", "per", "USD"]];
        rows.AddRange(receipt.Lines.Select(line =>
            new[] { line.Unit, Format(line.Quantity), Format(line.Rate), Format(line.Per), Format(line.Amount, amounts) }));
        rows.Add(["total", string.Empty, string.Empty, string.Empty, Format(total, amounts)]);
        var widths = Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length)).ToArray();

        text.Append('\n');
        foreach (var row in rows)
        {
            text.Append(row[0].PadRight(widths[0]));
            for (var column = 1; column < row.Length; column++)
            {
                text.Append("  ").Append(row[column].PadLeft(widths[column]));
            }

            text.Append('\n');
        }

        text.Append('\n');
    }

    // All amounts have as many decimals as the one that needs most, so that their points stand below each other.
    private static string AmountFormat(CostReceipt receipt)
    {
        var decimals = receipt.Lines.Select(static line => Format(line.Amount)).Append(Format(receipt.Total!.Value))
            .Max(static amount => amount.Contains('.', StringComparison.Ordinal) ? amount.Length - amount.IndexOf('.', StringComparison.Ordinal) - 1 : 0);

        return $"N{Math.Max(2, decimals)}";
    }

    private static string Format(decimal value, string format = Number) => value.ToString(format, CultureInfo.InvariantCulture);
}
